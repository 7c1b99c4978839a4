"""What a person wants by mail."""

from django import forms

from accounts.models import MailPreference, Notice


class PreferenceForm(forms.ModelForm):
    class Meta:
        model = MailPreference
        fields = ["frequency", "wants_events"]
        widgets = {"frequency": forms.RadioSelect}


class InboxFilterForm(forms.Form):
    """Which notices the inbox shows: unread ones unless all are asked for."""

    show = forms.ChoiceField(choices=[("", ""), ("all", "")], required=False)
    kind = forms.ChoiceField(choices=[("", ""), *Notice.Kind.choices], required=False)

    def filter(self, notices):
        """Narrow by what was asked; an invalid filter shows what is unread."""
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("kind"):
            notices = notices.filter(kind=asked["kind"])
        return notices if asked.get("show") == "all" else notices.unread()
