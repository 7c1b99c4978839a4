"""What people read for a while beside what their roles say; the room that entrusts it says so when it starts."""

from django.db.models import Q

_conditions = {}


def entrust(model, condition):
    """Make known that `condition(user)` is a condition on the rows of `model` entrusted to this person today."""
    _conditions[model] = condition


def entrusted(model, user):
    """A condition on rows of the model: those entrusted to `user` today; it holds for none where nothing is."""
    condition = _conditions.get(model)
    return condition(user) if condition and user.councils_overseen else Q(pk__in=[])
