"""petitions/models/wording.py: what counts as the same matter, measured on labelled pairs."""

import pytest

from petitions.models import wording
from petitions.models.similarity import LIKELY
from tests.petitions.pairs import DIFFERENT, RELATED, SAME


def likeness(pair):
    return wording.likeness(*map(wording.read, pair))


def found(pairs):
    return sum(likeness(pair) >= LIKELY for pair in pairs)


def test_the_labelled_set_is_large_enough_and_of_three_kinds():
    assert (len(SAME), len(RELATED), len(DIFFERENT)) == (60, 60, 60)
    assert len({text for pair in SAME + RELATED for text in pair}) == 180


def test_recall_and_precision_on_the_labelled_set(record_property):
    hits, false = found(SAME), found(RELATED) + found(DIFFERENT)
    recall, precision = hits / len(SAME), hits / (hits + false)
    record_property("recall", recall)
    record_property("precision", precision)

    assert recall >= 0.9, recall
    assert precision >= 0.8, precision
    assert found(DIFFERENT) == 0


def test_the_keys_meet_for_the_same_matter_and_rarely_for_another():
    def meet(pairs):
        return sum(bool(wording.keys(wording.read(one)) & wording.keys(wording.read(other))) for one, other in pairs)

    assert meet(SAME) / len(SAME) >= 0.95
    assert meet(DIFFERENT) / len(DIFFERENT) <= 0.1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đề nghị xây nhà văn hóa thôn Hòa Bình", "de nghi xay nha van hoá thôn Hoà Bình"),
        ("UBND TP. lắp biển báo QL1A", "Ủy ban nhân dân thành phố lắp biển báo quốc lộ 1A"),
        ("Chậm GPMB cụm CCN Khánh Nhạc", "Chậm giải phóng mặt bằng cụm cụm công nghiệp Khánh Nhạc"),
    ],
)
def test_marks_tones_and_abbreviations_do_not_matter(one, other):
    assert wording.read(one).words == wording.read(other).words


def test_a_road_by_its_number_is_one_name():
    assert wording.read("sửa ĐT480").names == wording.read("sửa đường tỉnh 480").names


def test_a_renamed_place_is_the_same_place():
    old, new = "Nạo vét kênh tưới tại xã Khánh Lợi", "Nạo vét kênh tưới tại xã Khánh Hội"

    apart = wording.likeness(wording.read(old), wording.read(new))
    met = wording.likeness(*(wording.read(text, {"khanh loi": "khanh hoi"}) for text in (old, new)))

    assert met > apart
    assert met == 1.0


def test_the_dot_of_an_abbreviation_cuts_no_name():
    assert wording.read("đề nghị UBND TP. Ninh Binh bố trí").names == {"ninh binh"}
    assert wording.read("Đề nghị Ủy ban nhân dân thành phố Ninh Bình bố trí").names == {"ninh binh"}


def test_an_empty_text_is_like_nothing():
    assert wording.likeness(wording.read(""), wording.read("Đề nghị sửa cầu Vòm")) == 0
    assert wording.keys(wording.read("Đề nghị quan tâm")) == set()
