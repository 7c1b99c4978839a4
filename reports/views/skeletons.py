"""The texts of a council's reports: looked at, changed, tried out on a session, taken back."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.text import key_in
from directory.models import PeoplesCouncil
from documents import pdf, preview
from documents.papers import official_text
from reports import letters, workflow
from reports.answering import figures_for
from reports.forms import SkeletonForm
from reports.kinds import KINDS
from reports.models import ReportKind, Skeleton
from reports.vocabulary import FAMILIES, vocabulary
from reports.wording import Writing
from sessions.models import CouncilSession

#: Of a text that is tried out.
MOST_PAGES = 6


@require_safe
def index(request):
    """Which text each council uses for each kind of report."""
    councils = PeoplesCouncil.objects.filter(pk__in=request.user.sees_councils).valid_on(timezone.localdate())
    rows = [(council, kind, Skeleton.objects.present(council, kind)) for council in councils for kind in ReportKind]
    return render(request, "reports/skeletons.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def skeleton(request, pk, kind):
    """One text: its editor with the names it may use, its pages as they would print, its versions."""
    council = get_object_or_404(PeoplesCouncil.objects.filter(pk__in=request.user.sees_councils), pk=pk)
    if kind not in ReportKind.values:
        raise Http404
    refusal = workflow.skeleton_refusal(council, request.user)
    if request.method == "POST" and refusal:
        raise PermissionDenied(refusal)
    versions = Skeleton.objects.filter(council=council, kind=kind)
    shown = _shown(request, versions, Skeleton.objects.present(council, kind))
    text = shown.text if shown and shown.text else KINDS[kind].shipped
    annexes = shown.annexes if shown and shown.annexes is not None else KINDS[kind].annexes
    form = SkeletonForm(request.POST or None, kind=kind, annexes=annexes, initial={"text": text})
    if "default" in request.POST:
        return _kept(request, council, kind, text="", reason=_("back to the text shipped with the program"))
    is_tried = "preview" in request.POST
    if form.is_valid() and not is_tried:
        return _kept(request, council, kind, **form.cleaned_data)
    session = _session(council, request.POST.get("session", ""))
    context = {
        "council": council,
        "kind": ReportKind(kind),
        "form": form,
        "refusal": refusal,
        "versions": Skeleton.history.filter(council=council, kind=kind, history_type="+")
        .select_related("history_user")
        .order_by("-version"),
        "shown": shown,
        "families": _families(kind),
        "sessions": CouncilSession.objects.regular().filter(term__council=council)[:12],
        "session": session,
        "pages": _pages(kind, session, **form.cleaned_data) if is_tried and form.is_valid() and session else None,
        "room": "reports",
    }
    return render(request, "reports/skeleton.html", context)


def _kept(request, council, kind, **changes):
    kept = workflow.keep_skeleton(council, kind, by=request.user, **changes)
    if kept and not kept.text:
        words = _("The text shipped with the program is in use again, kept as version %(number)d.")
        messages.success(request, words % {"number": kept.version})
    elif kept:
        messages.success(request, _("Kept as version %(number)d; drafts use it when they are next saved.") % {
            "number": kept.version})  # fmt: skip
    else:
        messages.info(request, _("Nothing changed."))
    return redirect("reports:skeleton", council.pk, kind)


def _shown(request, versions, present):
    """The version asked for, else the one in use."""
    wanted = key_in(request.GET.get("version", ""))
    return get_object_or_404(versions, version=wanted) if wanted is not None else present


def _session(council, typed):
    """The session a text is tried out on: the one picked, else the latest."""
    sessions = CouncilSession.objects.regular().filter(term__council=council).select_related("term__council__unit")
    return sessions.filter(pk=key_in(typed)).first() or sessions.first()


def _families(kind):
    """[(heading, words)]: the list names are taken from."""
    words = vocabulary(kind).values()
    return [(FAMILIES[family], list(some)) for family, some in groupby(words, lambda word: word.name.partition(".")[0])]


def _pages(kind, session, text, annexes, **_others):
    """The text with the session's numbers of today, as it would print."""
    figures = figures_for(kind, session, timezone.localdate())
    writing = Writing(kind, session, figures, letters.issuer_of(kind, session.council), attached=annexes)
    page = official_text("reports/letters/tried.html", {"text": writing.text(text)})
    return preview.images(pdf.render_html(page))
