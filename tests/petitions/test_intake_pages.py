"""petitions/views/intake.py: origins, changes, classification, merging, setting aside."""

import pytest
from django.urls import reverse

from petitions import workflow
from petitions.models import Petition
from petitions.models.petitions import Status
from tests.records import VERBATIM, VOTER

REQUIRED = "Trường này là bắt buộc."


@pytest.fixture
def browser(world, as_):
    return as_(world.officer)


class TestTheForms:
    def post(self, browser, name, petition, **data):
        return browser.post(reverse(f"petitions:{name}", args=[petition.pk]), data)

    def test_add_an_origin(self, world, browser):
        petition = world.logged()

        response = self.post(browser, "add_origin", petition, meeting=world.meeting.pk, verbatim=VERBATIM, **VOTER)

        assert response["Location"] == petition.get_absolute_url()
        assert petition.origins.last().voter_name == VOTER["voter_name"]

    def test_revise_shows_the_points_numbered_and_takes_them_back(self, world, browser):
        petition = world.logged(points=["Một.", "Hai."])
        page = browser.get(reverse("petitions:revise", args=[petition.pk]))
        assert page.context["form"]["text"].value() == "1. Một.\n2. Hai."

        self.post(browser, "revise", petition, title="Ba điều", text="1. Một.\n2. Hai.\n3. Ba.", why="sót")

        assert petition.points.count() == 3

    def test_revise_wants_a_reason(self, world, browser):
        petition = world.logged()

        response = self.post(browser, "revise", petition, title="Ba điều", text="1. Một.")

        assert response.context["form"].errors == {"why": [REQUIRED]}
        assert 'value="Ba điều"' in response.content.decode()

    def test_revise_refuses_what_is_on_its_way(self, world, browser):
        petition = world.forwarded()

        page = browser.get(reverse("petitions:revise", args=[petition.pk]))
        response = self.post(browser, "revise", petition, title="x", text="y", why="z")

        for refused in (page, response):
            assert refused.status_code == 403
            assert "Kiến nghị đã được chuyển; không sửa nội dung được nữa." in refused.content.decode()

    def test_classify_goes_on_to_the_next_that_waits(self, world, browser):
        petition, waiting = world.logged(), world.logged()
        data = {"policy_field": world.field.pk, "authority_level": "provincial", "kind": "petition"}

        response = self.post(browser, "classify", petition, next="1", **data)
        assert response["Location"] == reverse("petitions:classify", args=[waiting.pk])

        response = self.post(browser, "classify", waiting, next="1", **data)
        assert response["Location"] == waiting.get_absolute_url()

    def test_classify_with_a_wrong_code_says_so_beside_the_field(self, world, browser):
        petition = world.logged()
        data = {"policy_field": world.field.pk, "authority_level": "provincial", "kind": "petition"}

        response = self.post(browser, "classify", petition, repeats="KN-1999-00001", **data)

        assert response.context["form"].errors == {"repeats": ["Không có kiến nghị nào mang mã KN-1999-00001."]}
        assert 'value="KN-1999-00001"' in response.content.decode()

    def test_merge_by_code_then_take_apart(self, world, browser):
        petition, survivor = world.logged(), world.logged()

        response = self.post(browser, "merge", petition, into=survivor.code.lower())
        assert response["Location"] == survivor.get_absolute_url()
        assert Petition.objects.get(pk=petition.pk).duplicate_of == survivor

        self.post(browser, "unmerge", petition)
        assert Petition.objects.get(pk=petition.pk).status == Status.RECEIVED

    @pytest.mark.parametrize(
        ("into", "why"),
        [
            ("itself", "Không có kiến nghị nào khác mang mã {}."),
            ("merged", "{} đã được gộp hoặc không chuyển."),
            ("KN-1999-00001", "Không có kiến nghị nào khác mang mã {}."),
        ],
    )
    def test_merge_says_beside_the_field_why_not(self, world, browser, into, why):
        petition, gone = world.logged(), world.logged()
        workflow.merge(gone, into=world.logged(), by=world.officer)
        code = {"itself": petition.code, "merged": gone.code}.get(into, into)

        response = self.post(browser, "merge", petition, into=code)

        assert response.context["form"].errors == {"into": [why.format(code)]}
        assert Petition.objects.get(pk=petition.pk).status == Status.RECEIVED

    def test_a_code_of_another_council_is_not_found(self, world, elsewhere, browser):
        petition, foreign = world.logged(), elsewhere.logged(received_on=world.today.replace(year=2020))

        assert "into" in self.post(browser, "merge", petition, into=foreign.code).context["form"].errors

    def test_set_aside_then_take_up_again(self, world, browser):
        petition = world.logged()

        self.post(browser, "set_aside", petition, why="đơn tố cáo")
        assert Petition.objects.get().status == Status.SET_ASIDE

        self.post(browser, "reopen", petition, why="cử tri nêu lại")
        assert Petition.objects.get().status == Status.RECEIVED

    @pytest.mark.parametrize("name", ["set_aside", "reopen"])
    def test_both_want_a_reason(self, world, browser, name):
        petition = world.logged()
        if name == "reopen":
            workflow.set_aside(petition, by=world.officer, why="x")

        assert self.post(browser, name, petition, why=" ").context["form"].errors == {"why": [REQUIRED]}
