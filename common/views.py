"""The history page, one for every tracked model."""

from dataclasses import dataclass
from itertools import pairwise

from django.apps import apps
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.models import TrackedModel

PAGE_SIZE = 50


@dataclass(frozen=True)
class Change:
    name: str
    label: str
    before: str
    after: str


@require_safe
def history(request, label, model, pk):
    """Who changed which field of one record, when and why: newest first."""
    model = _tracked(label, model)
    record = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    versions = record.history.select_related("history_user").order_by("-history_date", "-history_id")
    page = Paginator(versions, PAGE_SIZE).get_page(request.GET.get("page"))
    hidden = record.fields_hidden_from(request.user)
    entries = [
        {"version": newer, "changes": [c for c in _changes(newer, older) if c.name not in hidden]}
        for newer, older in pairwise(_with_next(page, versions))
    ]
    return render(request, "common/history.html", {"record": record, "entries": entries, "page": page})


def _tracked(label, name):
    """The tracked model of that name whose records know who may see them, else 404."""
    try:
        model = apps.get_model(label, name)
    except LookupError:
        raise Http404 from None
    if not issubclass(model, TrackedModel) or not hasattr(model.objects, "visible_to"):
        raise Http404
    return model


def _with_next(page, versions):
    """The versions of a page and the one before them; `None` where the record begins."""
    older = versions[page.end_index() : page.end_index() + 1]
    return [*page.object_list, *(older or [None])]


def _changes(newer, older):
    if newer.history_type == "-":
        return []
    fields = newer.tracked_fields
    if older is None:
        shown = ((field, _shown(newer, field)) for field in fields if not field.primary_key)
        return [Change(field.name, _label(field), "", after) for field, after in shown if after]
    return [
        Change(field.name, _label(field), _shown(older, field), _shown(newer, field))
        for field in fields
        if getattr(newer, field.attname) != getattr(older, field.attname)
    ]


def _label(field):
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def _shown(version, field):
    """A field's value as a person reads it."""
    if field.is_relation:
        related = field.related_model._base_manager.filter(pk=getattr(version, field.attname)).first()
        return str(related) if related else ""
    value = getattr(version, field.attname)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value or ""))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)
