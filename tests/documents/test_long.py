"""documents/long.py, joining.py: papers with very long tables are made in parts, in the background."""

import io
from datetime import timedelta

import docx
import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from common import jobs
from common.models import Job
from documents import batch, long, numbering, pdf, workflow
from documents.models import Document, Status
from documents.papers import PART_ROWS, AppendixPaper, paper_of
from documents.preview import pages_of
from tests.documents.reading import read
from tests.documents.sample import letter

pytestmark = pytest.mark.usefixtures("printed")

HEAD = '<table class="grid"><thead><tr><th>STT</th><th>Nội dung</th></tr></thead>'
GROUP = '<tr class="group"><td colspan="2">II. Sở Y tế</td></tr>'


def row(number):
    return f"<tr><td>{number}</td><td>Điểm {number}</td></tr>"


def table(rows):
    return f"{HEAD}<tbody>{''.join(map(row, range(1, rows + 1)))}</tbody></table>"


def long_letter(rows=PART_ROWS + 40, **details):
    appendices = [
        AppendixPaper("Phụ lục I", "Danh sách", mark_safe(table(rows)), is_landscape=True),
        AppendixPaper("Phụ lục II", "Biểu", mark_safe("<p>Hết.</p>")),
    ]
    return letter(appendices=appendices, **details)


@pytest.fixture(scope="module")
def laid_out():
    """(the PDF of a long paper, its pages)."""
    content = pdf.render(long_letter(), '{"a": 1}')
    return content, read(content)


# In pieces


def test_a_long_table_is_cut_between_rows_and_each_piece_has_its_head():
    pieces = AppendixPaper("Phụ lục", "", table(5)).pieces(rows=2)

    assert pieces == [
        f"{HEAD}<tbody>{row(1)}{row(2)}</tbody></table>",
        f"{HEAD}<tbody>{row(3)}{row(4)}</tbody></table>",
        f"{HEAD}<tbody>{row(5)}</tbody></table>",
    ]


def test_the_heading_of_a_group_stays_with_its_first_row():
    body = f"{HEAD}<tbody>{row(1)}</tbody><tbody>{GROUP}{row(2)}{row(3)}</tbody></table>"

    assert AppendixPaper("Phụ lục", "", body).pieces(rows=2) == [
        f"{HEAD}<tbody>{row(1)}</tbody></table>",
        f"{HEAD}<tbody>{GROUP}{row(2)}</tbody></table>",
        f"{HEAD}<tbody>{row(3)}</tbody></table>",
    ]


@pytest.mark.parametrize("body", [table(2), f"<p>Lời.</p>{table(9)}", table(9) + table(9), "<p>Lời.</p>"])
def test_what_is_short_or_more_than_one_table_stays_whole(body):
    assert AppendixPaper("Phụ lục", "", body).pieces(rows=2) == [body]


# Joined


def test_page_numbers_run_on_in_the_appendix_and_begin_anew_after_it(laid_out):
    _content, pages = laid_out
    listed = next(place for place, page in enumerate(pages) if "Phụ lục I\n" in page.text)
    after = next(place for place, page in enumerate(pages) if "Phụ lục II" in page.text)

    assert after - listed > 5
    assert [page.number for page in pages[listed : after + 1]] == ["", *map(str, range(2, after - listed + 1)), ""]
    assert {round(_number_line(page).centre) for page in pages[listed + 1 : after]} == {428}
    assert {_number_line(page).size for page in pages[listed + 1 : after]} == {13}


def _number_line(page):
    (line,) = [line for line in page.lines if line not in page.body]
    return line


def test_every_row_is_there_once_in_its_order(laid_out):
    found = [line.strip() for page in laid_out[1] for line in page.text.split("\n") if "Điểm" in line]

    assert [line.rpartition("Điểm ")[2] for line in found] == [str(number) for number in range(1, PART_ROWS + 41)]


def test_the_whole_is_still_pdf_a_3_with_tags_for_every_page_and_its_data(laid_out):
    with pikepdf.open(io.BytesIO(laid_out[0])) as file:
        marks, tree = file.open_metadata(), file.Root.StructTreeRoot
        leaves = [list(leaf.Nums) for leaf in tree.ParentTree.Kids]
        owners = {int(key): tags for leaf in leaves for key, tags in zip(leaf[::2], leaf[1::2], strict=True)}

        assert (marks["pdfaid:part"], marks["pdfaid:conformance"]) == ("3", "A")
        assert list(file.attachments) == [pdf.SOURCE_NAME]
        assert len(owners) == len(file.pages)
        for page in file.pages:
            assert {owner.Pg.objgen for owner in owners[int(page.StructParents)] if "/Pg" in owner} == {page.objgen}
        assert all(element.P.objgen == tree.objgen for element in tree.K)


def test_the_same_paper_gives_the_same_bytes(laid_out):
    paper = long_letter()
    parts = list(paper.parts())
    contents = [pdf.render_part(part, "" if place else '{"a": 1}') for place, part in enumerate(parts)]

    assert pdf.put_together(parts, contents) == laid_out[0]


def test_on_the_screen_stand_the_first_pages_and_no_more_is_laid_out(monkeypatch):
    monkeypatch.setattr("documents.preview.MOST_OF_A_LONG_ONE", 3)
    laid_out, layout = [], pdf._layout
    monkeypatch.setattr(pdf, "_layout", lambda html: laid_out.append(html) or layout(html))

    pages = pages_of(long_letter())

    assert [page.alt for page in pages.images] == [f"Trang {number} như khi in" for number in (1, 2, 3)]
    assert pages.note == "Hiển thị 3 trang đầu; tệp PDF có đủ các trang."
    assert len(laid_out) == 2


# In the background


@pytest.fixture
def long_one(world, drafted):
    """A cleared letter with a long list."""
    document = workflow.rewrite(drafted(), by=world.drafter, appendices=[("Danh sách", table(PART_ROWS + 2), False)])
    return workflow.clear(workflow.submit(document, by=world.drafter), by=world.head)


@pytest.fixture
def parts_laid_out(monkeypatch):
    """How many parts were laid out; they are plain pages here."""
    made, page = [], pdf.render_html('<html lang="vi"><p>Một trang.</p></html>')
    monkeypatch.setattr(pdf, "render_part", lambda part, source="": made.append(part) or page)
    monkeypatch.setattr(pdf, "render", lambda *_paper: pytest.fail("laid out in one piece"))
    return made


@pytest.fixture(autouse=True)
def nothing_kept(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def run(job):
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def test_a_long_paper_is_laid_out_with_progress_and_then_issued(world, long_one, parts_laid_out):
    job = long.enqueue_issue(long_one, by=world.registrar, issued_on=world.today)
    jobs.engine._step(job.pk)
    jobs.engine._outside(job.pk)
    jobs.engine._step(job.pk)

    job.refresh_from_db()
    assert (job.done, job.total) == (1, 4)
    job.checkpoint.pop("claimed")
    job.save()
    assert run(job).state == Job.State.DONE
    document = Document.objects.get(pk=long_one.pk)
    assert (document.status, document.number) == (Status.ISSUED, 1)
    assert len(parts_laid_out) == 3
    with document.pdf.open("rb") as stored:
        assert len(read(stored.read())) == 3


def test_ticked_among_others_it_is_issued_by_work_of_its_own(as_, world, long_one, parts_laid_out, drafted):
    short = workflow.clear(workflow.submit(drafted(), by=world.drafter), by=world.head)
    ticked = {"document": [long_one.pk, short.pk], "issued_on": f"{world.today:%d/%m/%Y}"}
    page = as_(world.registrar).post(reverse("documents:issue_many"), ticked, follow=True).content.decode()

    assert "1 văn bản dài được dàn trang và ban hành bằng việc nền riêng" in page
    apart, together = Job.objects.order_by("pk")
    assert (apart.kind, apart.arguments["document"]) == (long.LayingOut.key, long_one.pk)
    assert (together.kind, together.arguments["documents"]) == (batch.IssuingMany.key, [short.pk])
    run(apart)
    assert Document.objects.get(pk=long_one.pk).number == 1


def test_ticked_alone_its_own_page_follows(as_, world, long_one):
    ticked = {"document": [long_one.pk], "issued_on": f"{world.today:%d/%m/%Y}"}
    answer = as_(world.registrar).post(reverse("documents:issue_many"), ticked)

    assert answer["Location"] == Job.objects.get().get_absolute_url()
    assert Job.objects.get().kind == long.LayingOut.key


def test_asked_for_twice_it_is_one_job_and_one_issue(world, long_one, parts_laid_out):
    first = long.enqueue_issue(long_one, by=world.registrar, issued_on=world.today)

    assert long.enqueue_issue(long_one, by=world.registrar, issued_on=world.today) == first
    run(first)
    assert run(Job.objects.get()).state == Job.State.DONE
    assert Document.objects.get(pk=long_one.pk).number == 1


def test_a_number_taken_meanwhile_costs_the_first_part_only(world, long_one, parts_laid_out):
    job = long.enqueue_issue(long_one, by=world.registrar, issued_on=world.today)
    for _part in range(3):
        jobs.engine._step(job.pk)
        jobs.engine._outside(job.pk)
    numbering.reserve(agency=world.department, kind="CV", year=world.today.year, reason="mật", by=world.registrar)

    run(job)

    assert Document.objects.get(pk=long_one.pk).number == 2
    assert [part.continues for part in parts_laid_out] == [False, False, True, False]


def test_stopped_it_is_not_issued_and_goes_on_where_it_stopped(as_, world, long_one, parts_laid_out):
    job = long.enqueue_issue(long_one, by=world.registrar, issued_on=world.today)
    jobs.engine._step(job.pk)
    jobs.engine._outside(job.pk)
    jobs.cancel(job)

    assert run(job).state == Job.State.CANCELLED
    page = as_(world.registrar).get(job.get_absolute_url()).content.decode()
    assert f'href="{long_one.get_absolute_url()}">Về trang đã yêu cầu' in page
    assert Document.objects.get(pk=long_one.pk).status == Status.CLEARED
    assert run(jobs.retry(job)).state == Job.State.DONE
    assert len(parts_laid_out) == 3


def test_what_is_refused_meanwhile_is_told(as_, world, long_one, parts_laid_out):
    job = long.enqueue_issue(long_one, by=world.registrar, issued_on=world.today)
    workflow.send_back(long_one, by=world.head, reason="Thiếu một ý.")

    assert run(job).state == Job.State.DONE
    assert parts_laid_out == []
    assert "dự thảo" in as_(world.registrar).get(job.get_absolute_url()).content.decode()
    assert Document.objects.get(pk=long_one.pk).status == Status.DRAFT


def test_a_part_cut_off_by_a_dead_worker_is_laid_out_again(long_one, parts_laid_out):
    paper = long.LongPaper(paper_of(long_one))
    default_storage.save(paper.names[1], ContentFile(pdf.render_html('<html lang="vi"><p>Một</p></html>')[:500]))

    assert paper.missing == [0, 1, 2]
    paper.lay_out([1])
    assert paper.missing == [0, 2]


def test_what_lies_there_for_days_is_forgotten(long_one, parts_laid_out):
    paper, now = long.LongPaper(paper_of(long_one)), timezone.now()
    assert long.forget(now) == 0
    paper.lay_out([0, 1])

    assert long.forget(now) == 0
    assert long.forget(now + timedelta(days=3)) == 2
    assert paper.missing == [0, 1, 2]


@pytest.mark.usefixtures("parts_laid_out")
def test_the_page_makes_the_pdf_of_a_long_draft_and_then_hands_it_out(as_, world, long_one):
    browser, address = as_(world.registrar), reverse("documents:pdf", args=[long_one.pk])

    answer = browser.get(address, follow=True)
    assert "tệp PDF được tạo ở chế độ nền" in answer.content.decode()
    assert "Tạo PDF" in answer.content.decode()
    answer = browser.post(reverse("documents:lay_out", args=[long_one.pk]))
    job = Job.objects.get()
    assert answer["Location"] == job.get_absolute_url()
    run(job)
    assert address in browser.get(job.get_absolute_url()).content.decode()
    assert browser.get(address)["Content-Type"] == "application/pdf"


def test_the_word_file_of_a_long_paper_is_made_in_the_background(as_, world, long_one, nothing_kept):
    browser, address = as_(world.registrar), reverse("documents:word", args=[long_one.pk])
    assert browser.get(address).status_code == 302  # nobody has had it made yet

    asked = [browser.post(reverse("documents:lay_out", args=[long_one.pk]), {"file": "word"}) for _time in range(2)]
    job = Job.objects.get(kind="documents.word")
    run(job)

    assert [answer["Location"] for answer in asked] == [job.get_absolute_url()] * 2
    rows = docx.Document(io.BytesIO(browser.get(address).content)).tables[-1].rows
    assert len(rows) == 1 + PART_ROWS + 2
    assert browser.post(reverse("documents:lay_out", args=[long_one.pk]), {"file": "word"})["Location"] == address


def test_the_word_file_tells_how_far_it_is_and_stops_when_asked(world, long_one, nothing_kept, monkeypatch):
    monkeypatch.setattr(long._Told, "EVERY", 50)
    job = long.enqueue_word(long_one, by=world.registrar)
    written = long.word.render

    def asked_to_stop(paper, tell):
        def told():
            tell()
            if tell.rows == 60:
                jobs.cancel(job)

        return written(paper, told)

    monkeypatch.setattr(long.word, "render", asked_to_stop)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.CANCELLED, 100, PART_ROWS + 4)
    assert long.word_of(paper_of(long_one)) is None

    monkeypatch.setattr(long.word, "render", written)
    run(jobs.retry(job))
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.DONE, job.total)


def test_the_page_issues_a_long_one_in_the_background(as_, world, long_one):
    browser, address = as_(world.registrar), reverse("documents:issue", args=[long_one.pk])

    answer = browser.post(address, {"issued_on": f"{world.today:%d/%m/%Y}"})

    assert answer["Location"] == Job.objects.get().get_absolute_url()
    assert Document.objects.get(pk=long_one.pk).status == Status.CLEARED
