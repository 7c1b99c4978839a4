"""People who sign, with the authority they sign on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from directory.models.agencies import Agency
from directory.models.validity import Validity, ValidityQuerySet


class OfficialQuerySet(ValidityQuerySet):
    def visible_to(self, user):
        return self.filter(agency__council__in=user.councils)


class Official(Validity):
    """A person in a post. The signing block follows from the authority and the agency's regime."""

    class Authority(models.TextChoices):
        HEAD = "head", _("head of the agency")
        ACTING_HEAD = "Q", _("Q. — acting head")
        FOR_HEAD = "KT", _("KT. — deputy, for the head")
        BY_ORDER = "TL", _("TL. — by order of the head")
        BY_MANDATE = "TUQ", _("TUQ. — by written mandate of the head")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="officials", verbose_name=_("agency"))
    name = LineField(_("full name"), max_length=100, help_text=_("Without titles or degrees."))
    post = LineField(_("post"), max_length=120, help_text=_("“Phó Giám đốc”."))
    authority = models.CharField(
        _("signs as"),
        max_length=4,
        choices=Authority,
        blank=True,
        help_text=_("Empty: does not sign documents."),
    )
    other_post = LineField(
        _("other post"),
        max_length=160,
        blank=True,
        help_text=_("Printed above the name, where the rules allow it."),
    )

    objects = OfficialQuerySet.as_manager()

    class Meta(Validity.Meta):
        verbose_name = _("official")
        verbose_name_plural = _("officials")

    def __str__(self):
        return f"{self.name}, {self.post}"

    @property
    def signing_lines(self):
        """The lines above the signature, from authority and regime (Decree 30/2020, Article 13; Annex I, II.7.b).

        >>> official.signing_lines  # a deputy of a collective body
        ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH']
        """
        head, post = self.agency.head_post.upper(), self.post.upper()
        collective = self.agency.regime == Agency.Regime.COLLECTIVE
        lines = {
            self.Authority.HEAD: [post],
            self.Authority.ACTING_HEAD: [f"Q. {head}"],
            self.Authority.FOR_HEAD: [f"KT. {head}", post],
            self.Authority.BY_ORDER: [f"TL. {head}", post],
            self.Authority.BY_MANDATE: [f"TUQ. {head}", post],
        }[self.authority]
        signs_for_the_body = self.authority not in (self.Authority.BY_ORDER, self.Authority.BY_MANDATE)
        if collective and signs_for_the_body:
            return [f"TM. {self.agency.collective_name.upper()}", *lines]
        return lines
