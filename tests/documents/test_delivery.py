"""documents/delivery.py: what went to whom, how and when; mail that fails is tried again."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from common import jobs
from common.jobs.kinds import LEFT_AFTER
from common.models import Job
from documents import after_issue, delivery
from documents.models import Delivery, Document
from tests.refusals import refused


@pytest.fixture
def sent(issued, world):
    def act(how="email", **details):
        document = issued()
        values = {"email": "thuongtruc@example.vn"} if how == "email" else {}
        return delivery.send(document, document.addressees.first(), how=how, by=world.registrar, **values, **details)

    return act


def test_a_mail_goes_out_once_with_the_document(sent):
    one = sent()
    assert (one.sent_on, len(mail.outbox)) == (None, 0)

    for _time in range(2):
        jobs.run(one.job_id)

    one.refresh_from_db()
    (letter,) = mail.outbox
    assert letter.to == ["thuongtruc@example.vn"]
    assert "Công văn số 01/SXD-HTKT" in letter.body
    ((name, content, kind),) = letter.attachments
    with one.document.pdf.open("rb") as stored:
        assert (name, content, kind) == (f"van-ban-1-{one.document_id}.pdf", stored.read(), "application/pdf")
    assert one.sent_on


def test_a_mail_that_fails_waits_and_is_tried_again(sent, monkeypatch):
    one, refusals = sent(), [smtplib.SMTPException("busy")]
    send = delivery.message

    def sometimes(found):
        if refusals:
            raise refusals.pop()
        return send(found)

    monkeypatch.setattr(delivery, "message", sometimes)
    jobs.run(one.job_id)
    assert (Job.objects.get().state, Job.objects.get().tries) == (Job.State.WAITING, 1)
    jobs.run(one.job_id)

    one.refresh_from_db()
    assert one.sent_on
    assert Job.objects.get().state == Job.State.DONE


def test_two_workers_with_the_same_mail_send_it_once(sent, monkeypatch):
    one, send = sent(), EmailMessage.send

    def slowly(letter):
        jobs.run(one.job_id)  # what a second worker would do meanwhile
        return send(letter)

    monkeypatch.setattr(EmailMessage, "send", slowly)
    jobs.run(one.job_id)

    one.refresh_from_db()
    assert (len(mail.outbox), one.sent_on is not None) == (1, True)
    assert (Job.objects.get().state, Job.objects.get().tries) == (Job.State.DONE, 0)


def test_a_mail_left_by_a_worker_that_died_goes_out_under_the_same_message_id(sent, monkeypatch):
    one = sent()

    def power_cut(letter):
        raise SystemExit(letter.extra_headers["Message-ID"])

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", power_cut)
        with pytest.raises(SystemExit) as died:
            jobs.run(one.job_id)
    jobs.run(one.job_id)
    assert mail.outbox == []

    with monkeypatch.context() as patch:
        later = timezone.now() + LEFT_AFTER
        patch.setattr(timezone, "now", lambda: later)
        jobs.run(one.job_id)

    assert [letter.extra_headers["Message-ID"] for letter in mail.outbox] == [str(died.value)]
    assert Job.objects.get().state == Job.State.DONE


@pytest.mark.django_db(transaction=True)
def test_a_slow_mail_server_keeps_nobody_from_writing(sent, monkeypatch):
    one, waiting = sent(), []
    monkeypatch.setattr(EmailMessage, "send", lambda letter: waiting.append(connection.in_atomic_block))

    jobs.run(one.job_id)

    assert waiting == [False]


def test_what_went_by_other_means_is_recorded(sent):
    one = sent("post", note="RR123")

    assert one.sent_on
    assert one.job is None


def test_what_no_longer_stands_is_not_sent(issued, world, sent):
    document = issued()
    amendment = after_issue.amend(document, "recall", by=world.drafter, reason="Nhầm.")
    world.issue(amendment.document, world.drafter, world.head, world.registrar)
    document.refresh_from_db()

    with refused("còn hiệu lực mới được gửi"):
        delivery.send(document, document.addressees.first(), how="hand", by=world.registrar)
    with refused("Nhập địa chỉ thư điện tử"):
        other = issued()
        delivery.send(other, other.addressees.first(), how="email", by=world.registrar)
    with refused("không gửi cho nơi này"):
        delivery.send(other, document.addressees.first(), how="hand", by=world.registrar)
    with refused("Chỉ người đăng ký văn bản"):
        delivery.send(other, other.addressees.first(), how="hand", by=world.drafter)


def test_a_mail_still_waiting_is_not_sent_once_the_letter_is_recalled(sent, world, as_):
    one = sent(note="gửi sớm")
    amendment = after_issue.amend(one.document, "recall", by=world.drafter, reason="Nhầm.")
    world.issue(amendment.document, world.drafter, world.head, world.registrar)

    jobs.run(one.job_id)

    one.refresh_from_db()
    assert (mail.outbox, one.sent_on) == ([], None)
    assert one.note == "gửi sớm · Công văn 01/SXD-HTKT không còn hiệu lực: đã thu hồi."
    assert Job.objects.get().state == Job.State.DONE
    page = as_(world.registrar).get(reverse("documents:deliveries")).content.decode()
    assert "Không gửi" in page
    assert "Đang gửi" not in page


def test_a_letter_whose_symbol_broke_over_two_lines_is_sent_nevertheless(sent):
    one = sent()
    Document.objects.filter(pk=one.document_id).update(symbol="SXD\nHTKT")

    jobs.run(one.job_id)

    assert mail.outbox[0].subject == "Công văn 01/SXD HTKT trả lời kiến nghị"


def test_the_page_sends_and_the_register_of_deliveries_lists(as_, world, issued, elsewhere):
    document = issued()
    chosen = [addressee.pk for addressee in document.addressees.all()]

    page = as_(world.registrar).post(
        reverse("documents:send", args=[document.pk]), {"addressees": chosen, "how": "axis"}, follow=True
    )
    assert "Đã gửi" in page.content.decode()
    assert Delivery.objects.count() == 2
    rows = as_(world.drafter).get(reverse("documents:deliveries")).context["page"]
    assert len(rows) == 2
    for stranger in (world.officer, elsewhere.officer, world.other_drafter):
        assert not as_(stranger).get(reverse("documents:deliveries")).context["page"].object_list


def test_what_went_another_day_bears_that_day(as_, world, issued):
    document, yesterday = issued(on=world.today - timedelta(days=3)), world.today - timedelta(days=1)
    address = reverse("documents:send", args=[document.pk])
    typed = {"addressees": [document.addressees.first().pk], "how": "post", "email": "", "note": ""}

    def asked(day, **changes):
        return as_(world.registrar).post(address, typed | {"sent_on": f"{day:%d/%m/%Y}"} | changes).content.decode()

    assert "Ngày này chưa tới." in asked(world.today + timedelta(days=1))
    assert "mới được ban hành" in asked(world.today - timedelta(days=4))
    assert "Thư điện tử lấy thời điểm gửi đi" in asked(yesterday, how="email", email="a@example.vn")
    assert Delivery.objects.count() == 0
    asked(yesterday)
    assert timezone.localdate(Delivery.objects.get().sent_on) == yesterday
    page = as_(world.registrar).get(reverse("documents:deliveries")).content.decode()
    assert f"{yesterday:%d/%m/%Y}" in page
    assert "00:00" not in page


def test_a_mail_without_address_is_refused_in_words(as_, world, issued):
    document = issued()
    page = as_(world.registrar).post(
        reverse("documents:send", args=[document.pk]),
        {"addressees": [document.addressees.first().pk], "how": "email", "note": "gấp"},
    )

    form = page.context["form"]
    assert (form.errors, form["note"].value()) == ({"email": ["Nhập địa chỉ thư điện tử."]}, "gấp")
    assert not Delivery.objects.exists()


def test_one_address_is_not_written_down_for_two_addressees(as_, world, issued):
    document = issued()
    everybody = [addressee.pk for addressee in document.addressees.all()]
    typed = {"addressees": everybody, "how": "email", "email": "mot@example.vn"}

    page = as_(world.registrar).post(reverse("documents:send", args=[document.pk]), typed)

    assert "Một địa chỉ thư thuộc một nơi nhận" in page.context["form"].errors["email"][0]
    assert not Delivery.objects.exists()
