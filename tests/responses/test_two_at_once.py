"""Two acts on one point at the same moment, each on a connection of its own: nothing of either is lost unseen."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.models import User
from deadlines import workflow as clocks
from documents import pdf
from documents import workflow as documents
from documents.models import Document, Status
from petitions import workflow as petitions
from petitions.models import Assignment
from responses import contributing
from responses.models import Contribution
from tests.world import any_page

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_reply_is_issued_or_the_point_goes_back(world, monkeypatch):
    reply = world.drafted_reply(world.forwarded())
    document = documents.clear(documents.submit(reply.document, by=world.drafter), by=world.head).pk
    meeting, stop, return_ = Barrier(2, timeout=1), clocks.stop, clocks.return_

    def meet():
        with suppress(BrokenBarrierError):
            meeting.wait()  # until the other is as far, if it can be

    def stopped(*arguments, **details):
        clock = stop(*arguments, **details)
        meet()
        return clock

    def returned(*arguments, **details):
        meet()
        return return_(*arguments, **details)

    def issue():
        documents.issue(Document.objects.get(pk=document), by=User.objects.get(username="registrar"))

    def give_back():
        by = User.objects.get(username="drafter")
        petitions.return_(Assignment.objects.get(), by=by, reason="not_competent", explanation="Việc của Sở Y tế")

    def done(act):
        try:
            act()
        except PermissionDenied:
            return False
        finally:
            connection.close()
        return True

    any_page()
    monkeypatch.setattr(pdf, "render", lambda *_paper: any_page())
    monkeypatch.setattr(clocks, "stop", stopped)
    monkeypatch.setattr(clocks, "return_", returned)
    with ThreadPoolExecutor(2) as pool:
        issued, given_back = pool.map(done, [issue, give_back])

    assert issued != given_back
    assert (Document.objects.get(pk=document).status == Status.ISSUED) == issued
    assert Assignment.objects.get().status == ("answered" if issued else "returned")


def test_nothing_is_written_into_a_contribution_after_it_was_submitted(world, monkeypatch):
    petition = world.forwarded(coordinating=[world.other_department])
    helper = Assignment.objects.get(point__petition=petition, part=Assignment.Part.COORDINATING).pk
    contributing.write(
        Assignment.objects.get(pk=helper), text="Sở Y tế đã khảo sát.", revision=0, by=world.other_drafter
    )
    looked, submitted, refusal = Event(), Event(), contributing.write_refusal

    def looks(*arguments):
        why = refusal(*arguments)
        looked.set()
        submitted.wait(timeout=1)  # until the other is done, if it can be
        return why

    def write(by):
        contributing.write(Assignment.objects.get(pk=helper), text="Sở Y tế bổ sung.", revision=1, by=by)

    def submit(by):
        looked.wait(timeout=5)
        contributing.submit(Contribution.objects.get(), by=by)
        submitted.set()

    def done(act):
        try:
            act(User.objects.get(username="other-drafter"))
        except (PermissionDenied, ValidationError):
            return False
        finally:
            connection.close()
        return True

    monkeypatch.setattr(contributing, "write_refusal", looks)
    with ThreadPoolExecutor(2) as pool:
        done_by_each = list(pool.map(done, [write, submit]))

    assert done_by_each[1]
    assert [row.status for row in Contribution.objects.get().history.all()][:2] == ["submitted", "draft"]
