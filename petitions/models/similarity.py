"""Repeat radar: which petitions of this and earlier sessions say the same, found through an index, judged by words."""

from collections import Counter
from dataclasses import dataclass

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from common.text import fold
from directory.models import UnitSuccession
from petitions.models import wording
from petitions.models.petitions import Petition

#: From here on two texts are worth a look; at `SURELY` they are most likely the same matter.
LIKELY, SURELY = 0.42, 0.6

#: So many petitions that share most keys are compared word by word.
COMPARED = 30
#: Of the petitions under one key so many of the latest are looked at.
LATEST = 200
#: Kept with the keys of a petition: the way they were read. Another number has every petition read again.
READING = 1
#: So many at a time are read again, so many in one transaction.
READ_AGAIN, PIECE = 2000, 500


class WordingKey(models.Model):
    """One of the numbers that petitions of like wording share; see `petitions.models.wording.keys`."""

    petition = models.ForeignKey(
        Petition, models.PROTECT, related_name="wording_keys", db_index=False, verbose_name=_("petition")
    )
    key = models.BigIntegerField(_("key"))

    class Meta:
        verbose_name = _("key of a wording")
        verbose_name_plural = _("keys of wordings")
        constraints = [models.UniqueConstraint(fields=["petition", "key"], name="wording_key_is_kept_once")]
        indexes = [models.Index(fields=["key", "petition"], name="wording_key")]

    def __str__(self):
        return f"{self.petition_id}: {self.key}"


@dataclass(frozen=True)
class Similar:
    petition: Petition
    likeness: float

    @property
    def percent(self):
        return round(self.likeness * 100)

    @property
    def is_sure(self):
        return self.likeness >= SURELY

    @property
    def promised_on(self):
        """The day it was last promised for; None where nothing was."""
        days = [point.roadmap_on for point in self.petition.points.all() if point.roadmap_on]
        return max(days, default=None)


def similar_to(text, petitions, *, limit=5):
    """The most similar among `petitions`, most similar first. `text` is title and points as typed."""
    renamed = _renamed()
    wanted = wording.read(text, renamed)
    found = _sharing_keys(wording.read(text))
    candidates = petitions.filter(pk__in=found).defer("search_text", "voters_words")
    candidates = candidates.prefetch_related("points", "origins")
    scored = []
    for petition in candidates.select_related("council_session", "place", "lead_agency"):
        likeness = max(wording.likeness(wanted, other) for other in _kept_wordings(petition, renamed))
        if likeness >= LIKELY:
            scored.append(Similar(petition, likeness))
    return sorted(scored, key=lambda one: (-one.likeness, -one.petition.pk))[:limit]


def _sharing_keys(wanted):
    """The petitions that share most keys, the latest of equals first; of a very common key only the latest count."""
    keys = sorted(wording.keys(wanted))
    if not keys:
        return []
    quote, table = connection.ops.quote_name, WordingKey._meta.db_table
    petition, key = (quote(WordingKey._meta.get_field(name).column) for name in ("petition", "key"))
    latest = f"SELECT {petition} FROM {quote(table)} WHERE {key} = %s ORDER BY {petition} DESC LIMIT {LATEST}"  # noqa: S608
    together = " UNION ALL ".join([f"SELECT * FROM ({latest}) AS one_key"] * len(keys))  # noqa: S608 — our own names
    with connection.cursor() as cursor:
        cursor.execute(together, keys)
        shared = Counter(petition for (petition,) in cursor.fetchall())
    return sorted(shared, key=lambda petition: (-shared[petition], -petition))[:COMPARED]


def _wordings(petition, points, origins, renamed=None):
    """What was asked as a whole, each of several points by itself, and the voters' own words where they were kept."""
    points = list(points)
    asked = " ".join(point.content for point in points)
    title = petition.title.removesuffix(" …")
    texts = [asked if asked.startswith(title) else f"{title}. {asked}"]
    texts += [point.content for point in points if len(points) > 1]
    texts += [origin.verbatim for origin in origins if origin.verbatim]
    return [wording.read(text, renamed) for text in texts]


def _kept_wordings(petition, renamed=None):
    return _wordings(petition, petition.points.all(), petition.origins.all(), renamed)


def _renamed():
    """{old name of a place: the name of what it became}, folded and without their kinds; a place that was divided
    keeps its name."""
    became = {}
    for pair in UnitSuccession.objects.select_related("predecessor", "successor").order_by("-pk"):
        old, new = (fold(unit.bare_name).strip() for unit in (pair.predecessor, pair.successor))
        became.setdefault((pair.predecessor_id, old), set()).add(new)
    return {old: news.pop() for (_pk, old), news in became.items() if len(news) == 1 and old not in news}


def _keys(wordings):
    return {READING}.union(*(wording.keys(one) for one in wordings))


def index_wording(petition, points, origins):
    """Keep the keys of a petition as it reads now."""
    keys = _keys(_wordings(petition, points, origins))
    kept = set(petition.wording_keys.values_list("key", flat=True))
    if gone := kept - keys:
        petition.wording_keys.filter(key__in=gone).delete()
    WordingKey.objects.bulk_create(
        [WordingKey(petition=petition, key=key) for key in keys - kept], ignore_conflicts=True
    )


def index_wordings(petitions):
    """Keep the keys of petitions that have none yet."""
    rows = [
        WordingKey(petition=petition, key=key)
        for petition in petitions.prefetch_related("points", "origins")
        for key in _keys(_kept_wordings(petition))
    ]
    WordingKey.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)


def unread(petitions):
    """Those without keys, and those whose keys were read in another way."""
    return petitions.filter(~Exists(WordingKey.objects.filter(petition=OuterRef("pk"), key=READING)))


def read_again(_now):
    """Petitions read in another way are read in that of today, the latest first; returns how many."""
    waiting = list(unread(Petition.objects.order_by("-pk")).values_list("pk", flat=True)[:READ_AGAIN])
    for start in range(0, len(waiting), PIECE):
        with transaction.atomic():
            petitions = Petition.objects.filter(pk__in=waiting[start : start + PIECE]).select_for_update()
            WordingKey.objects.filter(petition__in=[petition.pk for petition in petitions]).delete()
            index_wordings(petitions)
    return len(waiting)
