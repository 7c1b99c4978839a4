"""Rules about days and reminders, as data the secretariat keeps."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deadlines import workflow
from deadlines.forms import REMINDED, EndForm, ReminderForm, RuleForm
from deadlines.models import DeadlineRule, ReminderPlan
from deadlines.views.calendars import visible_council
from deadlines.workflow.calendars import check_keep
from deadlines.workflow.rules import save_reminders


def _rule(request, pk):
    return get_object_or_404(DeadlineRule.objects.visible_to(request.user).select_related("council"), pk=pk)


@require_safe
def rules(request, council_pk):
    council = visible_council(request, council_pk)
    context = {
        "council": council,
        "rules": DeadlineRule.objects.filter(council=council).select_related("agency"),
        "plans": ReminderPlan.objects.filter(council=council),
        "may_keep": workflow.may_keep(request.user, council),
        "today": timezone.localdate(),
        "year": timezone.localdate().year,
    }
    return render(request, "deadlines/rules.html", context)


@require_http_methods(["GET", "POST"])
def add(request, council_pk):
    return _save(request, visible_council(request, council_pk), None)


@require_http_methods(["GET", "POST"])
def replace(request, pk):
    """The next version of a rule; the present one ends the day before."""
    rule = _rule(request, pk)
    return _save(request, rule.council, rule)


def _save(request, council, replaced):
    check_keep(council, request.user)
    form = RuleForm(request.POST or None, council=council, initial=_values(replaced))
    if form.is_valid():
        try:
            workflow.add_rule(council, by=request.user, replaces=replaced, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The rule is on record. Clocks that run keep counting as they did."))
            return redirect("deadlines:rules", council.pk)
    title = _("New version of “%(rule)s”") % {"rule": replaced} if replaced else _("New rule about days")
    return render(request, "deadlines/rule_form.html", {"council": council, "form": form, "title": title})


def _values(rule):
    if rule is None:
        return None
    kept = {name: getattr(rule, name) for name in RuleForm._meta.fields if not name.startswith("valid_")}
    return kept | {"valid_from": timezone.localdate()}


@require_http_methods(["GET", "POST"])
def end(request, pk):
    rule = _rule(request, pk)
    check_keep(rule.council, request.user)
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            workflow.end_rule(rule, by=request.user, on=form.cleaned_data["on"])
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("deadlines:rules", rule.council_id)
    context = {"council": rule.council, "form": form, "title": _("End the rule “%(rule)s”") % {"rule": rule}}
    return render(request, "deadlines/rule_form.html", context)


@require_POST
def defaults(request, council_pk):
    """Take over the rules and reminders shipped with the program."""
    council = visible_council(request, council_pk)
    check_keep(council, request.user)
    workflow.adopt_defaults(council, by=request.user)
    messages.success(request, _("Taken over. What is marked “to be confirmed” needs the council's lawyer."))
    return redirect("deadlines:rules", council.pk)


@require_http_methods(["GET", "POST"])
def reminders(request, council_pk):
    """On which days each role hears of a due date."""
    council = visible_council(request, council_pk)
    check_keep(council, request.user)
    present = {plan.role: plan for plan in ReminderPlan.objects.filter(council=council)}
    forms = [
        (role, ReminderForm(request.POST or None, prefix=role.value, instance=present.get(role))) for role in REMINDED
    ]
    valid = [form.is_valid() for _role, form in forms]  # each says what is wrong with it
    if request.method == "POST" and all(valid):
        save_reminders(council, by=request.user, plans={role: form.cleaned_data for role, form in forms})
        messages.success(request, _("Saved."))
        return redirect("deadlines:rules", council.pk)
    return render(request, "deadlines/reminders.html", {"council": council, "forms": forms})
