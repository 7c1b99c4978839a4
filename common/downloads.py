"""Files made here and handed to the browser."""

from django.http import HttpResponse

from common import xlsx

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": xlsx.CONTENT_TYPE,
}


def download(content, name, *, is_shown=False):
    """`content` as a file called `name`: plain letters, the ending says what it is. The browser keeps or shows it."""
    response = HttpResponse(content, content_type=_TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'{"inline" if is_shown else "attachment"}; filename="{name}"'
    return response
