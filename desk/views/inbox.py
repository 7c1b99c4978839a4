"""The inbox: what happened to what one is responsible for, grouped by what it is about."""

from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import notifications
from accounts.models import MailPreference, Notice
from desk.forms import InboxFilterForm, PreferenceForm

PAGE_SIZE = 30


@require_safe
def inbox(request):
    """Groups with their newest notice first; in each the notices, newest first."""
    form = InboxFilterForm(request.GET)
    notices = form.filter(Notice.objects.visible_to(request.user))
    groups, seen = [], set()
    for group in notices.order_by("-pk").values_list("group", flat=True):
        if group not in seen:
            seen.add(group)
            groups.append(group)
    page = Paginator(groups, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = sorted(notices.filter(group__in=page.object_list), key=lambda n: (groups.index(n.group), -n.pk))
    context = {
        "page": page,
        "groups": [(key, list(found)) for key, found in groupby(shown, key=lambda notice: notice.group)],
        "unread": Notice.objects.visible_to(request.user).unread().count(),
        "show": request.GET.get("show", ""),
        "kind": request.GET.get("kind", ""),
        "kinds": Notice.Kind.choices,
        "today": timezone.localdate(),
    }
    return render(request, "desk/inbox.html", context)


@require_POST
def open_notice(request, pk):
    """Read a notice and go to what it is about."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    notifications.mark_read(Notice.objects.filter(pk=notice.pk))
    return redirect(notice.url)


@require_POST
def mark_read(request):
    """Everything about one matter, or everything there is."""
    notices = Notice.objects.visible_to(request.user)
    if group := request.POST.get("group", ""):
        notices = notices.filter(group=group)
    notifications.mark_read(notices)
    address = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(address if allowed else "desk:inbox")


@require_http_methods(["GET", "POST"])
def preferences(request):
    """How often one wants mail, and about what."""
    present = MailPreference.objects.filter(user=request.user).first() or MailPreference(user=request.user)
    form = PreferenceForm(request.POST or None, instance=present)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("desk:inbox")
    return render(request, "desk/preferences.html", {"form": form})
