"""A petition, its points and where it came from."""

import re
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.entrusting import entrusted
from accounts.permissions import Permission
from common.fields import LineField, ProseField
from common.models import TrackedModel
from deadlines.models import AuthorityLevel
from directory.models import AdministrativeUnit, Agency, PeoplesCouncil, PolicyField
from petitions.models.results import CLOSING, ResultClass
from petitions.models.searching import numbered
from petitions.models.wording import written_out
from sessions.models import CouncilSession, Phase, VoterMeeting

SOON_DAYS = 7


class Status(models.TextChoices):
    """Where a petition is on its way. Answered, resolved, overdue are not states: they are computed."""

    RECEIVED = "received", _("received")
    CLASSIFIED = "classified", _("classified")
    FORWARDED = "forwarded", _("forwarded")
    RETURNED = "returned", _("returned by the agency")
    MERGED = "merged", _("merged into another")
    SET_ASIDE = "set_aside", _("not to be forwarded")
    UNDONE = "undone", _("import undone")


#: Those no report counts and nobody owes an answer to.
NOT_COUNTED = (Status.MERGED, Status.SET_ASIDE, Status.UNDONE)


class PetitionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of the council for those who work for it; what was given to an agency or entrusted to a person."""
        return self.filter(_followed_by(user) | Q(pk__in=_given_to(user.agencies)))

    def followed_by(self, user):
        """The same without what one's agency answers."""
        return self.filter(_followed_by(user))

    def are_given_beyond(self, councils, user):
        """Whether an agency of `user` was ever given something of other councils than these."""
        return self.filter(pk__in=_given_to(user.agencies)).exclude(council__in=councils).exists()

    def counted(self):
        """Those a report counts: merged ones, those not to be forwarded and undone imports are not."""
        return self.exclude(status__in=NOT_COUNTED)

    def unanswered(self):
        return self.counted().filter(answered_on__isnull=True)

    def overdue(self, today):
        return self.unanswered().filter(due_on__lt=today)

    def due_soon(self, today):
        return self.unanswered().filter(due_on__gte=today, due_on__lte=today + timedelta(days=SOON_DAYS))

    def open(self):
        """Not finished: no answer yet, or an answer that leaves something to do."""
        return self.counted().exclude(result__in=CLOSING)

    def of_sessions(self, user, council_sessions):
        """Those of the sessions that `user` may see; asked the short way where all of them may be seen."""
        petitions = self.filter(council_session__in=[session.pk for session in council_sessions])
        if {session.council.pk for session in council_sessions} <= user.sees_councils:
            return petitions
        return petitions.visible_to(user)

    def search(self, words, *, user):
        """Words in order, without marks or case, long or short: code, title, points, letters, places old and new.

        What reads as the number of a petition (“KN 70”, “kn70/2025”) is looked for among codes alone.

        What voters said themselves is searched for those alone who may read it.
        """
        if code := numbered(words):
            return self.filter(search_text__index_of_words=code.words, code__endswith=code.end)
        if not (wanted := written_out(words).rstrip()):
            return self
        return self.filter(search_text__index_of_words=wanted)._reading(wanted, user)

    def search_in_order(self, words, *, user):
        """The same for words that very many have, read in the order asked for until a page is full."""
        return self._reading(written_out(words).rstrip(), user)

    def _reading(self, wanted, user):
        found = Q(search_text__contains=wanted)
        if reading := user.councils_where(Permission.PERSONAL_DATA_SEE):
            found |= Q(voters_words__contains=wanted, council__in=reading)
        return self.filter(found)


def _followed_by(user):
    return Q(council__in=user.sees_councils) | entrusted(Petition, user)


def _given_to(agencies):
    """Petitions with a point that was ever sent to one of the agencies."""
    return PetitionPoint.objects.filter(assignments__agency__in=agencies, assignments__sent_on__isnull=False).values(
        "petition"
    )


def _answered_by(agencies):
    """Petitions with a point one of the agencies was sent and neither gave back nor lost."""
    held = ("sent", "accepted", "answered")
    return PetitionPoint.objects.filter(assignments__agency__in=agencies, assignments__status__in=held).values(
        "petition"
    )


class Petition(TrackedModel):
    """One matter voters raised, with one or several points. Its status changes only through `petitions.workflow`.

    `place`, `lead_agency`, `due_on`, `answered_on`, `result`, `result_on`, `point_count`, `origin_count`,
    `search_text` and `voters_words` follow from points, origins, assignments and answers; `petitions.workflow.refresh`
    is the only writer.
    """

    class Kind(models.TextChoices):
        PETITION = "petition", _("petition")
        OPINION = "opinion", _("opinion")
        LETTER = "letter", _("complaint or denunciation")

    class Source(models.TextChoices):
        MEETING = "meeting", _("voter meeting")
        HOTLINE = "hotline", _("hotline")
        RECEPTION = "reception", _("citizen reception")
        WRITTEN = "written", _("in writing")
        ONLINE = "online", _("online")

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="petitions", verbose_name=_("People's Council")
    )
    council_session = models.ForeignKey(
        CouncilSession, models.PROTECT, related_name="petitions", verbose_name=_("council session")
    )
    phase = models.CharField(_("raised"), max_length=6, choices=Phase, default=Phase.BEFORE)
    code = models.CharField(_("code"), max_length=20, editable=False)
    number = models.PositiveIntegerField(_("number in the session"), editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PETITION)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.MEETING)
    received_on = models.DateField(_("received on"))
    title = LineField(_("title"), max_length=250)
    policy_field = models.ForeignKey(
        PolicyField,
        models.PROTECT,
        related_name="petitions",
        null=True,
        blank=True,
        verbose_name=_("policy field"),
    )
    authority_level = models.CharField(_("authority level"), max_length=10, choices=AuthorityLevel, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.RECEIVED, editable=False)
    duplicate_of = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="duplicates",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("merged into"),
    )
    repeats = models.ForeignKey(
        "self", models.PROTECT, related_name="repeated_by", null=True, blank=True, verbose_name=_("repeats")
    )

    place = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="petitions",
        null=True,
        editable=False,
        verbose_name=_("place"),
    )
    lead_agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="petitions_led",
        null=True,
        editable=False,
        verbose_name=_("lead agency"),
    )
    named_agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="petitions_naming_it",
        null=True,
        editable=False,
        db_index=False,
        verbose_name=_("agency the sender named"),
    )
    due_on = models.DateField(_("due on"), null=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, editable=False)
    result_on = models.DateField(_("result as of"), null=True, editable=False)
    result = models.CharField(_("result"), max_length=12, choices=ResultClass, blank=True, editable=False)
    point_count = models.PositiveSmallIntegerField(_("number of points"), default=0, editable=False)
    origin_count = models.PositiveIntegerField(_("times raised"), default=0, editable=False)
    search_text = models.TextField(_("search text"), blank=True, editable=False)
    voters_words = models.TextField(_("voters' words to search"), blank=True, editable=False)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        constraints = [
            models.UniqueConstraint(fields=["council", "code"], name="petition_code_is_given_once"),
            models.UniqueConstraint(fields=["council_session", "number"], name="petition_number_is_given_once"),
            models.CheckConstraint(
                name="petition_is_classified_before_it_is_forwarded",
                condition=Q(status__in=["received", "merged", "set_aside", "undone"])
                | Q(policy_field__isnull=False) & ~Q(authority_level=""),
            ),
            models.CheckConstraint(
                name="petition_merged_names_its_survivor",
                condition=Q(status="merged", duplicate_of__isnull=False)
                | ~Q(status="merged") & Q(duplicate_of__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["council_session", "status", "lead_agency", "place"]),
            models.Index(fields=["council", "due_on"]),
            models.Index(fields=["due_on", "-id"], name="petition_due_first"),
            models.Index(fields=["council_session", "due_on", "-id"]),
            models.Index(fields=["council_session", "received_on"], name="petition_received"),
            models.Index(fields=["council_session", "result_on"], name="petition_settled"),
            models.Index(  # holds all that a list is counted by
                fields=[
                    "council_session",
                    "policy_field",
                    "lead_agency",
                    "status",
                    "due_on",
                    "answered_on",
                    "repeats",
                    "point_count",
                ],
                name="petition_counts",
            ),
            models.Index(
                fields=["council_session"],
                condition=~Q(status__in=["merged", "set_aside", "undone"]) & ~Q(result__in=["resolved", "explained"]),
                name="petition_open",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("petitions:detail", args=[self.pk])

    @property
    def is_answered(self):
        return self.answered_on is not None

    @property
    def is_closed(self):
        return self.result in CLOSING

    def fields_hidden_from(self, user):
        return frozenset({"search_text", "voters_words"})

    def history_parts(self):
        return [*self.points.all(), *self.origins.select_related("unit", "petition")]


class PointQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(petition__in=Petition.objects.visible_to(user))


class PetitionPoint(TrackedModel):
    """One thing asked for. Points are assigned, answered and assessed one by one.

    `answered_on` is the day of the first final answer: lateness is judged by it. `result` and `roadmap_on`
    repeat the latest one, of `result_on`. `assessed_result` repeats the council's own
    latest finding. Two facts, two owners.
    """

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="points", verbose_name=_("petition"))
    number = models.PositiveSmallIntegerField(_("number"))
    content = ProseField(_("content"))
    result = models.CharField(_("agency's result"), max_length=12, choices=ResultClass, blank=True, editable=False)
    roadmap_on = models.DateField(_("roadmap date"), null=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, editable=False)
    result_on = models.DateField(_("result as of"), null=True, editable=False)
    assessed_result = models.CharField(
        _("council's assessed result"), max_length=12, choices=ResultClass, blank=True, editable=False
    )

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["petition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="point_number_is_given_once"),
            models.CheckConstraint(
                name="point_result_has_its_day",
                condition=Q(result="", answered_on__isnull=True, result_on__isnull=True)
                | ~Q(result="")
                & Q(answered_on__isnull=False, result_on__isnull=False, result_on__gte=F("answered_on")),
            ),
        ]

    def __str__(self):
        return f"{self.petition.code}.{self.number}"

    def fields_hidden_from(self, user):
        """What the council found becomes known to an agency by the notice about it, not here."""
        oversees = self.petition.council_id in user.sees_councils | user.councils_overseen
        return frozenset() if oversees else frozenset({"assessed_result"})


class OriginQuerySet(models.QuerySet):
    def of(self, petitions):
        """Of these petitions and of what was merged into them."""
        return self.filter(Q(petition__in=petitions) | Q(petition__duplicate_of__in=petitions))

    def masked(self, text):
        """`text` without the names, addresses and telephone numbers of these voters."""
        personal = {words for row in self.values_list(*PetitionOrigin.PERSONAL) for words in row if words}
        for words in sorted(personal, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", "…", text, flags=re.IGNORECASE)
        return text

    def visible_to(self, user):
        return self.filter(petition__in=Petition.objects.visible_to(user))


class PetitionOrigin(TrackedModel):
    """Where and by whom a petition was raised. One petition can have several; none is ever lost."""

    PERSONAL = frozenset({"voter_name", "voter_address", "voter_phone"})

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="origins", verbose_name=_("petition"))
    meeting = models.ForeignKey(
        VoterMeeting,
        models.PROTECT,
        related_name="origins",
        null=True,
        blank=True,
        verbose_name=_("voter meeting"),
    )
    unit = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="origins", verbose_name=_("locality"))
    raised_on = models.DateField(_("raised on"))
    voter_name = LineField(_("voter's name"), max_length=100, blank=True)
    voter_address = LineField(_("voter's address"), max_length=200, blank=True)
    voter_phone = LineField(_("voter's telephone"), max_length=30, blank=True)
    verbatim = ProseField(_("the voter's own words"), blank=True)

    objects = OriginQuerySet.as_manager()

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.unit.sentence_name}, {self.raised_on:%d/%m/%Y}"

    @property
    def has_personal_data(self):
        return any(getattr(self, field) for field in self.PERSONAL)

    def fields_hidden_from(self, user):
        return frozenset() if may_see_voters(user, self.petition) else self.PERSONAL | {"verbatim"}


def may_see_voters(user, petition):
    """Voters' names and addresses are for the secretariat and for the agency that must answer them."""
    if petition.council_id in user.councils_where(Permission.PERSONAL_DATA_SEE):
        return True
    return _answered_by(user.agencies_where(Permission.PERSONAL_DATA_SEE)).filter(petition=petition).exists()
