"""petitions/views/forwarding.py: choosing petitions, planning who answers what, changing a draft."""

from datetime import timedelta

import pytest
from django.urls import reverse

from documents import workflow as documents
from documents.models import Document
from petitions.models import Assignment, Forwarding
from tests.petitions.test_responding import give_back

FORWARD = "/petitions/forward/"


def day(date):
    return date.strftime("%d/%m/%Y")


def address(*petitions):
    return f"{FORWARD}?" + "&".join(f"petition={petition.pk}" for petition in petitions)


def plan(world, **changes):
    return {
        "addressee": world.ubnd.pk,
        "due_on": day(world.today + timedelta(days=10)),
        "signer": world.chair.pk,
        **changes,
    }


@pytest.fixture
def browser(world, as_):
    return as_(world.officer)


class TestChoosing:
    def test_nothing_ticked_leads_back_to_the_list(self, browser):
        response = browser.get(FORWARD, follow=True)

        assert response.redirect_chain == [("/petitions/", 302)]
        assert "Hãy đánh dấu các kiến nghị cần chuyển trước." in response.content.decode()

    def test_those_that_cannot_go_are_named_and_left_out(self, world, browser):
        ready, received, planned = world.classified(), world.logged(), world.classified()
        subject = world.planned(planned).document.subject

        response = browser.get(address(ready, received, planned))

        page = response.content.decode()
        assert response.context["ready"] == [ready]
        for why in (
            f"{received.code} đang ở trạng thái “đã tiếp nhận”: chỉ chuyển kiến nghị đã phân loại hoặc bị trả lại.",
            f"{planned.code} đã nằm trong một dự thảo khác: {subject}.",
        ):
            assert f"{why} Kiến nghị này được để lại." in page

    def test_where_none_can_go_the_page_says_why(self, world, browser):
        petition = world.logged()

        response = browser.get(address(petition))

        assert response.status_code == 403
        assert f"{petition.code} đang ở trạng thái “đã tiếp nhận”" in response.content.decode()

    @pytest.mark.parametrize("who", ["leader", "drafter", "delegate"])
    def test_other_roles_are_refused(self, world, as_, who):
        petition = world.forwarded()

        response = as_(getattr(world, who)).post(address(petition), plan(world))

        assert response.status_code == 403
        assert "Vai trò của bạn không được chuyển kiến nghị." in response.content.decode()

    @pytest.mark.parametrize("named", ["x", "-1", "0", "999999"])
    def test_a_number_that_names_no_petition_is_ignored(self, browser, named):
        assert browser.get(f"{FORWARD}?petition={named}").status_code == 302

    def test_a_digit_that_is_no_number_is_ignored(self, browser):
        assert browser.get(f"{FORWARD}?petition=²").status_code == 302

    def test_a_number_too_large_is_ignored(self, browser):
        assert browser.get(f"{FORWARD}?petition={'9' * 30}").status_code == 302

    def test_a_petition_of_another_council_is_ignored(self, world, elsewhere, browser):
        ready = world.classified()

        assert browser.get(address(ready, elsewhere.classified())).context["ready"] == [ready]


class TestPlanning:
    def test_the_addressee_leads_unless_said_otherwise(self, world, browser):
        petition = world.classified(points=["Một.", "Hai."])
        first, second = petition.points.all()

        response = browser.post(
            address(petition),
            plan(world, **{f"lead_{second.pk}": world.department.pk, f"with_{first.pk}_0": world.department.pk,
                           f"with_{first.pk}_1": world.other_department.pk}),
        )  # fmt: skip

        forwarding = Forwarding.objects.get()
        assert response["Location"] == forwarding.document.get_absolute_url()
        saved = [(a.point, a.part, a.agency) for a in Assignment.objects.order_by("point__number", "pk")]
        assert saved == [
            (first, "lead", world.ubnd),
            (first, "coordinating", world.department),
            (first, "coordinating", world.other_department),
            (second, "lead", world.department),
        ]
        assert (forwarding.addressee, forwarding.due_on) == (world.ubnd, world.today + timedelta(days=10))

    def test_the_letter_is_the_standing_committees_own(self, world, browser):
        browser.post(address(world.classified()), plan(world))

        document = Document.objects.get()
        assert (document.agency, document.signer, document.status) == (world.standing, world.chair, "draft")
        assert document.symbol == "HĐND-VP"
        assert document.subject.startswith("chuyển kiến nghị của cử tri trước Kỳ họp thứ 3, Hội đồng nhân dân")
        assert [addressee.name for addressee in document.addressees.all()] == [world.ubnd.name]

    def test_an_own_subject_stays(self, world, browser):
        browser.post(address(world.classified()), plan(world, subject="chuyển kiến nghị về đèn"))

        assert Document.objects.get().subject == "chuyển kiến nghị về đèn"

    def test_helpers_named_twice_are_asked_once(self, world, browser):
        petition = world.classified()
        point = petition.points.get()
        names = {f"with_{point.pk}_{place}": world.department.pk for place in range(2)}

        browser.post(address(petition), plan(world, **names))

        assert Assignment.objects.filter(part="coordinating").count() == 1

    @pytest.mark.parametrize(
        ("changes", "errors"),
        [
            ({"due_on": ""}, {"due_on": ["Trường này là bắt buộc."]}),
            ({"due_on": "1/1/2020"}, {"due_on": ["Hạn này đã qua."]}),
            ({"addressee": ""}, {"addressee": ["Trường này là bắt buộc."]}),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field_and_the_plan_stays(self, world, browser, changes, errors):
        petition = world.classified()
        lead = f"lead_{petition.points.get().pk}"

        response = browser.post(address(petition), plan(world, **{lead: world.department.pk, **changes}))

        assert response.context["form"].errors == errors
        assert response.context["form"][lead].value() == str(world.department.pk)
        assert not Forwarding.objects.exists()

    def test_an_agency_cannot_lead_and_help(self, world, browser):
        petition = world.classified()
        name = f"with_{petition.points.get().pk}_0"

        response = browser.post(address(petition), plan(world, **{name: world.ubnd.pk}))

        assert response.context["form"].errors == {name: ["Cơ quan này đã chủ trì nội dung."]}

    def test_offices_and_ended_or_foreign_agencies_are_not_offered(self, world, elsewhere, browser):
        world.other_department.valid_to = world.today - timedelta(days=1)
        world.other_department.save()

        offered = browser.get(address(world.classified())).context["form"].fields["addressee"].queryset

        assert set(offered) == {world.standing, world.committee, world.ubnd, world.department}

    def test_the_only_signer_is_chosen_already(self, world, browser):
        assert browser.get(address(world.classified())).context["form"].fields["signer"].initial == world.chair.pk

    def test_of_a_returned_petition_only_the_returned_points_go(self, world, browser):
        petition = world.forwarded(points=["Một.", "Hai."])
        give_back(petition, world, number=2)

        browser.post(address(petition), plan(world))

        assert [a.point.number for a in Assignment.objects.filter(status="planned")] == [2]


class TestChangingADraft:
    def test_the_form_shows_the_plan_as_it_stands(self, world, browser):
        petition = world.classified()
        forwarding = world.planned(petition, coordinating=[world.ubnd])

        form = browser.get(reverse("petitions:forwarding", args=[forwarding.pk])).context["form"]

        point = petition.points.get()
        assert form[f"lead_{point.pk}"].value() == world.department.pk
        assert [form[f"with_{point.pk}_{place}"].value() for place in range(2)] == [world.ubnd.pk, None]
        assert form["due_on"].value() == forwarding.due_on
        assert "signer" not in form.fields

    def test_another_lead_and_day_are_saved_and_the_letter_is_written_again(self, world, browser):
        petition = world.classified()
        forwarding = world.planned(petition)
        point, later = petition.points.get(), world.today + timedelta(days=40)

        browser.post(
            reverse("petitions:forwarding", args=[forwarding.pk]),
            {"due_on": day(later), f"lead_{point.pk}": world.other_department.pk},
        )

        forwarding.refresh_from_db()
        assert forwarding.due_on == later
        assert forwarding.assignments.get(status="planned").agency == world.other_department
        appendix = forwarding.document.appendices.get().body
        assert "Sở Y tế" in appendix
        assert "Sở Xây dựng" not in appendix

    def test_an_addressee_that_ended_meanwhile_is_named_and_the_plan_stays(self, world, browser):
        forwarding = world.planned(world.classified())
        world.department.valid_to = world.today - timedelta(days=1)
        world.department.save()
        later = day(world.today + timedelta(days=40))

        response = browser.post(reverse("petitions:forwarding", args=[forwarding.pk]), {"due_on": later})

        (why,) = response.context["form"].non_field_errors()
        assert why == f"{world.department} không còn tồn tại; không thể giao việc mới."
        assert f'value="{later}"' in response.content.decode()

    @pytest.mark.parametrize("status", ["submitted", "issued"])
    def test_a_letter_on_its_way_is_only_shown(self, world, browser, status):
        forwarding = world.planned(world.classified())
        if status == "submitted":
            documents.submit(forwarding.document, by=world.officer)
        else:
            world.issue(forwarding.document, world.officer, world.leader, world.officer)

        response = browser.post(reverse("petitions:forwarding", args=[forwarding.pk]), {"due_on": "1/1/2099"})

        assert response["Location"] == forwarding.document.get_absolute_url()
        assert Forwarding.objects.get().due_on == world.today + timedelta(days=10)


def test_what_voters_said_is_escaped_in_the_letter(world):
    forwarding = world.planned(world.classified(points=["<b>Đèn</b> <img src=x>"]))

    appendix = forwarding.document.appendices.get().body

    assert "&lt;b&gt;Đèn&lt;/b&gt; &lt;img src=x&gt;" in appendix
    assert "<img" not in appendix
