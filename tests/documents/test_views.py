"""documents/views.py: the register, the review page and its steps, the PDF."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents import workflow
from documents.models import ReturnReason, Status

ACTS = ["submit", "withdraw", "abandon", "check", "clear", "send_back", "issue"]


def address(name, document):
    return reverse(f"documents:{name}", args=[document.pk])


def text_of(response):
    return " ".join(response.content.decode().split())


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def register(as_):
    """The subjects listed in the register, in order."""

    def listed(user, **query):
        page = as_(user).get(reverse("documents:index"), query).context["page"]
        return [document.subject for document in page]

    return listed


def test_the_register_shows_what_one_may_see(register, drafted, issued, world, elsewhere):
    drafted(subject="dự thảo"), issued(subject="đã phát hành")

    assert register(world.drafter) == ["dự thảo", "đã phát hành"]
    assert register(world.officer) == ["đã phát hành"]
    assert register(elsewhere.officer) == []


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ({}, {"a", "b", "c"}),
        ({"kind": "BC"}, {"b"}),
        ({"status": "issued"}, {"c"}),
        ({"purpose": "trial"}, {"a", "b", "c"}),
        ({"q": "1"}, {"c"}),
        ({"q": "01/SXD"}, {"c"}),
        ({"q": "b"}, {"b"}),
        ({"kind": "CV", "status": "draft"}, {"a"}),
        ({"kind": "không có"}, {"a", "b", "c"}),
    ],
)
def test_the_register_is_narrowed(register, drafted, issued, world, query, subjects):
    drafted(subject="a", drafting_unit="", symbol="X"), drafted(subject="b", kind="BC", symbol="Y"), issued(subject="c")

    assert set(register(world.drafter, **query)) == subjects


def test_an_empty_register_says_so(as_, world):
    assert "Không có văn bản nào." in text_of(as_(world.drafter).get(reverse("documents:index")))


def test_a_longer_register_costs_no_more_queries(as_, world, drafted):
    browser, counts = as_(world.drafter), []
    drafted()
    browser.get(reverse("documents:index"))
    for number in (1, 3):
        for _document in range(number):
            drafted()
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("documents:index"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_review_page_shows_the_paper_and_what_can_be_done(as_, world, drafted):
    document = drafted()

    response = as_(world.drafter).get(document.get_absolute_url())

    text = text_of(response)
    assert 'src="data:image/png;base64,' in text
    assert 'alt="Trang 1 trên 1 như sẽ in"' in text
    assert [name for name, _step, _refusal in response.context["offers"]] == ["submit", "abandon"]
    assert "Thường trực HĐND tỉnh" in text
    assert address("edit", document) in text


def test_the_review_page_tells_why_a_step_is_not_possible(as_, world, drafted):
    document = drafted(body="")

    text = text_of(as_(world.drafter).get(document.get_absolute_url()))

    assert "<strong>Trình duyệt:</strong>" in text
    assert f'action="{address("submit", document)}"' not in text


def test_the_reason_for_sending_back_is_shown_until_the_next_submission(as_, world, submitted):
    document = workflow.send_back(submitted(), by=world.head, reason="thiếu lộ trình")
    notice = "</strong> thiếu lộ trình</div>"

    assert notice in text_of(as_(world.drafter).get(document.get_absolute_url()))
    workflow.submit(document, by=world.drafter, answer="Đã nói rõ")
    assert notice not in text_of(as_(world.drafter).get(document.get_absolute_url()))


@pytest.mark.parametrize("state", ["drafted", "submitted", "cleared", "issued"])
@pytest.mark.parametrize("who", ["drafter", "head", "registrar"])
def test_the_review_page_opens_in_every_state_for_everybody_at_home(request, as_, world, state, who):
    document = request.getfixturevalue(state)()

    assert as_(getattr(world, who)).get(document.get_absolute_url()).status_code == 200


def test_the_whole_way_through_the_pages(as_, world, drafted):
    document = drafted()
    as_(world.drafter).post(address("submit", document))
    as_(world.head).post(address("clear", document))
    response = as_(world.registrar).post(address("issue", document), {"issued_on": "9/3/2026"}, follow=True)

    document.refresh_from_db()
    assert (document.status, document.number, document.issued_on) == (Status.ISSUED, 1, date(2026, 3, 9))
    assert "Công văn 01/SXD-HTKT" in text_of(response)
    assert "09/3/2026" in text_of(response)


def test_sending_back_needs_a_reason(as_, world, submitted):
    document = submitted()
    browser = as_(world.head)

    refused = browser.post(address("send_back", document), {"reason": " "})
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["kind", "reason"])
    document.refresh_from_db()
    assert document.status == Status.SUBMITTED

    kind = ReturnReason.objects.of(world.council).first()
    browser.post(address("send_back", document), {"kind": kind.pk, "reason": "thiếu lộ trình"})
    document.refresh_from_db()
    assert (document.status, document.return_reason) == (Status.DRAFT, "Nội dung: thiếu lộ trình")


def test_taking_back_and_giving_up(as_, world, submitted):
    document, browser = submitted(), as_(world.drafter)

    browser.post(address("withdraw", document))
    document.refresh_from_db()
    assert document.status == Status.DRAFT

    assert browser.post(address("abandon", document)).headers["Location"] == reverse("documents:index")
    document.refresh_from_db()
    assert document.status == Status.ABANDONED


@pytest.mark.parametrize(
    ("typed", "code", "why"),
    [("31/2/2026", 200, "Hãy nhập một ngày có thật"), ("", 200, ""), ("ngày mai", 200, "Hãy nhập một ngày có thật")],
)
def test_a_day_of_issue_must_exist(as_, world, cleared, typed, code, why):
    document = cleared()

    response = as_(world.registrar).post(address("issue", document), {"issued_on": typed})

    assert response.status_code == code
    assert list(response.context["form"].errors) == ["issued_on"]
    assert why in text_of(response)
    document.refresh_from_db()
    assert document.status == Status.CLEARED


def test_a_refused_day_is_told_beside_the_field(as_, world, cleared):
    tomorrow = f"{world.today + timedelta(days=1):%d/%m/%Y}"

    response = as_(world.registrar).post(address("issue", cleared()), {"issued_on": tomorrow})

    assert response.context["form"].errors == {"issued_on": ["Không thể ban hành văn bản vào một ngày chưa đến."]}
    assert response.context["form"]["issued_on"].value() == tomorrow


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_a_post(as_, world, drafted, name):
    document = drafted()

    assert as_(world.drafter).get(address(name, document)).status_code == 405
    document.refresh_from_db()
    assert document.status == Status.DRAFT


@pytest.mark.parametrize("name", ["index", "detail", "pdf"])
def test_what_is_read_is_not_posted(as_, world, drafted, name):
    where = reverse("documents:index") if name == "index" else address(name, drafted())

    assert as_(world.drafter).post(where).status_code == 405


@pytest.mark.parametrize("name", [*ACTS, "detail", "edit", "pdf"])
def test_a_stranger_gets_404(as_, world, elsewhere, drafted, name):
    document = drafted()

    for stranger in (world.other_drafter, elsewhere.officer, world.delegate):
        browser = as_(stranger)
        send = browser.post if name in ACTS else browser.get
        assert send(address(name, document), {"reason": "x"}).status_code == 404

    document.refresh_from_db()
    assert document.status == Status.DRAFT


@pytest.mark.parametrize("name", [*ACTS, "detail", "edit", "pdf"])
def test_somebody_not_signed_in_is_sent_to_the_sign_in_page(client, drafted, name):
    for send in (client.get, client.post):
        response = send(address(name, drafted()))
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ACTS)
def test_who_may_read_but_not_act_is_told_why(as_, world, issued, name):
    form = {"reason": "x", "issued_on": "1/1/2026"}

    response = as_(world.delegate).post(address(name, issued()), form)

    assert response.status_code == 403
    assert "Vai trò của bạn không được phép" in text_of(response)


def head(document, **changes):
    return {
        "subject": document.subject,
        "drafting_unit": document.drafting_unit,
        "symbol": document.symbol,
        "place_name": document.place_name,
        "signer": document.signer_id,
        "to": "Thường trực HĐND tỉnh",
        "copies": "Ban Giám đốc Sở",
    } | changes


def test_the_head_of_a_draft_is_edited(as_, world, drafted):
    document = drafted()
    browser = as_(world.drafter)
    page = browser.get(address("edit", document))
    assert page.context["form"]["to"].value() == "Thường trực HĐND tỉnh"
    assert set(page.context["form"].fields["signer"].queryset) == {world.director, world.deputy}

    changed = head(
        document,
        subject=" Khác  đi ",
        signer=world.director.pk,
        to="- Sở Y tế tỉnh Ninh Bình;\n- UBND xã A.",
        copies="",
    )
    response = browser.post(address("edit", document), changed)

    assert response.headers["Location"] == document.get_absolute_url()
    document.refresh_from_db()
    assert (document.subject, document.signer) == ("Khác đi", world.director)
    assert list(document.addressees.values_list("name", "agency", "is_copy")) == [
        ("Sở Y tế tỉnh Ninh Bình", world.other_department.pk, False),
        ("UBND xã A", None, False),
    ]


def test_symbol_and_drafting_unit_stay_on_one_line(as_, world, drafted):
    document = drafted()

    as_(world.drafter).post(
        address("edit", document), head(document, symbol="SXD\r\nBcc: a@b.vn", drafting_unit="HT\nKT")
    )

    document.refresh_from_db()
    assert (document.symbol, document.drafting_unit) == ("SXD Bcc: a@b.vn", "HT KT")


def test_head_and_addressees_are_saved_together_or_not_at_all(as_, world, drafted, monkeypatch):
    document = drafted()
    monkeypatch.setattr(workflow, "address", lambda *_args, **_details: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        as_(world.drafter).post(address("edit", document), head(document, subject="khác"))

    document.refresh_from_db()
    assert document.subject == "trả lời kiến nghị"


def test_an_addressee_that_is_kept_keeps_its_agency(as_, world, drafted):
    document = drafted()

    as_(world.drafter).post(address("edit", document), head(document))

    assert document.addressees.to().get().agency == world.standing


def test_a_signer_of_another_agency_or_of_yesterday_is_not_offered(as_, world, drafted):
    document = drafted()
    world.director.valid_to = world.today - timedelta(days=1)
    world.director.save()

    for wrong in (world.chair, world.director):
        response = as_(world.drafter).post(address("edit", document), head(document, signer=wrong.pk))
        assert list(response.context["form"].errors) == ["signer"]


def test_only_a_draft_is_edited_and_only_by_its_drafters(as_, world, drafted, issued):
    for document, user in ((issued(), world.drafter), (drafted(), world.head)):
        for send in ("get", "post"):
            response = getattr(as_(user), send)(address("edit", document), head(document, subject="khác"))
            assert response.status_code == 403
        document.refresh_from_db()
        assert document.subject == "trả lời kiến nghị"


def test_an_addressee_that_is_too_long_is_refused_in_the_form(as_, world, drafted):
    document = drafted()

    response = as_(world.drafter).post(address("edit", document), head(document, to="Sở " * 100))

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["to"]


def test_the_pdf_of_a_draft_is_printed_afresh(as_, world, drafted):
    document = drafted()

    response = as_(world.drafter).get(address("pdf", document))

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'inline; filename="van-ban-du-thao-{document.pk}.pdf"'
    assert body(response).startswith(b"%PDF-")


def test_the_pdf_of_an_issued_document_is_the_stored_file(as_, world, issued):
    document = issued()
    with document.pdf.open("rb") as file:
        stored = file.read()

    response = as_(world.officer).get(address("pdf", document))

    assert response.headers["Content-Type"] == "application/pdf"
    assert f"van-ban-1-{document.pk}.pdf" in response.headers["Content-Disposition"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert body(response) == stored


def test_the_pdf_does_not_change_when_the_agency_is_renamed(as_, world, issued):
    document = issued()
    before = body(as_(world.officer).get(address("pdf", document)))
    world.department.letterhead, world.department.superior_line = "Sở Khác", ""
    world.department.save()

    assert body(as_(world.officer).get(address("pdf", document))) == before


def test_the_history_of_a_letter_shows_its_drafts_at_home_only(as_, world, drafted):
    document = drafted(to=[("Sở Y tế", world.other_department)], body="<p>Câu đã bỏ.</p>")
    document = workflow.rewrite(document, by=world.drafter, body="<p>Câu được giữ.</p>")
    world.issue(document, world.drafter, world.head, world.registrar)

    history = as_(world.other_drafter).get(reverse("common:history", args=["documents", "document", document.pk]))

    assert "Câu đã bỏ" not in text_of(history)


def test_a_filter_marks_nothing_as_right_or_wrong(world, as_):
    page = as_(world.officer).get(reverse("documents:index"), {"q": "đèn", "kind": "CV"}).content.decode()

    assert "is-valid" not in page
    assert "is-invalid" not in page
