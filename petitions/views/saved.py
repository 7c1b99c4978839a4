"""Filters kept under a name, shared, and mailed to who asks for it."""

from django.contrib import messages
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from petitions.forms import FilterMailForm, SaveFilterForm
from petitions.models import FilterMail, SavedFilter
from petitions.views.lists import filter_form


@require_safe
def filters(request):
    """One's own filters and those shared: what each shows, and how often one is told of it."""
    saved = list(SavedFilter.objects.visible_to(request.user).select_related("owner"))
    periods = dict(FilterMail.objects.filter(user=request.user).values_list("saved_filter", "period"))
    rows = [
        (one, filter_form(request, QueryDict(one.query)), FilterMailForm({"period": periods.get(one.pk, "")}))
        for one in saved
    ]
    return render(request, "petitions/filters.html", {"rows": rows, "has_address": bool(request.user.email)})


@require_safe
def filter_(request, pk):
    """The list a filter shows: what a mail leads to."""
    return redirect(get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk))


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
def mail_filter(request, pk):
    """Be told of a filter every day, every week or no more; one's own choice, for oneself alone."""
    saved = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
    form = FilterMailForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how often: every morning, every Monday or not at all."))
    elif period := form.cleaned_data["period"]:
        FilterMail.objects.update_or_create(
            saved_filter=saved, user=request.user, defaults={"period": period, "since": timezone.localdate()}
        )
        messages.success(request, _("You will be told of “%s”, first in the next period.") % saved)
    else:
        FilterMail.objects.filter(saved_filter=saved, user=request.user).delete()
        messages.success(request, _("No more mail about “%s”.") % saved)
    return redirect("petitions:filters")


@require_POST
@transaction.atomic
def forget_filter(request, pk):
    """Nobody is told of it any more either."""
    saved = get_object_or_404(SavedFilter, pk=pk, owner=request.user)
    saved.mails.all().delete()
    saved.delete()
    messages.success(request, _("The filter is forgotten."))
    return redirect("petitions:filters" if "filters" in request.POST else "petitions:index")
