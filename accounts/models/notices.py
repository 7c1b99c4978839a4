"""What reaches a person: notices in the inbox, gathered into one mail a day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from common.fields import LineField


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user)

    def unread(self):
        return self.filter(read_at=None, is_void=False)

    def to_be_mailed(self):
        """Neither mailed, nor read meanwhile, nor overtaken by events."""
        return self.unread().filter(mailed_at=None)


class Notice(models.Model):
    """One thing one person is told, once: `key` says which. `thread` links what overtakes it."""

    class Kind(models.TextChoices):
        DUE = "due", _("coming due")
        LATE = "late", _("overdue")
        ESCALATED = "escalated", _("overdue, brought to leaders")
        MOVED = "moved", _("due date moved")
        LIST = "list", _("a list one asked for")
        EVENT = "event", _("what happened")

    user = models.ForeignKey(User, models.PROTECT, related_name="notices", verbose_name=_("user"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    key = models.CharField(_("key"), max_length=120)
    thread = models.CharField(_("thread"), max_length=80, blank=True)
    group = models.CharField(_("group"), max_length=60, blank=True)
    group_title = LineField(_("about"), max_length=300, blank=True)
    text = LineField(_("text"), max_length=500)
    url = models.CharField(_("address"), max_length=200)
    due_on = models.DateField(_("due on"), null=True)
    happened_on = models.DateField(_("on"))
    created_at = models.DateTimeField(_("told at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read at"), null=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)
    is_void = models.BooleanField(_("overtaken by events"), default=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_is_given_once")]
        indexes = [models.Index(fields=["user", "is_void", "read_at"]), models.Index(fields=["thread"])]

    def __str__(self):
        return self.text


class Mail(models.Model):
    """The mail of one person on one day. What it says is put together the moment it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        EMPTY = "empty", _("nothing left to say")
        LAPSED = "lapsed", _("its day is over")

    user = models.ForeignKey(User, models.PROTECT, related_name="mails", verbose_name=_("user"))
    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    message_id = models.CharField(_("message id"), max_length=120)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    tries = models.PositiveSmallIntegerField(_("tries that failed"), default=0)
    error = models.TextField(_("last problem"), blank=True)
    next_try_at = models.DateTimeField(_("next try at"), null=True)
    claimed_at = models.DateTimeField(_("in hand since"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="mail_goes_out_once_a_day"),
            models.CheckConstraint(name="mail_sent_says_when", condition=~Q(state="sent") | Q(sent_at__isnull=False)),
        ]
        indexes = [models.Index(fields=["state", "day"])]

    def __str__(self):
        return f"{self.user}, {self.day:%d/%m/%Y}"


class MailPreference(models.Model):
    """What one person wants by mail; the inbox has everything in any case."""

    class Frequency(models.TextChoices):
        DAILY = "daily", _("one mail every morning there is something new")
        PRESSING = (
            "pressing",
            _("a mail only on mornings when something is due or overdue, or a list I asked for has come"),
        )
        NEVER = "never", _("no mail: I look into the inbox")

    user = models.OneToOneField(User, models.PROTECT, related_name="mail_preference", verbose_name=_("user"))
    frequency = models.CharField(_("mail"), max_length=8, choices=Frequency, default=Frequency.DAILY)
    wants_events = models.BooleanField(
        _("also what merely happened"), default=True, help_text=_("Accepted, returned, answered, extended …")
    )

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")

    def __str__(self):
        return f"{self.user}: {self.get_frequency_display()}"
