"""The base of every tracked model, files people hand in, and forms already sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from common.acting import current_act
from common.fields import LineField


class ActingRecords(HistoricalRecords):
    """History that knows who acts and why from `common.acting`, in requests and in commands alike."""

    def get_history_user(self, instance):
        return current_act().user

    def get_change_reason_for_object(self, instance, history_type, using):
        return current_act().reason or None


class TrackedModel(models.Model):
    """Every save leaves a row: what, who, when and why.

    Only `save()` and `delete()` are seen: never change a tracked model with `update()` or plain `bulk_*`.
    """

    history = ActingRecords(inherit=True)

    class Meta:
        abstract = True

    def fields_hidden_from(self, user):
        """Names of the fields this user may not read, though they may see the record."""
        return frozenset()


class Upload(TrackedModel):
    """One file somebody handed in, stored under its digest, outside the web root.

    It belongs to nobody by itself: the record that points to it decides who may read it.
    """

    file = models.FileField(_("file"), upload_to="uploads/%Y/%m/", max_length=200)
    name = LineField(_("file name"), max_length=200)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256 digest"), max_length=64, db_index=True)

    class Meta:
        verbose_name = _("file handed in")
        verbose_name_plural = _("files handed in")

    def __str__(self):
        return self.name


class Sequence(models.Model):
    """The last number given under one key; see `common.sequences`."""

    key = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("sequence of numbers")
        verbose_name_plural = _("sequences of numbers")

    def __str__(self):
        return f"{self.key}: {self.last}"


class SentForm(models.Model):
    """A form that was sent and carried out: the same form sent again changes nothing."""

    key = models.UUIDField(primary_key=True)
    location = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("form sent")
        verbose_name_plural = _("forms sent")

    def __str__(self):
        return str(self.key)
