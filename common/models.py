"""The base of every tracked model, files people hand in, forms already sent, long work."""

from functools import cache

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from common.acting import current_act
from common.fields import LineField


class ActingRecords(HistoricalRecords):
    """History that knows who acts and why from `common.acting`, in requests and in commands alike."""

    def get_history_user(self, instance):
        return current_act().user

    def get_change_reason_for_object(self, instance, history_type, using):
        return current_act().reason or None


class OneHistoryManager(HistoryManager):
    """Its class for a queryset is made once, not at every save."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class, class_name=None):
        return super().from_queryset(queryset_class, class_name)


class TrackedModel(models.Model):
    """Every save leaves a row: what, who, when and why.

    Only `save()` and `delete()` are seen: never change a tracked model with `update()` or plain `bulk_*`.
    """

    history = ActingRecords(inherit=True, history_manager=OneHistoryManager)

    class Meta:
        abstract = True

    def change(self, **values):
        """Set fields; saved, with its row of history, only when the record is new or something differs: then true."""
        differs = self._state.adding or any(getattr(self, field) != value for field, value in values.items())
        if differs:
            for field, value in values.items():
                setattr(self, field, value)
            self.save()
        return differs

    def fields_hidden_from(self, user):
        """Names of the fields this user may not read, though they may see the record."""
        return frozenset()

    def history_parts(self):
        """Records that belong to this one, shown on its history page with it."""
        return []

    def history_since(self, user):
        """The moment from which this user reads its history; None for all of it."""
        return


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


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; for administrators those of their councils' people; all of them for who keeps the installation."""
        return (
            self
            if user.is_superuser
            else self.filter(asked_by__in=get_user_model().objects.visible_to(user).values("pk"))
        )

    def under_way(self):
        return self.filter(state__in=Job.UNDER_WAY)


class Job(models.Model):
    """Long work, done in steps by a worker in the background; see `common.jobs`."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    UNDER_WAY = (State.WAITING, State.RUNNING)

    kind = models.CharField(_("kind of work"), max_length=40)
    key = models.CharField(_("key"), max_length=200, blank=True)
    title = LineField(_("title"), max_length=200, blank=True)
    arguments = models.JSONField(_("arguments"), default=dict)
    checkpoint = models.JSONField(_("how far it came"), default=dict)
    result = models.JSONField(_("result"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    error = models.TextField(_("last problem"), blank=True)
    tries = models.PositiveSmallIntegerField(_("tries that failed"), default=0)
    asked_by = models.BigIntegerField(_("asked for by"), null=True, db_index=True)
    cancel_requested = models.BooleanField(_("to be cancelled"), default=False)
    created_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    started_at = models.DateTimeField(_("begun at"), null=True)
    touched_at = models.DateTimeField(_("last step at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    next_try_at = models.DateTimeField(_("next try at"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["waiting", "running"]) & ~Q(key=""),
                name="job_of_one_key_is_under_way_once",
            )
        ]
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self):
        return self.title or self.kind

    def get_absolute_url(self):
        return reverse("common:job", args=[self.pk])

    @property
    def is_under_way(self):
        return self.state in self.UNDER_WAY

    @property
    def percent(self):
        """0–100, or None where the size of the work is not known."""
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def asker(self):
        return get_user_model().objects.filter(pk=self.asked_by).first() if self.asked_by else None

    def begin(self):
        """A worker has it in hand."""
        now = timezone.now()
        self.state, self.touched_at, self.next_try_at = self.State.RUNNING, now, None
        self.started_at = self.started_at or now

    def finish(self, state):
        self.state, self.finished_at, self.next_try_at = state, timezone.now(), None
        if state == self.State.DONE:
            self.error = ""
        self.save()


class DutyRun(models.Model):
    """When a duty was last carried out and how that went; see `common.duties`."""

    key = models.CharField(_("duty"), max_length=40, unique=True)
    carried_out_at = models.DateTimeField(_("carried out at"))
    did = models.PositiveIntegerField(_("how much"), default=0)
    problem = models.TextField(_("last problem"), blank=True)

    class Meta:
        verbose_name = _("duty carried out")
        verbose_name_plural = _("duties carried out")
        ordering = ["key"]

    def __str__(self):
        return self.key
