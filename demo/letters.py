"""What happens around letters: promises in the ledger, a number kept and voided, a corrigendum, how letters went out."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from demo import signing
from demo.acts import issue
from documents import after_issue, delivery, numbering
from documents.models import Document, NumberSeries
from responses import promising
from responses.models import Reply

MOST = 12


def add(present, today):
    """Enough of each to look at, through the real workflow."""
    drafter, head, registrar = present.staff["xaydung"]
    agency, judge = present.agencies["xaydung"], present.crew["thuky"]
    replies = Reply.objects.filter(agency=agency, document__status="issued").order_by("-document__issued_on", "pk")
    commitments = [
        promising.confirm(answer, quote=promise.sentence, due_on=promise.due_on, by=drafter)
        for reply in replies[:MOST]
        for answer, promise in promising.proposals(reply, reply.document.issued_on)
        if promise.due_on
    ]
    _judge(commitments, drafter, judge, today)
    _registers(agency, head, drafter, registrar, today)


def _judge(commitments, drafter, judge, today):
    """The first is kept, the second has more time, the third waits for the council; the others go on, some overdue."""
    for place, commitment in enumerate(commitments[:3]):
        if place in (0, 2):
            done = promising.report(commitment, evidence="Biên bản nghiệm thu đưa vào sử dụng", by=drafter)
            if place == 0:
                promising.verify(done, note="Đã kiểm tra thực tế", by=judge)
        elif commitment.due_on > today:
            promising.extend(commitment, due_on=commitment.due_on + timedelta(days=60), note="Mưa lũ kéo dài", by=judge)


def _registers(agency, head, drafter, registrar, today):
    """A reserved number, a void one, and a corrigendum to the latest letter."""
    letters = Document.objects.filter(agency=agency, status="issued", kind="CV").order_by("-issued_on", "-number")
    latest = letters.first()
    if latest is None or not NumberSeries.objects.filter(agency=agency, year=today.year).exists():
        return
    amendment = after_issue.amend(
        latest,
        "corrigendum",
        by=drafter,
        reason="Do sơ suất trong khâu đánh máy.",
        details="Trang 1: đã in “xã Yên Mô cũ”, nay sửa là “xã Yên Mô”.",
    )
    issue(amendment.document, drafter=drafter, clearer=head, registrar=registrar, on=today)
    kept = {"agency": agency, "kind": "CV", "year": today.year, "by": registrar}
    written = [letter for letter in letters.select_related("agency")[:12] if letter.standing == "valid" and letter.pdf]
    signing.hand_in(written, registrar=registrar)
    _deliveries(written[:3], registrar)
    numbering.reserve(**kept, reason="Giữ cho văn bản giấy ký ngoài giờ")
    numbering.void(numbering.reserve(**kept, reason="Cấp nhầm loại văn bản"), by=registrar, reason="không sử dụng")


def _deliveries(written, registrar):
    """The latest letters went out on the day they were issued, each another way."""
    for letter, how in zip(written, ("axis", "post", "hand"), strict=False):
        afternoon = timezone.make_aware(datetime.combine(letter.issued_on, time(16, 55)))
        for addressee in letter.addressees.all():
            delivery.send(letter, addressee, how=how, by=registrar, sent_on=min(afternoon, timezone.now()))
