"""Signing in and changing one's password, in our own words."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """User name and password; who forgot it asks the administrator, so no way to a reset is offered."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _label(self, login=_("User name"), password=_("Password"))
        self.fields["password"].help_text = ""

    def clean(self):
        cleaned = super().clean()
        if self.user and not self.user.is_active:
            raise get_adapter().validation_error("account_inactive")
        return cleaned


class NewPasswordForm(ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _label(
            self,
            oldpassword=_("Current password"),
            password1=_("New password"),
            password2=_("New password, once more"),
        )


def _label(form, **labels):
    """A label above each field, instead of a placeholder that goes away."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
