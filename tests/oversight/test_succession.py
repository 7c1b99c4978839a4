"""oversight/handover.py, succeeding.py and their pages: what is open passes on, with history."""

import io
from dataclasses import dataclass
from datetime import date, timedelta

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.urls import reverse
from docx import Document as WordFile

from accounts.models import Notice
from accounts.permissions import Role
from common.formats import short_date
from oversight import handover, succeeding, workflow
from oversight.forms import HandOverForm
from oversight.models import Delegation, DelegationMember, Recommendation, WorkingSession
from sessions.models import CouncilTerm
from tests.counting import queries
from tests.kept import keeping
from tests.oversight import visits
from tests.world import World, person


@dataclass
class Made:
    """A delegation of two; the first is in charge of a session to conclude, an open recommendation and a done one."""

    world: World
    delegation: Delegation
    leaving: DelegationMember
    staying: DelegationMember
    held: WorkingSession
    asked: Recommendation
    done: Recommendation


def build():
    world = World()
    people = [
        {"name": "Lê Thị Đi", "post": "Ủy viên", "part": "secretary", "user": world.member},
        {"name": "Vũ Văn Ban", "post": "Trưởng Ban", "part": "head", "user": world.leader},
    ]
    delegation = visits.delegation(world, members=people)
    leaving, staying = delegation.members.all()
    first = workflow.plan_session(
        delegation, agency=world.department, held_on=world.today, by=world.officer, in_charge=leaving
    )
    asked = workflow.recommend(first, by=world.officer, content="Lắp đèn còn thiếu.", due_on=world.today)
    done = workflow.recommend(first, by=world.officer, content="Sơn cột.")
    visits.noticed(world, first)
    done = workflow.report_done(Recommendation.objects.get(pk=done.pk), by=world.head, evidence="Biên bản 1")
    workflow.verify(done, by=world.officer)
    held = workflow.plan_session(
        delegation, agency=world.other_department, held_on=world.today, by=world.officer, in_charge=leaving
    )
    return Made(world, delegation, leaving, staying, held, asked, done)


kept, made = keeping(build)


@pytest.fixture
def elsewhere(made):
    return World("bp", "tỉnh Bình Phước")


def in_charge(record):
    return type(record).objects.get(pk=record.pk).in_charge


def hand_over(made, **details):
    details = {"to": made.staying, "reason": "Chuyển công tác.", "left_on": made.world.today} | details
    return succeeding.hand_over(made.leaving, by=made.world.officer, **details)


# Passing on


def test_what_is_asked_for_is_followed_up_by_who_is_in_charge_of_the_session(made):
    assert in_charge(made.asked) == made.leaving


def test_what_is_open_passes_to_the_successor_with_history_and_what_is_done_stays(made):
    assert hand_over(made) == 2

    assert [in_charge(one) for one in (made.held, made.asked, made.done)] == [made.staying, made.staying, made.leaving]
    last = made.asked.history.first()
    assert (last.history_user, last.history_change_reason) == (made.world.officer, "Chuyển công tác.")
    gone = DelegationMember.objects.get(pk=made.leaving.pk)
    assert (gone.left_on, gone.successor) == (made.world.today, made.staying)
    assert [one.text for one in Notice.objects.filter(user=made.world.leader, key__startswith="handover/")] == [
        "2 việc giám sát chưa xong được Lê Thị Đi bàn giao cho bạn."
    ]


def test_a_member_who_goes_on_sitting_can_pass_on_too(made):
    hand_over(made, left_on=None)

    assert DelegationMember.objects.get(pk=made.leaving.pk).left_on is None


def test_a_new_member_and_one_of_the_next_delegation_can_take_over(made):
    newcomer = succeeding.seat(made.delegation, by=made.world.officer, name="Trần Văn Mới", post="Ủy viên")
    later = visits.delegation(made.world, name="Đoàn giám sát nhiệm kỳ sau").members.get()

    assert set(succeeding.heirs(made.delegation)) == {made.leaving, made.staying, newcomer, later}
    hand_over(made, to=later)
    assert in_charge(made.asked) == later


def test_delegations_of_one_name_are_told_apart_and_ended_ones_take_nothing_over(made):
    today = made.world.today
    twin = visits.delegation(made.world, decision="09/QĐ-BKTNS", decision_on=today)
    ended = visits.delegation(made.world, starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))

    groups = HandOverForm(member=made.leaving).fields["to"].choices
    names = [str(label) for label, _members in groups if label]

    assert names == [
        f"{made.delegation.name} (từ {short_date(today)})",
        f"{made.delegation.name} (09/QĐ-BKTNS, {short_date(today)})",
    ]
    assert not succeeding.heirs(made.delegation).filter(delegation=ended).exists()
    with pytest.raises(ValidationError):
        hand_over(made, to=ended.members.get())
    made.delegation.change(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    groups = HandOverForm(member=made.leaving).fields["to"].choices
    assert f"đã kết thúc ngày {short_date(today - timedelta(days=1))}" in str(groups[1][0])
    assert twin.members.get() in succeeding.heirs(made.delegation)


def test_a_seat_is_given_an_account_later_and_the_record_opens_to_it(made, as_):
    seat = succeeding.seat(made.delegation, by=made.world.officer, name="Trần Văn Mới", post="Ủy viên")
    newcomer = person("newcomer", (made.world.committee, Role.DELEGATION_MEMBER))
    client, address = as_(made.world.officer), reverse("oversight:edit_member", args=[seat.pk])
    assert as_(newcomer).get(made.held.get_absolute_url()).status_code == 404
    client = as_(made.world.officer)
    data = {"name": seat.name, "post": seat.post, "part": "member", "user": made.world.member.pk}

    taken = client.post(address, data)
    assert "đã là thành viên" in taken.content.decode()
    assert client.post(address, data | {"user": newcomer.pk}).url == made.delegation.get_absolute_url()

    assert DelegationMember.objects.get(pk=seat.pk).user == newcomer
    assert as_(newcomer).get(made.held.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"to": "leaving"}, "to"),
        ({"left_on": "tomorrow"}, "left_on"),
        ({"left_on": "before"}, "left_on"),
    ],
)
def test_a_handover_that_makes_no_sense_is_refused_beside_the_field_and_nothing_passes(made, details, field):
    days = {"tomorrow": made.world.today + timedelta(days=1), "before": made.world.today - timedelta(days=1)}
    given = {name: {"leaving": made.leaving, **days}.get(value, value) for name, value in details.items()}

    with pytest.raises(ValidationError) as refused:
        hand_over(made, **given)

    assert list(refused.value.error_dict) == [field]
    assert in_charge(made.asked) == made.leaving


def test_a_member_who_left_takes_over_nothing_and_leaves_once(made):
    hand_over(made)

    with pytest.raises(ValidationError, match="đã thôi tham gia"):
        hand_over(made)
    with pytest.raises(ValidationError, match="đang tham gia"):
        succeeding.put_in_charge(made.asked, made.leaving, by=made.world.officer)


def test_somebody_of_another_council_takes_over_nothing(made, elsewhere):
    stranger = visits.delegation(elsewhere, by=elsewhere.officer).members.get()

    with pytest.raises(ValidationError):
        hand_over(made, to=stranger)


def test_who_only_records_hands_nothing_over(made):
    with pytest.raises(PermissionDenied, match="bộ phận thư ký"):
        succeeding.hand_over(made.leaving, to=made.staying, by=made.world.member, reason="x")


def test_a_successor_without_a_last_day_cannot_be(made):
    with pytest.raises(IntegrityError):
        made.leaving.change(successor=made.staying)


# Who should pass on


def reasons(made):
    found = handover.holdings(made.world.officer, made.world.today)
    return [(holding.member, holding.reasons, len(holding.items)) for holding in found]


def test_open_items_stand_by_who_is_in_charge_and_nobodys_at_the_end(made):
    nobody = workflow.plan_session(
        made.delegation, agency=made.world.ubnd, held_on=made.world.today, by=made.world.officer
    )

    found = handover.holdings(made.world.officer, made.world.today)

    assert [(one.member, [item.record for item in one.items]) for one in found] == [
        (made.leaving, [made.held, made.asked]),
        (None, [nobody]),
    ]


def test_an_account_without_a_role_should_pass_on(made):
    made.world.member.memberships.update(valid_to=made.world.today - timedelta(days=1))

    assert reasons(made) == [(made.leaving, ["không còn vai trò nào"], 2)]


def test_the_end_of_a_term_asks_for_passing_on(made):
    CouncilTerm.objects.update(ends_on=date(2021, 1, 31), starts_on=date(2021, 1, 1))

    assert reasons(made) == [(made.leaving, ["nhiệm kỳ khóa XVI kết thúc ngày 31/01/2021"], 2)]


def test_who_has_a_role_and_a_term_has_no_reason_to_pass_on(made):
    assert reasons(made) == [(made.leaving, [], 2)]


# Pages and the report


def test_the_secretariat_hands_over_on_the_page_and_sees_what_passed_on(made, as_):
    client = as_(made.world.officer)
    form = {"to": made.staying.pk, "reason": "Chuyển công tác.", "left_on": f"{made.world.today:%d/%m/%Y}"}

    shown = client.post(made.leaving.get_absolute_url(), form, follow=True).content.decode()

    assert in_charge(made.held) == made.staying
    for words in ("Đã bàn giao 2 việc.", "Không còn việc chưa xong", "người kế nhiệm: Vũ Văn Ban"):
        assert words in shown


def test_somebody_is_put_in_charge_on_the_pages_of_a_session_and_a_recommendation(made, as_):
    client = as_(made.world.officer)

    for record in (made.held, made.asked):
        name = "session" if record == made.held else "recommendation"
        client.post(reverse(f"oversight:{name}_in_charge", args=[record.pk]), {"in_charge": made.staying.pk})

    assert [in_charge(made.held), in_charge(made.asked)] == [made.staying, made.staying]
    assert as_(made.world.head).get(made.asked.get_absolute_url()).content.decode().count("Vũ Văn Ban") == 0


def test_members_read_the_page_and_cannot_hand_over(made, as_):
    client = as_(made.world.member)

    assert "<form" not in client.get(made.leaving.get_absolute_url()).content.decode().split("<main")[1]
    assert client.post(made.leaving.get_absolute_url(), {"to": made.staying.pk}).status_code == 403


def test_the_report_lists_what_is_open_and_what_passed_on_as_pdf_and_word(made, as_):
    client, of_member = as_(made.world.officer), f"?member={made.leaving.pk}"

    word = client.get(reverse("oversight:handover_word") + of_member)
    hand_over(made)
    printed = client.get(reverse("oversight:handover_pdf") + of_member)

    tables = WordFile(io.BytesIO(word.content)).tables
    assert [row.cells[1].text for row in tables[0].rows[1:]] == [
        f"Hoàn thành hồ sơ: {made.held}", "Lắp đèn còn thiếu."
    ]  # fmt: skip
    with pypdfium2.PdfDocument(printed.content) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    for words in ("BÁO CÁO BÀN GIAO", "Không còn việc chưa xong.", "Việc đã bàn giao", "Vũ Văn Ban"):
        assert words in text


def test_the_page_takes_as_many_queries_whatever_is_open(made, as_):
    client = as_(made.world.officer)
    few = queries(client, reverse("oversight:handover"))

    for agency in (made.world.ubnd, made.world.department):
        workflow.plan_session(
            made.delegation, agency=agency, held_on=made.world.today, by=made.world.officer, in_charge=made.staying
        )

    assert queries(client, reverse("oversight:handover")) == few


def test_an_agency_reads_nothing_of_it(made, as_):
    shown = as_(made.world.head).get(reverse("oversight:handover"))

    assert "Lắp đèn còn thiếu." not in shown.content.decode()
    assert as_(made.world.head).get(made.leaving.get_absolute_url()).status_code == 404


def test_an_account_of_a_new_member_is_chosen_among_those_of_the_council(made, as_, elsewhere):
    newcomer = person("moi", (made.world.committee, "delegation_member"))
    address = reverse("oversight:add_member", args=[made.delegation.pk])
    client = as_(made.world.officer)

    refused = client.post(
        address, {"name": "Trần Văn Mới", "post": "Ủy viên", "part": "member", "user": elsewhere.member.pk}
    )
    client.post(address, {"name": "Trần Văn Mới", "post": "Ủy viên", "part": "member", "user": newcomer.pk})

    assert refused.status_code == 200
    assert [one.user for one in made.delegation.members.filter(name="Trần Văn Mới")] == [newcomer]


def test_the_agency_reads_in_no_history_who_follows_it_up(made, as_):
    hand_over(made)
    address = reverse("common:history", args=["oversight", "recommendation", made.asked.pk])

    assert "Chuyển công tác." in as_(made.world.leader).get(address).content.decode()
    shown = as_(made.world.head).get(address)
    assert shown.status_code == 200
    assert not [words for words in ("Chuyển công tác.", "Vũ Văn Ban") if words in shown.content.decode()]
