"""responses/letters.py: the Vietnamese text of a reply; what people typed stays text."""

import re

import pytest

from petitions import workflow as petitions
from responses import letters, workflow
from responses.models import Answer, ResultReason
from tests.records import VERBATIM, VOTER
from tests.responses.letters import printed

ATTACKS = ["<b>đậm</b>", "<img src=x>", "<script>alert(1)</script>", "{{ reply }}", "{% debug %}", "&lt;b&gt;"]
ESCAPED = {
    "<b>đậm</b>": "&lt;b&gt;đậm&lt;/b&gt;",
    "<img src=x>": "&lt;img src=x&gt;",
    "<script>alert(1)</script>": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ reply }}": "{{ reply }}",
    "{% debug %}": "{% debug %}",
    "&lt;b&gt;": "&amp;lt;b&amp;gt;",
}


def body(reply):
    return " ".join(letters.reply_body(reply).split())


def saved(reply, world, *, answer=None, **changes):
    reply.refresh_from_db()
    frame = {"revision": reply.revision, "opening": reply.opening, "closing": reply.closing, "kind": reply.kind}
    answers = {row.pk: answer or {} for row in reply.answers.all()}
    return workflow.save(reply, by=world.drafter, answers=answers, **{**frame, **changes})


def test_a_reason_that_says_the_same_as_the_result_is_not_repeated(world):
    reason, _is_new = ResultReason.objects.get_or_create(result="explained", name="Giải trình, cung cấp thông tin")
    reply = world.drafted_reply(world.forwarded(), result="explained", reason=reason)

    assert "Kết quả: giải trình, cung cấp thông tin.</p>" in body(reply)


def test_a_quotation_has_one_full_stop(world):
    ended = body(world.drafted_reply(world.forwarded(points=["Đề nghị lắp đèn."])))
    open_ended = body(world.drafted_reply(world.forwarded(points=["Đề nghị lắp đèn"])))

    assert "Đề nghị lắp đèn.</span>”</p>" in ended
    assert "Đề nghị lắp đèn</span>”.</p>" in open_ended


def test_what_people_typed_is_text_in_the_letter(world):
    def typed(where):
        return " ".join(f"{where}{attack}" for attack in ATTACKS)

    first = world.forwarded(
        title=typed("title"),
        points=[typed("content"), "Cầu."],
        verbatim=typed("verbatim"),
        voter={"voter_name": typed("voter")},
    )
    unheard = world.forwarded(points=[typed("point"), "Cầu."])
    reply = world.drafted_reply(first, unheard)
    reply = saved(reply, world, opening=typed("opening"), closing=typed("closing"), answer={"text": typed("text")})
    first_answer = reply.answers.in_letter_order().first()
    first_answer.heading = typed("heading")
    first_answer.save()

    text = body(reply).casefold()

    for where in ("title", "verbatim", "voter", "point", "opening", "closing", "text", "heading"):
        for attack in ATTACKS:
            assert f"{where}{ESCAPED[attack]}".casefold() in text
            if attack.startswith("<"):
                assert f"{where}{attack}".casefold() not in text


@pytest.mark.usefixtures("printed")
def test_the_print_shows_the_signs_and_fetches_nothing(world):
    reply = world.drafted_reply(world.forwarded(), text='<b>đậm</b> <img src="http://127.0.0.1:9/x.png">')

    document = world.issue(reply.document, world.drafter, world.head, world.registrar)

    assert '<b>đậm</b> <img src="http://127.0.0.1:9/x.png">' in printed(document)


def test_who_raised_it_and_in_which_words(world):
    reply = world.drafted_reply(world.forwarded(voter=VOTER, verbatim=VERBATIM))

    assert "cử tri Trần Thị Bưởi, số 9 ngõ Cam, xóm Quýt kiến nghị:" in body(reply)
    assert VERBATIM in body(reply)


def test_a_voter_without_an_address_is_of_the_place(world):
    reply = world.drafted_reply(world.forwarded(voter={"voter_name": "Trần Thị Bưởi"}))

    assert "cử tri Trần Thị Bưởi, xã Yên Mô kiến nghị:" in body(reply)


def test_where_nobody_wrote_down_name_or_words_the_points_speak(world):
    reply = world.drafted_reply(world.forwarded(points=["Lắp đèn.", "Sửa cầu."]))

    assert "cử tri xã Yên Mô kiến nghị:" in body(reply)
    assert "Lắp đèn. Sửa cầu." in body(reply)


def test_the_first_origin_is_the_one_that_is_cited(world):
    petition = world.forwarded(voter={"voter_name": "Trần Thị Bưởi"})
    petitions.add_origin(
        petition, by=world.officer, unit=world.ward, raised_on=world.today, voter={"voter_name": "Lê Thị Mận"}
    )

    text = body(world.drafted_reply(petition))

    assert "Bưởi" in text
    assert "Mận" not in text


def test_one_point_needs_no_heading_several_are_numbered(world):
    one = world.drafted_reply(world.forwarded(points=["Đề nghị lắp đèn."]))
    assert "<h3>" not in body(one)

    two = world.drafted_reply(world.forwarded(points=["Đề nghị lắp đèn.", "Đề nghị sửa cầu."]))
    assert "<h3>1. Về việc lắp đèn</h3>" in body(two)
    assert "<h3>2. Về việc sửa cầu</h3>" in body(two)


def test_points_of_several_petitions_carry_letters(world):
    reply = world.drafted_reply(world.forwarded(points=["Đèn.", "Cầu.", "Rác."]), world.forwarded())

    for words in ("<p>a) Về việc đèn:</p>", "<p>b) Về việc cầu:</p>", "<p>c) Về việc rác:</p>"):
        assert words in body(reply)


def test_every_point_stands_in_the_letter_however_many_there_are(world):
    points = [f"Việc thứ {number} xong." for number in range(1, 27)]
    reply = world.drafted_reply(world.forwarded(points=points), world.forwarded())

    text = body(reply)

    labels = [*"abcdđeghiklmnopqrstuvxy", "aa", "ab", "ac"]
    assert re.findall(r"<p>(\w+)\) Về việc việc thứ (\d+) xong:</p>", text) == [
        (label, str(number)) for number, label in enumerate(labels, start=1)
    ]
    assert text.count("Sở đã lắp đèn.") == 27


def test_the_result_stands_in_one_sentence(world):
    reply = world.drafted_reply(
        world.forwarded(), result="in_progress", roadmap_on=world.today.replace(month=12, day=3)
    )

    year = world.today.year
    assert f"Kết quả: đang giải quyết; hoàn thành chậm nhất ngày 03/12/{year}." in body(reply)


@pytest.mark.parametrize(
    ("content", "heading"),
    [
        ("Đề nghị lắp đèn.", "Về việc lắp đèn"),
        ("Kiến nghị sửa cầu. Gấp lắm.", "Về việc sửa cầu"),
        ("Về việc thu gom rác;", "Về việc thu gom rác"),
        ("UBND tỉnh sớm xem xét\nviệc khác", "Về việc uBND tỉnh sớm xem xét"),
    ],
)
def test_a_heading_comes_from_the_first_sentence(content, heading):
    assert letters.default_heading(content) == heading


def test_a_long_heading_fits_its_field():
    assert len(letters.default_heading("Đề nghị " + "sửa cầu " * 100)) == Answer._meta.get_field("heading").max_length


def test_a_letter_is_vietnamese_whatever_the_language_of_its_author(world, as_):
    client = as_(world.drafter)
    client.cookies["django_language"] = "en"
    petition = world.forwarded()

    client.post("/replies/create/", {"agency": world.department.pk, "kind": "final", "petitions": [petition.pk]})

    reply = petition.points.get().answers.get().reply
    assert reply.document.subject == "trả lời ý kiến, kiến nghị của cử tri"
    saved(reply, world, answer={"text": "Xong.", "result": "resolved"})
    assert "Kết quả: đã giải quyết xong." in body(reply)
    assert reply.history.last().history_change_reason == "soạn văn bản trả lời"
