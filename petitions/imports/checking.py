"""From a row's words to what can be written down: places, fields, days, and what is wrong where."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from common.formats import short_date
from common.forms import DateField
from common.text import clean_line, clean_prose, fold
from directory.models import AdministrativeUnit, PolicyField, UnitSuccession
from petitions.forms.intake import beginning
from petitions.imports.agencies import Agencies
from petitions.models.petitions import AuthorityLevel
from petitions.points import split
from petitions.workflow import Entry

TEXTS = ("content", "title", "place", "field", "level", "agency", "raised_on", "verbatim")
VOTER = ("voter_name", "voter_address", "voter_phone")
_LONGEST = {"title": 250, "voter_name": 100, "voter_address": 200, "voter_phone": 30}
_DAY = DateField()
_MOST_WORDS = 20_000

_KINDS = {"tp": "thanh pho", "tx": "thi xa", "tt": "thi tran", "h": "huyen", "q": "quan", "x": "xa", "p": "phuong"}
_KIND = re.compile(r"^(thanh pho|thi xa|thi tran|huyen|quan|phuong|xa|dac khu|tinh) ")
_NAMES_A_COMMUNE = re.compile(r"^(?:xa|x|phuong|p|thi tran|tt|dac khu) ")
_BEFORE_A_PLACE = re.compile(r"^(?:cu tri|dia ban|dia phuong|uy ban nhan dan|ubnd|hdnd|dai dien)(?: cua| tai)? ")
_BEFORE_A_FIELD = re.compile(r"^(?:ve |thuoc |nhom )?(?:linh vuc|nhom van de)? ?(?:ve )?")
_BETWEEN_FIELDS = re.compile(r"[,;/&–-]| và ", re.IGNORECASE)
_LEVELS = {
    AuthorityLevel.CENTRAL: ("trung uong", "tw", "quoc hoi", "chinh phu", "bo nganh"),
    AuthorityLevel.DISTRICT: ("huyen", "cap huyen"),
    AuthorityLevel.COMMUNAL: ("xa", "cap xa", "phuong", "xa phuong"),
    AuthorityLevel.PROVINCIAL: ("tinh", "cap tinh", "so nganh", "thanh pho"),
}


@dataclass
class Checked:
    """What a row becomes: values to write down, problems by field, remarks."""

    values: dict
    problems: dict = field(default_factory=dict)
    notes: list = field(default_factory=list)
    digest: str = ""


class Checker:
    """Looks up the names of one council once, then checks any number of rows."""

    def __init__(self, run):
        self.run, self.council = run, run.council
        self.today = timezone.localdate()
        provinces = [council.unit for council in self.council.lineage]
        self.units = list(AdministrativeUnit.objects.within(*provinces).select_related("parent"))
        self.by_pk = {unit.pk: unit for unit in self.units}
        self.places = _places(self.units)
        self.successors = _successors(self.by_pk)
        self.fields = {
            fold(policy_field.name): policy_field
            for policy_field in PolicyField.objects.filter(council=self.council, is_in_use=True)
        }
        self.parts_of_fields = [(part, one) for one in self.fields.values() for part in _parts_of_a_field(one.name)]
        self.known_fields = {}
        self.agencies = Agencies(self.council, self.today)
        self.fields_by_pk = {policy_field.pk: policy_field for policy_field in self.fields.values()}

    def check_item(self, item):
        """An item of the table, its group heads taken for field, place or level where they name one."""
        words = {name: item.values.get(name, "") for name in (*TEXTS, *VOTER)}
        words |= {"content": item.content(), "title": item.title()}
        notes = list(item.notes)
        for head in reversed(item.values["heads"]):
            self._use_head(head, words, notes)
        if item.parts:
            words["verbatim"] = words["verbatim"] or item.whole()
        return self.check(words, notes)

    def _use_head(self, head, words, notes):
        """A group head fills what the row itself leaves empty."""
        if level := _level(head) if "tham quyen" in fold(head) else "":
            words["level"] = words["level"] or level.label
        elif self._field(head):
            words["field"] = words["field"] or head
        elif self._place(head, self.run.raised_on)[0]:
            words["place"] = words["place"] or head
        elif fold(head).strip().startswith("linh vuc"):
            words["field"] = words["field"] or head
        elif not fold(head).startswith(" to dai bieu"):
            notes.append(_("Section “%s” is neither a place nor a policy field here.") % head)

    def check(self, words, notes=()):
        """Words typed or read, checked; the same for a row of the file and for one corrected on the screen."""
        checked = Checked({}, {}, list(notes))
        values = checked.values = {name: clean_line(words.get(name) or "") for name in (*TEXTS, *VOTER)}
        values["content"] = clean_prose(words.get("content") or "")
        values["verbatim"] = clean_prose(words.get("verbatim") or "")
        self._check_texts(values, checked.problems)
        self._check_day(values, checked.problems)
        self._check_place(values, checked)
        self._check_field(values, checked)
        self._check_agency(values, checked)
        checked.digest = "" if checked.problems else _digest(values)
        return checked

    def _check_texts(self, values, problems):
        points = split(values["content"])
        if not points:
            problems["content"] = _("There is no content.")
        elif len(values["content"]) > _MOST_WORDS:
            problems["content"] = _("The text is too long for one petition; split it.")
        elif len(fold(values["content"])) < 8:
            problems["content"] = _("Too short to be a petition.")
        values["title"] = values["title"] if len(values["title"]) <= 250 else beginning(values["title"])
        for name, longest in _LONGEST.items():
            if len(values[name]) > longest:
                problems[name] = _("At most %s characters.") % longest

    def _check_day(self, values, problems):
        values["day"] = self.run.raised_on.isoformat()
        if not values["raised_on"]:
            return
        try:
            day = _DAY.clean(values["raised_on"].split(" ")[0])
        except forms.ValidationError as problem:
            problems["raised_on"] = problem.messages[0]
            return
        if day > self.today:
            problems["raised_on"] = _("This day has not come yet.")
        values["day"], values["raised_on"] = day.isoformat(), f"{day:%d/%m/%Y}"

    def _check_place(self, values, checked):
        day = date.fromisoformat(values["day"])
        values["unit"] = self.run.unit_id or (self.run.meeting.unit_id if self.run.meeting else None)
        if not values["place"]:
            if values["unit"] is None:
                self._take_place_from_address(values, checked, day)
            return
        unit, problem = self._place(values["place"], day)
        if problem:
            checked.problems["place"] = problem
        elif unit is None:
            checked.problems["place"] = _("There is no such locality in the province.")
        else:
            values["unit"] = unit.pk

    def _take_place_from_address(self, values, checked, day):
        """The commune written in the voter's address, where nothing else says the place."""
        for part in re.split(r"[,;]| - ", values["voter_address"]):
            unit, problem = self._place(part, day) if _NAMES_A_COMMUNE.match(fold(part).strip()) else (None, "")
            if unit and not problem:
                values |= {"place": unit.sentence_name, "unit": unit.pk}
                checked.notes.append(_("The locality is taken from the voter's address."))
                return
        checked.problems["place"] = _("The locality is missing.")

    def _place(self, words, day):
        """(unit, why not): a name with or without its kind, old names only as of their time."""
        found = self._candidates(words)
        valid = [unit for unit in found if unit.is_valid_on(day)]
        if len(valid) == 1:
            return valid[0], ""
        if len(valid) > 1:
            return valid[0], _("Several places have this name: %s.") % ", ".join(u.sentence_name for u in valid)
        if not found:
            return None, ""
        old = found[0]
        names = [unit.sentence_name for unit in self.successors.get(old.pk, ())]
        if old.valid_to is None or old.valid_to >= day:
            return old, _("%s did not exist yet on that day.") % old.sentence_name
        why = _("%(place)s ended on %(day)s.") % {"place": old.sentence_name, "day": short_date(old.valid_to)}
        return old, " ".join([why, _("Its successors: %s.") % ", ".join(names)] if names else [why])

    def _candidates(self, words):
        """The units a text names: the whole of it, or what stands before the first comma or dash."""
        for text in (words, re.split(r"[,(;]| - ", words)[0]):
            folded = _without_number(fold(text).strip())
            folded = _BEFORE_A_PLACE.sub("", folded)
            head, _space, rest = folded.partition(" ")
            if head in _KINDS and rest:
                folded = f"{_KINDS[head]} {rest}"
            if found := self.places.get(folded):
                return found
        return []

    def _check_field(self, values, checked):
        values["policy_field"] = None
        if values["field"]:
            found = self._field(values["field"])
            if found:
                values["policy_field"] = found.pk
                if fold(found.name).strip() not in fold(values["field"]):
                    taken = {"words": values["field"], "field": found.name}
                    checked.notes.append(_("“%(words)s” is taken as the policy field “%(field)s”.") % taken)
                values["field"] = found.name
            else:
                checked.notes.append(
                    _("Policy field “%s” is not one of the council's; classify it later.") % values["field"]
                )
        values["authority_level"] = _level(values["level"])

    def _check_agency(self, values, checked):
        """The agency the list names is proposed, no more: one that is unknown or has ended keeps no row out."""
        words = values["agency"] or ("" if values["authority_level"] else values["level"])
        agency, others = self.agencies.named(words, values["unit"])
        values["named_agency"] = agency.pk if agency else None
        if agency is None and values["agency"]:
            checked.notes.append(
                _("“%s” is no agency known here; choose one when the petition is forwarded.") % values["agency"]
            )
        if agency and others:
            checked.notes.append(
                _("%(agency)s leads; also named: %(others)s.")
                % {"agency": agency.short_label, "others": "; ".join(others)}
            )
        if agency and not agency.is_valid_on(self.today):
            checked.notes.append(
                _("%(agency)s ended on %(day)s; its successor is proposed when the petition is assigned.")
                % {"agency": agency.short_label, "day": short_date(agency.valid_to)}
            )

    def _field(self, words):
        """The policy field of that name, or the only one the words name a part of; None for no or several ones."""
        if words not in self.known_fields:
            self.known_fields[words] = self._named_field(words)
        return self.known_fields[words]

    def _named_field(self, words):
        folded = fold(words)
        if exact := self.fields.get(folded) or self.fields.get(f" {_BEFORE_A_FIELD.sub('', folded.strip())} "):
            return exact
        named = _parts_of_a_field(words)
        found = {field for part, field in self.parts_of_fields if any(_is_one_field(part, name) for name in named)}
        return found.pop() if len(found) == 1 else None

    def entry(self, row):
        """What the workflow writes down for a row that was checked."""
        values, run = row.values, self.run
        points = split(values["content"])
        return Entry(
            title=values["title"] or beginning(points[0]),
            points=points,
            unit=self.by_pk[values["unit"]],
            raised_on=date.fromisoformat(values["day"]),
            meeting=run.meeting,
            voter={name: values[name] for name in VOTER},
            verbatim=values["verbatim"],
            policy_field=self.fields_by_pk.get(values["policy_field"]),
            authority_level=values["authority_level"],
            named_agency=self.agencies.by_pk.get(values.get("named_agency")),
            details={"phase": run.phase, "source": run.source},
        )


def _parts_of_a_field(words):
    """The matters a field is made of: ["giao thong", "do thi"] for "Giao thông, đô thị"."""
    parts = [_BEFORE_A_FIELD.sub("", fold(part).strip()) for part in _BETWEEN_FIELDS.split(words)]
    return [part for part in parts if part]


def _is_one_field(part, name):
    """The same words, or the longer begins with the shorter; a single word ("điện", "điện thoại") is too little."""
    short, long = sorted((part, name), key=len)
    return part == name or (" " in short and long.startswith(f"{short} "))


def _without_number(folded):
    return re.sub(r"^(?:[ivxl]+|\d{1,3}) (?=(?:xa|phuong|thi|huyen|thanh|tp|tt|tx|cu) )", "", folded)


def _places(units):
    """{folded name, with and without its kind: the units of that name, those without end first}."""
    places = {}
    for unit in sorted(units, key=lambda unit: (unit.valid_to is not None, unit.level != "commune", unit.pk)):
        full = fold(unit.name).strip()
        for name in {full, _KIND.sub("", full)}:
            places.setdefault(name, []).append(unit)
    return places


def _successors(by_pk):
    found = {}
    for old, new in UnitSuccession.objects.filter(predecessor__in=by_pk).values_list("predecessor", "successor"):
        if new in by_pk:
            found.setdefault(old, []).append(by_pk[new])
    return found


def _level(words):
    folded = re.sub(
        r"^(?:cac kien nghi )?(?:thuoc )?(?:tham quyen )?(?:giai quyet )?(?:cua )?", "", fold(words).strip()
    )
    for level, names in _LEVELS.items():
        if folded and any(folded == name or folded.startswith(f"{name} ") or folded == f"cap {name}" for name in names):
            return level
    return ""


def _digest(values):
    """What makes two rows the same: the words, the place, the voter. Marks, case and spaces do not matter."""
    parts = [values["content"], str(values["unit"]), values["voter_name"], values["voter_phone"]]
    return hashlib.blake2b("|".join(fold(part) for part in parts).encode(), digest_size=16).hexdigest()
