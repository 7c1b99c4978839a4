"""Files people hand in: checked by content, kept outside the web root, handed back only when asked properly."""

import hashlib
import zipfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from common.models import Upload

_OFFICE = {
    ".docx": ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_STARTS = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    ".jpg": (b"\xff\xd8\xff", "image/jpeg"),
    ".jpeg": (b"\xff\xd8\xff", "image/jpeg"),
}
ACCEPTED = ", ".join([*_STARTS, *_OFFICE])


def check(file):
    """The content type of an uploaded file; `ValidationError` in words where it cannot be taken."""
    limit = settings.MAX_UPLOAD_MEGABYTES * 1024 * 1024
    if file.size > limit:
        raise ValidationError(
            _("The file is %(size)s; at most %(limit)s can be taken. Split it or scan it smaller.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(limit)}
        )
    ending = "." + file.name.rsplit(".", 1)[-1].lower() if "." in file.name else ""
    if ending in _STARTS:
        start, content_type = _STARTS[ending]
        if _head(file, len(start)) == start:
            return content_type
    elif ending in _OFFICE:
        folder, content_type = _OFFICE[ending]
        if _holds(file, folder):
            return content_type
    else:
        raise ValidationError(_("Only these kinds of file can be taken: %(endings)s.") % {"endings": ACCEPTED})
    raise ValidationError(
        _("The content of “%(name)s” is not what its ending says. Save it again in its own program.")
        % {"name": file.name}
    )


def keep(file, *, content_type=""):
    """Store a checked file; returns the `Upload`. A room that checked the file itself gives its `content_type`."""
    content_type = content_type or check(file)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    upload = Upload(name=_short(file.name), content_type=content_type, size=file.size, sha256=digest.hexdigest())
    ending = file.name.rsplit(".", 1)[-1].lower()
    upload.file.save(f"{upload.sha256}.{ending}", file, save=False)
    upload.save()
    return upload


def _short(name):
    """A name that fits its column, its ending kept."""
    stem, dot, ending = name.rpartition(".")
    longest = Upload._meta.get_field("name").max_length - len(dot + ending)
    return f"{stem[:longest]}{dot}{ending}"


def hand_back(upload):
    """The file as a download that no browser will run or guess about."""
    response = FileResponse(
        upload.file.open("rb"), as_attachment=True, filename=upload.name, content_type=upload.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _head(file, length):
    file.seek(0)
    head = file.read(length)
    file.seek(0)
    return head


def _holds(file, folder):
    """Whether a zip holds `folder` and no macros."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError):
        return False
    finally:
        file.seek(0)
    return any(name.startswith(folder) for name in names) and not any("vbaProject" in name for name in names)
