"""oversight/verification.py, verifying.py and their pages: what the committees say before a session."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.permissions import Role
from directory.models import Agency, PolicyField
from oversight import verification, verifying
from oversight.assessed import assessed_results
from oversight.models import Finding, OversightPaper, Verification
from oversight.verifying import Typed
from petitions.models import Petition, PetitionPoint
from reports.loading import load
from tests.counting import queries
from tests.kept import keeping
from tests.oversight import visits
from tests.world import World, agency, person


@dataclass
class Made:
    """Two answered points of one committee's field, one unanswered point of another's."""

    world: World
    first: PetitionPoint
    second: PetitionPoint
    other: PetitionPoint
    legal: Agency
    jurist: object


def build():
    world = World()
    answered = world.answered(points=["Đề nghị lắp đèn.", "Đề nghị sơn cột."])
    waiting = world.forwarded()
    legal = agency(world.council, "Ban Pháp chế tỉnh Ninh Bình", Agency.Kind.COMMITTEE, "BPC", head_post="Trưởng Ban")
    field = PolicyField.objects.create(council=world.council, name="Tư pháp", committee=legal)
    waiting.policy_field = field
    waiting.save()
    first, second = answered.points.all()
    return Made(world, first, second, waiting.points.get(), legal, person("phap-che", (legal, Role.COMMITTEE_MEMBER)))


kept, made = keeping(build)


def save(made, *rows, by=None):
    """(point, revision, result, remark) rows of the economic committee."""
    return verifying.save(
        made.world.session, made.world.committee, [Typed(*row) for row in rows], by=by or made.world.committee_member
    )


def said(point):
    one = Verification.objects.get(point=point)
    return one.assessed_result, one.remark, one.revision


def page(made, committee=None):
    return reverse("oversight:verification", args=[made.world.session.pk, (committee or made.world.committee).pk])


def posted(*rows):
    """The table as sent: (point, revision, result, remark) a row."""
    return {
        f"point-{point.pk}-{name}": value
        for point, *values in rows
        for name, value in zip(("revision", "result", "remark"), values, strict=True)
    }


# What a committee says


def test_what_a_committee_says_stands_beside_the_agencys_own_result_with_its_history(made):
    saved, clashes = save(made, (made.first, 0, "in_progress", "Mới lắp một nửa."))

    point = PetitionPoint.objects.get(pk=made.first.pk)
    assert ([one.point for one in saved], clashes) == ([made.first], {})
    assert said(made.first) == ("in_progress", "Mới lắp một nửa.", 1)
    assert (point.result, point.assessed_result) == ("resolved", "in_progress")
    last = saved[0].history.first()
    assert (last.history_user, last.committee) == (made.world.committee_member, made.world.committee)


def test_rows_nobody_changed_leave_no_record(made):
    assert save(made, (made.first, 0, "", ""), (made.second, 0, "", "")) == ([], {})
    assert not Verification.objects.exists()


def test_the_member_of_another_committee_is_refused_and_nothing_is_kept(made):
    with pytest.raises(PermissionDenied, match="Chỉ Ban Kinh tế"):
        save(made, (made.first, 0, "resolved", ""), by=made.jurist)

    assert not Verification.objects.exists()


def test_a_result_taken_back_gives_the_point_the_delegations_finding_again(made):
    held = visits.session(made.world, made.first.petition, held_on=made.world.today - timedelta(days=1))
    visits.find(held, made.first, by=made.world.member, result="not_resolved")
    save(made, (made.first, 0, "in_progress", ""))
    assert assessed_results([made.first]) == {made.first.pk: "in_progress"}

    save(made, (made.first, 1, "", "Xem lại sau."))

    assert assessed_results([made.first]) == {made.first.pk: "not_resolved"}
    assert PetitionPoint.objects.get(pk=made.first.pk).assessed_result == "not_resolved"


def test_the_session_report_counts_what_a_committee_said_from_its_day_on(made):
    save(made, (made.first, 0, "in_progress", ""))
    today = made.world.today

    def counted(as_of):
        facts = {fact.pk: fact for fact in load(made.world.session, as_of)}
        return [point.assessed_result for point in facts[made.first.petition_id].points]

    assert counted(today) == ["in_progress", ""]
    assert counted(today - timedelta(days=1)) == ["", ""]


# Two people at once


def test_two_people_change_different_fields_of_one_row_and_both_stay(made):
    save(made, (made.first, 0, "in_progress", ""))

    saved, clashes = save(made, (made.first, 0, "", "Mới lắp một nửa."), by=made.world.officer)

    assert (len(saved), clashes) == (1, {})
    assert said(made.first) == ("in_progress", "Mới lắp một nửa.", 2)


def test_what_both_changed_is_not_overwritten_and_the_other_rows_are_saved(made):
    save(made, (made.first, 0, "in_progress", "Mới lắp một nửa."))

    saved, clashes = save(
        made, (made.first, 0, "", "Chưa thấy đèn."), (made.second, 0, "resolved", ""), by=made.world.officer
    )

    clash = clashes[made.first.pk]
    assert [one.point for one in saved] == [made.second]
    assert said(made.first) == ("in_progress", "Mới lắp một nửa.", 1)
    assert (clash.by, clash.result, clash.remark) == (made.world.committee_member, "in_progress", "Chưa thấy đèn.")


def test_an_untouched_row_of_an_old_page_takes_nothing_back(made):
    save(made, (made.first, 0, "in_progress", "Mới lắp một nửa."))

    assert save(made, (made.first, 0, "", ""), by=made.world.officer) == ([], {})
    assert said(made.first) == ("in_progress", "Mới lắp một nửa.", 1)


def test_the_page_shows_both_texts_and_saving_again_puts_them_together(made, as_):
    save(made, (made.first, 0, "in_progress", "Mới lắp một nửa."))
    client = as_(made.world.officer)

    shown = client.post(page(made), posted((made.first, 0, "", "Chưa thấy đèn."))).content.decode()
    client.post(page(made), posted((made.first, 1, "in_progress", "Mới lắp một nửa; đoạn cuối chưa thấy đèn.")))

    name = "Người committee-member"

    for words in (f"{name} đã lưu", "Mới lắp một nửa.", "Chưa thấy đèn.", 'value="1"'):
        assert words in shown
    assert said(made.first) == ("in_progress", "Mới lắp một nửa; đoạn cuối chưa thấy đèn.", 2)


# The page


def test_the_table_is_saved_as_a_whole_and_a_mistaken_row_stays_with_its_words(made, as_):
    client = as_(made.world.committee_member)

    shown = client.post(page(made), posted((made.first, 0, "perfect", "Tốt."), (made.second, 0, "resolved", "Đủ.")))

    assert said(made.second) == ("resolved", "Đủ.", 1)
    assert not Verification.objects.filter(point=made.first).exists()
    assert "Tốt." in shown.content.decode()


def test_words_about_a_point_that_went_to_another_committee_are_given_back(made, as_):
    shown = as_(made.world.committee_member).post(
        page(made), posted((made.other, 0, "resolved", "Đã xong <b>")), follow=True
    )

    assert not Verification.objects.exists()
    assert "Đã xong &lt;b&gt;" in shown.content.decode()


def test_a_committee_reads_the_table_of_another_and_an_agency_none(made, as_):
    read = as_(made.jurist).get(page(made)).content.decode()

    assert "Đề nghị lắp đèn." in read
    assert "<textarea" not in read
    assert as_(made.jurist).post(page(made), posted((made.first, 0, "resolved", ""))).status_code == 403
    assert as_(made.world.head).get(page(made)).status_code == 404


def test_the_table_is_narrowed_to_what_waits_and_to_what_differs(made, as_):
    save(made, (made.first, 0, "in_progress", ""))
    client = as_(made.world.committee_member)

    waiting = client.get(page(made) + "?show=waiting").content.decode()
    differing = client.get(page(made) + "?show=differing").content.decode()

    assert ("Đề nghị lắp đèn." in waiting, "Đề nghị sơn cột." in waiting) == (False, True)
    assert ("Đề nghị lắp đèn." in differing, "Đề nghị sơn cột." in differing) == (True, False)


def test_the_table_takes_as_many_queries_whatever_its_rows(made, as_):
    client = as_(made.world.committee_member)
    few = queries(client, page(made))

    made.world.answered(points=["Đề nghị sửa cống.", "Đề nghị sửa cầu.", "Đề nghị vá đường."])

    assert queries(client, page(made)) == few


# The synthesis


def test_the_synthesis_counts_every_committee_and_names_what_is_missing(made):
    save(made, (made.first, 0, "in_progress", ""))
    made.world.logged()

    found = verification.synthesis(made.world.session, made.world.today)

    figures = {line.committee: dict(line.numbers) for line in found.lines}
    assert figures[made.world.committee] == {
        "": 2, "unanswered": 0, "resolved": 0, "in_progress": 1, "explained": 0, "not_resolved": 0,
        "differing": 1, "waiting": 1,
    }  # fmt: skip
    assert (figures[made.legal][""], figures[made.legal]["unanswered"], figures[made.legal]["waiting"]) == (1, 1, 1)
    assert (found.total.counts["total"], found.total.assessed, found.unclassified) == (3, 1, 1)
    assert [one.point for one in found.differing] == [made.first]


def test_the_session_hears_of_what_earlier_ones_left_unfinished_too(made):
    later = made.world.new_session(opens_on=made.world.today + timedelta(days=200), number=5)

    assert set(verification.petitions_of(later)) == set(Petition.objects.filter(points=made.other))


def test_where_a_committee_and_a_delegation_differ_the_synthesis_sets_them_side_by_side(made, as_):
    held = visits.session(made.world)
    finding = Finding.objects.create(working_session=held, point=made.other, assessed_result="resolved")
    verifying.save(made.world.session, made.legal, [Typed(made.other, 0, "not_resolved", "")], by=made.jurist)

    page = as_(made.world.officer).get(reverse("oversight:synthesis", args=[made.world.session.pk]))

    assert [(one.verification.point, one.finding) for one in page.context["synthesis"].against] == [
        (made.other, finding)
    ]
    assert "Ban và Đoàn giám sát đánh giá khác nhau" in page.content.decode()


def test_every_number_of_the_synthesis_opens_its_rows(made, as_):
    save(made, (made.first, 0, "in_progress", ""))

    shown = as_(made.world.delegate).get(reverse("oversight:synthesis", args=[made.world.session.pk]))

    assert f'{page(made)}?show=differing">1</a>' in shown.content.decode()


# The report on it


def test_the_report_is_drafted_from_what_the_committees_said_and_edited_as_text(made, as_):
    save(made, (made.first, 0, "in_progress", "Mới lắp một nửa."), (made.second, 0, "resolved", ""))
    verifying.save(made.world.session, made.legal, [Typed(made.other, 0, "not_resolved", "Kéo dài.")], by=made.jurist)
    client = as_(made.world.officer)
    address = reverse("oversight:draft_verification", args=[made.world.session.pk])

    client.post(address, {"signer": made.world.committee_head.pk})
    again = client.post(address, {"signer": made.world.committee_head.pk})

    paper = OversightPaper.objects.get()
    assert again["Location"] == paper.get_absolute_url()
    assert (paper.document.kind, paper.document.agency, paper.document.symbol) == (
        "BC", made.world.committee, "BC-BKTNS",
    )  # fmt: skip
    for said in (
        "đã thẩm tra 3/3 nội dung",
        "| Ban Kinh tế - Ngân sách | 2 | 1 | 1 | 0 | 0 | 0 |",
        "| Tổng cộng | 3 | 1 | 1 | 0 | 1 | 0 |",
        f"- {made.first}, Sở Xây dựng tỉnh Ninh Bình: cơ quan báo cáo “đã giải quyết xong”",
        "đánh giá “đang giải quyết”. Mới lắp một nửa.",
        f"- Sở Xây dựng tỉnh Ninh Bình: 1 nội dung ({made.other}).",
        f"1 nội dung các Ban đánh giá chưa giải quyết: {made.other}.",
    ):
        assert said in paper.text
    assert client.get(paper.get_absolute_url()).status_code == 200
    assert paper in client.get(reverse("oversight:synthesis", args=[made.world.session.pk])).context["papers"]


def test_who_only_reads_or_verifies_drafts_no_report(made, as_):
    address = reverse("oversight:draft_verification", args=[made.world.session.pk])

    as_(made.world.committee_member).post(address, {"signer": made.world.committee_head.pk})
    refused = as_(made.world.member).post(address, {"signer": made.world.committee_head.pk})

    assert refused.status_code == 404
    assert not OversightPaper.objects.exists()
