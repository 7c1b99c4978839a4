"""Which agency a list names: full name, short label, symbol, initials; "UBND xã" is that of the row's place."""

import re

from common.text import fold
from directory.models import Agency
from petitions.models.wording import written_out

_OF_THE_PROVINCE = re.compile(r" (?:tinh|thanh pho)(?: .*)?$")
_OF_A_COMMUNE = re.compile(r"^uy ban nhan dan (?:cap )?(?:cac )?(?:xa|phuong|dac khu)(?: phuong| dac khu)*$")
_BETWEEN = re.compile(r"[;,\n/+]| - ")


class Agencies:
    """The answering bodies of a council and of those it succeeds; its own come first, those of today before others."""

    def __init__(self, council, today):
        self.by_name, self.by_initials, self.communes, self.by_pk = {}, {}, {}, {}
        found = Agency.objects.filter(council__in=council.lineage).answering()
        for agency in sorted(found, key=lambda one: (one.council_id != council.pk, not one.is_valid_on(today), one.pk)):
            self.by_pk[agency.pk] = agency
            for name in (agency.name, agency.short_label, agency.printed_name, agency.symbol):
                self.by_name.setdefault(_bare(name), agency)
            for initials in _initials(_bare(agency.name)):
                self.by_initials.setdefault(initials, agency)
            if agency.kind == agency.Kind.COMMUNE_COMMITTEE and agency.unit_id:
                self.communes.setdefault(agency.unit_id, agency)

    def named(self, words, unit=None):
        """(agency, the other names in `words`): the first one known leads; None where none is known."""
        if found := self._one(words, unit):
            return found, []
        names = [name.strip() for name in _BETWEEN.split(words) if name.strip()]
        for name in names:
            if found := self._one(name, unit):
                return found, [other for other in names if other != name]
        return None, names

    def _one(self, words, unit):
        bare = written_out(words).strip()
        if _OF_A_COMMUNE.match(bare):
            return self.communes.get(unit)
        kind, _space, rest = _OF_THE_PROVINCE.sub("", fold(words).strip()).partition(" ")
        return self.by_name.get(_bare(words)) or self.by_initials.get((kind, rest.replace(" ", "")))


def _bare(name):
    """A name folded, its abbreviations written out, without the province it belongs to."""
    return _OF_THE_PROVINCE.sub("", written_out(name).strip())


def _initials(bare):
    """("so", "nnmt") and ("so", "nnvmt") for "Sở Nông nghiệp và Môi trường"."""
    kind, *words = bare.split()
    for kept in (words, [word for word in words if word != "va"]):
        if len(kept) > 1:
            yield kind, "".join(word[0] for word in kept)
