"""Lists of words a council keeps: those shipped for every council, its own, and what it switched off."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.models import TrackedModel
from directory.models.councils import PeoplesCouncil


class WordListQuerySet(models.QuerySet):
    """`WORDS` of the model names the field with the words."""

    def visible_to(self, user):
        """The entries for every council, and those of the councils one works with."""
        return self.filter(Q(council=None) | Q(council__in=user.councils))

    def listed(self, council):
        """Every entry of a council, in use or not; its own one stands in place of a shipped one with the same words."""
        words = self.model.WORDS
        own = self.model.objects.filter(council=council)
        shipped = Q(council=None) & ~Q(**{f"{words}__in": own.values(words)})
        return self.filter(Q(council=council) | shipped).order_by(F("council").asc(nulls_first=True), "pk")

    def of(self, council):
        """The list a council works with."""
        return self.listed(council).filter(is_in_use=True)

    def put(self, council, words, *, is_in_use):
        """The council's own entry with these words, in use or not."""
        named = {self.model.WORDS: words}
        entry = self.filter(council=council, **named).first() or self.model(council=council, **named)
        entry.change(is_in_use=is_in_use)
        return entry


class WordListEntry(TrackedModel):
    """One entry of a list a council keeps. Rows are never removed: what is not wanted is out of use."""

    WORDS = ""

    council = models.ForeignKey(
        PeoplesCouncil,
        models.PROTECT,
        related_name="%(class)ss",
        null=True,
        blank=True,
        verbose_name=_("People's Council"),
        help_text=_("Empty: for every council."),
    )
    is_in_use = models.BooleanField(_("in use"), default=True)

    objects = WordListQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.words

    @property
    def words(self):
        return getattr(self, self.WORDS)

    @property
    def history_address(self):
        return reverse("common:history", args=[self._meta.app_label, self._meta.model_name, self.pk])
