"""A point answered and given back at the same moment, each on a connection of its own: one happens, one is refused."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import User
from deadlines import workflow as clocks
from documents import pdf
from documents import workflow as documents
from documents.models import Document, Status
from petitions import workflow as petitions
from petitions.models import Assignment
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
