"""How django-allauth signs people in here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

#: What Django and allauth say without a Vietnamese translation of their own: our catalogue has it.
SAID_BY_OTHERS = (
    gettext_noop("You must type the same password each time."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        0,
    ),
)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator; what can go wrong is said in our own words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off. Please ask the administrator."),
        "username_password_mismatch": _("The user name or the password is not right."),
        "too_many_login_attempts": _("Too many attempts. Please wait a few minutes and try again."),
        "enter_current_password": _("Please type your current password."),
        "incorrect_password": _("The password is not right."),
    }

    def is_open_for_signup(self, request):
        return False
