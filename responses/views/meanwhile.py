"""Two people on one draft: what each typed beside the other's, and the form with both."""

from datetime import date

from common.formats import short_date
from responses import versions
from responses.forms import AnswerForm
from responses.models import Reply, ResultReason

_FRAME = ("kind", "opening", "closing")


def meeting(reply, letter, answers, stored=None):
    """What was saved meanwhile beside what is typed here."""
    theirs = versions.texts_of(stored or Reply.objects.get(pk=reply.pk))
    typed = Reply(**{name: letter.cleaned_data[name] for name in _FRAME})
    ours = versions.texts_of(typed, [form.instance for form in answers])
    return versions.meeting(reply, since=letter.cleaned_data["revision"], theirs=theirs, ours=ours)


def bring_together(reply, letter, answers):
    """Fill the forms with what the other changed where nothing was typed here; saved next, it goes over theirs."""
    stored = Reply.objects.get(pk=reply.pk)
    found = meeting(reply, letter, answers, stored)
    data = letter.data.copy()
    data["revision"] = stored.revision
    for name in _FRAME:
        if name in found.names_taken:
            data[name] = getattr(stored, name)
    theirs = stored.answers.in_bulk()
    for form in answers:
        taken = [field for field in form.fields if versions.name_of(form.instance, field) in found.names_taken]
        other = AnswerForm(instance=theirs.get(form.instance.pk), reasons=ResultReason.objects.none())
        for field in taken:
            data[form.add_prefix(field)] = _typed(other[field].value())
            setattr(form.instance, field, getattr(other.instance, field))
    for form in (letter, *answers):
        form.data = data
    return found


def _typed(value):
    """A stored value as somebody would have typed it."""
    if value is None:
        return ""
    return short_date(value) if isinstance(value, date) else value
