"""`make demo`: the councils are built through the workflow, every case with the days it had."""

from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from demo import council
from directory.models import PeoplesCouncil
from documents import pdf
from oversight.models import Explanation, Recommendation
from petitions.models import Petition
from reports.figures import SessionFigures
from reports.models import SessionReport
from sessions.models import CouncilSession
from tests.reports.test_counting import said
from tests.world import any_page


def seed(**options):
    with patch.object(pdf, "render", lambda *_paper: any_page()):
        call_command("seed_demo", petitions=30, verbosity=0, **options)


def test_the_demo_councils_are_built_once(db):
    seed(allow_production=True)

    assert PeoplesCouncil.objects.count() == 6
    assert {"received", "classified", "forwarded", "returned"} <= set(Petition.objects.values_list("status", flat=True))
    assert Petition.objects.filter(answered_on__year=2024).exists()
    assert SessionReport.objects.filter(document__status="issued").exists()
    assert Recommendation.objects.filter(status="done").exists()
    assert Explanation.objects.awaited().exists()
    assert not User.objects.filter(username__in=["thuky", "thuky.binhphuoc"], is_superuser=True).exists()
    for session in CouncilSession.objects.all():
        assert said(SessionFigures.numbers(session, timezone.localdate())) == said(
            SessionFigures.live(session, timezone.localdate())
        )
    with pytest.raises(CommandError, match="empty database"):
        seed(allow_production=True)


def test_nothing_is_built_where_the_work_is_real(db):
    with pytest.raises(CommandError, match="DEBUG is off"):
        seed()
    assert not User.objects.exists()


def test_a_demo_stopped_half_way_leaves_nothing_and_can_be_built_again(db, tmp_path):
    in_the_way = tmp_path / "papers"
    in_the_way.touch()

    building = patch.object(council, "build", lambda *_asked: User.objects.create(username="thuky"))
    with building, pytest.raises(FileExistsError):
        seed(allow_production=True, papers=in_the_way)

    assert not User.objects.exists()
