"""oversight/papers.py, overview.py, workflow/papers.py and their pages; the scope and the schedule of a delegation."""

import io
from dataclasses import dataclass
from datetime import date, time, timedelta

import lxml.html
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from docx import Document as WordFile

from common.formats import short_date
from documents import checker, word
from documents import workflow as documents
from documents.models import Document
from documents.papers import paper_of
from oversight import choosing, papers, workflow
from oversight.models import Delegation, DelegationMember, Finding, OversightPaper, WorkingSession
from oversight.overview import overview_of
from petitions.models import Petition, ResultClass
from tests.kept import keeping
from tests.oversight import visits
from tests.records import PERSONAL, VERBATIM, VOTER
from tests.world import World

Kind = OversightPaper.Kind


@dataclass
class Made:
    """A working session about an answered petition, assessed otherwise, and one that waits; something is asked for."""

    world: World
    delegation: Delegation
    held: WorkingSession
    answered: Petition
    waiting: Petition


def build():
    world = World()
    answered = world.answered(points=["Đề nghị lắp đèn.", "Đề nghị sơn cột."], voter=VOTER, verbatim=VERBATIM)
    waiting = world.forwarded()
    delegation = visits.delegation(world)
    held = visits.session(world, answered, waiting, within=delegation)
    visits.find(
        held, answered.points.first(), by=world.member, result=ResultClass.IN_PROGRESS, found="Còn thiếu hai cột."
    )
    workflow.assess(held, by=world.member, achievements="Chủ động.", limitations="Phối hợp chậm.", causes="Thiếu vốn.")
    workflow.recommend(held, by=world.member, content="Lắp nốt đoạn cuối.", due_on=world.today + timedelta(days=30))
    return Made(world, delegation, held, answered, waiting)


kept, made = keeping(build)


def drafted(made, kind, **details):
    session = made.held if kind in OversightPaper.OF_A_SESSION else None
    return workflow.draft_paper(
        made.delegation,
        kind=kind,
        by=made.world.officer,
        signer=made.world.committee_head,
        working_session=session,
        **details,
    )


# Drafted from the record


@pytest.mark.parametrize(
    ("kind", "symbol", "said"),
    [
        (Kind.PLAN, "KH-BKTNS", "Vũ Văn Ban, Trưởng Ban"),
        (Kind.DECISION, "QĐ-BKTNS", "Điều 1."),
        (Kind.OUTLINE, "BKTNS", "Kiến nghị cần báo cáo"),
        (Kind.MINUTES, "BB-BKTNS", "Còn thiếu hai cột."),
        (Kind.REPORT, "BC-BKTNS", "Lắp nốt đoạn cuối."),
    ],
)
def test_every_paper_is_an_official_document_drafted_from_the_record(made, kind, symbol, said):
    paper = drafted(made, kind)

    assert (paper.document.symbol, paper.document.agency) == (symbol, made.world.committee)
    assert said in paper.text
    assert said in Document.objects.get(pk=paper.document_id).body
    assert paper.text.endswith("./.")
    assert not [personal for personal in PERSONAL if personal in paper.text]


def test_the_report_has_the_figures_and_names_what_differs_and_what_is_late(made):
    Petition.objects.filter(pk=made.waiting.pk).update(due_on=made.world.today - timedelta(days=1))

    text = drafted(made, Kind.REPORT).text

    for said in (
        "Đoàn đã giám sát 2 kiến nghị (3 nội dung).",
        "Đã trả lời 2/3 nội dung.",
        "đã giải quyết xong 2/3 nội dung (66,7%)",
        "| Sở Xây dựng tỉnh Ninh Bình | 3 | 2 | 0 | 0 | 0 | 1 |",
        "| Tổng cộng | 3 | 2 | 0 | 0 | 0 | 1 |",
        f"- Chậm so với thời hạn: {made.waiting.code}, Sở Xây dựng tỉnh Ninh Bình",
        f"{made.answered.code}.1, Sở Xây dựng tỉnh Ninh Bình: cơ quan báo cáo “đã giải quyết xong”",
        "Đoàn đánh giá “đang giải quyết”; Còn thiếu hai cột.",
        "- Sở Xây dựng tỉnh Ninh Bình: Phối hợp chậm.",
    ):
        assert said in text


def test_the_figures_of_the_report_add_up_and_take_as_many_queries(made, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        found = overview_of(made.delegation, made.world.today)

    for groups in (found.by_agency, found.by_level, found.by_field):
        assert sum(group.total for group in groups) == found.points.total == 3
        assert sum(group.petitions for group in groups) == len(found.petitions) == 2


@pytest.mark.parametrize(("days_ahead", "said"), [(2, "trước buổi làm việc"), (9, "chậm nhất ngày {}")])
def test_the_outline_never_asks_for_a_report_by_a_day_that_is_past(made, days_ahead, said):
    WorkingSession.objects.filter(pk=made.held.pk).update(held_on=made.world.today + timedelta(days=days_ahead))
    made.held.refresh_from_db()

    text = drafted(made, Kind.OUTLINE).text

    assert said.format(short_date(made.world.today + timedelta(days=days_ahead - 5))) in text


def test_the_outline_about_a_long_subject_keeps_its_subject_line_short(made):
    made.delegation.change(subject="việc giải quyết, trả lời kiến nghị của cử tri gửi đến " + "Kỳ họp thứ 12 " * 9)

    document = drafted(made, Kind.OUTLINE).document

    found = checker.findings_of(document, paper_of(document))
    assert [one.code for one in found if one.code.startswith("subject")] == []


def test_minutes_are_signed_by_the_secretary_and_the_agency_beside_the_head(made):
    DelegationMember.objects.create(
        delegation=made.delegation, name="Đào Thị Thư Ký", post="Chuyên viên", part=DelegationMember.Part.SECRETARY
    )
    document = drafted(made, Kind.MINUTES).document

    paper = paper_of(Document.objects.get(pk=document.pk))
    words = " ".join(lxml.html.fromstring(paper.body).xpath("//table[@class='signing']//text()")).split()
    assert " ".join(words) == (
        "THƯ KÝ (NGƯỜI GHI BIÊN BẢN) Đào Thị Thư Ký ĐẠI DIỆN CƠ QUAN SỞ XÂY DỰNG TỈNH NINH BÌNH …"
    )
    assert paper.signer_name == made.world.committee_head.name
    assert "end" not in [one.code.partition("_")[0] for one in checker.findings_of(document, paper)]
    table = WordFile(io.BytesIO(word.render(paper))).tables[-2]
    assert table.style.name == "Normal Table"
    assert "ĐẠI DIỆN CƠ QUAN" in table.rows[0].cells[1].text


def test_the_report_lists_what_was_found_and_asked_in_annexes_as_the_record_stands_when_submitted(made):
    document = drafted(made, Kind.REPORT).document
    assert [part.title for part in document.appendices.all()] == [
        "Kết quả giám sát theo cơ quan, địa bàn",
        "Kiến nghị của Đoàn giám sát và thời hạn thực hiện",
    ]
    asked = made.delegation.working_sessions.first().recommendations.first()
    type(asked).objects.filter(pk=asked.pk).update(due_on=date(2027, 3, 9), content="Lắp <b> nốt")

    documents.submit(Document.objects.get(pk=document.pk), by=made.world.officer)

    found, demanded = (part.body for part in Document.objects.get(pk=document.pk).appendices.all())
    assert "Sở Xây dựng tỉnh Ninh Bình" in found
    assert found.count("<tr>") == 1 + Finding.objects.filter(working_session__delegation=made.delegation).count()
    assert "09/3/2027" in demanded
    assert "Lắp &lt;b&gt; nốt" in demanded


def test_a_paper_is_drafted_once_and_again_after_it_was_given_up(made):
    first = drafted(made, Kind.PLAN)
    assert drafted(made, Kind.PLAN) == first

    Document.objects.filter(pk=first.document_id).update(status="abandoned")

    assert drafted(made, Kind.PLAN) != first


def test_who_does_not_draft_for_the_committee_drafts_no_paper(made):
    with pytest.raises(PermissionDenied):
        workflow.draft_paper(made.delegation, kind=Kind.PLAN, by=made.world.head)


def test_words_from_the_record_are_text_in_the_paper():
    shown = papers.html("Căn cứ Luật <b>;\n**QUYẾT ĐỊNH:**\n**Điều 1.** <script>x</script>")

    assert shown == (
        '<p class="ground">Căn cứ Luật &lt;b&gt;;</p>'
        '<div class="title"><p class="pack-title"><b>QUYẾT ĐỊNH:</b></p></div>'
        "<p><b>Điều 1.</b> &lt;script&gt;x&lt;/script&gt;</p>"
    )


# Edited, issued


def test_the_text_people_wrote_is_what_is_issued(made):
    paper = drafted(made, Kind.DECISION)
    workflow.save_paper(paper, by=made.world.officer, revision=1, text="**Điều 1.** Thành lập Đoàn./.")

    made.world.issue(
        Document.objects.get(pk=paper.document_id), made.world.officer, made.world.leader, made.world.officer
    )

    issued = Document.objects.get(pk=paper.document_id)
    delegation = Delegation.objects.get(pk=made.delegation.pk)
    assert issued.body == "<p><b>Điều 1.</b> Thành lập Đoàn./.</p>"
    assert (delegation.decision, delegation.decision_on) == (issued.number_and_symbol, made.world.today)
    with pytest.raises(PermissionDenied):
        workflow.save_paper(paper, by=made.world.officer, revision=2, text="khác")


def test_two_people_at_one_paper_lose_no_words(made, as_):
    paper = drafted(made, Kind.PLAN)
    workflow.save_paper(paper, by=made.world.officer, revision=1, text="Của người trước./.")
    client = as_(made.world.officer)

    shown = client.post(paper.get_absolute_url(), {"text": "Của người sau./.", "revision": 1}).content.decode()

    for words in ("Của người trước./.", "Của người sau./.", 'name="revision" value="2"'):
        assert words in shown
    assert OversightPaper.objects.get(pk=paper.pk).text == "Của người trước./."


def test_drafting_again_takes_the_record_as_it_stands_and_keeps_the_text_before_in_the_history(made, as_):
    paper = drafted(made, Kind.MINUTES)
    workflow.save_paper(paper, by=made.world.officer, revision=1, text="Của tôi./.")

    as_(made.world.officer).post(reverse("oversight:draft_paper_again", args=[paper.pk]))

    assert "Còn thiếu hai cột." in OversightPaper.objects.get(pk=paper.pk).text
    assert "Của tôi./." in [version.text for version in paper.history.all()]


def test_the_page_of_the_delegation_drafts_a_paper_and_offers_what_is_missing(made, as_):
    client = as_(made.world.officer)
    address = reverse("oversight:draft_paper", args=[made.delegation.pk])

    sent_to = client.post(address, {"kind": "plan", "signer": made.world.committee_head.pk})
    shown = client.get(made.delegation.get_absolute_url()).content.decode()

    assert sent_to["Location"] == OversightPaper.objects.get().get_absolute_url()
    assert ('value="report"' in shown, 'value="plan"' in shown, 'value="minutes"' in shown) == (True, False, False)


def test_the_agency_reads_the_outline_once_it_is_issued(made, as_):
    paper = drafted(made, Kind.OUTLINE)
    client = as_(made.world.head)
    assert client.get(paper.get_absolute_url()).status_code == 404

    made.world.issue(
        Document.objects.get(pk=paper.document_id), made.world.officer, made.world.leader, made.world.officer
    )

    assert client.get(paper.get_absolute_url())["Location"] == paper.document.get_absolute_url()
    assert client.post(paper.get_absolute_url(), {"text": "x", "revision": 1}).status_code == 403


# Scope and schedule


def test_the_scope_narrows_what_is_offered_for_the_agenda(made):
    other = made.world.forwarded(lead=made.world.other_department)
    reach = choosing.within_reach(made.delegation)
    assert other in choosing.of_the_cycle(reach, made.delegation)

    workflow.revise(
        made.delegation,
        by=made.world.officer,
        scope=[("agency", made.world.department), ("policy_field", made.world.field), ("unit", made.world.province)],
    )

    assert set(choosing.of_the_cycle(reach, made.delegation)) == {made.answered, made.waiting}
    assert [str(item) for item in made.delegation.scope.all()] == [
        str(made.world.department), "Giao thông", str(made.world.province)
    ]  # fmt: skip


def test_the_scope_is_changed_on_the_page_with_history(made, as_):
    address = reverse("oversight:edit", args=[made.delegation.pk])
    form = {
        "name": made.delegation.name,
        "subject": made.delegation.subject,
        "starts_on": f"{made.world.today:%d/%m/%Y}",
        "scope_agency": [made.world.department.pk],
    }
    client = as_(made.world.officer)

    client.post(address, form)
    shown = client.get(made.delegation.get_absolute_url()).content.decode()
    client.post(address, form | {"scope_agency": []})

    assert made.world.department.name in shown
    assert not made.delegation.scope.exists()
    assert client.get(address).status_code == 200
    gone = made.delegation.scope.model.history.filter(history_type="-").get()
    assert gone.history_user == made.world.officer


def test_an_agency_that_ended_since_stays_in_the_scope_when_something_else_is_changed(made, as_):
    ended = made.world.other_department
    workflow.revise(made.delegation, by=made.world.officer, scope=[("agency", ended)])
    type(ended).objects.filter(pk=ended.pk).update(valid_to=made.world.today - timedelta(days=1))
    client, address = as_(made.world.officer), reverse("oversight:edit", args=[made.delegation.pk])

    fields = client.get(address).context["form"].fields
    form = {"name": "Tên khác", "subject": "x", "starts_on": f"{made.world.today:%d/%m/%Y}"}
    client.post(address, form | {"scope_agency": fields["scope_agency"].initial})

    assert Delegation.objects.get(pk=made.delegation.pk).name == "Tên khác"
    assert [item.agency for item in made.delegation.scope.all()] == [ended]


def test_a_field_visit_is_planned_with_its_hour_and_moved_until_it_is_concluded(made, as_):
    client = as_(made.world.officer)
    form = {"kind": "visit", "held_on": f"{made.world.today:%d/%m/%Y}", "begins_at": "08:30", "venue": "Nút giao"}

    client.post(reverse("oversight:edit_session", args=[made.held.pk]), form)

    moved = WorkingSession.objects.get(pk=made.held.pk)
    assert (moved.kind, moved.begins_at, moved.venue) == ("visit", time(8, 30), "Nút giao")
    made.held = moved
    assert "khảo sát thực địa" in drafted(made, Kind.MINUTES).text
    visits.noticed(made.world, made.held)
    assert client.post(reverse("oversight:edit_session", args=[made.held.pk]), form).status_code == 403
