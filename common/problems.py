"""What went wrong in the background, said so that whoever reads it knows what to do."""

from smtplib import SMTPException

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, OperationalError
from django.utils.translation import gettext as _


def in_words(problem):
    """One sentence about an exception: its own words when it was raised as a refusal, the kind of trouble otherwise.

    What nobody foresaw keeps its technical words in brackets: the administrator passes them on.
    """
    if isinstance(problem, ValidationError):
        return " ".join(problem.messages)
    if isinstance(problem, PermissionDenied) and str(problem):
        return str(problem)
    return _kind_of_trouble(problem) % {"technical": f"{type(problem).__name__}: {problem}".rstrip(": ")}


def _kind_of_trouble(problem):
    if isinstance(problem, OperationalError):
        return _("The database was busy or could not be reached (%(technical)s).")
    if isinstance(problem, DatabaseError):
        return _("The database refused the change (%(technical)s).")
    if isinstance(problem, MemoryError):
        return _("The memory of the machine was used up (%(technical)s).")
    if isinstance(problem, SMTPException | ConnectionError | TimeoutError):
        return _("The mail server did not answer or refused (%(technical)s).")
    if isinstance(problem, OSError):
        return _("A file could not be read or written: see whether the disk is full (%(technical)s).")
    return _("The work met something nobody foresaw; tell the administrator (%(technical)s).")
