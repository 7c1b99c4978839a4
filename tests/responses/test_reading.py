"""responses/reading.py: promises with their last day, impossible days, phrases that commit to nothing."""

from datetime import date

import pytest

from responses import reading
from responses.models import VaguePhrase

TODAY = date(2026, 11, 22)

#: (sentence, the last day it means)
DATED = [
    ("Sở sẽ lắp đèn trước ngày 30/12/2026.", date(2026, 12, 30)),
    ("Chậm nhất ngày 05/3/2027 hoàn thành việc sửa cầu.", date(2027, 3, 5)),
    ("Sở sẽ hoàn thành ngày 15 tháng 01 năm 2027.", date(2027, 1, 15)),
    ("Công trình sẽ bàn giao ngày 20/12.", date(2026, 12, 20)),
    ("Công trình sẽ bàn giao ngày 20/3.", date(2027, 3, 20)),
    ("Dự kiến khởi công tháng 3/2027.", date(2027, 3, 31)),
    ("Dự kiến khởi công tháng 02 năm 2028.", date(2028, 2, 29)),
    ("Hoàn thành trước tháng 6/2027.", date(2027, 5, 31)),
    ("Sẽ hoàn thành trong quý I/2027.", date(2027, 3, 31)),
    ("Sẽ hoàn thành trong quý IV năm 2026.", date(2026, 12, 31)),
    ("Sẽ hoàn thành trong quý 2 năm 2027.", date(2027, 6, 30)),
    ("Sẽ hoàn thành trong quý II.", date(2027, 6, 30)),
    ("Sẽ hoàn thành trong quý IV.", date(2026, 12, 31)),
    ("Sẽ bố trí vốn trong năm 2027.", date(2027, 12, 31)),
    ("Sẽ bố trí vốn trong 6 tháng đầu năm 2027.", date(2027, 6, 30)),
    ("Từ tháng 3/2027 đến tháng 9/2027 sẽ sửa chữa xong.", date(2027, 9, 30)),
    ("Sở đã khảo sát ngày 05/10/2026 và sẽ lắp xong trước ngày 01/02/2027.", date(2027, 2, 1)),
]

NO_PROMISE = [
    "Sở đã lắp đèn ngày 05/10/2026.",
    "Ngày 05/10/2026, Sở đã kiểm tra và hoàn thành việc lắp đặt.",
    "Theo Công văn số 15/HĐND-VP, cử tri nêu hai nội dung.",
    "Tuyến đường dài 2.500 m.",
]


@pytest.mark.parametrize(("sentence", "due_on"), DATED)
def test_a_promise_has_the_last_day_it_names(sentence, due_on):
    assert reading.promises(sentence, TODAY) == [reading.Promise(sentence, due_on)]


@pytest.mark.parametrize("sentence", NO_PROMISE)
def test_what_was_done_is_no_promise(sentence):
    assert reading.promises(sentence, TODAY) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Sẽ hoàn thành trước ngày 31/11/2026.", "ngày 31/11/2026"),
        ("Sẽ hoàn thành ngày 30 tháng 02 năm 2027.", "ngày 30 tháng 02 năm 2027"),
        ("Sẽ hoàn thành ngày 29/02/2027.", "ngày 29/02/2027"),
        ("Sẽ hoàn thành tháng 13/2027.", "tháng 13/2027"),
    ],
)
def test_an_impossible_day_is_refused_with_its_words(sentence, words):
    (promise,) = reading.promises(sentence, TODAY)

    assert (promise.due_on, promise.problem) == (None, f"Trong lịch không có “{words}”.")


def test_a_promise_without_a_day_says_so():
    (promise,) = reading.promises("Sở sẽ lắp đèn.", TODAY)

    assert promise.problem == "Không nêu ngày, tháng, quý hay năm."


def test_sentences_are_cut_where_they_end():
    text = "Dài 2.500 m. Họp ngày 5.10.2026; TP. Ninh Bình đồng ý.\nXong!"

    assert reading.sentences(text) == ["Dài 2.500 m.", "Họp ngày 5.10.2026;", "TP. Ninh Bình đồng ý.", "Xong!"]


class Written:
    """An answer as far as its words matter."""

    def __init__(self, text, roadmap_on=None):
        self.text, self.roadmap_on = text, roadmap_on


def test_a_vague_phrase_is_shown_with_its_sentence():
    answer = Written("Sở đã họp. Trong thời gian tới, Sở sẽ nghiên cứu. Sở sẽ làm.")

    found = reading.hints(answer, TODAY, ["trong thời gian tới", "sẽ nghiên cứu"])

    assert [(hint.sentence, hint.phrase) for hint in found] == [
        ("Trong thời gian tới, Sở sẽ nghiên cứu.", "trong thời gian tới"),
        ("Sở sẽ làm.", ""),
    ]


def test_with_a_roadmap_date_a_promise_needs_no_day_of_its_own():
    assert reading.hints(Written("Sở sẽ làm.", TODAY), TODAY, []) == []


def test_each_council_has_its_own_list(world, elsewhere):
    VaguePhrase.objects.create(council=world.council, phrase="đang tính")
    VaguePhrase.objects.create(council=None, phrase="bỏ rồi", is_in_use=False)

    assert "đang tính" in reading.phrases_of(world.council)
    assert "đang tính" not in reading.phrases_of(elsewhere.council)
    assert "sẽ nghiên cứu" in reading.phrases_of(elsewhere.council)
    assert "bỏ rồi" not in reading.phrases_of(world.council)
