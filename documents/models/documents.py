"""Official documents with their number series, addressees and appendices."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.entrusting import entrusted
from common.fields import LineField
from common.models import TrackedModel, Upload
from common.text import fold
from directory.models import Agency, Official


class Kind(models.TextChoices):
    """Kinds of administrative document with their abbreviations (Decree 30/2020, Annex III, I)."""

    LETTER = "CV", "Công văn"
    REPORT = "BC", "Báo cáo"
    NOTICE = "TB", "Thông báo"
    DECISION = "QĐ", "Quyết định"
    PLAN = "KH", "Kế hoạch"
    MINUTES = "BB", "Biên bản"
    SUBMISSION = "TTr", "Tờ trình"


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for clearance")
    CLEARED = "cleared", _("cleared, waiting for its number")
    ISSUED = "issued", _("issued")
    ABANDONED = "abandoned", _("abandoned")


class Check(models.TextChoices):
    """A look at a submitted paper before it comes to the leader who signs."""

    CONTENT = "content", _("check of the content")
    FORM = "form", _("check of form and layout")


class Route(models.TextChoices):
    """The order in which the checks are made; the drafter begins, signer and registrar end every one."""

    SIGNER = "signer", _("drafter → leader who signs → registrar")
    CONTENT = "content", _("drafter → head of the unit (content) → leader who signs → registrar")
    FORM = "form", _("drafter → checker of form → leader who signs → registrar")
    CONTENT_FORM = (
        "content_form",
        _("drafter → head of the unit (content) → checker of form → leader who signs → registrar"),
    )
    FORM_CONTENT = (
        "form_content",
        _("drafter → checker of form → head of the unit (content) → leader who signs → registrar"),
    )

    @property
    def checks(self):
        """The checks in their order."""
        return [Check(name) for name in self.value.split("_") if name in Check.values]


class Standing(models.TextChoices):
    """What became of an issued document. The text itself never changes."""

    VALID = "valid", _("in force")
    CORRECTED = "corrected", _("corrected")
    REPLACED = "replaced", _("replaced")
    RECALLED = "recalled", _("recalled")


def of_the_council(user, path=""):
    """Papers of the bodies whose work this person prepares; `path` leads to the agency."""
    return Q(**{f"{path}council__in": user.councils_served, f"{path}kind__in": Agency.COUNCIL_BODIES})


class NumberSeriesQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The registers of one's own agency, and of the council's bodies for those who prepare their papers."""
        return self.filter(Q(agency__in=user.agencies) | of_the_council(user, "agency__"))


class NumberSeries(TrackedModel):
    """The register one agency keeps for one kind of document in one year. Numbers run from 01 without a gap.

    Letters numbered in another system stand in an `is_external` series: it shows what was registered, no more.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="number_series", verbose_name=_("agency"))
    kind = models.CharField(_("kind of document"), max_length=3, choices=Kind)
    year = models.PositiveSmallIntegerField(_("year"))
    is_external = models.BooleanField(_("numbered in another system"), default=False)

    objects = NumberSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        ordering = ["-year", "agency", "kind", "is_external"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "year", "is_external"], name="number_series_is_opened_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.agency} {self.year}"


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers made at one's own desk, drafts too; issued papers of the council or addressed to one's agency.

        Beside these what is entrusted to oneself.
        """
        made_here = Q(agency__in=user.agencies) | of_the_council(user, "agency__")
        received = Q(pk__in=Addressee.objects.filter(agency__in=user.agencies).values("document"))
        issued = Q(status=Status.ISSUED) & (received | Q(agency__council__in=user.sees_councils))
        return self.filter(made_here | issued | entrusted(Document, user))

    def issued(self):
        return self.filter(status=Status.ISSUED)

    def in_force(self):
        """Issued, and neither replaced nor recalled since."""
        return self.issued().filter(standing__in=[Standing.VALID, Standing.CORRECTED])

    def in_register_order(self):
        """Unissued first, then the latest issued."""
        return self.order_by(F("issued_on").desc(nulls_first=True), "-number", "-pk")

    def search(self, words):
        """By number and symbol ("215/HĐND", "215"), or words of symbol and subject, without marks or case."""
        number, _slash, symbol = words.partition("/")
        if number.strip().isdecimal():
            return self.filter(number=int(number), symbol__icontains=symbol.strip())
        folded = fold(words).rstrip()
        return self.filter(search_text__contains=folded) if folded else self.none()


class Document(TrackedModel):
    """One official document. Its status changes only through `documents.workflow`; issued, it never changes."""

    class Origin(models.TextChoices):
        HERE = "here", _("written here")
        PAPER = "paper", _("on paper")
        OTHER_SYSTEM = "other", _("from another system")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="documents", verbose_name=_("issuing agency"))
    kind = models.CharField(_("kind of document"), max_length=3, choices=Kind)
    purpose = models.CharField(_("purpose"), max_length=20, editable=False)
    subject = LineField(_("subject"), max_length=300, help_text=_("After “V/v”, or under the title."))
    symbol = models.CharField(_("symbol"), max_length=60, help_text=_("After the number: STTTT-BCVTCNTT, BC-HĐND."))
    drafting_unit = models.CharField(
        _("drafting unit"), max_length=30, blank=True, help_text=_("Its abbreviation, for “Lưu: VT, …”.")
    )
    place_name = LineField(_("place"), max_length=80)
    drafted_on = models.DateField(
        _("drafted on"),
        default=timezone.localdate,
        help_text=_("Gives month and year of the blank date on a draft."),
    )
    body = models.TextField(_("text"), blank=True, editable=False)

    series = models.ForeignKey(
        NumberSeries,
        models.PROTECT,
        related_name="documents",
        null=True,
        blank=True,
        verbose_name=_("number series"),
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    issued_on = models.DateField(_("issued on"), null=True, blank=True, editable=False)

    signer = models.ForeignKey(
        Official, models.PROTECT, related_name="documents", null=True, blank=True, verbose_name=_("signer")
    )
    signing_lines = models.JSONField(_("signing block"), default=list, editable=False)
    signer_name = LineField(_("signer's name"), max_length=100, blank=True, editable=False)
    signer_other_post = LineField(_("signer's other post"), max_length=160, blank=True, editable=False)

    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    route = models.CharField(_("way of clearance"), max_length=12, choices=Route, default=Route.SIGNER, editable=False)
    stage = models.CharField(_("waits for the check"), max_length=8, choices=Check, blank=True, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="documents_drafted",
        verbose_name=_("drafted by"),
    )
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="documents_cleared",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("cleared by"),
    )
    return_reason = LineField(_("sent back because"), max_length=500, blank=True, editable=False)
    return_answer = LineField(_("answer to the return"), max_length=500, blank=True, editable=False)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.VALID, editable=False)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.HERE, editable=False)
    scan = models.OneToOneField(
        Upload,
        models.PROTECT,
        related_name="document",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("scan of the signed letter"),
    )
    registration_reason = LineField(_("registered later because"), max_length=300, blank=True, editable=False)
    verification_code = models.CharField(
        _("verification code"), max_length=12, unique=True, null=True, blank=True, editable=False
    )
    pdf = models.FileField(_("PDF"), upload_to="documents/%Y/", max_length=200, blank=True, editable=False)
    pdf_sha256 = models.CharField(_("SHA-256 digest of the PDF"), max_length=64, blank=True, editable=False)
    search_text = models.TextField(_("search text"), blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="document_number_is_given_once"),
            models.CheckConstraint(
                name="document_has_number_and_date_once_issued",
                condition=Q(status="issued", number__isnull=False, issued_on__isnull=False, series__isnull=False)
                | ~Q(status="issued") & Q(number__isnull=True, issued_on__isnull=True),
            ),
            models.CheckConstraint(
                name="document_waits_for_a_check_only_when_submitted",
                condition=Q(status="submitted") | Q(stage=""),
            ),
        ]
        indexes = [models.Index(fields=["agency", "status"]), models.Index(fields=["issued_on"])]

    def __str__(self):
        return f"{self.reference} {self.subject}"

    def save(self, *args, **kwargs):
        self.search_text = fold(f"{self.symbol} {self.subject}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("documents:detail", args=[self.pk])

    def fields_hidden_from(self, user):
        return frozenset({"body", "signing_lines", "purpose", "search_text"})

    def history_parts(self):
        return [*self.addressees.all(), *self.appendices.all()]

    def is_made_by(self, user):
        """Whether this person belongs to those who draft, clear and register it."""
        council_body = self.agency.is_council_body and self.agency.council_id in user.councils_served
        return self.agency_id in user.agencies or council_body

    def history_since(self, user):
        """Others read of a paper from its issue on: how it came about is its makers' business."""
        if self.is_made_by(user):
            return None
        issued = self.history.filter(status=Status.ISSUED).order_by("history_date").first()
        return issued.history_date if issued else timezone.now()

    @property
    def checks_ahead(self):
        """The checks still to come once the present one is made."""
        checks = Route(self.route).checks
        return checks[checks.index(self.stage) + 1 :] if self.stage in checks else []

    @property
    def is_issued(self):
        return self.status == Status.ISSUED

    @property
    def is_written_here(self):
        return self.origin == self.Origin.HERE

    @property
    def is_in_force(self):
        """Issued, and neither replaced nor recalled since."""
        return self.is_issued and self.standing in (Standing.VALID, Standing.CORRECTED)

    @property
    def number_and_symbol(self):
        """ "05/STTTT-BCVTCNTT", or the symbol alone before a number is given."""
        return f"{self.number:02d}/{self.symbol}" if self.number else f"…/{self.symbol}"

    @property
    def reference(self):
        """As people call it: "Công văn 05/STTTT-BCVTCNTT"."""
        return f"{self.get_kind_display()} {self.number_and_symbol}"


class AddresseeQuerySet(models.QuerySet):
    def to(self):
        return self.filter(is_copy=False)

    def copies(self):
        return self.filter(is_copy=True)


class Addressee(TrackedModel):
    """Who a document goes to: under “Kính gửi”, or as a copy under “Nơi nhận”."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="addressees", verbose_name=_("document"))
    name = LineField(_("name as printed"), max_length=200)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="documents_received",
        null=True,
        blank=True,
        verbose_name=_("agency"),
    )
    is_copy = models.BooleanField(_("copy"), default=False)

    objects = AddresseeQuerySet.as_manager()

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        ordering = ["is_copy", "pk"]

    def __str__(self):
        return self.name

    def history_since(self, user):
        return self.document.history_since(user)


class Appendix(TrackedModel):
    """A part of a document with page numbers of its own (Decree 30/2020, Annex I, III.1)."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="appendices", verbose_name=_("document"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = LineField(_("title"), max_length=300)
    body = models.TextField(_("text"), editable=False)
    is_landscape = models.BooleanField(_("landscape"), default=False)

    class Meta:
        verbose_name = _("appendix")
        verbose_name_plural = _("appendices")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="appendix_number_is_given_once"),
        ]

    def __str__(self):
        return self.title

    def fields_hidden_from(self, user):
        return frozenset({"body"})

    def history_since(self, user):
        return self.document.history_since(user)
