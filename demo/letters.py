"""What happens around letters: promises in the ledger, a number kept and voided, a corrigendum, a vague answer."""

from datetime import timedelta

from demo import signing
from demo.acts import issue
from documents import after_issue, numbering
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
    """The first is kept, the second has more time; what is past its day stays overdue."""
    for place, commitment in enumerate(commitments[:2]):
        if place == 0:
            done = promising.report(commitment, evidence="Biên bản nghiệm thu đưa vào sử dụng", by=drafter)
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
    numbering.reserve(**kept, reason="Giữ cho văn bản giấy ký ngoài giờ")
    numbering.void(numbering.reserve(**kept, reason="Cấp nhầm loại văn bản"), by=registrar, reason="không sử dụng")
