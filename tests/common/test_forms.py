"""common/forms.py: days as they are typed, choices that read well."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from common.forms import DateField, ManyField, tidy
from directory.models import Agency, PolicyField
from tests.world import agency


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5/1/2026", date(2026, 1, 5)),
        ("05-01-2026", date(2026, 1, 5)),
        ("05.01.2026", date(2026, 1, 5)),
        ("2026-01-05", date(2026, 1, 5)),
        ("ngày 05 tháng 01 năm 2026", date(2026, 1, 5)),
        ("5/1/26", date(2026, 1, 5)),
        (" 29/2/2024 ", date(2024, 2, 29)),
        (date(2026, 1, 5), date(2026, 1, 5)),
    ],
)
def test_a_day_may_be_typed_in_many_ways(typed, day):
    assert DateField().clean(typed) == day


def test_a_day_without_a_year_lies_in_this_one():
    assert DateField().clean("5.1") == date(timezone.localdate().year, 1, 5)


@pytest.mark.parametrize(
    "typed",
    [
        "29/2/2026", "31/4/2026", "5", "1/2/3/4", "mai", "13/13/2026", "0/1/2026", "1/1/99999999999", "99999999999/1/1",
        f"1/1/{'9' * 5000}",
    ],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_refused_in_vietnamese(typed):
    with pytest.raises(ValidationError, match="Hãy nhập một ngày có thật"):
        DateField().clean(typed)


def test_an_empty_day_is_no_day():
    assert DateField(required=False).clean("") is None


def test_a_day_is_shown_as_it_is_typed():
    assert 'value="05/01/2026"' in DateField().widget.render("day", date(2026, 1, 5))


@pytest.mark.parametrize("number", ["9" * 23, "9" * 5000, "x"])
def test_a_number_no_record_can_have_is_no_choice(world, number):
    with pytest.raises(ValidationError):
        ManyField(Agency.objects.all()).clean([str(world.department.pk), number])
    assert list(ManyField(Agency.objects.all()).clean([str(world.department.pk)])) == [world.department]


def test_a_required_choice_of_one_is_made_already(world):
    class Form(forms.Form):
        field = forms.ModelChoiceField(PolicyField.objects.all())
        lead = forms.ModelChoiceField(Agency.objects.all())
        other = forms.ModelChoiceField(PolicyField.objects.all(), required=False)

    form = Form()
    tidy(form)

    assert form.fields["field"].initial == world.field.pk
    assert form.fields["lead"].initial is None
    assert form.fields["other"].initial is None
    assert {field.empty_label for field in form.fields.values()} == {"—"}


def test_a_choice_given_from_outside_is_kept(world):
    chosen = agency(world.council, "Sở Tài chính", symbol="STC")

    class Form(forms.Form):
        only = forms.ModelChoiceField(PolicyField.objects.all())
        several = forms.ModelMultipleChoiceField(Agency.objects.all())

    form = Form(initial={"only": 7, "several": [chosen.pk]})
    tidy(form)

    assert form.fields["only"].initial is None
    assert form.initial == {"only": 7, "several": [chosen.pk]}
