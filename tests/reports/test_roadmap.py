"""reports/roadmap.py: what is still missing before the report can go out."""

from django.urls import reverse

from common.formats import short_date
from documents import workflow as documents
from oversight import workflow as oversight
from oversight.models import WorkingSession
from reports import workflow
from reports.figures import SessionFigures
from reports.roadmap import missing
from tests.oversight import visits
from tests.reports.prepared import build, days_ago, drafted


def gaps(session, as_of):
    return [(str(gap.words), gap.is_done, gap.figure) for gap in missing(session, SessionFigures.live(session, as_of))]


def test_what_is_missing_is_counted_most_pressing_first(world):
    prepared = build(world)

    assert gaps(prepared.session, days_ago(0)) == [
        ("2 kiến nghị quá hạn", False, "overdue"),
        ("5 kiến nghị chưa được trả lời đủ", False, "unanswered"),
        ("2 kiến nghị chưa giao cơ quan", False, "unassigned"),
        ("1 buổi làm việc chưa ban hành thông báo kết luận", False, ""),
        ("Kỳ trước + mới − đã kết thúc = còn lại cuối kỳ", True, ""),
    ]


def test_each_gap_names_who_must_act_and_opens_what_they_owe(prepared, as_):
    found = missing(prepared.session, prepared.live())
    page = as_(prepared.world.officer).get(prepared.session.get_absolute_url()).content.decode()

    department, other = prepared.world.department, prepared.world.other_department
    assert [[(str(actor.name), actor.points) for actor in gap.who] for gap in found] == [
        [(department.name, 2), (other.name, 1)],
        [(department.name, 2), (other.name, 2)],
        [("Văn phòng phân loại và chuyển các kiến nghị này", 0)],
        [(str(actor.name), 0) for actor in found[3].who],
        [],
    ]
    assert [actor.address for actor in found[3].who] == [
        held.get_absolute_url() for held in WorkingSession.objects.all()
    ]
    assert str(found[3].who[0].name).endswith(f", {short_date(WorkingSession.objects.first().held_on)}")
    assert page.count("Cần xử lý:") == 8


def test_a_drafted_report_lists_the_gaps_beside_its_paper_until_it_is_submitted(prepared, as_):
    draft, browser = drafted(prepared), as_(prepared.world.officer)
    address = reverse("reports:state", args=[draft.pk])

    def beside():
        fragment = browser.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in fragment
        return fragment.count("data-gap")

    assert f'hx-get="{address}"' in browser.get(draft.document.get_absolute_url()).content.decode()
    assert beside() == len(workflow.state_of(draft)["gaps"]) > 5
    documents.submit(draft.document, by=prepared.world.officer)
    assert address not in browser.get(draft.document.get_absolute_url()).content.decode()
    assert beside() == 0


def test_where_nothing_is_missing_every_line_is_ticked(world):
    petition = world.answered()
    visits.noticed(world, visits.session(world, petition))

    found = gaps(world.session, world.today)

    assert [done for _words, done, _figure in found] == [True] * 5
    assert not any(words[0].isdigit() for words, _done, _figure in found)


def test_a_drafted_notice_is_still_missing(world):
    held = visits.session(world, world.answered())
    oversight.draft_notice(held, by=world.officer, signer=world.committee_head)

    assert [done for _words, done, _figure in gaps(world.session, world.today)] == [True, True, True, False, True]


def test_working_sessions_of_another_session_do_not_count(world):
    earlier = world.new_session(opens_on=days_ago(150), number=2)
    visits.session(world, council_session=earlier)

    assert gaps(world.session, world.today)[3][1]
