"""documents/batch.py: many documents issued in the background, with progress, refusals and a way to stop."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.urls import reverse

from common import jobs
from common.models import Job
from documents import batch, numbering, pdf, renderers, workflow
from documents.models import Document, Status
from tests.documents.reading import read
from tests.documents.sample import letter
from tests.refusals import refused
from tests.world import any_page


def test_all_that_are_ticked_are_issued_in_order(world, cleared):
    documents = [cleared() for _document in range(7)]

    job = batch.enqueue(documents, by=world.registrar, issued_on=world.today)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.DONE, 7, 7)
    assert job.result == {"refused": [], "issued": 7}
    assert [Document.objects.get(pk=d.pk).number for d in documents] == list(range(1, 8))


def test_what_is_refused_is_told_and_the_rest_goes_on(as_, world, cleared, trial):
    documents = [cleared(subject="trả lời về đèn đường"), cleared()]
    documents.append(cleared(kind="BC"))
    world.deputy.valid_to = world.today - timedelta(days=1)
    Document.objects.filter(pk=documents[1].pk).update(signer=world.director)
    world.deputy.save()

    job = batch.enqueue(documents, by=world.registrar, issued_on=world.today)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert [pk for pk, _why in job.result["refused"]] == [documents[0].pk, documents[2].pk]
    assert "không giữ chức vụ này" in job.result["refused"][0][1]
    assert Document.objects.get(status=Status.ISSUED).pk == documents[1].pk
    page = as_(world.registrar).get(job.get_absolute_url()).content.decode()
    assert "Đã ban hành 1. Bị từ chối 2." in page
    assert f'<a href="{documents[0].get_absolute_url()}">trả lời về đèn đường</a>' in page


def test_whatever_goes_wrong_with_one_is_told_in_words_and_the_others_are_issued(world, cleared, monkeypatch):
    documents, issue = [cleared() for _document in range(4)], workflow.issue
    problems = {
        documents[0].pk: ValidationError({"number": ["Số này đã dùng."]}),
        documents[2].pk: KeyError("font"),
    }

    def sometimes(document, **details):
        issued = issue(document, **details)
        if document.pk in problems:
            raise problems[document.pk]
        return issued

    monkeypatch.setattr(workflow, "issue", sometimes)
    job = batch.enqueue(documents, by=world.registrar, issued_on=world.today)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.tries, job.done) == (Job.State.DONE, 0, 4)
    assert job.result == {
        "refused": [
            [documents[0].pk, "Số này đã dùng."],
            [documents[2].pk, "Có lỗi ngoài dự kiến; quản trị viên xem chi tiết trong nhật ký hệ thống."],
        ],
        "issued": 2,
    }
    assert [Document.objects.get(pk=document.pk).number for document in documents] == [None, 1, None, 2]


def test_a_database_that_is_busy_is_tried_again(world, cleared, monkeypatch):
    def busy(*_args, **_details):
        raise OperationalError("database is locked")

    monkeypatch.setattr(workflow, "issue", busy)
    job = batch.enqueue([cleared()], by=world.registrar, issued_on=world.today)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.tries, job.done) == (Job.State.WAITING, 1, 0)


def test_it_can_be_stopped_and_what_is_issued_stays(world, cleared):
    documents = [cleared() for _document in range(3)]
    job = batch.enqueue(documents, by=world.registrar, issued_on=world.today)
    jobs.engine._step(job.pk)
    jobs.cancel(job)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.CANCELLED, 1)
    assert Document.objects.filter(status=Status.ISSUED).count() == 1


@pytest.fixture
def laid_out_beside(settings, monkeypatch):
    """Two processes lay papers out; here they are this one, and the papers they are given are kept."""
    settings.RENDERERS, given = 2, []

    def render_all(papers):
        given.extend(papers)
        return [pdf.render(paper, source) for paper, source in papers]

    monkeypatch.setattr(batch.renderers, "render_all", render_all)
    return given


def run(documents, world):
    job = batch.enqueue(documents, by=world.registrar, issued_on=world.today)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def test_papers_laid_out_beside_are_those_that_are_issued(world, cleared, laid_out_beside, monkeypatch):
    documents = [cleared() for _document in range(3)]
    monkeypatch.setattr(workflow.pdf, "render", lambda *_paper: pytest.fail("laid out twice"))
    monkeypatch.setattr(batch.renderers, "render_all", lambda papers: [any_page() for _paper in papers])

    assert run(documents, world).result == {"refused": [], "issued": 3}
    issued = [Document.objects.get(pk=document.pk) for document in documents]
    assert [document.number for document in issued] == [1, 2, 3]
    assert len({document.verification_code for document in issued}) == 3


@pytest.mark.usefixtures("printed")
def test_a_number_taken_meanwhile_is_seen_and_the_paper_laid_out_anew(world, cleared, laid_out_beside, monkeypatch):
    documents, beside = [cleared() for _document in range(2)], batch.renderers.render_all

    def overtaken(papers):
        numbering.reserve(
            agency=world.department, kind="CV", year=world.today.year, reason="văn bản mật", by=world.registrar
        )
        return beside(papers)

    monkeypatch.setattr(batch.renderers, "render_all", overtaken)
    run(documents, world)

    for document, number in zip(documents, (2, 3), strict=True):
        document.refresh_from_db()
        assert document.number == number
        with document.pdf.open("rb") as stored:
            assert f"Số: 0{number}/SXD" in read(stored.read())[0]


def test_one_that_is_refused_shifts_the_numbers_of_nobody(world, cleared, laid_out_beside):
    documents = [cleared(signer=signer) for signer in (world.deputy, world.director, world.deputy)]
    world.director.valid_to = world.today - timedelta(days=1)
    world.director.save()

    job = run(documents, world)

    assert [pk for pk, _why in job.result["refused"]] == [documents[1].pk]
    assert [paper.number for paper, _source in laid_out_beside] == [1, 2]
    assert [Document.objects.get(pk=document.pk).number for document in documents] == [1, None, 2]


@pytest.mark.usefixtures("printed")
def test_the_processes_make_the_same_papers_as_this_one(settings):
    settings.RENDERERS = 2
    papers = [(letter(number=number), "") for number in (1, 2, 3)]

    made = renderers.render_all([*papers, (None, "")])

    assert made == [*[pdf.render(paper, source) for paper, source in papers], None]


def test_only_a_registrar_and_only_what_is_cleared(world, cleared, drafted):
    with refused("không được phép"):
        batch.enqueue([cleared()], by=world.head, issued_on=world.today)
    with refused("ít nhất một văn bản"):
        batch.enqueue([drafted()], by=world.registrar, issued_on=world.today)


def test_the_list_offers_it_to_the_registrar(as_, world, cleared):
    document = cleared()
    browser = as_(world.registrar)

    assert 'name="document"' in browser.get(reverse("documents:index"), {"status": "cleared"}).content.decode()
    answer = browser.post(
        reverse("documents:issue_many"), {"document": [document.pk], "issued_on": f"{world.today:%d/%m/%Y}"}
    )
    assert answer["Location"] == Job.objects.get().get_absolute_url()
    assert 'name="document"' not in (
        as_(world.drafter).get(reverse("documents:index"), {"status": "cleared"}).content.decode()
    )
    answer = browser.post(reverse("documents:issue_many"), {"document": ["abc"], "issued_on": "1/11/2026"}, follow=True)
    assert "abc" in answer.content.decode()
    assert Job.objects.count() == 1
    answer = browser.post(reverse("documents:issue_many"), {"document": [], "issued_on": "31/11/2026"}, follow=True)
    assert "Hãy nhập một ngày có thật" in answer.content.decode()


def test_all_of_the_list_are_issued_though_a_page_shows_fewer(world, cleared, as_, monkeypatch):
    monkeypatch.setattr("documents.views.documents.PAGE_SIZE", 1)
    documents = [cleared() for _document in range(2)]
    browser = as_(world.registrar)

    page = browser.get(reverse("documents:index"), {"status": "cleared"})
    assert "Ban hành cả 2 văn bản" in page.content.decode()
    address = f"{reverse('documents:issue_many')}?status=cleared"
    browser.post(address, {"issued_on": f"{world.today:%d/%m/%Y}", "all": "1"})

    assert Job.objects.get().arguments["documents"] == [document.pk for document in documents]


def test_one_that_cannot_be_laid_out_with_the_others_does_not_hold_them_up(world, cleared, monkeypatch):
    documents, paper_of = [cleared() for _document in range(2)], workflow.paper_of

    def broken(document, **details):
        if document.pk == documents[0].pk:
            raise KeyError("reply")
        return paper_of(document, **details)

    monkeypatch.setattr(workflow, "paper_of", broken)
    job = batch.enqueue(documents, by=world.registrar, issued_on=world.today)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert [pk for pk, _why in job.result["refused"]] == [documents[0].pk]
    assert Document.objects.get(status=Status.ISSUED).pk == documents[1].pk
