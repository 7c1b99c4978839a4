from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    """Labelled apart from Django's own `sessions` (see docs/adr/0002)."""

    name = "sessions"
    label = "council_sessions"
    verbose_name = _("Council sessions")
