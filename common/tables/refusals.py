"""What is said of a file that cannot be taken."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def too_large():
    return ValidationError(_("Unpacked, the file is far larger than a list of petitions can be; it was not opened."))


def too_many_rows():
    return ValidationError(
        _("The table has more rows or columns than can be read (50 000 rows, 256 columns). Split it.")
    )


def too_many_tables():
    return ValidationError(_("The file has more than 64 tables. Send the one that matters."))


def no_table():
    return ValidationError(_("There is no table in this file."))


def unknown_kind(endings):
    return ValidationError(_("Only tables in Excel, OpenDocument or Word files can be read: %s.") % ", ".join(endings))


def macros():
    return ValidationError(_("The file contains macros. Save it without them (.xlsx, .docx) and send it again."))


def locked():
    return ValidationError(_("The file is protected by a password. Take the password off and send it again."))


def damaged():
    return ValidationError(_("The file is damaged or not what it says. Open it in its own program and save it again."))
