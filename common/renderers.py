"""How form fields are laid out."""

from django.forms import Select
from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django_bootstrap5 import renderers


class FormRenderer(DjangoTemplates):
    """Draws lists to choose from without a template for each line: a list of every commune has hundreds."""

    def render(self, template_name, context, request=None):
        if template_name == Select.template_name:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _select(widget):
    groups = [_group(name, [_option(option) for option in options]) for name, options, _place in widget["optgroups"]]
    return format_html(
        '<select name="{}"{}>{}</select>', widget["name"], _attributes(widget["attrs"]), mark_safe("".join(groups))
    )


def _group(name, options):
    drawn = mark_safe("".join(options))
    return format_html('<optgroup label="{}">{}</optgroup>', name, drawn) if name else drawn


def _option(option):
    return format_html(
        '<option value="{}"{}>{}</option>', str(option["value"]), _attributes(option["attrs"]), option["label"]
    )


def _attributes(attributes):
    """As Django's own template has them: `True` is a bare name, `False` nothing."""
    given = [(name, value) for name, value in attributes.items() if value is not False]
    return format_html_join("", "{}", ((_attribute(name, value),) for name, value in given))


def _attribute(name, value):
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value))


class FieldRenderer(renderers.FieldRenderer):
    """Marks what is wrong; what is right needs no mark."""

    def get_server_side_validation_classes(self):
        return "is-invalid" if self.field_errors else ""
