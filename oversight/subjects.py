"""What the clocks of recommendations are about."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from common.acting import acting
from deadlines.subjects import Subject, Told
from oversight.models import Recommendation


class RecommendationTime(Subject):
    """The time an agency has to carry out a recommendation."""

    relation = "recommendation"

    def visible(self, user):
        return Q(recommendation__in=Recommendation.objects.visible_to(user))

    def tell(self, clocks):
        asked = Recommendation.objects.filter(clock__in=clocks).select_related("agency", "working_session")
        return {
            recommendation.clock_id: Told(
                "Kiến nghị giám sát",
                str(recommendation),
                recommendation.working_session.get_absolute_url(),
                recommendation.agency,
                f"recommendation/{recommendation.pk}",
            )
            for recommendation in asked
        }

    def change_refusal(self, clock, user):
        official = clock.beside or clock
        council = official.recommendation.working_session.delegation.council
        if user.may(Permission.OVERSIGHT_RECORD, at=council):
            return ""
        return _("Only the delegation grants more time for what it asked.")

    def settled(self, clock, *, by, words):
        """The recommendation repeats the date by which it is to be done."""
        if clock.beside_id:
            return
        recommendation = clock.recommendation
        recommendation.due_on = clock.due_on
        with acting(by=by, reason=words["why"]):
            recommendation.save()


RECOMMENDATION_TIME = RecommendationTime()
