"""draw_workflows [--check]: docs/workflow.md, drawn from the tables of steps."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from common.workflow import ALL, AnyOf

TARGET = Path("docs") / "workflow.md"
INTRODUCTION = """# Workflows

Drawn from the tables of steps by `manage.py draw_workflows`; a check fails when they differ.
A step marked (follows) is the consequence of another act and taken by nobody directly. Every other names the
permission it needs (`accounts/permissions.py`) and is refused with a reason in words.
"""


class Command(BaseCommand):
    help = "Draw the state diagrams from the tables of steps."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="fail if the page is not up to date")

    def handle(self, *, check, **options):
        page = settings.BASE_DIR / TARGET
        drawn = draw()
        if not check:
            page.write_text(drawn, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != drawn:
            raise CommandError(f"{TARGET} is not up to date: run manage.py draw_workflows.")


def draw():
    """The whole page, states named in both languages."""
    parts = [INTRODUCTION]
    for workflow in sorted(ALL, key=lambda workflow: workflow.model._meta.label):
        parts.append(f"## {_english(workflow.model._meta.verbose_name).capitalize()}\n\n{_diagram(workflow)}")
    return "\n".join(parts)


def _diagram(workflow):
    states = workflow.model._meta.get_field(workflow.field).choices
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {value}: {_english(label)}<br/>{_vietnamese(label)}" for value, label in states]
    lines.append(f"    [*] --> {workflow.model._meta.get_field(workflow.field).default}")
    for step in workflow.steps.values():
        who = f"<br/>({_who(step.permission)})"
        lines += [
            f"    {source.value} --> {step.target.value}: {_english(step.label)}{who}"
            for source in sorted(step.sources)
        ]
    return "\n".join([*lines, "```", ""])


def _who(permission):
    if isinstance(permission, AnyOf):
        return " or ".join(permission.permissions)
    return permission or "follows"


def _english(words):
    with translation.override("en"):
        return str(words)


def _vietnamese(words):
    with translation.override("vi"):
        return str(words)
