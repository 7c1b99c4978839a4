"""What each kind of report is about, what its author adds, and which appendices belong to it, in their order."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.models import ReportKind

_TEXTS = Path(__file__).parent / "skeletons"


@dataclass(frozen=True)
class Attached:
    """One appendix: the `key` of its table, and what its sheet in a workbook is called; "" where it has none."""

    key: str
    sheet: str = ""
    is_landscape: bool = False


@dataclass(frozen=True)
class Kind:
    """`subject` is completed with the name of the session; `texts` are what the author writes; `blocks` are the
    tables that may stand in the text; `withheld` are names of the vocabulary that are not for this report.
    """

    key: str
    sentence: Any
    subject: str
    texts: tuple[str, ...]
    annexes: tuple[Attached, ...]
    blocks: tuple[str, ...]
    withheld: tuple[str, ...] = ()

    @property
    def shipped(self):
        """The text shipped with the program."""
        return (_TEXTS / f"{self.key}.txt").read_text(encoding="utf-8").strip()

    @property
    def tables(self):
        """Keys of every table it shows, in the text or as an appendix."""
        return list(dict.fromkeys([*(annex.key for annex in self.annexes), *self.blocks]))


_BREAKDOWNS = ("level", "committee", "field", "place", "agency")
#: What the answering side and the council both write of themselves, and attach.
_ASSESSMENT = ("direction", "achievements", "limitations", "causes", "recommendations", "correction")
_ANSWERED = (
    Attached("agency", "PL1"),
    Attached("issued_documents", "PL2 Văn bản", is_landscape=True),
    Attached("documents_asked_for", "PL3 Sửa đổi", is_landscape=True),
    Attached("outstanding", "PL4 Tồn đọng"),
    Attached("unfinished", "PL5 Chưa xong", is_landscape=True),
)

KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            ReportKind.AGGREGATE,
            _("What voters raised before the session: received, merged, by field, level, locality and agency."),
            "tổng hợp ý kiến, kiến nghị của cử tri gửi đến {session}",
            ("remarks", "recommendations", "correction"),
            (
                Attached("levels_by_agency", "PL1"),
                Attached("received_list", "PL2 Danh mục", is_landscape=True),
            ),
            ("levels_by_field", "levels_by_place", "levels_by_agency"),
        ),
        Kind(
            ReportKind.RESULTS,
            _("What the People's Committee and its agencies did: answered, in progress, explained, on time or late."),
            "kết quả giải quyết, trả lời kiến nghị của cử tri gửi đến {session}",
            _ASSESSMENT,
            (
                *_ANSWERED,
                Attached("points", "PL6 Danh sách", is_landscape=True),
            ),
            (*_BREAKDOWNS, "punctuality", "outstanding"),
            ("figure.disagreed", "codes.disagreed", "number.assessed", "number.differing", "number.working_sessions"),
        ),
        Kind(
            ReportKind.OVERSIGHT,
            _("What the council found: its own assessment beside the agencies' results, promises kept and missed."),
            "kết quả giám sát việc giải quyết, trả lời kiến nghị của cử tri gửi đến {session}",
            _ASSESSMENT,
            (
                *_ANSWERED,
                Attached("overseen", "PL6 Giám sát", is_landscape=True),
                Attached("assessed", "PL7 Đối chiếu kết quả", is_landscape=True),
                Attached("promises", "PL8 Lời hứa", is_landscape=True),
                Attached("points", "PL9 Danh sách", is_landscape=True),
                Attached("figures", "PL10 Chỉ tiêu", is_landscape=True),
                Attached("charts"),
            ),
            (*_BREAKDOWNS, "punctuality", "outstanding", "beside", "recommendations"),
        ),
    )
}
