"""common/acting.py: who acts, and why, goes into the record."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from common.acting import Act, acting, current_act, official
from directory.models import Official


def test_nobody_acts_outside_a_block():
    assert current_act() == Act(None, "")


def test_what_an_inner_block_leaves_out_comes_from_the_outer_one():
    with acting(by="Lan", reason="nhập liệu"):
        with acting(reason="sửa tên"):
            assert current_act() == Act("Lan", "sửa tên")
        with acting(by="Minh"):
            assert current_act() == Act("Minh", "nhập liệu")
        assert current_act() == Act("Lan", "nhập liệu")

    assert current_act() == Act(None, "")


def test_an_error_ends_the_block_too():
    with pytest.raises(ZeroDivisionError), acting(by="Lan"):
        _ = 1 / 0

    assert current_act() == Act(None, "")


def test_a_translatable_reason_is_written_in_the_offices_language():
    with translation.override("en"):
        assert official(gettext_lazy("Submit for clearance")) == "Trình duyệt"
        with acting(reason=gettext_lazy("Submit for clearance")):
            assert current_act().reason == "Trình duyệt"
        assert translation.get_language() == "en"


def test_every_save_and_delete_is_attributed(world):
    with acting(by=world.administrator, reason="bổ nhiệm"):
        official_person = Official.objects.create(agency=world.department, name="Lê Văn Tạm", post="Phó Giám đốc")
    pk = official_person.pk
    with acting(by=world.head, reason="thôi giữ chức"):
        official_person.post = "Nguyên Phó Giám đốc"
        official_person.save()
    official_person.delete()

    rows = Official.history.filter(id=pk).order_by("history_id")
    assert list(rows.values_list("history_type", "history_user", "history_change_reason")) == [
        ("+", world.administrator.pk, "bổ nhiệm"),
        ("~", world.head.pk, "thôi giữ chức"),
        ("-", None, None),
    ]
