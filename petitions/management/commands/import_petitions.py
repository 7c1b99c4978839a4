"""import_petitions FILE --session ID [--dry-run] [--json] [--by USERNAME] [--table N] [--unit CODE] …"""

import json
from datetime import date
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from directory.models import AdministrativeUnit
from petitions import workflow
from petitions.imports import jobs, receiving
from petitions.imports.report import as_data, as_lines
from petitions.models import ImportRun
from sessions.models import CouncilSession


class Command(BaseCommand):
    help = "Import a list of petitions from an Excel, OpenDocument or Word file and print the run report."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--session", type=int, required=True, help="id of the council session")
        parser.add_argument("--dry-run", action="store_true", help="read and check; leave nothing behind")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--by", help="user name; otherwise the first officer of the council")
        parser.add_argument("--table", type=int, help="number of the sheet or table; otherwise the longest")
        parser.add_argument("--unit", help="code of the locality, where the file does not say")
        parser.add_argument("--raised-on", type=date.fromisoformat, help="day, where the file does not say")
        parser.add_argument("--sender", default="")

    def handle(self, *, file, session, dry_run, **options):
        council_session = CouncilSession.objects.filter(pk=session).first()
        if council_session is None:
            raise CommandError(f"There is no session {session}.")
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            if dry_run:
                run, data = self._try(file, council_session, options)
            else:
                run = self._read(file, council_session, options)
                self._accept(run)
                run.refresh_from_db()
                data = as_data(run)
        except (ValidationError, PermissionDenied) as problem:
            raise CommandError(" ".join(getattr(problem, "messages", [str(problem)]))) from None
        self.stdout.write(
            json.dumps(data | {"dry_run": dry_run}, ensure_ascii=False)
            if options["json"]
            else "\n".join(as_lines(data))
        )

    def _try(self, file, council_session, options):
        """Everything up to the preview, taken back again."""
        with transaction.atomic():
            run = self._read(file, council_session, options)
            data = as_data(run)
            run.upload.file.delete(save=False)
            transaction.set_rollback(True)
        return run, data

    def _read(self, path, council_session, options):
        by = self._person(council_session, options["by"])
        unit = AdministrativeUnit.objects.filter(code=options["unit"]).first() if options["unit"] else None
        if options["unit"] and unit is None:
            raise CommandError(f"There is no locality with the code {options['unit']}.")
        with path.open("rb") as content:
            run = receiving.receive(
                File(content, name=path.name),
                council_session=council_session,
                by=by,
                sender=options["sender"],
                unit=unit,
                raised_on=options["raised_on"] or timezone.localdate(),
            )
        tables = receiving.tables_of(run)
        index = receiving.largest(tables) if options["table"] is None else options["table"] - 1
        if index not in {table.index for table in tables}:
            raise ValidationError(f"There is no table {options['table']}.")
        head = receiving.head_of(run, receiving.table_of(run, index))
        run = receiving.start_reading(run, by=by, index=index, row=head.row, columns=head.columns)
        jobs.run_now(jobs.ReadImport, run, by=by)
        return ImportRun.objects.get(pk=run.pk)

    def _accept(self, run):
        if not workflow.refused_ready(run):
            jobs.run_now(jobs.AcceptImport, workflow.start_accepting(run, by=run.started_by), by=run.started_by)
            jobs.run_now(jobs.IndexImport, run, by=run.started_by)

    def _person(self, council_session, username):
        if username:
            if person := User.objects.filter(username=username).first():
                return person
            raise CommandError(f"There is no user {username}.")
        for person in User.objects.filter(is_active=True).order_by("pk"):
            if person.may(Permission.PETITION_LOG, at=council_session.council):
                return person
        raise CommandError("Nobody may log petitions of this council: say who imports with --by.")
