"""Writing down what voters raised, and putting it in order."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField, CleanProseFormField
from common.forms import DateField, tidy
from directory.models import AdministrativeUnit, PolicyField
from petitions.models import Petition
from petitions.models.petitions import AuthorityLevel
from petitions.points import split
from sessions.models import Phase, VoterMeeting

TITLE_LENGTH = 120


class _VoterFields(forms.Form):
    """A voter's personal data, apart from everything else."""

    voter_name = CleanFormField(label=_("Voter's name"), max_length=100, required=False)
    voter_address = CleanFormField(label=_("Voter's address"), max_length=200, required=False)
    voter_phone = CleanFormField(label=_("Voter's telephone"), max_length=30, required=False)

    @property
    def voter(self):
        return {name: self.cleaned_data[name] for name in ("voter_name", "voter_address", "voter_phone")}


class _WhereFields(forms.Form):
    meeting = forms.ModelChoiceField(VoterMeeting.objects.none(), label=_("Voter meeting"), required=False)
    unit = forms.ModelChoiceField(
        AdministrativeUnit.objects.none(),
        label=_("Locality"),
        required=False,
        help_text=_("Empty: that of the meeting."),
    )
    raised_on = DateField(label=_("Raised on"), required=False, help_text=_("Empty: the day of the meeting."))
    verbatim = CleanProseFormField(
        label=_("The voter's own words"), required=False, help_text=_("If they differ from the points.")
    )

    def __init__(self, *args, council_session, **kwargs):
        super().__init__(*args, **kwargs)
        self.council_session = council_session
        meetings = VoterMeeting.objects.filter(council_session=council_session).select_related("unit")
        self.fields["meeting"].queryset = meetings
        units = AdministrativeUnit.objects.within(council_session.council.unit).valid_on(council_session.opens_on)
        self.fields["unit"].queryset = units
        self.fields["unit"].choices = [
            ("", "—"),
            *((unit.pk, unit.sentence_name) for unit in units.alphabetical()),
        ]
        tidy(self)

    def clean(self):
        cleaned = super().clean()
        meeting = cleaned.get("meeting")
        if meeting:
            cleaned["unit"] = cleaned.get("unit") or meeting.unit
            cleaned["raised_on"] = cleaned.get("raised_on") or meeting.held_on
        if not cleaned.get("unit") and "unit" not in self.errors:
            self.add_error("unit", _("Choose the meeting, or the locality it was raised in."))
        if not cleaned.get("raised_on") and "raised_on" not in self.errors:
            self.add_error("raised_on", _("Choose the meeting, or the day it was raised."))
        raised_on = cleaned.get("raised_on")
        if raised_on and raised_on > timezone.localdate():
            self.add_error("raised_on", _("This day has not come yet."))
        return cleaned

    @property
    def where(self):
        return {name: self.cleaned_data[name] for name in ("meeting", "unit", "raised_on", "verbatim")}


class LogForm(_WhereFields, _VoterFields):
    """One petition, typed fast: the text is enough, everything else has a default."""

    text = CleanProseFormField(
        label=_("What was raised"),
        widget=forms.Textarea(attrs={"rows": 6, "autofocus": True}),
        help_text=_("Several points: number them 1. 2. 3., or leave an empty line between them."),
    )
    title = CleanFormField(
        label=_("Title"),
        max_length=250,
        required=False,
        help_text=_("Empty: the beginning of the first point."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Petition.Kind)
    source = forms.ChoiceField(label=_("Source"), choices=Petition.Source)
    phase = forms.ChoiceField(label=_("Raised"), choices=[("", _("as the meeting")), *Phase.choices], required=False)

    field_order = ["meeting", "text", "title", "kind", "source", "phase", "unit", "raised_on"]

    def clean(self):
        cleaned = super().clean()
        meeting = cleaned.get("meeting")
        cleaned["phase"] = cleaned.get("phase") or (meeting.phase if meeting else Phase.BEFORE)
        points = split(cleaned.get("text") or "")
        if cleaned.get("text") and not points:
            self.add_error("text", _("Only numbers, no words: write down what was raised."))
        cleaned["points"] = points
        if points and not cleaned.get("title"):
            cleaned["title"] = beginning(points[0])
        return cleaned

    @property
    def petition(self):
        """The arguments of `petitions.workflow.log`."""
        names = ("title", "points", "kind", "source", "phase")
        return {**{name: self.cleaned_data[name] for name in names}, **self.where, "voter": self.voter}

    def in_points(self, points):
        """The same with these points; what was typed stays whole as the voter's words."""
        words = self.cleaned_data["verbatim"] or self.cleaned_data["text"]
        return self.petition | {
            "points": points,
            "title": self.data.get("title") or beginning(points[0]),
            "verbatim": words,
        }

    @property
    def origin(self):
        """The arguments of `petitions.workflow.add_origin`: the same matter, raised once more."""
        words = self.cleaned_data["verbatim"] or self.cleaned_data["text"]
        return {**self.where, "verbatim": words, "voter": self.voter}


def beginning(text):
    """The first words of a text, at most `TITLE_LENGTH` characters, cut between words."""
    text = text.removeprefix("Đề nghị ").rstrip(". ")
    text = text[:1].upper() + text[1:]
    if len(text) <= TITLE_LENGTH:
        return text
    return text[:TITLE_LENGTH].rsplit(" ", 1)[0] + " …"


class OriginForm(_WhereFields, _VoterFields):
    """Where else, or by whom else, the same matter was raised."""

    field_order = ["meeting", "unit", "raised_on", "verbatim"]


class ReviseForm(forms.Form):
    """Correct a petition that has not left yet."""

    title = CleanFormField(label=_("Title"), max_length=250)
    text = CleanProseFormField(
        label=_("Points"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Several points: number them 1. 2. 3., or leave an empty line between them."),
    )
    why = CleanFormField(label=_("Reason for the change"), max_length=300)

    def clean(self):
        cleaned = super().clean()
        cleaned["points"] = split(cleaned.get("text") or "")
        if cleaned.get("text") and not cleaned["points"]:
            self.add_error("text", _("Only numbers, no words: write down what was raised."))
        return cleaned


class ClassifyForm(forms.Form):
    """Policy field, authority level, kind, and the earlier petition it repeats."""

    policy_field = forms.ModelChoiceField(PolicyField.objects.none(), label=_("Policy field"))
    authority_level = forms.ChoiceField(label=_("Authority level"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Petition.Kind)
    repeats = forms.CharField(
        label=_("Repeats petition"),
        required=False,
        help_text=_("Code of the earlier petition, if it was raised before."),
    )

    def __init__(self, *args, petition, user, **kwargs):
        initial = {
            "policy_field": petition.policy_field,
            "authority_level": petition.authority_level or AuthorityLevel.PROVINCIAL,
            "kind": petition.kind,
            "repeats": self._repeated(petition),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.petition, self.user = petition, user
        self.fields["policy_field"].queryset = PolicyField.objects.filter(
            council=petition.council, is_in_use=True
        ).select_related("committee")
        self.fields["policy_field"].label_from_instance = lambda field: f"{field.name} — {field.committee.short_label}"
        levels = AuthorityLevel.choices
        if petition.council.is_valid_on(timezone.localdate()):
            levels = [level for level in levels if level[0] != AuthorityLevel.DISTRICT]
        self.fields["authority_level"].choices = levels
        tidy(self)

    def _repeated(self, petition):
        earlier = petition.repeats
        if earlier is None:
            return ""
        return earlier.code if earlier.council_id == petition.council_id else _code_and_council(earlier)

    def clean_repeats(self):
        """The petition of the same council with that code, else of one it succeeds; of which, is typed behind."""
        code, _space, council = self.cleaned_data["repeats"].strip().partition(" ")
        if not code:
            return None
        found = self._with_code(code.upper(), council.strip())
        own = [petition for petition in found if petition.council_id == self.petition.council_id]
        if not found:
            raise forms.ValidationError(_("There is no petition with the code %(code)s.") % {"code": code.upper()})
        if len(own or found) > 1:
            raise forms.ValidationError(
                _("Several councils have a petition with this code. Type which one: %(codes)s.")
                % {"codes": ", ".join(_code_and_council(petition) for petition in found)}
            )
        return (own or found)[0]

    def _with_code(self, code, council):
        councils = [c for c in self.petition.council.lineage if council.lower() in ("", c.code.lower())]
        found = Petition.objects.visible_to(self.user).filter(code=code, council__in=councils)
        return list(found.exclude(pk=self.petition.pk).select_related("council").order_by("pk"))


def _code_and_council(petition):
    """A code as it is told from the same code of another council."""
    return f"{petition.code} {petition.council.code}"


class MergeForm(forms.Form):
    """Which petition this one is merged into."""

    into = forms.CharField(label=_("Code of the petition that stays"))

    def __init__(self, *args, petition, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.petition, self.user = petition, user

    def clean_into(self):
        code = self.cleaned_data["into"].strip().upper()
        found = Petition.objects.visible_to(self.user).filter(council=self.petition.council, code=code)
        survivor = found.exclude(pk=self.petition.pk).first()
        if survivor is None:
            raise forms.ValidationError(_("There is no other petition with the code %(code)s.") % {"code": code})
        return survivor


class WhyForm(forms.Form):
    why = CleanFormField(label=_("Reason"), max_length=300)
