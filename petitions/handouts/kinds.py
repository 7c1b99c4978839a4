"""The kinds of workbook: whom they are for, what stands in them, what may come back changed."""

from dataclasses import dataclass
from typing import Any

from django import forms

from common.acting import official
from common.forms import DateField
from common.text import clean_prose, fold


@dataclass(frozen=True)
class HandoutColumn:
    """A column whose cells may come back changed. `kind` is text, line, choice or date."""

    key: str
    title: Any
    width: int = 24
    kind: str = "text"
    options: Any = ()  # words to choose from, or a function of the council that gives them

    @property
    def official_title(self):
        return official(self.title)

    def options_of(self, council):
        words = self.options(council) if callable(self.options) else self.options
        return [official(word) for word in words]

    def read(self, words, council):
        """The words of a cell as they are kept: one spelling for one meaning, whatever the program wrote."""
        words = clean_prose(str(words or ""))
        if self.kind != "text":
            words = " ".join(words.split())
        if self.kind == "choice":
            return next((option for option in self.options_of(council) if fold(option) == fold(words)), words)
        if self.kind == "date" and (day := day_of(words)):
            return f"{day:%d/%m/%Y}"
        return words


def day_of(words):
    """The day somebody typed; None where there is none."""
    try:
        return DateField(required=False).clean(words.split(" ")[0])
    except forms.ValidationError:
        return None


@dataclass(frozen=True)
class Cell:
    """One cell that says something else than it did: as handed out, as it is now, as it came back."""

    column: HandoutColumn
    base: str
    now: str
    file: str
    problem: str = ""

    @property
    def is_changed(self):
        """Changed in the file."""
        return not same(self.file, self.base)

    @property
    def is_changed_meanwhile(self):
        return not same(self.now, self.base)

    @property
    def is_agreed(self):
        """Both sides say the same by now."""
        return same(self.file, self.now)


def same(one, other):
    """Line breaks and spaces are no change."""
    return " ".join(one.split()) == " ".join(other.split())


class HandoutKind:
    """One kind of workbook. Subclasses are registered when their room starts.

    A record is what a row stands for: a petition or one of its points.
    """

    key = ""
    label = ""
    explanation = ""  # what may be changed in it, one sentence
    shown = ()  # (title, width) of the columns that only inform
    columns = ()

    def fits(self, recipient):
        """Whether a workbook for that body is of this kind."""
        raise NotImplementedError

    def may_make(self, recipient, council_session, user):
        raise NotImplementedError

    def holder(self, recipient):
        """The agency that alone deals with what comes back; None for the council's secretariat."""

    def records(self, recipient, council_session, user):
        """The records that go into the workbook, in its order."""
        raise NotImplementedError

    def found(self, handout, rows, user):
        """{row of the workbook: its record as it stands}, of those this user may see."""
        raise NotImplementedError

    def keys(self, record):
        """What the row keeps: code, petition, point."""
        raise NotImplementedError

    def shown_values(self, record):
        raise NotImplementedError

    def values(self, record, user):
        """{column key: words} as they stand now."""
        raise NotImplementedError

    def problems(self, record, changes, user):
        """{column key, or "" for the whole row: why it cannot be taken over} for `changes`, {column key: words}."""
        raise NotImplementedError

    def prepare(self, changes, user):
        """What is needed before the first of `changes`, pairs of a record and {column key: words}, is taken over."""

    def take_over(self, record, changes, *, by, reason):
        """Do what the cells say, as the pages do it; `PermissionDenied` or `ValidationError` where that is refused."""
        raise NotImplementedError

    def told(self, changes):
        """The column keys of `changes` the petition's timeline tells of, beyond what the acts themselves tell there."""
        return set(changes)


_registered = {}


def register(kind):
    _registered[kind.key] = kind


def kind_of(handout):
    return _registered[handout.kind]


def kind_for(recipient):
    """The kind of workbook for a body; None where there is none."""
    return next((kind for kind in _registered.values() if kind.fits(recipient)), None)
