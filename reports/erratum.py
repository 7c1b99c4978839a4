"""What a new version of a report corrects in the one before: figures, petitions and tables, since when and why."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from textwrap import shorten

from django.conf import settings
from django.utils import timezone, translation

from common.acting import official
from common.formats import short_date
from petitions.models import PetitionEvent
from reports import annexes, shapes
from reports.answering import figures_for
from reports.catalogue import CATALOGUE
from reports.figures import SessionFigures
from reports.models import SessionReport
from reports.tables import result_name


@dataclass(frozen=True)
class Corrected:
    """A figure as it was printed and as the records now say it was on the same day."""

    name: str
    before: int
    now: int


@dataclass(frozen=True)
class Changed:
    """A petition of which other things are known now; `why` is what was recorded about it since."""

    code: str
    what: list[str]
    why: list[str]


@dataclass(frozen=True)
class Restated:
    """A table of which other rows are known now, in words: those that stand no more, and those that stand instead."""

    title: str
    before: list[str]
    now: list[str]


#: Tables of records that neither the figures nor the petitions tell of.
OF_OTHER_RECORDS = (
    "issued_documents", "documents_asked_for", "overseen", "promises", "received_reports", "recommendations",
)  # fmt: skip
#: As much of a long text as tells which one it is.
_MOST_WORDS = 120


@dataclass(frozen=True)
class Erratum:
    """The corrections of one issued report. False where the records still say what it printed."""

    reference: str
    issued_on: date
    as_of: date
    made_on: date
    figures: list[Corrected]
    petitions: list[Changed]
    tables: list[Restated] = field(default_factory=list)

    def __bool__(self):
        return bool(self.figures or self.petitions or self.tables)

    def as_data(self):
        """For freezing: plain values only."""
        days = {name: getattr(self, name).isoformat() for name in ("issued_on", "as_of", "made_on")}
        return asdict(self) | days

    @classmethod
    def from_data(cls, data):
        days = {name: date.fromisoformat(data[name]) for name in ("issued_on", "as_of", "made_on")}
        figures = [Corrected(**row) for row in data["figures"]]
        petitions = [Changed(**row) for row in data["petitions"]]
        tables = [Restated(**row) for row in data.get("tables", [])]  # earlier versions of the program compared none
        return cls(**{**data, **days, "figures": figures, "petitions": petitions, "tables": tables})


def _earlier(report):
    """The latest report of its kind on the session before this one that is issued and in force; None without one."""
    earlier = SessionReport.objects.in_force_beside(report).filter(version__lt=report.version)
    return earlier.select_related("document", "council_session").first()


def erratum_of(report):
    """What this report corrects: as frozen with it, otherwise as the records stand now; None without an earlier one."""
    if report.frozen:
        found = report.frozen.get("erratum")
        return Erratum.from_data(found) if found else None
    earlier = _earlier(report) if report.version > 1 else None
    if earlier is None:
        return None
    before = SessionFigures.from_data(earlier.frozen)
    now = figures_for(report.kind, report.council_session, before.as_of)
    with translation.override(settings.LANGUAGE_CODE):
        return Erratum(
            earlier.document.reference,
            earlier.document.issued_on,
            before.as_of,
            timezone.localdate(),
            _figures(before, now),
            _petitions(before, now, _frozen_at(earlier)),
            _tables(earlier, now),
        )


def _frozen_at(report):
    """The moment the figures were frozen; the first of the day of issue where it was not kept."""
    if moment := report.frozen.get("at"):
        return datetime.fromisoformat(moment)
    return timezone.make_aware(datetime.combine(report.document.issued_on, time.min))


def _figures(before, now):
    pairs = [(key, before.counts[key].part, now.counts[key].part) for key in CATALOGUE]
    return [Corrected(official(CATALOGUE[key].label), was, is_now) for key, was, is_now in pairs if was != is_now]


def _petitions(before, now, since):
    known, told = ({fact.pk: fact for fact in figures.facts} for figures in (before, now))
    changes = {}
    for pk in {**known, **told}:
        if what := _what_changed(known.get(pk), told.get(pk)):
            changes[pk] = what
    why = _why(changes, since, now.as_of)
    facts = {**known, **told}
    changed = [Changed(facts[pk].code, what, why.get(pk, [])) for pk, what in changes.items()]
    return sorted(changed, key=lambda petition: petition.code)


def _tables(earlier, now):
    """The tables of other records that stand otherwise now, in the order they are printed."""
    frozen = earlier.frozen.get("tables", {})
    found = []
    for key in frozen:
        if key in OF_OTHER_RECORDS:
            table = annexes.MAKERS[key](earlier.council_session, now)
            was, is_now = shapes.from_data(key, frozen[key]).rows, table.rows
            gone, new = _without(was, is_now), _without(is_now, was)
            if gone or new:
                found.append(Restated(table.title, gone, new))
    return found


def _without(rows, others):
    """In words the rows that are not among the others, whatever their number."""
    known = {tuple(row[1:]) for row in others}
    return [
        "; ".join(_told(value) for value in row[1:] if value not in (None, ""))
        for row in rows
        if tuple(row[1:]) not in known
    ]


def _told(value):
    return short_date(value) if isinstance(value, date) else shorten(str(value), _MOST_WORDS, placeholder=" …")


def _what_changed(before, now):
    """What differs in words: "kết quả: đã giải quyết xong → đang giải quyết"."""
    if before is None:
        return ["được bổ sung vào số liệu"]
    if now is None:
        return ["không còn trong số liệu"]
    found = list(_differences(_of_petition(before), _of_petition(now)))
    points = {point.number: point for point in before.points}
    for point in now.points:
        if point.number not in points:
            found.append(f"thêm nội dung {point.number}")
            continue
        words = _differences(_of_point(points.pop(point.number)), _of_point(point))
        found += [f"nội dung {point.number}, {what}" if len(now.points) > 1 else what for what in words]
    return found + [f"bớt nội dung {number}" for number in points]


def _differences(before, now):
    for name, was in before.items():
        if was != now[name]:
            yield f"{name}: {was or 'chưa có'} → {now[name] or 'chưa có'}"


def _of_petition(fact):
    standing = "đã gộp" if fact.is_merged else "không chuyển" if fact.is_set_aside else "được tính"
    return {
        "tình trạng": standing,
        "thẩm quyền": fact.level_name,
        "lĩnh vực": fact.field,
        "địa bàn": fact.place,
        "số lượt nêu": fact.times_raised,
    }


def _of_point(point):
    return {
        "cơ quan chủ trì": point.agency,
        "hạn trả lời": short_date(point.due_on) if point.due_on else "",
        "kết quả": result_name(point.result),
        "ngày trả lời": short_date(point.answered_on) if point.answered_on else "",
        "đánh giá qua giám sát": result_name(point.assessed_result),
    }


def _why(petitions, since, as_of):
    """{petition: what was recorded since about days that were already reported}."""
    events = PetitionEvent.objects.filter(petition__in=petitions, recorded_at__gt=since).order_by("recorded_at", "pk")
    found = {}
    for event in events:
        if event.happened_on <= as_of or event.kind in ("classified", "changed", "due_moved"):
            found.setdefault(event.petition_id, []).append(f"{event.sentence} (ghi ngày {_day(event.recorded_at)})")
    return found


def _day(moment):
    return short_date(timezone.localdate(moment))
