"""common/management/commands/draw_workflows.py: a page that cannot lag behind the code."""

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from common.management.commands.draw_workflows import TARGET, draw
from common.workflow import ALL


@pytest.fixture
def elsewhere_on_disk(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    return tmp_path / TARGET


def test_the_page_in_docs_is_up_to_date():
    assert (django_settings.BASE_DIR / TARGET).read_text("utf-8") == draw()


def test_the_page_shows_every_workflow_with_every_step():
    page = draw()

    assert page.count("stateDiagram-v2") == len(ALL)
    arrows = sum(len(step.sources) for workflow in ALL for step in workflow.steps.values())
    assert page.count(" --> ") == arrows + len(ALL)  # and one from the beginning of each
    assert "draft: draft<br/>dự thảo" in page


def test_check_fails_until_the_page_is_drawn(elsewhere_on_disk):
    with pytest.raises(CommandError, match="not up to date"):
        call_command("draw_workflows", check=True)

    call_command("draw_workflows")
    call_command("draw_workflows", check=True)

    elsewhere_on_disk.write_text(elsewhere_on_disk.read_text("utf-8") + "x", encoding="utf-8")
    with pytest.raises(CommandError, match="not up to date"):
        call_command("draw_workflows", check=True)
