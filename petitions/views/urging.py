"""The queue of what agencies owe, and the letters that remind them."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common import jobs
from directory.models import PeoplesCouncil
from documents.papers import official_text
from petitions import workflow
from petitions.forms.urging import UrgeForm, WhatForm
from petitions.models import UrgedItem, Urging


def _council(request):
    """The council one works for, whose agencies are urged; else 404."""
    council = PeoplesCouncil.objects.filter(pk__in=request.user.sees_councils, successor=None).order_by("pk").first()
    if council is None:
        raise Http404
    return council


@require_http_methods(["GET", "POST"])
def queue(request):
    """What is overdue or nearly so, by agency; one letter for each agency ticked."""
    council = _council(request)
    if request.method == "POST" and (why := workflow.urge_refusal(council, request.user)):
        raise PermissionDenied(why)
    today = timezone.localdate()
    what = WhatForm(request.GET)
    rows = list(workflow.to_urge(council, today, soon=what.days))
    urged = UrgedItem.objects.issued().filter(assignment__in=rows).order_by("number")
    times = dict(urged.values_list("assignment", "number"))
    asked = set(urged.filter(urging__reply_by__gte=today).values_list("assignment", flat=True))
    agencies = [
        _owing(agency, list(owed), times, asked, today) for agency, owed in groupby(rows, key=lambda row: row.agency)
    ]
    issuer = council.standing_committee
    form = UrgeForm(
        request.POST if request.method == "POST" else None,
        issuer=issuer,
        agencies=[row["agency"].pk for row in agencies],
    )
    if form.is_valid():
        try:
            return _urge(request, issuer, form.cleaned_data, today, what.days)
        except ValidationError as problem:
            form.add_error(None, problem)
    context = {
        "council": council,
        "agencies": agencies,
        "form": form,
        "what": WhatForm(initial={"soon": what.days}),
        "soon": what.days,
        "why_not": workflow.urge_refusal(council, request.user),
        "ticked": set(request.POST.getlist("agencies")) if request.method == "POST" else None,
        "today": today,
        "letters": len(agencies),
    }
    return render(request, "petitions/urging.html", context)


def _owing(agency, owed, times, asked, today):
    """One agency's rows; it presses where something is late that no letter still gives time for."""
    late = [row for row in owed if row.clock.due_on < today]
    return {
        "agency": agency,
        "owed": [{"assignment": row, "times": times.get(row.pk, 0)} for row in owed],
        "late": len(late),
        "presses": any(row.pk not in asked for row in late),
        "soon": len(owed) - len(late),
        "longest": max(((today - row.clock.due_on).days for row in late), default=0),
        "number": max((times.get(row.pk, 0) for row in owed), default=0) + 1,
    }


def _urge(request, issuer, chosen, today, soon):
    """One agency: the letter at once. Several: in the background, a letter a step."""
    if len(chosen["agencies"]) > 1:
        return redirect(_begin(request.user, issuer, chosen, today, soon))
    agency = chosen["agencies"][0]
    urging = workflow.draft_urging(
        by=request.user,
        issuer=issuer,
        agency=agency,
        assignments=list(workflow.to_urge(issuer.council, today, soon=soon).filter(agency=agency)),
        reply_by=chosen["reply_by"],
        signer=chosen["signer"],
        drafting_unit="VP",
        today=today,
    )
    if chosen["submit"]:
        workflow.submit_urging(urging, by=request.user)
    messages.success(request, _("The letter is drafted. Look it over, then submit it for clearance."))
    return redirect(urging.document)


def _begin(user, issuer, chosen, today, soon):
    """The job that writes these letters; refused while other letters of the council are being written."""
    arguments = {
        "issuer": issuer.pk,
        "agencies": [agency.pk for agency in chosen["agencies"]],
        "reply_by": chosen["reply_by"].isoformat(),
        "signer": chosen["signer"].pk,
        "submit": chosen["submit"],
        "today": today.isoformat(),
        "soon": soon,
    }
    job = jobs.enqueue(
        "urging",
        key=f"council {issuer.council_id}",
        title=official_text("petitions/letters/urging_job.txt", {"number": len(arguments["agencies"])}).strip(),
        by=user,
        total=len(arguments["agencies"]),
        **arguments,
    )
    if (job.asked_by, job.arguments) != (user.pk, arguments):
        raise ValidationError(
            _("%(who)s is drafting urging letters at this moment. Nothing of yours was drafted: try again in a minute.")
            % {"who": job.asker}
        )
    return job


@require_safe
def urgings(request):
    """Every urging letter one may see, latest first."""
    found = Urging.objects.visible_to(request.user).select_related("document__agency", "agency")
    found = found.prefetch_related("items").order_by("-pk")[:200]
    return render(request, "petitions/urgings.html", {"urgings": found})
