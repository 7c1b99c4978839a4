"""One workflow engine: a table of steps per model, and one door to a status.

A room declares its table in `workflow.py`; the diagrams in `docs/workflow.md` are drawn from the tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from common.acting import acting
from common.many import change_many

ALL = []


def no_rule(record, user):
    """Nothing further stands in the way."""
    return ""


@dataclass(frozen=True)
class AnyOf:
    """Permissions of which one suffices; `now(record)` gives those that count as the record stands: none, nobody."""

    permissions: tuple
    now: Callable


@dataclass(frozen=True)
class Step:
    """One way from some states to another, and who may take it."""

    label: Any  # the verb on the button, translatable
    sources: frozenset
    target: str
    permission: str | AnyOf  # "" for a step that only ever follows from another act
    rule: Callable = no_rule  # (record, user) → why not, in words; "" when nothing stands in the way


@dataclass(frozen=True)
class Workflow:
    """The steps of one model. `held_at(record)` is the agency or council at which the permission must be held."""

    model: type[models.Model]
    steps: Mapping[str, Step]
    held_at: Callable
    field: str = "status"
    reads: tuple = ()  # the related records its rules ask about, read together with the record

    def __post_init__(self):
        ALL.append(self)

    @cached_property
    def states(self):
        return dict(self.model._meta.get_field(self.field).choices)

    def refusal(self, name, record, user):
        """Why `user` cannot take this step now, in words for the screen; "" when they can."""
        return self.plain_refusal(name, record, user) or self.steps[name].rule(record, user)

    def plain_refusal(self, name, record, user):
        """What role and state alone say against it."""
        step = self.steps[name]
        status = getattr(record, self.field)
        if step.permission and not self._may(step, record, user):
            return _("Your role does not allow this step: %(step)s.") % {"step": step.label}
        if status not in step.sources:
            return _("This step (%(step)s) is not possible while the state is “%(state)s”.") % {
                "step": step.label,
                "state": self.states[status],
            }
        return ""

    def check(self, name, record, user):
        """Raise `PermissionDenied` with the reason when the step cannot be taken now."""
        if why := self.refusal(name, record, user):
            raise PermissionDenied(why)

    def offers(self, record, user):
        """The steps this user's role could take from the present state: [(name, step, refusal)]."""
        status = getattr(record, self.field)
        return [
            (name, step, self.refusal(name, record, user))
            for name, step in self.steps.items()
            if step.permission and status in step.sources and self._may(step, record, user)
        ]

    def _may(self, step, record, user):
        wanted = step.permission.now(record) if isinstance(step.permission, AnyOf) else [step.permission]
        return any(user.may(permission, at=self.held_at(record)) for permission in wanted)

    def fresh(self, record):
        """The record as it stands in the database, locked."""
        return self._locked().get(pk=record.pk)

    def _locked(self):
        return self.model._base_manager.select_for_update(of=("self",)).select_related(*self.reads or [None])

    @transaction.atomic
    def take(self, name, record, *, by, reason="", **changes):
        """The only door to a status: lock, check, change, save with history; returns the fresh record."""
        record = self.fresh(record)
        self.check(name, record, by)
        return self.complete(name, record, by=by, reason=reason, **changes)

    def complete(self, name, record, *, by, reason="", **changes):
        """Save the step of a record that is `fresh` and was checked in this transaction."""
        for field, value in {**changes, self.field: self.steps[name].target}.items():
            setattr(record, field, value)
        with acting(by=by, reason=reason or self.steps[name].label):
            record.save()
        return record

    @transaction.atomic
    def take_many(self, name, records, *, by, reason=""):
        """The same step for many records at once: all of them or, when one is refused, none; returns how many."""
        fresh = list(self._locked().filter(pk__in=[record.pk for record in records]))
        for record in fresh:
            self.check(name, record, by)
        step = self.steps[name]
        keys = [record.pk for record in fresh]
        change_many(self.model, keys, by=by, reason=reason or step.label, **{self.field: step.target})
        return len(fresh)
