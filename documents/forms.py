"""Forms for the head of a document and for the steps it takes."""

from datetime import datetime, time

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from common.fields import CleanFormField, CleanProseFormField
from common.formats import short_date
from common.forms import DateField, ManyField, tidy
from directory.models import Agency, Official
from documents import numbering
from documents.models import (
    Addressee,
    Amendment,
    Appendix,
    Delivery,
    Document,
    Kind,
    ReturnReason,
    Route,
    SetAside,
    Status,
    of_the_council,
)
from documents.purposes import choices as purposes

#: No register comes near it; a column holds it.
HIGHEST_NUMBER = 999_999
#: So many reserved numbers are named beside a field.
LISTED = 12


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
        field_classes = {"drafting_unit": CleanFormField, "symbol": CleanFormField}
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
        longest = Addressee._meta.get_field("name").max_length
        if long := next((name for name in names if len(name) > longest), ""):
            raise forms.ValidationError(
                _("“%(name)s …” is longer than %(number)d letters.") % {"name": long[:40], "number": longest}
            )
        return [(name, self._known.get(name)) for name in names if name]


class SubmitForm(forms.Form):
    """What the drafter says to the reason a document was sent back for."""

    answer = CleanFormField(
        label=_("Answer to the return"),
        max_length=500,
        required=False,
        help_text=_("Needed where nothing was changed; those who check it read it."),
    )


class SendBackForm(forms.Form):
    """Why a document goes back to its drafter: what is wrong, from the council's list, and in words."""

    kind = forms.ModelChoiceField(ReturnReason.objects.none(), label=_("What is wrong"), empty_label=_("— choose —"))
    reason = CleanFormField(label=_("Reason"), max_length=350)

    def __init__(self, *args, council, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = ReturnReason.objects.of(council)

    @property
    def words(self):
        """Both in one line, as the drafter reads it."""
        return f"{self.cleaned_data['kind']}: {self.cleaned_data['reason']}"


class RouteForm(forms.Form):
    """The way the papers of an agency go."""

    order = forms.ChoiceField(label=_("Way of a paper"), choices=Route, widget=forms.RadioSelect)
    reason = CleanFormField(label=_("Why it changes"), max_length=300, required=False)


class DayForm(forms.Form):
    issued_on = DateField(label=_("Date of issue"), initial=timezone.localdate)


class IssueManyForm(DayForm):
    """The documents ticked in the list, and their day."""

    document = ManyField(Document.objects.none(), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = Document.objects.visible_to(user).select_related("agency")


class IssueForm(forms.Form):
    """The day, and the next number of the register or one that was reserved."""

    issued_on = DateField(label=_("Date of issue"), initial=timezone.localdate)
    reserved = forms.ModelChoiceField(
        SetAside.objects.none(),
        label=_("Number of the document"),
        required=False,
        empty_label=_("the next of the series"),
    )

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        self.document = document
        kept = numbering.reserved_for(document).select_related("series__agency")
        self.fields["reserved"].queryset = kept
        self.fields["reserved"].label_from_instance = lambda entry: f"{entry.number:02d} — {entry.reason}"
        if not kept:
            del self.fields["reserved"]

    def clean(self):
        cleaned = super().clean()
        if (day := cleaned.get("issued_on")) and not self.errors:
            reserved = cleaned.get("reserved")
            series = numbering.present_series(self.document.agency, self.document.kind, day.year)
            number = reserved and reserved.number
            if reserved and reserved.series.year != day.year:
                self.add_error("reserved", _("This number belongs to the register of %(year)s.") % {
                    "year": reserved.series.year})  # fmt: skip
            elif why := numbering.date_refusal(series, day, number=number):
                self.add_error("issued_on", why)
            elif (signer := self.document.signer) and not signer.is_valid_on(day):
                self.add_error("issued_on", _("The signer does not hold this post on that day."))
        return cleaned


class RegisterPaperForm(forms.Form):
    """What stands on a letter signed on paper or in another system."""

    number = forms.IntegerField(label=_("Number on the letter"), min_value=1, max_value=HIGHEST_NUMBER)
    symbol = CleanFormField(
        label=_("Symbol on the letter"), max_length=60, help_text=_("After the number and the stroke.")
    )
    issued_on = DateField(label=_("Date on the letter"))
    signer_name = CleanFormField(label=_("Signed by"), max_length=100)
    reason = CleanFormField(
        label=_("Registered later because"),
        max_length=300,
        required=False,
        help_text=_("Needed when a later day stands in the register already."),
    )
    gap_reason = CleanFormField(
        label=_("Numbers before it are not in the register because"),
        max_length=300,
        required=False,
        help_text=_("Needed when the number lies beyond the next one: those in between are reserved with this reason."),
    )

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["symbol"].initial = document.symbol
        if document.origin == Document.Origin.OTHER_SYSTEM:
            del self.fields["reason"], self.fields["gap_reason"]
            return
        self.fields["number"].required = False
        self.fields["number"].help_text = _number_help(document)

    def clean_symbol(self):
        """Without the number, where both were typed: "12/SXD-VP"."""
        number, stroke, symbol = self.cleaned_data["symbol"].partition("/")
        return (
            symbol.strip() if stroke and symbol.strip() and number.strip().isdecimal() else self.cleaned_data["symbol"]
        )


def _number_help(document):
    """Which numbers a paper of our own series can bear."""
    year = timezone.localdate().year
    following = numbering.foreseen_number(document.agency, document.kind, year)
    kept = [f"{entry.number:02d}" for entry in numbering.reserved_for(document, year)[: LISTED + 1]]
    words = _("As it stands on the paper. Empty: it has none yet and gets the next one, %(next)02d in %(year)s.")
    found = words % {"next": following, "year": year}
    if kept:
        numbers = ", ".join(kept[:LISTED]) + (", …" if len(kept) > LISTED else "")
        found = f"{found} {_('Reserved:')} {numbers}."
    return found


class PaperForm(forms.Form):
    """A signed letter handed in for the register."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Issuing agency"))
    origin = forms.ChoiceField(
        label=_("Signed"), choices=[c for c in Document.Origin.choices if c[0] != Document.Origin.HERE]
    )
    kind = forms.ChoiceField(label=_("Kind of document"), choices=Kind)
    subject = CleanFormField(label=_("Subject"), max_length=300)
    symbol = CleanFormField(label=_("Symbol"), max_length=60, help_text=_("After the number: STTTT-BCVTCNTT, BC-HĐND."))
    file = forms.FileField(label=_("Signed letter (PDF)"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = registered_by(user)
        tidy(self)


class ReserveForm(forms.Form):
    """A number kept for a document to come."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Issuing agency"))
    kind = forms.ChoiceField(label=_("Kind of document"), choices=Kind)
    reason = CleanFormField(label=_("Reason"), max_length=300)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = registered_by(user)
        tidy(self)


class DeliveryForm(forms.Form):
    """To whom, and how."""

    addressees = ManyField(Addressee.objects.none(), label=_("Addressees"), widget=forms.CheckboxSelectMultiple)
    how = forms.ChoiceField(label=_("How"), choices=Delivery.How)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    sent_on = DateField(
        label=_("Sent on"), required=False, help_text=_("Where it went another way than by e-mail; empty: today.")
    )
    note = CleanFormField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        self.document = document
        self.fields["addressees"].queryset = document.addressees.all()

    def clean_sent_on(self):
        day = self.cleaned_data["sent_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        if day and day < self.document.issued_on:
            raise forms.ValidationError(
                _("It was issued on %(day)s only.") % {"day": short_date(self.document.issued_on)}
            )
        return day

    def clean(self):
        cleaned = super().clean()
        is_mail = cleaned.get("how") == Delivery.How.EMAIL
        if is_mail and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Type the e-mail address."))
        if is_mail and len(cleaned.get("addressees", ())) > 1:
            self.add_error("email", _("One address belongs to one addressee: tick one, send, then the next."))
        if is_mail and cleaned.get("sent_on"):
            self.add_error("sent_on", _("A mail has the moment it goes out; leave this empty."))
        return cleaned

    @property
    def values(self):
        """How, with the moment: a day that is past begins at midnight."""
        values = {name: self.cleaned_data[name] for name in ("how", "email", "note")}
        day = self.cleaned_data["sent_on"]
        is_past = day and day < timezone.localdate()
        return values | {"sent_on": timezone.make_aware(datetime.combine(day, time.min)) if is_past else None}


class SignedCopyForm(forms.Form):
    file = forms.FileField(label=_("Signed PDF"))
    appendix = forms.ModelChoiceField(
        Appendix.objects.none(), label=_("Which file"), required=False, empty_label=_("the document")
    )

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["appendix"].queryset = document.appendices.all()


class WithdrawCopyForm(forms.Form):
    reason = CleanFormField(label=_("Withdrawn because"), max_length=300)


class VoidForm(forms.Form):
    reason = CleanFormField(label=_("Void because"), max_length=300)


class AmendmentForm(forms.Form):
    """Why an issued document is corrected, replaced or recalled."""

    reason = CleanProseFormField(label=_("Reason"), max_length=1000, help_text=_("A whole sentence; it is printed."))
    details = CleanProseFormField(
        label=_("What is corrected"),
        max_length=4000,
        help_text=_("One a line: where, what was printed, what is right."),
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        if kind != Amendment.Kind.CORRIGENDUM:
            del self.fields["details"]
        if kind == Amendment.Kind.REPLACEMENT:
            self.fields["reason"].help_text = _("It is kept in the register, not printed.")

    def clean(self):
        return {"details": "", **super().clean()}


def registered_by(user):
    """The agencies whose register this person keeps."""
    own = user.agencies_where(Permission.DOCUMENT_ISSUE)
    kept = Q(pk__in=own) | of_the_council(user) if own else Q(pk__in=own)
    return Agency.objects.filter(kept).valid_on(timezone.localdate())


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
