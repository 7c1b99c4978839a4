"""petitions/imports/checking.py: what a row says of its place, field, day and agency, and what is wrong with it."""

import pytest

from directory.models import AdministrativeUnit, PolicyField, UnitSuccession
from petitions.imports.checking import Checker
from petitions.models import ImportRun
from tests.petitions.imports.sheets import found


class TestChecking:
    @pytest.fixture
    def checker(self, world):
        return Checker(ImportRun(council_session=world.session, raised_on=world.today))

    def check(self, checker, **words):
        return checker.check({"content": "Đề nghị lắp đèn chiếu sáng.", "place": "Yên Mô", **words})

    @pytest.mark.parametrize(
        "typed", ["xã Yên Mô", "Yên Mô", "X. Yên Mô", "YEN MO", "Cử tri xã Yên Mô", "Xã Yên Mô, huyện Yên Mô"]
    )
    def test_a_place_is_known_by_its_names(self, world, checker, typed):
        checked = self.check(checker, place=typed)

        assert (checked.problems, checked.values["unit"]) == ({}, world.commune.pk)

    def test_an_unknown_place_is_said(self, checker):
        assert self.check(checker, place="Xã Nơi Nao").problems == {"place": "Không có địa phương này trong tỉnh."}
        assert self.check(checker, place="").problems == {"place": "Thiếu địa phương."}

    @pytest.mark.parametrize("typed", ["thôn 3, xã Yên Mô", "Xóm Đông - X. Yên Mô, huyện Yên Mô", "P. Hoa Lư"])
    def test_a_missing_place_is_taken_from_the_voters_address(self, world, checker, typed):
        place = world.ward if "Hoa Lư" in typed else world.commune

        checked = self.check(checker, place="", voter_address=typed)

        assert (checked.problems, checked.values["unit"]) == ({}, place.pk)
        assert checked.values["place"] == place.sentence_name
        assert checked.notes == ["Địa phương lấy theo địa chỉ cử tri."]

    @pytest.mark.parametrize("typed", ["thôn Yên Mô", "xóm 4", "xã Nơi Nao, xóm Hoa Lư"])
    def test_an_address_without_a_commune_gives_no_place(self, checker, typed):
        assert self.check(checker, place="", voter_address=typed).problems == {"place": "Thiếu địa phương."}

    def test_an_ended_place_names_its_successors(self, world):
        old = AdministrativeUnit.objects.create(
            code="old", name="huyện Gia Khánh", level="district", parent=world.province, valid_to="2025-06-30"
        )
        UnitSuccession.objects.create(predecessor=old, successor=world.ward, effective_on="2025-07-01")
        checker = Checker(ImportRun(council_session=world.session, raised_on=world.today))

        assert self.check(checker, place="H. Gia Khánh").problems == {
            "place": "Huyện Gia Khánh đã kết thúc hoạt động ngày 30/6/2025. Đơn vị kế thừa: Phường Hoa Lư."
        }
        assert self.check(checker, place="Gia Khánh", raised_on="1/5/2025").values["unit"] == old.pk

    def test_a_district_of_a_province_that_was_joined_names_its_successors(self, world, elsewhere):
        elsewhere.council.successor = world.council
        elsewhere.council.save()
        old = AdministrativeUnit.objects.create(
            code="old", name="huyện Gia Khánh", level="district", parent=elsewhere.province, valid_to="2025-06-30"
        )
        UnitSuccession.objects.create(predecessor=old, successor=world.ward, effective_on="2025-07-01")
        checker = Checker(ImportRun(council_session=world.session, raised_on=world.today))

        assert "Đơn vị kế thừa: Phường Hoa Lư." in self.check(checker, place="huyện Gia Khánh").problems["place"]

    def test_two_places_of_one_name_are_asked_about(self, world):
        AdministrativeUnit.objects.create(code="x2", name="phường Yên Mô", level="commune", parent=world.province)
        checker = Checker(ImportRun(council_session=world.session, raised_on=world.today))

        assert "Nhiều địa phương" in self.check(checker, place="Yên Mô").problems["place"]
        assert self.check(checker, place="phường Yên Mô").problems == {}

    def test_field_and_level_are_recognised(self, world, checker):
        checked = self.check(checker, field="Lĩnh vực giao thông", level="Thuộc thẩm quyền cấp tỉnh")

        assert (checked.values["policy_field"], checked.values["authority_level"]) == (world.field.pk, "provincial")

    @pytest.mark.parametrize(
        "typed", ["Giao thông", "LĨNH VỰC GIAO THÔNG", "Giao thông vận tải", "Lĩnh vực đô thị", "đô thị; giao thông"]
    )
    def test_a_part_of_one_field_names_it(self, world, typed):
        world.field.name = "Giao thông, đô thị"
        world.field.save()
        checker = Checker(ImportRun(council_session=world.session, raised_on=world.today))

        checked = self.check(checker, field=typed)

        assert (checked.values["policy_field"], checked.values["field"]) == (world.field.pk, "Giao thông, đô thị")
        assert checked.notes == [f"“{typed}” được hiểu là lĩnh vực “Giao thông, đô thị”."]

    @pytest.mark.parametrize("typed", ["Nông nghiệp và giao thông", "Điện thoại", "Nông"])
    def test_what_names_two_fields_or_none_names_none(self, world, typed):
        for name in ("Nông nghiệp, thủy lợi", "Điện, nước sinh hoạt"):
            PolicyField.objects.create(council=world.council, name=name, committee=world.committee)
        checker = Checker(ImportRun(council_session=world.session, raised_on=world.today))

        assert self.check(checker, field=typed).values["policy_field"] is None

    def test_an_unknown_field_is_only_a_remark(self, checker):
        checked = self.check(checker, field="Vũ trụ")

        assert checked.problems == {}
        assert checked.notes == ["Lĩnh vực “Vũ trụ” không có trong danh mục của Hội đồng; hãy phân loại sau."]

    @pytest.mark.parametrize(("typed", "problem"), [("32/1/2026", "ngày có thật"), ("1/1/2999", "chưa đến")])
    def test_a_day_that_cannot_be_is_said(self, checker, typed, problem):
        assert problem in self.check(checker, raised_on=typed).problems["raised_on"]

    def test_texts_that_cannot_be_are_said(self, checker):
        assert self.check(checker, content="").problems == {"content": "Không có nội dung."}
        assert self.check(checker, content="ừ").problems == {"content": "Quá ngắn để là một kiến nghị."}
        assert self.check(checker, voter_name="x" * 101).problems == {"voter_name": "Tối đa 100 ký tự."}

    def test_the_fingerprint_ignores_marks_case_and_spaces_only(self, checker):
        one = self.check(checker)

        assert self.check(checker, content="ĐỀ NGHỊ  lắp đèn chiếu sáng").digest == one.digest
        assert self.check(checker, place="Hoa Lư").digest != one.digest
        assert self.check(checker, voter_name="Bà Cam").digest != one.digest
        assert self.check(checker, content="").digest == ""

    def test_group_heads_fill_what_the_row_leaves_empty(self, world, checker):
        (item,) = found(
            ["I", "Lĩnh vực giao thông", "", ""], ["1", "Xã Yên Mô", "", ""], ["1.1", "Sửa cầu yếu.", "", ""]
        )

        checked = checker.check_item(item)

        assert (checked.problems, checked.notes) == ({}, [])
        assert (checked.values["unit"], checked.values["policy_field"]) == (world.commune.pk, world.field.pk)

    def test_a_head_that_is_neither_is_remarked(self, checker):
        (item,) = found(["I", "Những vấn đề khác", "", ""], ["1", "Sửa cầu yếu.", "Yên Mô", ""])

        assert checker.check_item(item).notes == ["Mục “Những vấn đề khác” không phải địa phương hay lĩnh vực ở đây."]

    @pytest.mark.parametrize(
        "typed", ["Sở Xây dựng", "so xay dung tinh Ninh Binh", "Sở XD", "SXD", "Sở Xây dựng; UBND xã", "Sở XD, Công an"]
    )
    def test_the_agency_a_list_names_is_known_by_its_names(self, world, checker, typed):
        checked = self.check(checker, agency=typed)

        assert (checked.problems, checked.values["named_agency"]) == ({}, world.department.pk)

    def test_an_agency_in_the_column_of_authority_is_taken_as_such(self, world, checker):
        assert self.check(checker, level="Sở Xây dựng").values["named_agency"] == world.department.pk

    def test_an_unknown_agency_is_only_a_remark(self, checker):
        checked = self.check(checker, agency="Sở Vũ trụ")

        assert (checked.problems, checked.values["named_agency"]) == ({}, None)
        assert checked.notes == [
            "“Sở Vũ trụ” không phải cơ quan có trong danh mục; hãy chọn cơ quan khi chuyển kiến nghị."
        ]

    def test_an_agency_that_has_ended_says_so_and_keeps_no_row_out(self, world):
        world.department.valid_to = "2026-01-31"
        world.department.save()
        checker = Checker(ImportRun(council_session=world.session, raised_on=world.today))

        checked = self.check(checker, agency="Sở Xây dựng")

        assert (checked.problems, checked.values["named_agency"]) == ({}, world.department.pk)
        assert "đã kết thúc hoạt động ngày 31/01/2026" in checked.notes[0]
