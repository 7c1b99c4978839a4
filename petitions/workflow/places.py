"""Petitions are found by the names their places are given after they were logged."""

from datetime import timedelta

from django.db.models import Q

from directory.models import AdministrativeUnit, UnitSuccession
from directory.names import names_of, related
from petitions.models import Petition
from petitions.models.wording import written_out
from petitions.workflow.record import refresh

#: So long after names of places were recorded their petitions are looked at again.
LOOKED_AT = timedelta(days=3)


def find_by_new_names(now):
    """Petitions of places whose names were recorded of late are found by them too; returns how many were not."""
    pairs = UnitSuccession.history.filter(history_date__gte=now - LOOKED_AT)
    changed = {pk for pair in pairs.values_list("predecessor", "successor") for pk in pair}
    raised = AdministrativeUnit.objects.filter(pk__in=related(changed), origins__isnull=False).distinct()
    done = 0
    for unit, names in names_of(raised.select_related("parent")).items():
        missing = Q()
        for name in names:
            missing |= ~Q(search_text__contains=written_out(name))
        for petition in Petition.objects.filter(missing, origins__unit=unit).distinct():
            refresh(petition, by=None)
            done += 1
    return done
