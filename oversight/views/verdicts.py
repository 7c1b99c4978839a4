"""What voters say of an answer, place by place."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oversight import verdicts
from oversight.forms import VerdictForm
from oversight.models import VoterVerdict
from petitions.models import Petition


@require_http_methods(["GET", "POST"])
def record(request, petition_pk):
    """Every place where the petition was raised, with what its voters say."""
    petitions = Petition.objects.filter(council__in=request.user.sees_councils)
    petition = get_object_or_404(petitions.select_related("council", "council_session__term__council"), pk=petition_pk)
    if why := verdicts.refusal(petition, request.user):
        raise PermissionDenied(why)
    form = VerdictForm(request.POST or None, petition=petition, user=request.user)
    if form.is_valid():
        try:
            verdicts.record(petition, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("oversight:verdicts", petition.pk)
    given = petition.verdicts.select_related("unit", "meeting", "raised_again__council_session", "petition__council")
    told = {verdict.unit_id: (verdict, verdicts.raise_refusal(verdict, request.user)) for verdict in given}
    context = {
        "petition": petition,
        "places": [(unit, *told.get(unit.pk, (None, ""))) for unit in verdicts.places(petition).order_by("name")],
        "next_session": verdicts.next_session(petition, timezone.localdate()),
        "form": form,
    }
    return render(request, "oversight/verdicts.html", context)


@require_POST
def raise_again(request, pk):
    """Voters disagree: the matter goes into the next session."""
    found = VoterVerdict.objects.filter(petition__council__in=request.user.sees_councils)
    verdict = get_object_or_404(found.select_related("petition__council_session", "petition__council"), pk=pk)
    petition = verdicts.raise_again(verdict, by=request.user)
    messages.success(
        request,
        _("Logged as %(code)s, %(session)s.") % {"code": petition.code, "session": petition.council_session.title},
    )
    return redirect(petition)
