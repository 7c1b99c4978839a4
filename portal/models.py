"""Answers made public, in words chosen for it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.models import TrackedModel
from common.text import fold
from petitions.models import Petition


class PublicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(petition__council__in=user.councils)

    def public(self):
        return self.filter(withdrawn_on__isnull=True)

    def search(self, words):
        """Those with the words in their title, without marks or case."""
        return self.filter(search_text__contains=fold(words).rstrip())


class Publication(TrackedModel):
    """The question and the answer as the public reads them: decided by a person, masked, apart from the record."""

    petition = models.OneToOneField(Petition, models.PROTECT, related_name="publication", verbose_name=_("petition"))
    title = LineField(_("title"), max_length=250)
    question = ProseField(_("what voters raised"))
    answer = ProseField(_("the answer"))
    answered_by = LineField(_("answered by"), max_length=160)
    published_on = models.DateField(_("published on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    replaced_by = LineField(
        _("answered by another letter since"), max_length=200, blank=True, help_text=_("Its words are not public yet.")
    )
    search_text = models.TextField(_("search text"), blank=True, editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-published_on", "-pk"]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.search_text = fold(self.title)
        super().save(*args, **kwargs)

    def fields_hidden_from(self, user):
        return frozenset({"search_text"})

    def get_absolute_url(self):
        return reverse("portal:detail", args=[self.pk])
