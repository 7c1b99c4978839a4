"""sessions/views.py: the picker, the forms, the meetings of a session."""

from datetime import timedelta

import pytest
from django.urls import reverse

from petitions import workflow as petitions
from sessions.models import CouncilSession, CouncilTerm, VoterMeeting
from tests.counting import queries


def day(date):
    return date.strftime("%d/%m/%Y")


@pytest.fixture
def past(world):
    return world.new_session(opens_on=world.today - timedelta(days=200), number=1)


def working_on(response):
    return response.context["current_session"]


class TestThePicker:
    def test_the_session_picked_stays_picked(self, world, past, as_):
        client = as_(world.officer)
        assert working_on(client.get("/")) == world.session

        response = client.post(reverse("sessions:pick", args=[past.pk]), {"next": "/petitions/"})

        assert (response.status_code, response["Location"]) == (302, "/petitions/")
        assert working_on(client.get("/")) == past

    @pytest.mark.parametrize(
        "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "http:///x"]
    )
    def test_an_address_elsewhere_is_not_followed(self, world, past, as_, address):
        response = as_(world.officer).post(reverse("sessions:pick", args=[past.pk]), {"next": address})

        assert response["Location"] == past.get_absolute_url()

    def test_an_agency_picks_too(self, world, past, as_):
        client = as_(world.drafter)
        client.post(reverse("sessions:pick", args=[past.pk]), {"next": "/"})

        assert working_on(client.get("/")) == past

    def test_it_offers_regular_sessions_of_ones_own_council(self, world, past, elsewhere, as_):
        world.new_session(opens_on=world.today, number=9, kind=CouncilSession.Kind.THEMATIC)

        assert set(as_(world.officer).get("/").context["session_choices"]) == {world.session, past}

    def test_a_thematic_session_cannot_be_worked_on(self, world, as_):
        thematic = world.new_session(opens_on=world.today, number=9, kind=CouncilSession.Kind.THEMATIC)
        client = as_(world.officer)
        client.post(reverse("sessions:pick", args=[thematic.pk]), {"next": "/"})

        assert working_on(client.get("/")) == world.session


class TestTheSessionInTheAddress:
    def test_it_counts_for_this_page_only(self, world, past, as_):
        client = as_(world.officer)

        assert working_on(client.get(f"/petitions/?session={past.pk}")) == past
        assert working_on(client.get("/petitions/")) == world.session

    def test_it_counts_more_than_the_one_picked(self, world, past, as_):
        client = as_(world.officer)
        client.post(reverse("sessions:pick", args=[past.pk]), {"next": "/"})

        assert working_on(client.get(f"/petitions/?session={world.session.pk}")) == world.session

    def test_the_list_follows_it(self, world, past, as_):
        old, _new = world.logged(council_session=past), world.logged()

        response = as_(world.officer).get(f"/petitions/?session={past.pk}")

        assert list(response.context["page"]) == [old]

    @pytest.mark.parametrize("named", ["0", "-1", "x", "99999999999999999999999999"])
    def test_nonsense_is_ignored(self, world, as_, named):
        assert working_on(as_(world.officer).get(f"/petitions/?session={named}")) == world.session

    def test_a_digit_that_is_no_number_is_ignored(self, world, as_):
        assert working_on(as_(world.officer).get("/petitions/?session=²")) == world.session

    def test_the_session_of_another_council_is_ignored(self, world, elsewhere, as_):
        response = as_(world.officer).get(f"/petitions/?session={elsewhere.session.pk}")

        assert working_on(response) == world.session

    @pytest.mark.parametrize("number", ["x", "9" * 23, "9" * 5000])
    def test_a_number_that_names_no_session_is_ignored(self, world, as_, number):
        assert working_on(as_(world.officer).get("/petitions/", {"session": number})) == world.session


class TestForms:
    def test_an_officer_creates_a_term_then_a_session(self, world, as_):
        client = as_(world.officer)
        term = {"council": world.council.pk, "name": "XVII", "starts_on": "1/7/2031", "ends_on": "30/6/2036"}

        response = client.post(reverse("sessions:create_term"), term)
        assert response["Location"] == reverse("sessions:create")
        created = CouncilTerm.objects.get(name="XVII")

        session = {"term": created.pk, "kind": "regular", "number": 1, "title": "Kỳ họp thứ nhất",
                   "opens_on": "5/7/2031", "closes_on": "7/7/2031"}  # fmt: skip
        response = client.post(reverse("sessions:create"), session, follow=True)
        assert response.redirect_chain == [(CouncilSession.objects.get(term=created).get_absolute_url(), 302)]
        assert "Đã lập: Kỳ họp thứ nhất." in response.content.decode()

    def test_what_was_typed_stays_when_something_is_wrong(self, world, as_):
        typed = {"term": world.term.pk, "kind": "regular", "number": 7, "title": "Kỳ họp bất thường",
                 "opens_on": "12/7/2026", "closes_on": "10/7/2026"}  # fmt: skip

        page = as_(world.officer).post(reverse("sessions:create"), typed).content.decode()

        assert "Ngày bế mạc đứng trước ngày khai mạc." in page
        for value in ("Kỳ họp bất thường", "12/7/2026", "10/7/2026"):
            assert f'value="{value}"' in page
        assert CouncilSession.objects.count() == 1

    def test_a_session_is_changed(self, world, as_):
        session = world.session
        typed = {
            "term": world.term.pk,
            "kind": "regular",
            "number": 3,
            "title": "Kỳ họp cuối năm",
            "opens_on": day(session.opens_on),
            "closes_on": day(session.closes_on),
            "cutoff_on": day(world.today),
        }

        response = as_(world.leader).post(reverse("sessions:edit", args=[session.pk]), typed)

        assert response["Location"] == session.get_absolute_url()
        session.refresh_from_db()
        assert (session.title, session.cutoff_on) == ("Kỳ họp cuối năm", world.today)
        assert session.history.first().history_user == world.leader

    def test_the_form_shows_days_as_officials_write_them(self, world, as_):
        page = as_(world.officer).get(reverse("sessions:edit", args=[world.session.pk])).content.decode()

        assert f'name="opens_on" value="{day(world.session.opens_on)}"' in page

    @pytest.mark.parametrize("who", ["drafter", "head", "registrar", "member", "delegate", "administrator"])
    def test_other_roles_are_refused_with_the_reason(self, world, as_, who):
        client = as_(getattr(world, who))
        refusals = {
            reverse("sessions:create_term"): "Vai trò của bạn không được lập khóa HĐND.",
            reverse("sessions:create"): "Vai trò của bạn không được lập kỳ họp.",
            reverse("sessions:edit", args=[world.session.pk]):
                "Vai trò của bạn không được thay đổi kỳ họp của Hội đồng nhân dân tỉnh Ninh Bình.",
            reverse("sessions:create_meeting", args=[world.session.pk]):
                "Vai trò của bạn không được thay đổi kỳ họp của Hội đồng nhân dân tỉnh Ninh Bình.",
        }  # fmt: skip

        for address, why in refusals.items():
            for response in (client.get(address), client.post(address, {"title": "x"})):
                assert response.status_code == 403
                assert why in response.content.decode()
        assert CouncilSession.objects.count() == 1

    def test_without_a_term_the_page_says_what_comes_first(self, world, as_):
        world.meeting.delete()
        world.session.delete()
        world.term.delete()

        page = as_(world.officer).get(reverse("sessions:create")).content.decode()

        assert "Kỳ họp thuộc một khóa." in page
        assert reverse("sessions:create_term") in page


class TestMeetings:
    def typed(self, world, **changes):
        return {"phase": "before", "kind": "periodic", "held_on": day(world.today), "unit": world.ward.pk, **changes}

    def test_a_meeting_is_recorded(self, world, as_):
        address = reverse("sessions:create_meeting", args=[world.session.pk])

        response = as_(world.officer).post(address, self.typed(world, voters_attending=85))

        assert response["Location"] == reverse("sessions:meetings", args=[world.session.pk])
        meeting = VoterMeeting.objects.latest("pk")
        assert (meeting.unit, meeting.voters_attending) == (world.ward, 85)
        assert meeting.council_session == world.session

    def test_its_petitions_can_be_logged_next(self, world, as_):
        address = reverse("sessions:create_meeting", args=[world.session.pk])

        response = as_(world.officer).post(address, self.typed(world, log="1"))

        meeting = VoterMeeting.objects.latest("pk")
        assert response["Location"] == reverse("petitions:log", args=[world.session.pk, meeting.pk])

    def test_a_meeting_is_changed(self, world, as_):
        address = reverse("sessions:edit_meeting", args=[world.meeting.pk])

        as_(world.officer).post(address, self.typed(world, answered_on_the_spot="Đã giải thích."))

        world.meeting.refresh_from_db()
        assert (world.meeting.unit, world.meeting.answered_on_the_spot) == (world.ward, "Đã giải thích.")

    def test_a_meeting_without_a_place_says_so_beside_the_field(self, world, as_):
        address = reverse("sessions:create_meeting", args=[world.session.pk])

        response = as_(world.officer).post(address, self.typed(world, unit="", venue="Nhà văn hóa"))

        assert response.context["form"].errors == {"unit": ["Trường này là bắt buộc."]}
        assert 'value="Nhà văn hóa"' in response.content.decode()
        assert VoterMeeting.objects.count() == 1

    def test_the_page_counts_what_was_raised_at_each(self, world, as_):
        petition = world.logged()
        petitions.add_origin(
            petition, by=world.officer, unit=world.commune, raised_on=world.today, meeting=world.meeting
        )

        response = as_(world.drafter).get(reverse("sessions:meetings", args=[world.session.pk]))

        assert [(meeting, meeting.origin_count) for meeting in response.context["meetings"]] == [(world.meeting, 2)]

    def test_only_those_who_may_change_them_see_the_buttons(self, world, as_):
        address = reverse("sessions:meetings", args=[world.session.pk])
        button = reverse("sessions:create_meeting", args=[world.session.pk])

        assert button in as_(world.officer).get(address).content.decode()
        assert button not in as_(world.drafter).get(address).content.decode()

    def test_the_latest_meeting_comes_first(self, world, as_):
        days = [world.today - timedelta(days=number) for number in (40, 10, 20)]
        for held_on in days:
            VoterMeeting.objects.create(
                council_session=world.session, phase="before", unit=world.commune, held_on=held_on
            )

        meetings = as_(world.officer).get(reverse("sessions:meetings", args=[world.session.pk])).context["meetings"]

        assert [meeting.held_on for meeting in meetings] == sorted([*days, world.meeting.held_on], reverse=True)

    def test_a_meeting_of_another_session_is_not_on_the_page(self, world, past, as_):
        response = as_(world.officer).get(reverse("sessions:meetings", args=[past.pk]))

        assert list(response.context["meetings"]) == []
        assert "Chưa ghi buổi tiếp xúc nào." in response.content.decode()


class TestTheList:
    def test_every_session_with_its_counts(self, world, past, elsewhere, as_):
        world.logged()
        world.logged()

        response = as_(world.officer).get(reverse("sessions:index"))

        rows = [(row, row.petition_count, row.meeting_count) for row in response.context["sessions"]]
        assert rows == [(world.session, 2, 1), (past, 0, 0)]

    def test_the_latest_comes_first_whenever_it_was_written_down(self, world, past, as_):
        next_year = world.new_session(opens_on=world.today + timedelta(days=365), number=4)
        oldest = world.new_session(opens_on=world.today - timedelta(days=400), number=1)

        listed = list(as_(world.officer).get(reverse("sessions:index")).context["sessions"])

        assert listed == [next_year, world.session, past, oldest]

    def test_the_number_of_queries_does_not_grow(self, world, as_):
        client, address = as_(world.officer), reverse("sessions:index")
        before = queries(client, address)
        for number in range(1, 4):
            world.new_session(opens_on=world.today - timedelta(days=100 * number), number=number)

        assert queries(client, address) == before
