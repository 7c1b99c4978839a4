"""oversight/views.py: recording at a working session and following up."""

from datetime import timedelta

import pytest
from django.urls import reverse

from documents.models import Status as DocumentStatus
from oversight import workflow
from oversight.models import Finding, Recommendation
from tests.kept import keeping, ready
from tests.oversight import visits

#: A council with a petition forwarded; what a test changes is undone after it.
kept, world = keeping(ready)


def day(date):
    return f"{date:%d/%m/%Y}"


# Recording


def test_findings_are_recorded_point_by_point(world, as_):
    petition = world.answered(points=["Một.", "Hai."])
    held = visits.session(world, petition)
    first, second = petition.points.all()
    data = {
        f"point-{first.pk}-reported": "Đã xong.",
        f"point-{first.pk}-found": "Đúng.",
        f"point-{first.pk}-assessed_result": "resolved",
        f"point-{second.pk}-reported": "",
        f"point-{second.pk}-found": "Chưa làm.",
        f"point-{second.pk}-assessed_result": "not_resolved",
    }

    response = as_(world.member).post(reverse("oversight:findings", args=[held.pk, petition.pk]), data)

    assert response.url == held.get_absolute_url()
    assert dict(Finding.objects.values_list("point__number", "assessed_result")) == {1: "resolved", 2: "not_resolved"}
    page = as_(world.delegate).get(held.get_absolute_url())
    assert page.content.decode().count("Khác với kết quả cơ quan báo cáo") == 1


def test_findings_on_a_petition_of_another_agenda_are_404(world, as_):
    held, other = visits.session(world, world.answered()), world.answered()

    assert as_(world.officer).get(reverse("oversight:findings", args=[held.pk, other.pk])).status_code == 404


def test_a_reader_records_nothing(world, as_):
    petition = world.answered()
    held = visits.session(world, petition)
    point = petition.points.get()
    client = as_(world.delegate)

    refused = [
        client.post(
            reverse("oversight:findings", args=[held.pk, petition.pk]), {f"point-{point.pk}-found": "Không được."}
        ),
        client.post(reverse("oversight:assess", args=[held.pk]), {"achievements": "Không được."}),
        client.post(reverse("oversight:recommend", args=[held.pk]), {"content": "Không được."}),
        client.post(reverse("oversight:draft_notice", args=[held.pk])),
    ]

    assert [response.status_code for response in refused] == [403] * 4
    assert not Finding.objects.exists()
    assert not Recommendation.objects.exists()
    held.refresh_from_db()
    assert held.achievements == ""


@pytest.mark.parametrize("name", ["plan", "findings", "assess"])
def test_who_may_not_record_is_refused_before_typing(world, as_, name):
    petition = world.answered()
    held = visits.session(world, petition)
    address = {
        "plan": f"{reverse('oversight:plan', args=[held.delegation.pk])}?agency={world.department.pk}",
        "findings": reverse("oversight:findings", args=[held.pk, petition.pk]),
        "assess": reverse("oversight:assess", args=[held.pk]),
    }[name]

    assert as_(world.delegate).get(address).status_code == 403


def test_assessment_by_the_form(world, as_):
    held = visits.session(world)
    data = {"achievements": "Chủ động.", "limitations": "Chậm.", "causes": ""}

    response = as_(world.member).post(reverse("oversight:assess", args=[held.pk]), data)

    assert response.url == held.get_absolute_url()
    held.refresh_from_db()
    assert (held.achievements, held.limitations) == ("Chủ động.", "Chậm.")


def test_a_recommendation_by_the_form(world, as_):
    petition = world.answered()
    held = visits.session(world, petition)
    data = {"content": "Lắp đèn.", "petition": petition.pk, "due_on": day(world.today + timedelta(days=9))}

    response = as_(world.member).post(reverse("oversight:recommend", args=[held.pk]), data)

    assert response.url == held.get_absolute_url()
    made = Recommendation.objects.get()
    assert (made.content, made.petition, made.due_on) == ("Lắp đèn.", petition, world.today + timedelta(days=9))


def test_a_day_before_the_session_comes_back_in_words_with_what_was_typed(world, as_):
    held = visits.session(world)
    data = {"content": "Lắp đèn.", "due_on": day(world.today - timedelta(days=1))}

    page = as_(world.officer).post(reverse("oversight:recommend", args=[held.pk]), data)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["due_on"]
    assert "Lắp đèn." in page.content.decode()
    assert not Recommendation.objects.exists()


def test_only_petitions_of_the_agenda_are_offered_for_a_recommendation(world, as_):
    held, other = visits.session(world, world.answered()), world.answered()

    page = as_(world.officer).post(
        reverse("oversight:recommend", args=[held.pk]), {"content": "Lắp đèn.", "petition": other.pk}
    )

    assert list(page.context["form"].errors) == ["petition"]


def test_the_notice_is_drafted_with_its_signer(world, as_):
    held = visits.session(world)

    response = as_(world.officer).post(
        reverse("oversight:draft_notice", args=[held.pk]), {"signer": world.committee_head.pk}
    )

    held.refresh_from_db()
    assert response.url == held.notice.document.oversight_paper.get_absolute_url()
    assert held.notice.document.signer == world.committee_head
    assert held.notice.document.status == DocumentStatus.DRAFT


@pytest.mark.parametrize("who", ["leader", "member"])
def test_who_is_offered_the_notice_can_draft_it(world, as_, who):
    held = visits.session(world)
    client = as_(getattr(world, who))
    address = reverse("oversight:draft_notice", args=[held.pk])
    is_offered = address in client.get(held.get_absolute_url()).content.decode()

    response = client.post(address, {"signer": world.committee_head.pk})

    assert is_offered == (response.status_code == 302)


def test_the_page_of_a_concluded_session_offers_no_recording(world, as_):
    held = visits.noticed(world, visits.session(world, world.answered()))

    page = as_(world.officer).get(held.get_absolute_url())

    assert not page.context["is_open"]
    html = page.content.decode()
    for name in ("assess", "draft_notice", "recommend"):
        assert reverse(f"oversight:{name}", args=[held.pk]) not in html


# Following up


def test_report_verify_and_reject_by_the_pages(world, as_):
    recommendation = visits.recommended(world)
    report = reverse("oversight:report_done", args=[recommendation.pk])
    empty = as_(world.head).post(report, {"evidence": "  "})
    as_(world.head).post(report, {"evidence": "Biên bản số 7"})
    as_(world.officer).post(reverse("oversight:reject", args=[recommendation.pk]), {"remark": "Thiếu ảnh."})
    recommendation.refresh_from_db()
    after_rejection = (recommendation.status, recommendation.remark)
    as_(world.drafter).post(report, {"evidence": "Biên bản số 7 và ảnh"})

    response = as_(world.member).post(reverse("oversight:verify", args=[recommendation.pk]))

    assert empty.status_code == 200
    assert list(empty.context["form"].errors) == ["evidence"]
    assert after_rejection == ("not_met", "Thiếu ảnh.")
    assert response.url == reverse("oversight:index")
    recommendation.refresh_from_db()
    assert (recommendation.status, recommendation.evidence) == ("done", "Biên bản số 7 và ảnh")


def test_a_rejection_says_what_is_missing(world, as_):
    recommendation = visits.recommended(world)
    workflow.report_done(recommendation, by=world.head, evidence="Biên bản số 7")

    page = as_(world.officer).post(reverse("oversight:reject", args=[recommendation.pk]), {"remark": ""})

    assert list(page.context["form"].errors) == ["remark"]


def test_another_department_does_not_find_the_recommendation(world, as_):
    recommendation = visits.recommended(world)

    assert as_(world.other_drafter).get(reverse("oversight:report_done", args=[recommendation.pk])).status_code == 404


def test_steps_at_the_wrong_time_are_refused_on_opening_the_page(world, as_):
    recommendation = visits.recommended(world)

    assert as_(world.registrar).get(reverse("oversight:report_done", args=[recommendation.pk])).status_code == 403
    assert as_(world.officer).get(reverse("oversight:reject", args=[recommendation.pk])).status_code == 403
    assert as_(world.officer).post(reverse("oversight:verify", args=[recommendation.pk])).status_code == 403


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("head", ["oversight:report_done"]),
        ("drafter", ["oversight:report_done"]),
        ("registrar", []),
        ("officer", []),
        ("delegate", []),
    ],
)
def test_the_list_offers_each_role_its_step(world, as_, who, offered):
    recommendation = visits.recommended(world)
    names = ["oversight:report_done", "oversight:verify", "oversight:reject"]

    html = as_(getattr(world, who)).get(reverse("oversight:index")).content.decode()

    assert [name for name in names if reverse(name, args=[recommendation.pk]) in html] == offered


def test_the_list_offers_to_verify_only_to_others_than_the_reporter(world, as_):
    recommendation = workflow.report_done(visits.recommended(world), by=world.head, evidence="Biên bản số 7")
    names = ["oversight:report_done", "oversight:verify", "oversight:reject"]

    html = as_(world.member).get(reverse("oversight:index")).content.decode()

    assert [name for name in names if reverse(name, args=[recommendation.pk]) in html] == names[1:]
