"""Forms for the head of a document and for the steps it takes."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField, CleanProseFormField
from common.forms import DateField
from directory.models import Official
from documents.models import Document, Kind, Status
from documents.purposes import choices as purposes


class HeadForm(forms.ModelForm):
    """What stands around the text: subject, symbol, addressees, signer."""

    to = CleanProseFormField(
        label=_("To (Kính gửi)"),
        required=False,
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    copies = CleanProseFormField(
        label=_("Copies (Nơi nhận)"),
        required=False,
        help_text=_("One a line; “Như trên” and “Lưu: VT” are added."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Document
        fields = ["subject", "drafting_unit", "symbol", "place_name", "signer"]
        labels = {"place_name": _("Place on the document")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        document, today = self.instance, timezone.localdate()
        self.fields["signer"].queryset = (
            Official.objects.filter(agency=document.agency).exclude(authority="").valid_on(today).order_by("pk")
        )
        self.fields["signer"].empty_label = _("— choose —")
        addressees = list(document.addressees.select_related("agency"))
        self._known = {addressee.name: addressee.agency for addressee in addressees if addressee.agency}
        self._known |= {agency.name: agency for agency in document.agency.council.agencies.valid_on(today)}
        self.fields["to"].initial = "\n".join(a.name for a in addressees if not a.is_copy)
        self.fields["copies"].initial = "\n".join(a.name for a in addressees if a.is_copy)

    def clean_to(self):
        return self._pairs("to")

    def clean_copies(self):
        return self._pairs("copies")

    def changes(self):
        """The fields of the document as typed."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def _pairs(self, field):
        """Each line with the agency of that name, if there is one."""
        names = [line.strip("-;. ") for line in self.cleaned_data[field].splitlines()]
        return [(name, self._known.get(name)) for name in names if name]


class SendBackForm(forms.Form):
    reason = CleanFormField(label=_("Reason"), max_length=500)


class IssueForm(forms.Form):
    issued_on = DateField(label=_("Date of issue"), initial=timezone.localdate)


class RegisterFilterForm(forms.Form):
    """Narrows the list of documents."""

    q = forms.CharField(label=_("Search"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    status = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        anything = [("", _("all"))]
        self.fields["kind"].choices = anything + Kind.choices
        self.fields["purpose"].choices = anything + purposes()
        self.fields["status"].choices = anything + Status.choices

    def filter(self, documents):
        """Narrow `documents` by what was typed; an invalid filter narrows nothing."""
        if not self.is_valid():
            return documents
        for name in ("kind", "purpose", "status"):
            if value := self.cleaned_data[name]:
                documents = documents.filter(**{name: value})
        if q := self.cleaned_data["q"]:
            documents = documents.search(q)
        return documents
