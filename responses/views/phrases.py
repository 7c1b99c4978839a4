"""The list of phrases that commit to nothing: everybody of the council reads it, the secretariat keeps it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.forms import WordForm
from directory.models import PeoplesCouncil
from responses import phrasing
from responses.models import VaguePhrase


@require_http_methods(["GET", "POST"])
def phrases(request, pk):
    council = get_object_or_404(PeoplesCouncil.objects.visible_to(request.user), pk=pk)
    why = phrasing.keep_refusal(council, request.user)
    if request.method == "POST" and why:
        raise PermissionDenied(why)
    form = WordForm(request.POST or None, max_length=120)
    if form.is_valid():
        phrasing.keep(council, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("responses:phrases", council.pk)
    context = {
        "council": council,
        "form": form,
        "may_keep": not why,
        "entries": VaguePhrase.objects.listed(council),
        "title": _("Vague phrases"),
        "note": _(
            "Sentences with these words are pointed out in drafts and in issued replies. They warn; they stop nothing."
        ),
        "back": reverse("responses:index"),
        "back_label": _("Replies"),
    }
    return render(request, "directory/word_list.html", context)
