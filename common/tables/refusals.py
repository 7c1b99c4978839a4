"""What is said of a file that cannot be taken."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def too_large():
    return ValidationError(_("Unpacked, the file is far larger than a list of petitions can be; it was not opened."))


def too_many_rows():
    return ValidationError(
        _("The table has more rows or columns than can be read (50 000 rows, 256 columns). Split it.")
    )


def macros():
    return ValidationError(_("The file contains macros. Save it without them (.xlsx, .docx) and send it again."))


def locked():
    return ValidationError(_("The file is protected by a password. Take the password off and send it again."))


def damaged():
    return ValidationError(_("The file is damaged or not what it says. Open it in its own program and save it again."))
