"""sessions/forms.py: terms, sessions and meetings as they are typed."""

import pytest
from django.core.exceptions import NON_FIELD_ERRORS

from directory.models import AdministrativeUnit, Agency
from sessions.forms import MeetingForm, SessionForm, TermForm
from sessions.models import CouncilTerm
from tests.world import agency


def term_form(world, **typed):
    data = {"council": world.council.pk, "name": "XVII", "starts_on": "1/7/2026", "ends_on": "30/6/2031"}
    return TermForm({**data, **typed}, user=world.officer)


def session_form(world, **typed):
    data = {
        "term": world.term.pk,
        "kind": "regular",
        "number": 4,
        "title": "Kỳ họp giữa năm",
        "opens_on": "10/7/2026",
        "closes_on": "12/7/2026",
    }
    return SessionForm({**data, **typed}, user=world.officer)


def meeting_form(world, **typed):
    data = {"phase": "before", "kind": "periodic", "held_on": "5/1/2026", "unit": world.commune.pk}
    return MeetingForm({**data, **typed}, council_session=world.session)


def test_a_term_is_saved_as_typed(world):
    term = term_form(world).save()

    assert str(term) == "HĐND tỉnh Ninh Bình khóa XVII"
    assert (term.starts_on.isoformat(), term.ends_on.isoformat()) == ("2026-07-01", "2031-06-30")


def test_a_term_ends_after_it_begins(world):
    form = term_form(world, ends_on="1/7/2026")

    assert not form.is_valid()
    assert "Ngày cuối phải sau ngày đầu." in str(form.errors)


def test_a_council_has_each_term_once(world):
    form = term_form(world, name=" XVI ")

    assert not form.is_valid()
    assert form.errors[NON_FIELD_ERRORS] == ["Hội đồng nhân dân này đã có khóa mang tên đó."]


def test_another_council_may_use_the_same_name(world, elsewhere):
    assert CouncilTerm.objects.filter(name="XVI").count() == 2


def test_a_term_belongs_to_a_council_one_may_change(world, elsewhere):
    form = term_form(world, council=elsewhere.council.pk)

    assert list(form.fields["council"].queryset) == [world.council]
    assert "council" in form.errors


def test_an_agency_offers_itself_no_council(world):
    assert list(TermForm(user=world.drafter).fields["council"].queryset) == []


def test_the_only_council_is_chosen_already(world):
    assert TermForm(user=world.officer).fields["council"].initial == world.council.pk


def test_a_session_is_saved_as_typed(world):
    session = session_form(world, cutoff_on="25-6-26").save()

    assert session.official_name == "Kỳ họp thứ Tư, Hội đồng nhân dân tỉnh Ninh Bình khóa XVI"
    assert session.cutoff_on.isoformat() == "2026-06-25"


def test_a_session_of_one_day_is_possible(world):
    assert session_form(world, closes_on="10/7/2026").is_valid()


def test_a_session_closes_after_it_opens(world):
    form = session_form(world, closes_on="9/7/2026")

    assert not form.is_valid()
    assert "Ngày bế mạc đứng trước ngày khai mạc." in str(form.errors)


@pytest.mark.parametrize(
    ("make", "field"), [(lambda w: term_form(w, ends_on="1/7/2026"), "ends_on"),
                        (lambda w: session_form(w, closes_on="9/7/2026"), "closes_on")]
)  # fmt: skip
def test_days_in_the_wrong_order_are_named_beside_the_later_day(world, make, field):
    assert list(make(world).errors) == [field]


@pytest.mark.parametrize("typed", ["31/2/2026", "mai", "2026", "0/0/0"])
def test_a_day_that_does_not_exist_is_named_beside_its_field(world, typed):
    form = session_form(world, opens_on=typed)

    assert form.errors["opens_on"] == ["Hãy nhập một ngày có thật, theo ngày/tháng/năm: 05/01/2026."]


def test_a_session_belongs_to_a_term_one_may_see(world, elsewhere):
    form = session_form(world, term=elsewhere.term.pk)

    assert list(form.fields["term"].queryset) == [world.term]
    assert "term" in form.errors


def test_a_meeting_is_held_within_the_province(world, elsewhere):
    form = meeting_form(world, unit=elsewhere.commune.pk)

    assert list(form.errors) == ["unit"]


def test_places_are_offered_in_the_order_of_a_dictionary(world):
    AdministrativeUnit.objects.create(code="nb-c3", name="xã Ân Thi", level="commune", parent=world.province)

    choices = MeetingForm(council_session=world.session).fields["unit"].choices

    assert [label for _pk, label in choices] == ["—", "Xã Ân Thi", "Phường Hoa Lư", "Xã Yên Mô"]


def test_a_place_that_ended_before_the_session_is_not_offered(world):
    world.ward.valid_to = world.today
    world.ward.save()

    choices = MeetingForm(council_session=world.session).fields["unit"].choices

    assert [pk for pk, _label in choices] == ["", world.commune.pk]


def test_only_delegate_groups_are_offered(world):
    group = agency(world.council, "Tổ đại biểu số 3", Agency.Kind.DELEGATE_GROUP, "TDB3")

    assert list(MeetingForm(council_session=world.session).fields["delegate_group"].queryset) == [group]


def test_a_meeting_is_saved_for_its_session(world):
    meeting = meeting_form(world, venue="Nhà văn hóa", voters_attending="120", mentions="14").save()

    assert (meeting.council_session, meeting.unit, meeting.mentions) == (world.session, world.commune, 14)
    assert str(meeting) == "Xã Yên Mô, 05/01/2026"


def test_a_negative_number_of_voters_is_refused(world):
    assert "voters_attending" in meeting_form(world, voters_attending="-1").errors
