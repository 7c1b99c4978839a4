"""petitions/views/intake.py: logging fast, and the other forms of intake."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from petitions.models import Petition, PetitionOrigin
from petitions.models.petitions import Status
from tests.records import VERBATIM, VOTER

REQUIRED = "Trường này là bắt buộc."


def typed(world, **changes):
    return {
        "meeting": world.meeting.pk,
        "text": "1. Đề nghị lắp đèn.\n2. Đề nghị sửa cầu.",
        "kind": "petition",
        "source": "meeting",
        **changes,
    }


@pytest.fixture
def address(world):
    return reverse("petitions:log", args=[world.session.pk])


@pytest.fixture
def browser(world, as_):
    return as_(world.officer)


class TestLogging:
    def test_the_text_is_enough(self, world, browser, address):
        browser.post(address, typed(world))

        petition = Petition.objects.get()
        assert list(petition.points.values_list("content", flat=True)) == ["Đề nghị lắp đèn.", "Đề nghị sửa cầu."]
        assert petition.title == "Lắp đèn"
        origin = petition.origins.get()
        assert (origin.meeting, origin.unit, origin.raised_on) == (world.meeting, world.commune, world.meeting.held_on)
        assert (petition.phase, petition.received_on) == ("before", world.today)

    def test_it_says_what_was_logged_and_stays_open(self, world, browser, address):
        response = browser.post(address, typed(world), follow=True)

        petition = Petition.objects.get()
        assert response.status_code == 200
        assert f"Đã ghi {petition.code} với 2 nội dung." in response.content.decode()
        assert list(response.context["latest"]) == [petition]
        assert not response.context["form"].is_bound

    def test_what_an_undone_import_wrote_was_not_just_logged(self, world, browser, address):
        Petition.objects.filter(pk=world.logged().pk).update(status=Status.UNDONE)

        assert list(browser.get(address).context["latest"]) == []

    def test_the_next_form_keeps_the_meeting(self, world, browser, address):
        response = browser.post(address, typed(world))

        assert response["Location"] == reverse("petitions:log", args=[world.session.pk, world.meeting.pk])
        assert browser.get(response["Location"]).context["form"].initial["meeting"] == world.meeting

    def test_without_a_meeting_it_keeps_place_source_and_day(self, world, browser, address):
        data = typed(world, meeting="", unit=world.ward.pk, raised_on="05/01/2026", source="hotline")

        response = browser.post(address, data)

        assert response["Location"] == f"{address}?unit={world.ward.pk}&source=hotline&raised_on=2026-01-05"
        page = browser.get(response["Location"])
        assert page.context["form"]["unit"].value() == str(world.ward.pk)
        assert page.context["form"]["source"].value() == "hotline"

    def test_the_day_kept_is_shown_as_officials_write_it(self, world, browser, address):
        page = browser.get(address, {"raised_on": "2026-01-05"}).content.decode()

        assert 'name="raised_on" value="05/01/2026"' in page

    def test_voters_data_stands_with_the_origin(self, world, browser, address):
        browser.post(address, typed(world, **VOTER, verbatim=VERBATIM))

        origin = PetitionOrigin.objects.get()
        assert {name: getattr(origin, name) for name in VOTER} == VOTER
        assert origin.verbatim == VERBATIM

    def test_place_and_day_may_differ_from_the_meeting(self, world, browser, address):
        browser.post(address, typed(world, unit=world.ward.pk, raised_on="5/1/2026"))

        origin = PetitionOrigin.objects.get()
        assert (origin.unit, origin.raised_on.isoformat()) == (world.ward, "2026-01-05")

    @pytest.mark.parametrize(("chosen", "phase"), [("", "after"), ("during", "during")])
    def test_it_was_raised_when_the_meeting_was_unless_chosen(self, world, browser, address, chosen, phase):
        world.meeting.phase = "after"
        world.meeting.save()

        browser.post(address, typed(world, phase=chosen))

        assert Petition.objects.get().phase == phase

    def test_the_meeting_in_the_address_is_chosen(self, world, browser):
        response = browser.get(reverse("petitions:log", args=[world.session.pk, world.meeting.pk]))

        assert f'<option value="{world.meeting.pk}" selected>' in response.content.decode()

    def test_a_meeting_of_another_session_is_not_found(self, world, browser):
        other = world.new_session(opens_on=world.today, number=4)

        assert browser.get(reverse("petitions:log", args=[other.pk, world.meeting.pk])).status_code == 404


class TestTheTitle:
    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("Đề nghị lắp đèn.", "Lắp đèn"),
            ("lắp đèn ở ngõ 5", "Lắp đèn ở ngõ 5"),
            ("Kiến nghị sửa cầu. Gấp.", "Kiến nghị sửa cầu. Gấp"),
            ("1. Đề nghị lắp đèn.\n2. Đề nghị sửa cầu.", "Lắp đèn"),
        ],
    )
    def test_it_is_the_beginning_of_the_first_point(self, world, browser, address, text, title):
        browser.post(address, typed(world, text=text))

        assert Petition.objects.get().title == title

    def test_a_long_one_is_cut_between_words(self, world, browser, address):
        browser.post(address, typed(world, text="Đề nghị " + "xây cầu qua sông " * 30))

        title = Petition.objects.get().title
        assert title == "Xây cầu qua sông " + "xây cầu qua sông " * 6 + "…"
        assert len(title) == 120

    def test_one_that_was_typed_stays(self, world, browser, address):
        browser.post(address, typed(world, title="Đèn và cầu"))

        assert Petition.objects.get().title == "Đèn và cầu"


class TestTheSameMatter:
    def test_it_becomes_an_origin_instead_of_a_petition(self, world, browser, address):
        survivor = world.logged()

        response = browser.post(address, typed(world, add_to=survivor.pk, **VOTER), follow=True)

        assert f"Đã thêm làm nguồn gốc của {survivor.code}." in response.content.decode()
        assert Petition.objects.get() == survivor
        origin = survivor.origins.last()
        assert (survivor.origins.count(), survivor.points.count()) == (2, 1)
        assert origin.voter_name == VOTER["voter_name"]
        assert origin.verbatim == "1. Đề nghị lắp đèn.\n2. Đề nghị sửa cầu."

    def test_own_words_go_before_the_points(self, world, browser, address):
        survivor = world.logged()

        browser.post(address, typed(world, add_to=survivor.pk, verbatim=VERBATIM))

        assert survivor.origins.last().verbatim == VERBATIM

    def test_one_of_an_earlier_session_is_repeated_and_counted_in_this_one(self, world, browser, address):
        text = "Đề nghị lắp đèn chiếu sáng đường trục thôn Đông xã Yên Mô."
        earlier, _same = (
            world.logged(points=[text], council_session=session)
            for session in (world.new_session(opens_on=date(2024, 7, 10)), world.session)
        )

        refused = browser.post(address, typed(world, text=text, add_to=earlier.pk))
        browser.post(address, typed(world, text=text, repeats=earlier.pk))

        assert (refused.status_code, earlier.origins.count()) == (404, 1)
        assert Petition.objects.latest("pk").repeats == earlier

    def test_what_is_offered_depends_on_the_session(self, world, browser, address):
        text = "Đề nghị lắp đèn chiếu sáng đường trục thôn Đông xã Yên Mô."
        earlier = world.logged(points=[text], council_session=world.new_session(opens_on=date(2024, 7, 10)))
        same = world.logged(points=[text])

        logging = browser.post(reverse("petitions:look_alike", args=[world.session.pk]), {"text": text})
        other = world.logged(points=[text])
        classifying = browser.get(reverse("petitions:classify", args=[other.pk]))

        offered = {name: logging.content.decode().count(f'name="{name}"') for name in ("add_to", "repeats")}
        assert offered == {"add_to": 1, "repeats": 1}
        assert f'name="repeats" value="{earlier.pk}"' in logging.content.decode()
        page = classifying.content.decode()
        assert f'data-fill="#id_repeats" data-lines="{earlier.code}"' in page
        assert f"?into={same.code}" in page
        assert f"?into={earlier.code}" not in page

    def test_it_is_looked_for_again_where_something_else_was_wrong(self, world, browser, address):
        wrong = browser.post(address, typed(world, meeting=""))

        assert 'hx-trigger="load, input changed' in wrong.content.decode()
        assert 'hx-trigger="input changed' in browser.get(address).content.decode()

    @pytest.mark.parametrize("named", ["0", "x", "-1"])
    def test_one_that_does_not_exist_is_not_found(self, world, browser, address, named):
        assert browser.post(address, typed(world, add_to=named)).status_code == 404
        assert not PetitionOrigin.objects.exists()

    def test_one_of_another_council_is_not_found(self, world, elsewhere, browser, address):
        foreign = elsewhere.logged()

        assert browser.post(address, typed(world, add_to=foreign.pk)).status_code == 404
        assert foreign.origins.count() == 1


class TestSendingTwice:
    def test_the_same_form_logs_once(self, world, browser, address):
        data = typed(world, _once=str(uuid.uuid4()))

        first = browser.post(address, data)
        second = browser.post(address, data, follow=True)

        assert Petition.objects.count() == 1
        assert second.redirect_chain == [(first["Location"], 302)]
        assert "việc chỉ thực hiện một lần" in second.content.decode()

    def test_a_new_form_logs_again(self, world, browser, address):
        for _time in range(2):
            known = [str(petition.pk) for petition in Petition.objects.all()]
            browser.post(address, typed(world, _once=str(uuid.uuid4()), asked=known))

        assert Petition.objects.count() == 2

    def test_a_form_that_was_wrong_can_be_sent_again(self, world, browser, address):
        once = str(uuid.uuid4())

        browser.post(address, typed(world, text="", _once=once))
        browser.post(address, typed(world, _once=once))

        assert Petition.objects.count() == 1


class TestSomethingIsWrong:
    @pytest.mark.parametrize(
        ("changes", "errors"),
        [
            ({"text": ""}, {"text": [REQUIRED]}),
            ({"kind": ""}, {"kind": [REQUIRED]}),
            (
                {"meeting": ""},
                {
                    "unit": ["Hãy chọn buổi tiếp xúc, hoặc địa bàn nơi cử tri nêu."],
                    "raised_on": ["Hãy chọn buổi tiếp xúc, hoặc ngày cử tri nêu."],
                },
            ),
            (
                {"raised_on": "31/2/2026"},
                {"raised_on": ["Hãy nhập một ngày có thật, theo ngày/tháng/năm: 05/01/2026."]},
            ),
            ({"raised_on": "1/1/2099"}, {"raised_on": ["Ngày này chưa đến."]}),
        ],
    )
    def test_the_message_stands_beside_its_field(self, world, browser, address, changes, errors):
        response = browser.post(address, typed(world, **changes))

        form = response.context["form"]
        # A day that is no day is said once; that it is missing as well is not said.
        assert form.errors == errors
        page = response.content.decode()
        for field in errors:
            assert f'id="id_{field}_error"' in page
        assert not Petition.objects.exists()

    def test_every_value_typed_stays(self, world, browser, address):
        data = typed(
            world,
            meeting="",
            text="1. Đèn <b>sáng</b>.\n2. Cầu.",
            title="Đèn & cầu",
            unit=world.ward.pk,
            raised_on="31/2/2026",
            kind="opinion",
            source="hotline",
            phase="during",
            verbatim=VERBATIM,
            **VOTER,
        )

        response = browser.post(address, data)

        form = response.context["form"]
        assert {name: form[name].value() for name in form.fields} == {
            name: str(value) for name, value in data.items()
        } | {"unit": str(world.ward.pk)}
        page = response.content.decode()
        assert "1. Đèn &lt;b&gt;sáng&lt;/b&gt;.\n2. Cầu.</textarea>" in page
        for value in ("Đèn &amp; cầu", "31/2/2026", *VOTER.values()):
            assert f'value="{value}"' in page
        for chosen in (world.ward.pk, "opinion", "hotline", "during"):
            assert f'<option value="{chosen}" selected>' in page

    @pytest.mark.parametrize("who", ["leader", "drafter", "member", "delegate", "administrator"])
    def test_other_roles_are_refused_with_the_reason(self, world, as_, address, who):
        browser = as_(getattr(world, who))

        for response in (browser.get(address), browser.post(address, typed(world))):
            assert response.status_code == 403
            assert "Vai trò của bạn không được ghi kiến nghị." in response.content.decode()
        assert not Petition.objects.exists()
