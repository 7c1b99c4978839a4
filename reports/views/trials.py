"""A dry run: a report laid out with the figures of a day, what it lacks beside it; nothing is written down."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.downloads import download
from documents import pdf, preview
from reports import letters, workflow
from reports import trial as trials
from reports.forms import AsOfForm
from reports.models import ReportKind
from sessions.models import CouncilSession


@require_safe
def trial(request, pk, kind):
    """One kind of report as it would stand on a day, as pages beside its gaps or as a PDF.

    For those who see everything of the council, and for whoever makes this kind of report.
    """
    sessions = CouncilSession.objects.visible_to(request.user).select_related("term__council__unit")
    session = get_object_or_404(sessions, pk=pk)
    makes = workflow.kinds_made_by(request.user, session.council)
    sees = session.council.pk in request.user.sees_councils
    if kind not in ReportKind.values or not (sees or kind in makes):
        raise Http404
    if letters.issuer_of(kind, session.council) is None:
        raise PermissionDenied(_("Enter the agency that makes this report first."))
    form = AsOfForm(request.GET or None)
    run = trials.trial(kind, session, form.day, user=request.user)
    if request.GET.get("file") == "pdf":
        return download(pdf.render(run.paper), f"ban-thu-{kind}-{session.pk}.pdf", is_shown=True)
    context = {
        "session": session,
        "kind": ReportKind(kind),
        "form": AsOfForm(None, initial={"as_of": form.day}),
        "as_of": form.day,
        "run": run,
        "pages": preview.pages_of(run.paper),
        "may_make": kind in makes,
        "others": [other for other in ReportKind if sees or other in makes],
        "sees": sees,
        "room": "sessions",
    }
    return render(request, "reports/trial.html", context)
