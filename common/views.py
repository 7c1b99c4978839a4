"""Pages every room uses: the history of a record, the progress of long work."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common import duties
from common import jobs as background
from common.formats import short_date
from common.models import DutyRun, Job, TrackedModel

PAGE_SIZE = 50


@dataclass(frozen=True)
class Change:
    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One version of a record, or of a part of it."""

    record: TrackedModel
    version: object
    changes: list


@require_safe
def history(request, label, model, pk):
    """Who changed which field of a record and its parts, when and why: newest first."""
    model = _tracked(label, model)
    record = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    entries = [entry for part in (record, *record.history_parts()) for entry in _entries(part, request.user)]
    entries.sort(key=lambda entry: (entry.version.history_date, entry.version.history_id), reverse=True)
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "common/history.html", {"record": record, "page": page})


def _entries(record, user):
    """The versions of one record, each with what it changed; versions that changed nothing visible are left out."""
    hidden = record.fields_hidden_from(user)
    kept = record.history.select_related("history_user").order_by("-history_date", "-history_id")
    if since := record.history_since(user):
        kept = kept.filter(history_date__gte=since)
    versions = [*kept, None]
    for newer, older in pairwise(versions):
        changes = [change for change in _changes(newer, older) if change.name not in hidden]
        if changes or newer.history_type != "~":
            yield Entry(record, newer, changes)


@require_safe
def jobs(request):
    """Long work: one's own, or all of it for those who look after the installation; by state if asked."""
    visible = Job.objects.visible_to(request.user)
    state = request.GET.get("state", "")
    chosen = visible.filter(state=state) if state in Job.State else visible
    numbers = dict(visible.order_by().values_list("state").annotate(number=Count("pk")))
    runs = {run.key: run for run in DutyRun.objects.all()} if request.user.is_superuser else {}
    context = {
        "page": Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page")),
        "state": state,
        "states": [(value, label, numbers.get(value, 0)) for value, label in Job.State.choices],
        "duties": [(duty, runs.get(duty.key)) for duty in duties.all_duties()] if request.user.is_superuser else [],
    }
    return render(request, "common/jobs.html", context)


@require_safe
def job(request, pk):
    """How far a job is; asked again by the page itself until it is finished."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    kind = background.kind_of(job)
    context = {
        "job": job,
        "outcome": kind.outcome(job),
        "refusals": kind.refusals(job),
        "result_address": kind.result_address(job) if job.state == Job.State.DONE else "",
        "asked_at": kind.asked_at(job) if not job.is_under_way and job.state != Job.State.DONE else "",
    }
    return render(request, "common/_job.html" if request.htmx else "common/job.html", context)


@require_POST
def cancel_job(request, pk):
    return redirect(background.cancel(get_object_or_404(Job.objects.visible_to(request.user), pk=pk)))


@require_POST
def retry_job(request, pk):
    return redirect(background.retry(get_object_or_404(Job.objects.visible_to(request.user), pk=pk)))


@login_not_required
def nowhere(request):
    """An address that leads to no page, whoever asks."""
    raise Http404


def _tracked(label, name):
    """The tracked model of that name whose records know who may see them, else 404."""
    try:
        model = apps.get_model(label, name)
    except LookupError:
        raise Http404 from None
    if not issubclass(model, TrackedModel) or not hasattr(model.objects, "visible_to"):
        raise Http404
    return model


def _changes(newer, older):
    if newer.history_type == "-":
        return []
    fields = newer.tracked_fields
    if older is None:
        shown = ((field, _shown(newer, field)) for field in fields if not field.primary_key)
        return [Change(field.name, _label(field), "", after) for field, after in shown if after]
    return [
        Change(field.name, _label(field), _shown(older, field), _shown(newer, field))
        for field in fields
        if getattr(newer, field.attname) != getattr(older, field.attname)
    ]


def _label(field):
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def _shown(version, field):
    """A field's value as a person reads it."""
    if field.is_relation:
        related = field.related_model._base_manager.filter(pk=getattr(version, field.attname)).first()
        return str(related) if related else ""
    value = getattr(version, field.attname)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value or ""))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return short_date(value)
    return "" if value is None else str(value)
