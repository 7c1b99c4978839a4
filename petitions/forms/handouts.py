"""Making a workbook for somebody, and bringing one back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from common.forms import tidy
from common.tables import ENDINGS
from directory.models import Agency
from petitions.models import Assignment


class HandOutForm(forms.Form):
    """Whom the workbook is for: delegate groups that met voters, agencies that owe answers, in one session."""

    recipient = forms.ModelChoiceField(Agency.objects.none(), label=_("For"))

    def __init__(self, *args, user, council_session, **kwargs):
        super().__init__(*args, **kwargs)
        met = {"meetings__council_session": council_session, "meetings__origins__isnull": False}
        groups = Agency.objects.filter(kind=Agency.Kind.DELEGATE_GROUP, **met)
        owing = Assignment.objects.waiting().lead().filter(point__petition__council_session=council_session)
        agencies = Agency.objects.filter(pk__in=owing.values("agency"))
        if not user.may(Permission.PETITION_LOG, at=council_session.council):
            own = user.agencies_where(Permission.ASSIGNMENT_RESPOND)
            groups, agencies = groups.filter(pk__in=user.agencies), agencies.filter(pk__in=own)
        field = self.fields["recipient"]
        field.queryset = Agency.objects.filter(pk__in=[agency.pk for part in (groups, agencies) for agency in part])
        parts = ((_("Delegate groups"), groups.distinct()), (_("Agencies that owe an answer"), agencies))
        named = [(label, [(agency.pk, agency.short_label) for agency in part.alphabetical()]) for label, part in parts]
        field.choices = [("", "—"), *((label, choices) for label, choices in named if choices)]
        self.is_empty = not any(choices for _label, choices in named)
        tidy(self)


class BringBackForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=_("The workbook made here, also after it was sorted, shortened or saved in another format."),
    )
