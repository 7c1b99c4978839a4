"""Numbers of documents: one series per agency, kind and year, from 01, no gap, none twice (Decree 30/2020, Art. 15).

A number comes from its series under a lock on the series row. Taken by a document or set aside with a reason,
it is never taken again; a transaction that fails gives its number back.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from common.formats import dotted, short_date
from common.sequences import foresee_next, take_block, take_next
from common.workflow import Step, Workflow
from documents.models import Document, NumberSeries, SetAside

#: More numbers than this between the last of the book and one typed are a slip of the hand.
MOST_BETWEEN = 500

STEPS = {
    "use": Step(gettext_lazy("Give to a document"), frozenset({SetAside.Status.RESERVED}), SetAside.Status.USED, ""),
    "void": Step(
        gettext_lazy("Void the number"),
        frozenset({SetAside.Status.RESERVED}),
        SetAside.Status.VOID,
        Permission.DOCUMENT_ISSUE,
    ),
}

SET_ASIDE = Workflow(SetAside, STEPS, held_at=lambda entry: entry.series.agency)


def open_series(agency, kind, year, *, is_external=False):
    """The series, locked: only one document at a time gets a number from it."""
    found = {"agency": agency, "kind": kind, "year": year, "is_external": is_external}
    NumberSeries.objects.get_or_create(**found)
    return NumberSeries.objects.select_for_update().get(**found)


def next_number(series):
    """The next number of a locked series."""
    return take_next(f"documents/{series.pk}")


def present_series(agency, kind, year):
    """The register as it stands, not locked; None before its first number."""
    return NumberSeries.objects.filter(agency=agency, kind=kind, year=year, is_external=False).first()


def foreseen_number(agency, kind, year):
    """The number the series would give next; nothing is locked, and others may take it first."""
    series = present_series(agency, kind, year)
    return foresee_next(f"documents/{series.pk}") if series else 1


def date_refusal(series, issued_on, *, number=None):
    """Why a document with this number (None: the next one) cannot carry this day; "" when it can."""
    if issued_on > timezone.localdate():
        return _("A document cannot be issued on a day to come.")
    numbered = Document.objects.filter(series=series) if series else Document.objects.none()
    lower = numbered if number is None else numbered.filter(number__lt=number)
    earlier = lower.order_by("-issued_on", "-number").first()
    if earlier and earlier.issued_on > issued_on:
        return _(
            "Number %(number)s of this series was issued on %(day)s; a later number cannot carry an earlier day."
        ) % {"number": earlier.number_and_symbol, "day": short_date(earlier.issued_on)}
    later = number and numbered.filter(number__gt=number).order_by("issued_on", "number").first()
    if later and later.issued_on < issued_on:
        return _(
            "Number %(number)s of this series was issued on %(day)s; an earlier number cannot carry a later day."
        ) % {"number": later.number_and_symbol, "day": short_date(later.issued_on)}
    return ""


def set_aside_refusal(agency, user):
    """Why this user cannot reserve or void numbers of the agency; "" when they can."""
    if not user.may(Permission.DOCUMENT_ISSUE, at=agency):
        return _("Your role does not allow keeping the register of %(agency)s.") % {"agency": agency}
    return ""


@transaction.atomic
def reserve(*, agency, kind, year, reason, by):
    """Keep the next number for a document to come, with the reason the book will show."""
    if why := set_aside_refusal(agency, by):
        raise PermissionDenied(why)
    if not timezone.localdate().year - 1 <= year <= timezone.localdate().year:
        raise ValidationError({"year": _("Numbers are kept in the registers of this year and the last.")})
    series = open_series(agency, kind, year)
    with acting(by=by, reason=reason):
        return SetAside.objects.create(series=series, number=next_number(series), reason=reason)


def void(entry, *, by, reason):
    """Give a reserved number up for good; the book keeps it with both reasons."""
    return SET_ASIDE.take("void", entry, by=by, reason=reason, void_reason=reason)


def take(series, number, *, gap_reason="", by):
    """(number, the reserved entry it fills or None) for a paper that bears `number`, of a locked series.

    Without a number it is the next. One beyond the next leaves those between reserved, because of `gap_reason`.
    """
    following = foresee_next(f"documents/{series.pk}")
    if number is None or number == following:
        return next_number(series), None
    if number > following:
        _reserve_up_to(series, number, gap_reason, following, by=by)
        return next_number(series), None
    if holder := Document.objects.filter(series=series, number=number).first():
        words = _("Number %(number)02d is taken: %(reference)s, %(day)s. Compare it with the paper.")
        details = {"number": number, "reference": holder.reference, "day": short_date(holder.issued_on)}
        raise ValidationError({"number": words % details})
    entry = series.set_aside.filter(number=number).first()
    if entry and entry.status == SetAside.Status.VOID:
        words = _("Number %(number)02d is void (%(why)s): no letter bears it any more. Compare it with the paper.")
        raise ValidationError({"number": words % {"number": number, "why": entry.explanation}})
    return number, entry


def _reserve_up_to(series, number, reason, following, *, by):
    """Set aside what lies between the next number and this one, each with the reason the book will show."""
    between = number - following
    if between > MOST_BETWEEN:
        words = _("The next number is %(next)02d: %(count)s numbers would stay open. Compare it with the paper.")
        raise ValidationError({"number": words % {"next": following, "count": dotted(between)}})
    if not reason:
        words = _(
            "The next number is %(next)02d. Say here why %(first)02d to %(last)02d are not in the register yet: they "
            "are reserved with this reason, and the letters that bear them can be registered later."
        )
        details = {"next": following, "first": following, "last": number - 1}
        raise ValidationError({"gap_reason": words % details})
    with acting(by=by, reason=reason):
        for kept in take_block(f"documents/{series.pk}", between):
            SetAside.objects.create(series=series, number=kept, reason=reason)


def number_of(entry, series):
    """The number of a reserved entry, locked: nobody else takes or voids it meanwhile."""
    entry = SET_ASIDE.fresh(entry)
    if entry.series_id != series.pk or entry.status != SetAside.Status.RESERVED:
        raise PermissionDenied(_("This reserved number belongs to another register or is taken."))
    return entry.number


def use(entry, document, *, by):
    """The reserved number went to this document."""
    return SET_ASIDE.take("use", entry, by=by, reason=document.number_and_symbol, document=document)


def reserved_for(document, year=None):
    """The reserved numbers a document of this agency and kind may take."""
    found = SetAside.objects.reserved().filter(
        series__agency=document.agency, series__kind=document.kind, series__is_external=False
    )
    return found.filter(series__year=year) if year else found
