"""Sending issued documents: by e-mail through a worker that tries again, or noted as sent by other means."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common import jobs
from common.acting import acting
from common.text import clean_line, mail_domain
from documents.models import Delivery, Document
from documents.papers import official_text


def refusal(document, user):
    """Why this user cannot send the document; "" when they can."""
    if not user.may(Permission.DOCUMENT_ISSUE, at=document.agency):
        return _("Only who registers the agency's documents sends them.")
    if not document.is_in_force:
        return _("Only an issued document that still stands is sent.")
    return ""


@transaction.atomic
def send(document, addressee, *, how, by, email="", note="", sent_on=None):
    """One document to one of its addressees. By e-mail it goes out in the background, once."""
    if why := refusal(document, by):
        raise PermissionDenied(why)
    if addressee.document_id != document.pk:
        raise ValidationError(_("The document does not go to this addressee."))
    is_mail = how == Delivery.How.EMAIL
    if is_mail and not email:
        raise ValidationError({"email": _("Type the e-mail address.")})
    with acting(by=by, reason=gettext_lazy("document sent")):
        delivery = Delivery.objects.create(
            document=document, addressee=addressee, how=how, email=email if is_mail else "", note=note,
            sent_on=None if is_mail else sent_on or timezone.now(), sent_by=by,
        )  # fmt: skip
        if is_mail:
            title = f"{document.reference} → {addressee.name}"[:200]
            delivery.job = jobs.enqueue(Mailing.key, key=str(delivery.pk), title=title, by=by, total=1,
                                        delivery=delivery.pk)  # fmt: skip
            delivery.save()
    return delivery


def message(delivery):
    """The mail with the document attached: the valid signed copy where there is one."""
    document = delivery.document
    copies = document.signed_copies.standing().of_the_document().filter(verdict="valid")
    signed = copies.select_related("upload").first()
    stored = signed.upload.file if signed else document.pdf
    mail = EmailMessage(
        subject=clean_line(f"{document.reference} {document.subject}"),
        body=official_text("documents/letters/mail.txt", {"document": document, "addressee": delivery.addressee}),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[delivery.email],
        headers={"Message-ID": _message_id(delivery)},
    )
    with stored.open("rb") as file:
        mail.attach(f"van-ban-{document.number}-{document.pk}.pdf", file.read(), "application/pdf")
    return mail


def _message_id(delivery):
    """The same for every try: who gets a second copy after a crash sees that it is one."""
    return f"<delivery.{delivery.pk}.{delivery.document.pdf_sha256[:16]}@{mail_domain()}>"


def _give_up(delivery):
    """Not sent any more: the note says why."""
    document, longest = delivery.document, Delivery._meta.get_field("note").max_length
    why = _("%(reference)s is no longer in force: %(standing)s.") % {
        "reference": document.reference,
        "standing": document.get_standing_display(),
    }
    delivery.note = " · ".join(words for words in (delivery.note, why) if words)[:longest]
    delivery.save()


class Mailing(jobs.Kind):
    """Sends one document by e-mail; what fails is tried again, later each time."""

    key = "documents.mailing"
    label = gettext_lazy("Sending a document by e-mail")

    def step(self, job):
        delivery = Delivery.objects.select_for_update().get(pk=job.arguments["delivery"])
        if delivery.sent_on is None and delivery.document.is_in_force:
            jobs.claim(job)
            return False
        if delivery.sent_on is None:
            _give_up(delivery)
        job.done = 1
        return True

    def outside(self, job):
        """The mail itself: a slow server keeps nobody else from writing."""
        message(Delivery.objects.get(pk=job.arguments["delivery"])).send()
        with transaction.atomic():
            delivery = Delivery.objects.select_for_update().get(pk=job.arguments["delivery"])
            delivery.sent_on = timezone.now()
            delivery.save()

    def result_address(self, job):
        document = Document.objects.get(deliveries=job.arguments["delivery"])
        return document.get_absolute_url()


MAILING = Mailing()
