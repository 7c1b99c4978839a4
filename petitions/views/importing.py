"""Bringing in files: choose, match, look over, accept, undo."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.downloads import download
from common.models import Job
from common.text import key_in
from directory.models import AdministrativeUnit, PolicyField
from petitions import workflow
from petitions.forms import ColumnsForm, ImportForm, RowForm
from petitions.imports import jobs, receive, receiving
from petitions.imports.headings import MEANINGS, find_head
from petitions.imports.report import refused_workbook
from petitions.models import ImportRow, ImportRun, Petition
from petitions.models.similarity import similar_to
from sessions.models import CouncilSession

PAGE_SIZE = 50
SAMPLE = 6


def _run(request, pk):
    runs = ImportRun.objects.visible_to(request.user).select_related(
        "council_session__term__council__unit", "upload", "meeting__unit", "unit", "started_by"
    )
    return get_object_or_404(runs, pk=pk)


@require_http_methods(["GET", "POST"])
def imports(request, session_pk):
    """Every file brought into a session, and the form for the next one."""
    sessions = CouncilSession.objects.visible_to(request.user).select_related("term__council__unit")
    session = get_object_or_404(sessions, pk=session_pk)
    workflow.check_may_import(session.council, request.user)
    form = ImportForm(request.POST or None, request.FILES or None, council_session=session)
    if form.is_valid():
        try:
            run = receive(form.cleaned_data["file"], council_session=session, by=request.user, **form.details)
        except ValidationError as problem:
            form.add_error("file", problem)
        else:
            return redirect(run)
    runs = ImportRun.objects.visible_to(request.user).filter(council_session=session)
    page = Paginator(runs.select_related("upload", "started_by"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "petitions/imports.html", {"session": session, "form": form, "page": page})


@require_safe
def import_(request, pk):
    """One file, as far as it came."""
    run = _run(request, pk)
    show = {
        ImportRun.Status.UPLOADED: _columns_page,
        ImportRun.Status.READING: _progress,
        ImportRun.Status.READY: _preview,
        ImportRun.Status.IMPORTING: _progress,
        ImportRun.Status.UNDOING: _progress,
    }.get(run.status, _preview)
    if run.status == ImportRun.Status.READY and "columns" in request.GET:
        show = _columns_page
    try:
        return show(request, run)
    except ValidationError as problem:
        return _unreadable(request, run, problem)


def _unreadable(request, run, problem):
    """A file taken in earlier that cannot be read: why, and how to be rid of it."""
    context = {"run": run, "why": " ".join(problem.messages)}
    return render(request, "petitions/import_unreadable.html", context, status=422)


def _columns_page(request, run, form=None, status=200):
    tables = receiving.tables_of(run)
    index = _chosen(request, "table", {table.index for table in tables}, receiving.largest(tables))
    table = receiving.table_of(run, index)
    row = _chosen(request, "head", range(1, len(table.rows) + 1), None)
    head = receiving.head_of(run, table, None if row is None else row - 1)
    receiving.refuse_too_long(table, head)
    form = form or ColumnsForm(titles=head.titles, meanings=MEANINGS, columns=head.columns)
    after = head.last_row + 1
    context = {
        "run": run,
        "tables": tables,
        "index": index,
        "head": head,
        "head_line": head.row + 1,
        "fields": [form[f"column_{column}"] for column in range(len(head.titles))],
        "form": form,
        "sample": table.rows[after : after + SAMPLE],
        "earlier": receiving.earlier_run(run),
    }
    return render(request, "petitions/import_columns.html", context, status=status)


def _chosen(request, name, allowed, otherwise):
    typed = key_in(request.POST.get(name) or request.GET.get(name, ""))
    return typed if typed in allowed else otherwise


@require_POST
def import_columns(request, pk):
    """Read the table with the columns as matched."""
    run = _run(request, pk)
    workflow.IMPORTS.check("read", run, request.user)
    try:
        index = _chosen(request, "table", {table.index for table in receiving.tables_of(run)}, 0)
        table = receiving.table_of(run, index)
        row = _chosen(request, "head", range(1, len(table.rows) + 1), 1) - 1
        head = find_head(table, row)
        receiving.refuse_too_long(table, head)
    except ValidationError as problem:
        return _unreadable(request, run, problem)
    form = ColumnsForm(request.POST, titles=head.titles, meanings=MEANINGS, columns=head.columns)
    if not form.is_valid():
        return _columns_page(request, run, form, status=422)
    run = receiving.start_reading(run, by=request.user, index=index, row=row, columns=form.columns)
    jobs.enqueue(jobs.ReadImport, run, by=request.user)
    return redirect(run)


def _progress(request, run):
    job = Job.objects.filter(arguments__run=run.pk, kind__in=jobs.KINDS).order_by("-pk").first()
    return render(request, "petitions/import_progress.html", {"run": run, "job": job, "result_address": ""})


def _preview(request, run):
    wanted, page = _rows_shown(request, run)
    editable = run.status == ImportRun.Status.READY
    context = {
        "run": run,
        "page": page,
        **_counts(run, wanted),
        "forms": [(row, RowForm(row=row) if editable else None) for row in page],
        "editable": editable,
        "earlier": receiving.earlier_run(run),
        "undo_refusal": workflow.IMPORTS.refusal("undo", run, request.user),
        **_names(run),
    }
    return render(request, "petitions/import_preview.html", context)


def _rows_shown(request, run):
    """The state asked for and a page of the rows in it; of all rows where none is."""
    wanted = request.GET.get("state", "")
    rows = run.rows.select_related("petition").order_by("line")
    if wanted in ImportRow.State.values:
        rows = rows.filter(state=wanted)
    return wanted, Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def _counts(run, state):
    """How many rows stand how, for the page that shows those in `state`."""
    states = dict(run.rows.order_by().values_list("state").annotate(Count("pk")))
    return {
        "state": state,
        "facets": [(s.value, s.label, states[s.value]) for s in ImportRow.State if s.value in states],
        "total": sum(states.values()),
        "ready_count": states.get(ImportRow.State.READY, 0),
        "refused_count": states.get(ImportRow.State.REFUSED, 0),
    }


@require_safe
def import_similar(request, pk):
    """Which rows of this page say what a petition of this or an earlier session says already."""
    run = _run(request, pk)
    _wanted, page = _rows_shown(request, run)
    rows = [row for row in page if row.state == ImportRow.State.READY]
    known = Petition.objects.visible_to(request.user).counted().filter(council__in=run.council.lineage)
    found = ((row, similar_to(f"{row.values['title']}. {row.values['content']}", known, limit=1)) for row in rows)
    context = {"found": [(row, similar[0]) for row, similar in found if similar]}
    return render(request, "petitions/_import_similar.html", context)


def _names(run):
    """What may be typed into the fields for place and policy field."""
    units = AdministrativeUnit.objects.within(run.council.unit).valid_on(run.raised_on)
    return {
        "places": [unit.sentence_name for unit in units.alphabetical()],
        "agencies": run.council.agencies.answering().valid_on(run.raised_on).alphabetical(),
        "policy_fields": PolicyField.objects.filter(council=run.council, is_in_use=True),
    }


def _row(request, run, row_pk):
    workflow.IMPORTS.check("accept", run, request.user)
    return get_object_or_404(ImportRow.objects.select_related("run__council_session__term__council__unit"),
                             pk=row_pk, run=run)  # fmt: skip


@require_POST
def import_row(request, pk, row_pk):
    """Put a row right; checked again at once."""
    row = _row(request, _run(request, pk), row_pk)
    form = RowForm(request.POST, row=row)
    if form.is_valid():
        row = receiving.correct(row, form.cleaned_data, by=request.user)
    return _answer(request, row)


@require_POST
def leave_out(request, pk, row_pk):
    """Do not import this row, or do so after all."""
    row = _row(request, _run(request, pk), row_pk)
    return _answer(request, receiving.turn(row, by=request.user))


def _answer(request, row):
    """The row and the counts it changes for htmx, else the page one came from."""
    if request.htmx:
        query = urlsplit(request.htmx.current_url or "").query
        context = {"row": row, "form": RowForm(row=row), "run": row.run, "editable": True}
        context |= _counts(row.run, QueryDict(query).get("state", ""))
        return render(request, "petitions/_import_row_and_counts.html", context)
    return redirect(f"{row.run.get_absolute_url()}?state={row.state}")


@require_POST
def accept_import(request, pk):
    run = _run(request, pk)
    if why := workflow.refused_ready(run):
        raise PermissionDenied(why)
    run = workflow.start_accepting(run, by=request.user)
    ready = run.rows.filter(state=ImportRow.State.READY).count()
    jobs.enqueue(jobs.AcceptImport, run, by=request.user, total=ready)
    return redirect(run)


@require_POST
def undo_import(request, pk):
    run = workflow.start_undoing(_run(request, pk), by=request.user)
    jobs.enqueue(jobs.UndoImport, run, by=request.user, total=run.accepted)
    return redirect(run)


@require_POST
def drop_import(request, pk):
    run = workflow.drop_import(_run(request, pk), by=request.user)
    messages.success(request, _("The file was dropped; nothing of it was imported."))
    return redirect("petitions:imports", run.council_session_id)


@require_safe
def refused(request, pk):
    """The refused rows as a workbook, in the shape they came in, with a column that says why; none before a reading."""
    run = _run(request, pk)
    if run.table_index is None:
        raise Http404
    return download(refused_workbook(run), f"hang-bi-loai-{run.pk}.xlsx")
