"""What happened to a petition, in order: appended to, never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from petitions.models.petitions import Petition

#: What each kind of event says; the names in it come from `PetitionEvent.details`.
SENTENCES = {
    "received": _("received"),
    "origin_added": _("raised again at %(place)s"),
    "classified": _("classified: %(field)s, %(level)s"),
    "declassified": _("classified as before, an act on many petitions taken back"),
    "changed": _("content changed: %(why)s"),
    "handed_back": _("%(what)s taken over from the workbook “%(file)s” of %(sender)s"),
    "merged": _("merged into %(code)s"),
    "absorbed": _("%(code)s merged into this one"),
    "unmerged": _("no longer merged with %(code)s"),
    "import_undone": _("the import that brought it in was undone"),
    "set_aside": _("not to be forwarded: %(why)s"),
    "reopened": _("taken up again: %(why)s"),
    "forwarded": _("forwarded by %(letter)s to %(agency)s, reply due on %(due)s"),
    "accepted": _("%(agency)s accepted point %(point)s"),
    "returned": _("%(agency)s returned point %(point)s: %(why)s"),
    "extended": _("%(agency)s has until %(due)s: %(why)s"),
    "paused": _("the time of %(agency)s is paused: %(why)s"),
    "resumed": _("the time of %(agency)s runs again, until %(due)s: %(why)s"),
    "due_moved": _("the due date of %(agency)s moved from %(before)s to %(due)s: %(why)s"),
    "urged": _("%(agency)s urged by %(letter)s, time %(number)s"),
    "contributed": _("%(agency)s gave the lead agency its contribution to point %(point)s"),
    "asked_again": _("%(lead)s asked %(agency)s for another version of its contribution to point %(point)s"),
    "answered": _("%(agency)s answered by %(letter)s: %(result)s"),
    "interim_reply": _("%(agency)s sent an interim reply, %(letter)s"),
    "corrigendum": _("%(agency)s corrected its reply %(before)s by %(letter)s"),
    "replacement": _("%(agency)s replaced its reply %(before)s by %(letter)s"),
    "recall": _("%(agency)s recalled its reply %(before)s by %(letter)s"),
    "unticked": _("not answered by %(letter)s after all: %(why)s"),
    "on_agenda": _("on the agenda of %(delegation)s, %(day)s"),
    "off_agenda": _("taken off the agenda of %(delegation)s, %(day)s"),
    "finding": _("%(delegation)s found: %(result)s"),
    "recommended": _("%(delegation)s asked %(agency)s: %(what)s"),
    "verdict": _("voters of %(place)s: %(verdict)s"),
    "published": _("answer published"),
}


class PetitionEvent(models.Model):
    """One line of the timeline. `happened_on` is the day of the act, `recorded_at` when it was written down."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="events", verbose_name=_("petition"))
    kind = models.CharField(_("what happened"), max_length=20)
    happened_on = models.DateField(_("on"))
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="petition_events",
        null=True,
        verbose_name=_("by"),
    )
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("event of a petition")
        verbose_name_plural = _("events of a petition")
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["petition", "-happened_on"])]

    def __str__(self):
        return f"{self.happened_on:%d/%m/%Y} {self.sentence}"

    @property
    def sentence(self):
        return str(SENTENCES[self.kind]) % self.details
