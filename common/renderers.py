"""How form fields are laid out."""

from django_bootstrap5 import renderers


class FieldRenderer(renderers.FieldRenderer):
    """Marks what is wrong; what is right needs no mark."""

    def get_server_side_validation_classes(self):
        return "is-invalid" if self.field_errors else ""
