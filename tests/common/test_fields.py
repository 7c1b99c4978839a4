"""common/fields.py: what is stored is clean, whichever way it came in."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory

from common.fields import CleanFormField, CleanProseFormField
from directory.models import Official
from petitions.models import Petition, PetitionPoint

DIRTY_LINE = unicodedata.normalize("NFD", "  Nguyễn\u00a0Thị\n Ðào\u200b ")
CLEAN_LINE = "Nguyễn Thị Đào"
DIRTY_PROSE = unicodedata.normalize("NFD", " Đề nghị:\r\n\r\n\r\n\r\n  lắp đèn;\u00a0 \r\nsửa đường. ")
CLEAN_PROSE = "Đề nghị:\n\nlắp đèn;\nsửa đường."


def test_saving_cleans_the_record_and_the_row(world):
    official = Official(agency=world.department, name=DIRTY_LINE, post="Giám đốc")
    official.save()

    assert official.name == CLEAN_LINE
    assert Official.objects.values_list("name", flat=True).get(pk=official.pk) == CLEAN_LINE
    assert official.history.get().name == CLEAN_LINE


def test_saving_cleans_prose_and_keeps_its_lines(world):
    point = world.logged(points=[DIRTY_PROSE]).points.get()

    assert PetitionPoint.objects.values_list("content", flat=True).get(pk=point.pk) == CLEAN_PROSE


def test_a_lookup_finds_what_was_typed_dirtily(world):
    official = Official.objects.create(agency=world.department, name=CLEAN_LINE, post="Giám đốc")

    assert Official.objects.get(name=DIRTY_LINE) == official


def test_a_model_form_cleans_both_kinds_of_text(world):
    names = modelform_factory(Official, fields=["name", "post", "authority"])
    contents = modelform_factory(PetitionPoint, fields=["content"])

    name_form = names({"name": DIRTY_LINE, "post": " Phó\tGiám đốc", "authority": ""})
    content_form = contents({"content": DIRTY_PROSE})

    assert name_form.is_valid()
    assert name_form.cleaned_data == {"name": CLEAN_LINE, "post": "Phó Giám đốc", "authority": ""}
    assert content_form.is_valid()
    assert content_form.cleaned_data == {"content": CLEAN_PROSE}
    assert content_form.fields["content"].widget.attrs["rows"] == 4


def test_the_length_is_counted_on_what_is_kept():
    field = CleanFormField(max_length=5)

    assert field.clean("  ma\u200b  rã ") == "ma rã"
    with pytest.raises(ValidationError):
        field.clean("ma rãi")


def test_what_is_empty_once_cleaned_is_missing():
    with pytest.raises(ValidationError):
        CleanProseFormField().clean(" \u200b\r\n ")

    assert CleanProseFormField(required=False).clean(" \u200b ") == ""


def test_an_empty_value_stays_empty(world):
    assert Petition._meta.get_field("title").to_python(None) is None
    assert Petition._meta.get_field("title").get_prep_value("  x  ") == "x"
