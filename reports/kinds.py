"""What each kind of report is about, what its author adds, and which appendices belong to it, in their order."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.models import ReportKind

_TEXTS = Path(__file__).parent / "skeletons"


@dataclass(frozen=True)
class Attached:
    """A table as an appendix: its `key`, and what its sheet is called after its number; None where it has none."""

    key: str
    sheet: str | None = ""
    is_landscape: bool = True


#: {key: Attached} of every table that may be an appendix of some kind of report.
ATTACHABLE = {
    attached.key: attached
    for attached in (
        Attached("agency", is_landscape=False),
        Attached("levels_by_agency", is_landscape=False),
        Attached("levels_by_field", "Theo lĩnh vực", is_landscape=False),
        Attached("levels_by_place", "Theo địa bàn", is_landscape=False),
        Attached("received_list", "Danh mục"),
        Attached("issued_documents", "Văn bản"),
        Attached("documents_asked_for", "Sửa đổi"),
        Attached("outstanding", "Tồn đọng", is_landscape=False),
        Attached("unfinished", "Chưa xong"),
        Attached("overseen", "Giám sát"),
        Attached("assessed", "Đối chiếu kết quả"),
        Attached("promises", "Lời hứa"),
        Attached("received_reports", "Ngày nhận báo cáo"),
        Attached("punctuality", "Thời hạn", is_landscape=False),
        Attached("points", "Danh sách"),
        Attached("figures", "Chỉ tiêu"),
        Attached("charts", None, is_landscape=False),
    )
}


@dataclass(frozen=True)
class Kind:
    """`subject` is completed with the name of the session; `texts` are what the author writes; `annexes` are attached
    unless a council chooses otherwise, from these and the `further` ones; `blocks` are the tables that may stand in the
    text; `withheld` are names of the vocabulary that are not for this report. `counts` says which petitions its figures
    are of; "" for all of the session's cycle.
    """

    key: str
    sentence: Any
    subject: str
    texts: tuple[str, ...]
    annexes: tuple[str, ...]
    further: tuple[str, ...]
    blocks: tuple[str, ...]
    withheld: tuple[str, ...] = ()
    counts: str = ""

    @property
    def shipped(self):
        """The text shipped with the program."""
        return (_TEXTS / f"{self.key}.txt").read_text(encoding="utf-8").strip()

    @property
    def choosable(self):
        """Keys of every table that may be attached."""
        return (*self.annexes, *self.further)


_BREAKDOWNS = ("level", "committee", "field", "place", "agency")
#: What the answering side and the council both write of themselves, and attach.
_ASSESSMENT = ("direction", "achievements", "limitations", "causes", "recommendations", "correction")
_ANSWERED = ("agency", "issued_documents", "documents_asked_for", "outstanding", "unfinished")

KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            ReportKind.AGGREGATE,
            _("What voters raised before the session: received, merged, by field, level, locality and agency."),
            "tổng hợp ý kiến, kiến nghị của cử tri gửi đến {session}",
            ("remarks", "recommendations", "correction"),
            ("levels_by_agency", "received_list"),
            ("levels_by_field", "levels_by_place", "figures"),
            ("levels_by_field", "levels_by_place", "levels_by_agency"),
            counts="kiến nghị mới của kỳ họp, không tính kỳ trước chuyển sang",
        ),
        Kind(
            ReportKind.RESULTS,
            _("What the People's Committee and its agencies did: answered, in progress, explained, on time or late."),
            "kết quả giải quyết, trả lời kiến nghị của cử tri gửi đến {session}",
            _ASSESSMENT,
            (*_ANSWERED, "points"),
            ("punctuality", "promises", "received_reports", "charts"),
            (*_BREAKDOWNS, "punctuality", "outstanding"),
            ("figure.disagreed", "codes.disagreed", "number.assessed", "number.differing", "number.working_sessions"),
            counts="nội dung do Ủy ban nhân dân và các cơ quan, đơn vị trực thuộc giải quyết, trả lời",
        ),
        Kind(
            ReportKind.OVERSIGHT,
            _("What the council found: its own assessment beside the agencies' results, promises kept and missed."),
            "kết quả giám sát việc giải quyết, trả lời kiến nghị của cử tri gửi đến {session}",
            _ASSESSMENT,
            (*_ANSWERED, "overseen", "assessed", "promises", "received_reports", "points", "figures", "charts"),
            ("punctuality", "levels_by_agency", "levels_by_field", "levels_by_place"),
            (*_BREAKDOWNS, "punctuality", "outstanding", "beside", "recommendations"),
        ),
    )
}
