"""One report in words: its skeleton filled with its own figures, lists and tables."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.html import format_html_join

from common.formats import dotted, roman
from directory.models import Agency, LegalBasis
from documents.papers import official_text
from petitions.models import Petition
from reports import annexes, shapes, skeleton, tables
from reports.erratum import Erratum
from reports.figures import BREAKDOWNS, SessionFigures
from reports.kinds import ATTACHABLE, KINDS
from reports.vocabulary import CODES, LISTS, NAMES, NUMBERS, title_of
from sessions.models import CouncilSession, VoterMeeting


@dataclass
class Writing:
    """What the text of one report is written from: which report, what was counted, who writes, what the author adds.

    `frozen` are the tables beside the figures as they were at issue, by key; None where they follow the records.
    `attached` are the keys of its appendices in their order; None for those its kind has by default.
    `counts` says which petitions the figures are of, "" for all; None for what its kind says.
    """

    kind: str
    council_session: CouncilSession
    figures: SessionFigures
    issuer: Agency
    own: dict[str, str] = field(default_factory=dict)
    erratum: Erratum | None = None
    frozen: dict[str, Any] | None = None
    attached: list[str] | None = None
    counts: str | None = None

    def __post_init__(self):
        self._tables, self._words_found = {}, {}
        if self.counts is None:
            self.counts = KINDS[self.kind].counts

    def text(self, written):
        """The HTML of a skeleton, in the office's language whatever language its author works in."""
        before = written.partition(f"{{{skeleton.ERRATUM}}}")[0]
        self._heads = sum(line.startswith("# ") for line in before.splitlines())
        with translation.override(settings.LANGUAGE_CODE):
            return skeleton.fill(written, skeleton.Values(self._words, self._block, self._is_there))

    def table(self, key):
        """One of the tables beside the figures."""
        if key not in self._tables:
            if self.frozen is None:
                self._tables[key] = annexes.MAKERS[key](self.council_session, self.figures)
            else:
                self._tables[key] = shapes.from_data(key, self.frozen[key])
        return self._tables[key]

    def has(self, key):
        """Whether there is such a table: earlier versions of the program froze none of these, extracts lack some."""
        if key in annexes.OF_AGENCIES and self.figures.part[0] not in ("", "agency"):
            return False
        return key not in shapes.SHAPES or self.frozen is None or key in self.frozen

    @cached_property
    def annexes(self):
        """Its appendices in their order."""
        keys = KINDS[self.kind].annexes if self.attached is None else self.attached
        return [ATTACHABLE[key] for key in keys if self.has(key)]

    @property
    def tables(self):
        """Keys of the tables beside the figures that it shows, as appendices or in its text."""
        keys = dict.fromkeys([*(annex.key for annex in self.annexes), *KINDS[self.kind].blocks])
        return [key for key in keys if key in shapes.SHAPES and self.has(key)]

    def annex_label(self, key):
        """ "Phụ lục II": where the appendix with this table stands; what it is called where it is not attached."""
        keys = [annex.key for annex in self.annexes]
        return f"Phụ lục {roman(keys.index(key) + 1)}" if key in keys else title_of(key)

    @cached_property
    def meetings(self):
        """The voter meetings held for the session by the day."""
        return list(VoterMeeting.objects.filter(council_session=self.council_session, held_on__lte=self.figures.as_of))

    @cached_property
    def repeats(self):
        """[(fact, code of the earlier petition)] of what was raised before and still comes back."""
        facts = self.figures.rows("total")
        repeating = Petition.objects.filter(pk__in=[fact.pk for fact in facts], repeats__isnull=False)
        codes = dict(repeating.values_list("pk", "repeats__code"))
        return [(fact, codes[fact.pk]) for fact in facts if fact.pk in codes]

    @cached_property
    def bases(self):
        session = self.council_session
        return list(LegalBasis.objects.citable(LegalBasis.Topic.OVERSIGHT, session.opens_on, session.council))

    def _found(self, name):
        """What a number, list or name stands for."""
        if name not in self._words_found:
            family, _dot, key = name.partition(".")
            _label, find = {"number": NUMBERS, "list": LISTS, "codes": CODES, "name": NAMES}[family][key]
            self._words_found[name] = find(self)
        return self._words_found[name]

    def _words(self, name, form):
        family, _dot, key = name.partition(".")
        if family == "annex":
            return self.annex_label(key)
        if family != "figure":
            found = self._found(name)
            return dotted(found) if family == "number" else found
        counted = self.figures.counts[key]
        if form == skeleton.SHARE:
            return counted.share
        return dotted(counted.part) + (f"/{dotted(counted.whole)}" if form == skeleton.OF_ALL else "")

    def _is_there(self, name):
        family, _dot, key = name.partition(".")
        if family == "annex":
            return key in {annex.key for annex in self.annexes}
        if family == "name":
            return True
        if family == "figure":
            return bool(self.figures.counts[key].part)
        if family == "own":
            return bool(self.own.get(key))
        if family == "block":
            return bool(self.bases if key == "bases" else self.erratum)
        return bool(self._rows_of(key) if family == "table" else self._found(name))

    def _rows_of(self, key):
        if key == "agency":
            return self.figures.by_agency.rows
        return self.figures.breakdown(key).rows if key in BREAKDOWNS else self.table(key).rows

    def _block(self, name):
        family, _dot, key = name.partition(".")
        if family == "own":
            lines = [line for line in self.own.get(key, "").splitlines() if line]
            return format_html_join("\n", "<p>{}</p>", [(line,) for line in lines])
        if family == "table":
            return self._table_block(key)
        return self._erratum_block() if name == skeleton.ERRATUM else self._bases_block()

    def _table_block(self, key):
        titles = {"titles": tables.column_titles()}
        if key == "agency":
            return official_text("reports/letters/by_agency.html", {"table": self.figures.by_agency, **titles})
        if key in BREAKDOWNS:
            context = {"table": self.figures.breakdown(key), "head": tables.HEADS[key], **titles}
            return official_text("reports/letters/_breakdown.html", context)
        found = self.table(key)
        return official_text("reports/letters/table.html", {"table": found}) if found.rows else ""

    def _bases_block(self):
        last = len(self.bases) - 1
        lines = [(basis.citation, "." if place == last else ";") for place, basis in enumerate(self.bases)]
        return format_html_join("\n", '<p class="ground">Căn cứ {}{}</p>', lines)

    def _erratum_block(self):
        """The corrections as a section of its own, numbered after the headings before it."""
        if not self.erratum:
            return ""
        context = {"erratum": self.erratum, "number": roman(self._heads + 1), "reason": self.own.get("correction", "")}
        return official_text("reports/letters/erratum.html", context)
