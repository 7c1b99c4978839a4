"""documents/public.py: what everybody may read of a letter names no voter, whoever typed what into its subject."""

from datetime import timedelta

import pytest

from documents import after_issue, workflow
from documents.public import facts_of
from oversight import workflow as oversight
from petitions import urging_letters
from petitions import workflow as petitions
from reports import workflow as reports
from tests.oversight import visits


def notice_about(world, petition):
    """A conclusion notice of a working session with the petition on its agenda."""
    held = visits.session(world, petition)
    oversight.assess(held, by=world.officer, achievements="Chủ động.", limitations="", causes="")
    return oversight.draft_notice(held, by=world.officer, signer=world.committee_head).document


def urging_about(world, petition):
    rows = list(petitions.to_urge(world.council, world.today))
    return petitions.draft_urging(
        by=world.officer, issuer=world.standing, agency=world.department, assignments=rows,
        reply_by=world.today + timedelta(days=7), signer=world.chair,
    ).document  # fmt: skip


def report_about(world, petition):
    return reports.draft(world.session, as_of=world.today, by=world.officer, signer=world.chair).document


def forwarding_of(world, petition):
    return world.planned(petition).document


@pytest.mark.parametrize("written", [forwarding_of, urging_about, notice_about, report_about])
def test_no_letter_of_the_council_shows_a_voters_name_to_everybody(world, monkeypatch, written):
    voter = {"voter_name": "Trần Thị Bưởi", "voter_address": "Ngõ 5", "voter_phone": "0912345678"}
    make = world.classified if written is forwarding_of else world.forwarded
    petition = make(voter=voter, **({} if written is forwarding_of else {"due_on": world.today + timedelta(days=3)}))
    document = written(world, petition)
    monkeypatch.setattr(urging_letters, "subject", lambda urging: "việc của bà TRẦN THỊ BƯỞI, ngõ 5")
    workflow.rewrite(document, by=world.officer, subject="việc của bà TRẦN THỊ BƯỞI, ngõ 5")
    document = world.issue(document, world.officer, world.leader, world.officer)

    assert facts_of(document.verification_code).subject == "việc của bà …, …"
    amendment = after_issue.amend(document, "corrigendum", by=world.officer, reason="Sai.", details="Dòng 1")
    workflow.rewrite(amendment.document, by=world.officer, subject="đính chính thư về Trần Thị Bưởi")
    letter = world.issue(amendment.document, world.officer, world.leader, world.officer)
    assert facts_of(letter.verification_code).subject == "đính chính thư về …"
