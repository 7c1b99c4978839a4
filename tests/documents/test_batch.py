"""documents/batch.py: many documents issued in the background, with progress, refusals and a way to stop."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.urls import reverse

from common import jobs
from common.models import Job
from documents import batch, workflow
from documents.models import Document, Status
from tests.refusals import refused


def test_all_that_are_ticked_are_issued_in_order(world, cleared):
    documents = [cleared() for _document in range(7)]

    job = batch.enqueue(documents, by=world.registrar, issued_on=world.today)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.DONE, 7, 7)
    assert job.result == {"refused": [], "issued": 7}
    assert [Document.objects.get(pk=d.pk).number for d in documents] == list(range(1, 8))


def test_what_is_refused_is_told_and_the_rest_goes_on(world, cleared, trial):
    documents = [cleared() for _document in range(2)]
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
