"""Filters kept under a name."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from petitions.forms import SaveFilterForm
from petitions.models import SavedFilter


@require_POST
def save_filter(request):
    """Keep the address of the list one looks at; the same name again changes what it shows."""
    form = SaveFilterForm(request.POST, user=request.user)
    if form.is_valid():
        saved = form.save()
        messages.success(request, _("The filter “%s” is kept.") % saved)
        return redirect(saved)
    for problem in form.errors.values():
        messages.error(request, " ".join(problem))
    return redirect("petitions:index")


@require_POST
def forget_filter(request, pk):
    get_object_or_404(SavedFilter, pk=pk, owner=request.user).delete()
    messages.success(request, _("The filter is forgotten."))
    return redirect("petitions:index")
