"""What addresses there are."""

from django.apps import apps
from django.urls import URLResolver, get_resolver, reverse

from common.models import TrackedModel


def history(record):
    return reverse("common:history", args=[record._meta.app_label, record._meta.model_name, record.pk])


def models_with_a_history_page():
    return {
        model._meta.label_lower
        for model in apps.get_models()
        if issubclass(model, TrackedModel) and hasattr(model.objects, "visible_to")
    }


def names_of_addresses(rooms):
    """Every url name in these rooms whose address holds a record's number."""
    return {
        f"{room.app_name}:{pattern.name}"
        for room in get_resolver().url_patterns
        if isinstance(room, URLResolver) and room.app_name in rooms
        for pattern in room.url_patterns
        if pattern.pattern.converters
    }
