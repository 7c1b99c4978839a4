"""Legal bases with the time they are in force: data, never literals in a text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from directory.models.councils import PeoplesCouncil
from directory.models.validity import Validity, ValidityQuerySet


class LegalBasisQuerySet(ValidityQuerySet):
    def visible_to(self, user):
        return self

    def citable(self, topic, day, council):
        """What a document of `day` may cite on a topic: in force, and confirmed by the council's lawyer."""
        return self.valid_on(day).filter(
            models.Q(council=council) | models.Q(council__isnull=True), topic=topic, is_confirmed=True
        )


class LegalBasis(Validity):
    """One law, resolution or regulation as it is cited."""

    class Topic(models.TextChoices):
        OVERSIGHT = "oversight", _("oversight by People's Councils")
        VOTER_CONTACT = "voter_contact", _("contact with voters")

    council = models.ForeignKey(
        PeoplesCouncil,
        models.PROTECT,
        related_name="legal_bases",
        null=True,
        blank=True,
        verbose_name=_("People's Council"),
        help_text=_("Empty: for every council."),
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    citation = LineField(_("citation"), max_length=300, help_text=_("As printed after “Căn cứ”."))
    is_confirmed = models.BooleanField(
        _("confirmed"), default=False, help_text=_("Only confirmed entries are printed in documents.")
    )

    objects = LegalBasisQuerySet.as_manager()

    class Meta(Validity.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["topic", "valid_from", "pk"]

    def __str__(self):
        return self.citation
