"""The list of petitions with its facets, filters and export."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from common.downloads import download
from petitions.forms import PetitionFilterForm
from petitions.forms.filters import DUE_FIRST
from petitions.listing import workbook
from petitions.models import SavedFilter
from sessions.context_processors import session_of

PAGE_SIZE = 50

#: A search that finds more is not counted: nobody reads so many, and counting takes as long as they are many.
MOST_COUNTED = 3000

#: What a line of the list says.
SHOWN = ["code", "title", "phase", "status", "result", "due_on", "answered_on", "point_count", "origin_count",
         "repeats", "place__name", "lead_agency__name", "lead_agency__kind", "council_session__title"]  # fmt: skip


class CountedPaginator(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, rows, size, *, total):
        super().__init__(rows, size)
        self.count = total


def filter_form(request, query, *, at_most=None):
    """The filter of the list with that address; a session named there counts before the one worked on."""
    session, today = session_of(request, query), timezone.localdate()
    return PetitionFilterForm(query, user=request.user, council_session=session, today=today, at_most=at_most)


class Grouped:
    """Petitions in the order of groups of known sizes: a page looks at the groups it lies in, not at all of them."""

    def __init__(self, petitions, lookup, groups):
        self.petitions, self.lookup, self.groups = petitions, lookup, groups

    def __getitem__(self, part):
        reached, skipped, passed = [], 0, 0
        for group, number in self.groups:
            if passed + number <= part.start:
                skipped += number
            elif number and passed < part.stop:
                reached.append(group)
            passed += number
        keys = [key for group in reached for key in group]
        petitions = self.petitions.order_by(*DUE_FIRST) if len(reached) == 1 else self.petitions
        chosen = Q(**{f"{self.lookup}__in": [key for key in keys if key]})
        if None in keys:
            chosen |= Q(**{f"{self.lookup}__isnull": True})
        return petitions.filter(chosen)[part.start - skipped : part.stop - skipped]


@require_safe
def index(request):
    """Petitions of the session one works on, narrowed by what the address says."""
    form = filter_form(request, request.GET, at_most=MOST_COUNTED)
    petitions = form.petitions().select_related("place", "lead_agency", "council_session").only(*SHOWN)
    if groups := form.groups_in_order():
        petitions = Grouped(petitions, *groups)
    page = CountedPaginator(petitions, PAGE_SIZE, total=form.total).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "facets": form.facets(),
        "pills": form.pills(),
        "breakdown": list(form.breakdown()),
        "point_total": form.counts["points"] if form.is_counted else None,
        "carried_total": form.carried_total,
        "query": request.GET.urlencode(),
        "saved": SavedFilter.objects.visible_to(request.user).select_related("owner"),
        "may_exchange": _may_exchange(request.user, form.council_session),
        "may_log": request.user.may(Permission.PETITION_LOG),
        "may_forward": request.user.may(Permission.PETITION_FORWARD),
        "may_classify": request.user.may(Permission.PETITION_CLASSIFY),
    }
    return render(request, "petitions/index.html", context)


def _may_exchange(user, session):
    """Whether workbooks go out to or come back from this person."""
    may = user.may(Permission.PETITION_LOG) or user.may(Permission.ASSIGNMENT_RESPOND)
    return may or (session is not None and user.sits_in_a_group(session.council))


@require_safe
def export(request):
    """Exactly what the list shows, as a workbook: the same rows in the same order, filters said above them."""
    content = workbook(filter_form(request, request.GET))
    return download(content, f"kien-nghi-{timezone.localdate():%Y%m%d}.xlsx")
