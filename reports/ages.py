"""The age of what is left: groups of days since a petition was received."""

from django.utils.translation import gettext_lazy as _

#: {group: (most days since received, words)}; the last has no end.
AGES = {
    "30": (30, _("up to 30 days")),
    "90": (90, _("31 to 90 days")),
    "180": (180, _("91 to 180 days")),
    "365": (365, _("181 to 365 days")),
    "more": (None, _("more than a year")),
}


def age_of(fact, as_of):
    """The group a petition stands in on the day; "" where the day it was received is not known."""
    if fact.received_on is None:
        return ""
    days = (as_of - fact.received_on).days
    return next(key for key, (most, _words) in AGES.items() if most is None or days <= most)
