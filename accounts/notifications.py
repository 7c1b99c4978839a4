"""Telling people: a notice once, and what is new in one mail a day.

Nothing is told twice: a notice has a key of its own for each person, a mail one for each person and day. Nothing is
told late: a mail says what holds at the moment it is sent, and one that could not be sent on its day is not sent after.
"""

import logging
import smtplib
from datetime import datetime, time, timedelta
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import Mail, MailPreference, Membership, Notice, User
from accounts.models.people import with_successors
from common.text import mail_domain
from directory.models import Agency, PeoplesCouncil

logger = logging.getLogger(__name__)

#: What presses: it is mailed even to those who want only that.
PRESSING = (Notice.Kind.DUE, Notice.Kind.LATE, Notice.Kind.ESCALATED)
#: A mail somebody has had in hand for longer than this was left by a process that died.
LEFT_AFTER = timedelta(minutes=10)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=1)
#: What stands in the way of one mail alone: a refused address or content, an address nobody can write to.
OF_ONE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError)
#: So many notices are listed in one mail; the rest is counted, and waits in the inbox.
LONGEST_LIST = 60


def people(*, roles, agencies=None, council=None, on):
    """Accounts in use holding one of the `roles` on the day, at the `agencies` or at offices of the `council`.

    An agency that has ended has nobody left. The offices of councils that succeeded it count: they hold its files.
    """
    held = Membership.objects.valid_on(on).filter(role__in=roles, user__is_active=True)
    if agencies is not None:
        held = held.filter(
            agency__in=Agency.objects.valid_on(on).filter(pk__in=[getattr(a, "pk", a) for a in agencies])
        )
    if council is not None:
        councils = with_successors(getattr(council, "pk", council), PeoplesCouncil.objects.successors())
        held = held.filter(agency__council__in=councils, agency__kind="office")
    return User.objects.filter(pk__in=held.values("user")).order_by("pk")


def tell(users, *, kind, key, text, url, happened_on, thread="", group="", group_title="", due_on=None):
    """One notice for each of the `users`; those who have it already are not told again."""
    Notice.objects.bulk_create(
        [
            Notice(
                user=user,
                kind=kind,
                key=key,
                thread=thread,
                group=group,
                group_title=group_title[:300],
                text=text[:500],
                url=url,
                due_on=due_on,
                happened_on=happened_on,
            )
            for user in users
        ],
        ignore_conflicts=True,
    )


def overtake(notices):
    """What these notices say no longer holds: they are mailed to nobody and shown as past."""
    return Notice.objects.filter(pk__in=notices.values("pk"), is_void=False).update(is_void=True)


def mark_read(notices, now=None):
    return Notice.objects.filter(pk__in=notices.values("pk"), read_at=None).update(read_at=now or timezone.now())


def write_mails(now=None):
    """Today's mail for everybody who has something new to read, from the hour of the digest on; returns how many."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    Mail.objects.filter(state=Mail.State.WAITING, day__lt=today).update(state=Mail.State.LAPSED)
    if timezone.localtime(now).time() < time(settings.DIGEST_HOUR):
        return 0
    waiting = Notice.objects.to_be_mailed().filter(user__is_active=True).exclude(user__email="")
    users = set(waiting.values_list("user", flat=True))
    users -= set(Mail.objects.filter(day=today, user__in=users).values_list("user", flat=True))
    preferences = {preference.user_id: preference for preference in MailPreference.objects.filter(user__in=users)}
    wanted = [pk for pk in sorted(users) if wanted_notices(pk, preferences.get(pk)).exists()]
    mails = [
        Mail(user_id=pk, day=today, message_id=make_msgid(idstring=f"{pk}.{today}", domain=mail_domain()))
        for pk in wanted
    ]
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    return len(mails)


def wanted_notices(user_id, preference=None):
    """The notices a person still has to be mailed, as far as they want them by mail."""
    preference = preference or MailPreference.objects.filter(user=user_id).first() or MailPreference()
    notices = Notice.objects.to_be_mailed().filter(user=user_id)
    if preference.frequency == MailPreference.Frequency.NEVER:
        return notices.none()
    if not preference.wants_events:
        notices = notices.exclude(kind=Notice.Kind.EVENT)
    if preference.frequency == MailPreference.Frequency.PRESSING:
        pressing = notices.filter(kind__in=[*PRESSING, Notice.Kind.LIST])
        return notices if pressing.exists() else notices.none()
    return notices


def send_mails(now=None):
    """Send today's waiting mails; a failure is tried again later, and the rest not at all while the server is away."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    ready = Q(next_try_at=None) | Q(next_try_at__lte=now)
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEFT_AFTER)
    sent = 0
    connection = get_connection()
    try:
        for mail in Mail.objects.filter(ready, free, state=Mail.State.WAITING, day=today).order_by("tries", "pk"):
            claim = Mail.objects.filter(free, pk=mail.pk, state=Mail.State.WAITING, sent_at=None)
            if not claim.update(claimed_at=now):
                continue  # somebody else has it in hand
            outcome = _send(mail, connection, now)
            if outcome is None:
                break
            sent += outcome
    finally:
        connection.close()
    return sent


def _send(mail, connection, now):
    """1 when sent, 0 when not, None when the server is away."""
    notices = list(wanted_notices(mail.user_id).order_by("due_on", "pk"))
    if not notices:
        _settle(mail, state=Mail.State.EMPTY)
        return 0
    try:
        subject, text, html = written(mail, notices)
        message = EmailMultiAlternatives(
            subject, text, to=[mail.user.email], connection=connection, headers={"Message-ID": mail.message_id}
        )
        message.attach_alternative(html, "text/html")
        message.send()
    except (smtplib.SMTPException, OSError, ValueError) as problem:
        logger.warning("mail %s: %s", mail.pk, problem)
        wait = min(FIRST_WAIT * 2 ** min(mail.tries, 10), LONGEST_WAIT)
        _settle(mail, tries=F("tries") + 1, error=f"{type(problem).__name__}: {problem}"[:1000], next_try_at=now + wait)
        return 0 if isinstance(problem, OF_ONE_MAIL) else None
    with transaction.atomic():
        _settle(mail, state=Mail.State.SENT, sent_at=now, subject=subject, text=text, error="")
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now)
    return 1


def _settle(mail, **changes):
    Mail.objects.filter(pk=mail.pk).update(claimed_at=None, **changes)


def written(mail, notices):
    """(subject, text, HTML) of a mail, in the office's language; its links open pages and do nothing else."""
    listed = notices[:LONGEST_LIST]
    context = {
        "user": mail.user,
        "day": mail.day,
        "pressing": [notice for notice in listed if notice.kind in PRESSING],
        "lists": [notice for notice in listed if notice.kind == Notice.Kind.LIST],
        "others": [notice for notice in listed if notice.kind not in (*PRESSING, Notice.Kind.LIST)],
        "number": len(notices),
        "more": len(notices) - len(listed),
        "site": settings.SITE_URL,
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject = render_to_string("accounts/mail/digest_subject.txt", context)
        text = render_to_string("accounts/mail/digest_text.txt", context)
        page = render_to_string("accounts/mail/digest_page.html", context)
    return " ".join(subject.split()), text, page


def morning(day):
    """The hour of the digest on a day, as an instant."""
    return timezone.make_aware(datetime.combine(day, time(settings.DIGEST_HOUR)))
