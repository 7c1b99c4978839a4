"""oversight/models/findings.py, workflow/recording.py: findings with all their parts, evidence, who reads them when."""

from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from documents import after_issue
from oversight import workflow
from oversight.assessed import Contested
from oversight.models import Evidence, Finding, Verification
from petitions.models import Petition, PetitionPoint, ResultClass
from responses.models import Answer
from tests.counting import queries
from tests.kept import keeping
from tests.oversight import visits
from tests.records import picture
from tests.world import World


@dataclass
class Found:
    """Two points of one petition: the delegation agrees about the first and not about the second."""

    world: World
    petition: Petition
    held: object
    agreed: Finding
    differing: Finding


def build():
    world = World()
    petition = world.answered(points=["Đề nghị lắp đèn.", "Đề nghị sơn cột."])
    held = visits.session(world, petition)
    first, second = petition.points.all()
    agreed = visits.find(held, first, by=world.member)
    differing = visits.find(held, second, by=world.member, result=ResultClass.IN_PROGRESS)
    return Found(world, petition, held, agreed, differing)


kept, found = keeping(build)


def test_findings_that_differ_are_listed_on_session_and_delegation(found, as_):
    client = as_(found.world.delegate)

    session = client.get(found.held.get_absolute_url())
    delegation = client.get(found.held.delegation.get_absolute_url())

    assert session.context["disagreements"] == delegation.context["disagreements"]
    assert session.context["disagreements"] == [Contested(found.differing, None, [])]
    assert "Kết quả đánh giá không thống nhất" in session.content.decode()


def test_what_a_committee_says_otherwise_is_set_against_it_for_the_council_alone(found, as_):
    world, point = found.world, found.agreed.point
    said = Verification.objects.create(
        council_session=world.session, committee=world.committee, point=point, assessed_result="not_resolved",
        assessed_on=world.today,
    )  # fmt: skip
    visits.noticed(world, found.held)

    council, agency = (
        as_(who).get(reverse("oversight:followed")).context["disagreements"] for who in (world.officer, world.head)
    )

    assert council == [Contested(found.agreed, said, []), Contested(found.differing, None, [])]
    assert agency == [Contested(found.differing, None, [])]


def test_a_finding_about_an_answer_recalled_since_says_so(found, as_):
    world = found.world
    letter = Answer.objects.get(point=found.agreed.point).reply.document
    recall = after_issue.amend(letter, "recall", by=world.drafter, reason="Nhầm.")
    world.issue(recall.document, world.drafter, world.head, world.registrar)

    page = as_(world.officer).get(found.held.get_absolute_url())

    assert page.context["disagreements"] == [
        Contested(found.agreed, None, [recall.document]),
        Contested(found.differing, None, [recall.document]),
    ]
    assert "Văn bản trả lời đã thay đổi" in page.content.decode()


def test_every_part_of_a_finding_is_recorded_by_the_form_and_stands_in_the_notice(found, as_):
    point = found.differing.point
    address = reverse("oversight:findings", args=[found.held.pk, found.petition.pk])
    parts = {
        "reported": "Đã sơn.",
        "found": "Mới sơn một nửa.",
        "assessed_result": "in_progress",
        "achievements": "Bố trí được vốn.",
        "limitations": "Chậm ba tháng.",
        "causes": "Thầu phụ bỏ việc.",
    }
    data = {f"point-{point.pk}-{name}": value for name, value in parts.items()}
    data |= {f"point-{found.agreed.point_id}-{name}": "" for name in parts}

    as_(found.world.member).post(address, data)

    found.differing.refresh_from_db()
    assert {name: getattr(found.differing, name) for name in parts} == parts
    notice = workflow.draft_notice(found.held, by=found.world.officer, signer=found.world.committee_head)
    body = type(notice.document).objects.get(pk=notice.document_id).body
    for words in ("Bố trí được vốn.", "Chậm ba tháng.", "Thầu phụ bỏ việc.", "cơ quan tự đánh giá: đã giải quyết xong"):
        assert words in body


def test_what_the_agency_reported_and_the_delegation_found_in_general(found, as_):
    data = {
        "reported": "Đã phân công.",
        "found": "Chưa có đầu mối.",
        "achievements": "",
        "limitations": "",
        "causes": "",
    }

    as_(found.world.member).post(reverse("oversight:assess", args=[found.held.pk]), data)

    found.held.refresh_from_db()
    assert (found.held.reported, found.held.found) == ("Đã phân công.", "Chưa có đầu mối.")
    assert found.held.history.first().history_user == found.world.member
    page = as_(found.world.delegate).get(found.held.get_absolute_url()).content.decode()
    assert "Chưa có đầu mối." in page


def test_a_photo_proves_a_finding_and_a_document_the_assessment_of_the_agency(found, as_):
    address = reverse("oversight:attach", args=[found.held.pk])
    client = as_(found.world.member)

    client.post(address, {"file": picture("cot-den.png"), "finding": found.differing.pk})
    client.post(address, {"file": picture("bien-ban.png"), "finding": ""})

    assert [str(file) for file in found.differing.files.all()] == ["cot-den.png"]
    assert [str(file) for file in found.held.files.all()] == ["bien-ban.png"]
    page = client.get(found.held.get_absolute_url()).content.decode()
    assert "cot-den.png" in page
    assert "bien-ban.png" in page
    handed = client.get(reverse("oversight:evidence", args=[found.differing.files.get().pk]))
    handed.close()
    assert handed["Content-Disposition"] == 'attachment; filename="cot-den.png"'


def test_a_file_that_is_not_what_it_says_is_refused_beside_the_field(found, as_):
    file = picture("anh.pdf")

    page = as_(found.world.member).post(reverse("oversight:attach", args=[found.held.pk]), {"file": file})

    assert list(page.context["form"].errors) == ["file"]
    assert not Evidence.objects.exists()


def test_the_agency_hands_in_a_file_with_its_report(found, as_):
    world = found.world
    asked = workflow.recommend(found.held, by=world.member, content="Sơn nốt.", due_on=world.today)
    visits.noticed(world, found.held)
    address, client = reverse("oversight:report_done", args=[asked.pk]), as_(world.head)

    bad = client.post(address, {"evidence": "Biên bản số 9", "file": picture("anh.pdf")})
    asked.refresh_from_db()
    refused = (list(bad.context["form"].errors), asked.status)
    client.post(address, {"evidence": "Biên bản số 9", "file": picture("son-xong.png")})

    asked.refresh_from_db()
    assert refused == (["file"], "open")
    assert (asked.status, [str(file) for file in asked.files.all()]) == ("reported", ["son-xong.png"])
    assert "son-xong.png" in as_(world.delegate).get(asked.get_absolute_url()).content.decode()


def test_evidence_of_another_session_is_not_taken(found, as_):
    other = visits.session(found.world)

    page = as_(found.world.member).post(
        reverse("oversight:attach", args=[other.pk]), {"file": picture(), "finding": found.agreed.pk}
    )

    assert list(page.context["form"].errors) == ["finding"]


def test_the_agency_reads_findings_and_evidence_when_the_notice_is_issued_not_before(found, as_):
    world, petition = found.world, found.petition
    file = workflow.attach(found.held, picture(), by=world.member, finding=found.differing)
    client = as_(world.head)
    address, said = reverse("oversight:evidence", args=[file.pk]), "Khác với kết quả cơ quan báo cáo"
    before = client.get(petition.get_absolute_url()).content.decode()
    hidden = client.get(address).status_code

    visits.noticed(world, found.held)

    assert said not in before
    assert petition.events.filter(kind="finding").count() == 2
    assert hidden == 404
    handed = client.get(address)
    handed.close()
    assert handed.status_code == 200
    assert said in client.get(petition.get_absolute_url()).content.decode()


def test_the_agency_does_not_read_how_findings_came_about(found, as_):
    workflow.assess(found.held, by=found.world.member, achievements="Nháp chưa kiểm chứng.", limitations="", causes="")
    workflow.assess(found.held, by=found.world.member, achievements="Chủ động.", limitations="", causes="")
    visits.noticed(found.world, found.held)
    history = reverse("common:history", args=["oversight", "workingsession", found.held.pk])

    def reads(who):
        return as_(getattr(found.world, who)).get(history).content.decode()

    assert "Nháp chưa kiểm chứng." in reads("delegate")
    assert "Nháp chưa kiểm chứng." not in reads("head")
    assert reads("head").count("Đúng như báo cáo.") == 0


def test_the_history_of_a_point_keeps_the_councils_result_from_the_agency(found, as_):
    point = PetitionPoint.objects.get(pk=found.differing.point_id)

    assert point.fields_hidden_from(found.world.head) == {"assessed_result"}
    assert point.fields_hidden_from(found.world.delegate) == frozenset()


@pytest.mark.parametrize(("who", "expected"), [("delegate", 403), ("head", 404)])
def test_who_does_not_record_adds_no_evidence(found, as_, who, expected):
    address = reverse("oversight:attach", args=[found.held.pk])

    assert as_(getattr(found.world, who)).post(address, {"file": picture()}).status_code == expected
    assert not Evidence.objects.exists()


def test_evidence_proves_one_thing(found):
    upload = workflow.attach(found.held, picture(), by=found.world.member).upload

    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(upload=upload)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(upload=upload, finding=found.agreed, working_session=found.held)


def test_the_session_reads_evidence_at_once(found, as_):
    client = as_(found.world.delegate)
    workflow.attach(found.held, picture(), by=found.world.member, finding=found.agreed)
    one = queries(client, found.held.get_absolute_url())
    workflow.attach(found.held, picture(), by=found.world.member, finding=found.agreed)

    assert queries(client, found.held.get_absolute_url()) == one
