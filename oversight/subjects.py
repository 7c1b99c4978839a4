"""What the clocks of recommendations are about."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from common.acting import acting
from deadlines.subjects import Subject, Told
from oversight.models import Explanation, Recommendation


class _TimeGranted(Subject):
    """Time given by those who oversee, who alone may give more of it."""

    def recommendation_of(self, clock):
        raise NotImplementedError

    def change_refusal(self, clock, user):
        council = self.recommendation_of(clock.beside or clock).working_session.delegation.council
        if user.may(Permission.OVERSIGHT_RECORD, at=council):
            return ""
        return _("Only the delegation grants more time for what it asked.")


class RecommendationTime(_TimeGranted):
    """The time an agency has to carry out a recommendation."""

    relation = "recommendation"

    def recommendation_of(self, clock):
        return clock.recommendation

    def visible(self, user):
        return Q(recommendation__in=Recommendation.objects.visible_to(user))

    def tell(self, clocks):
        asked = Recommendation.objects.filter(clock__in=clocks).select_related("agency", "working_session")
        return {
            recommendation.clock_id: Told(
                "Kiến nghị giám sát",
                str(recommendation),
                recommendation.get_absolute_url(),
                recommendation.agency,
                recommendation.thread,
                "Hạn thực hiện",
                is_owed=recommendation.status in Recommendation.OWED,
            )
            for recommendation in asked
        }

    def settled(self, clock, *, by, words):
        """The recommendation repeats the date by which it is to be done."""
        if clock.beside_id:
            return
        with acting(by=by, reason=words["why"]):
            clock.recommendation.change(due_on=clock.due_on)


class ExplanationTime(_TimeGranted):
    """The time an agency has to explain in writing what it did not carry out."""

    relation = "explanation"

    def recommendation_of(self, clock):
        return clock.explanation.recommendation

    def visible(self, user):
        return Q(explanation__in=Explanation.objects.visible_to(user))

    def tell(self, clocks):
        asked = Explanation.objects.filter(clock__in=clocks)
        return {
            explanation.clock_id: Told(
                "Giải trình",
                str(explanation),
                explanation.get_absolute_url(),
                explanation.recommendation.agency,
                explanation.recommendation.thread,
                "Hạn giải trình",
            )
            for explanation in asked.select_related("recommendation__agency", "recommendation__working_session")
        }

    def settled(self, clock, *, by, words):
        """Nothing repeats this date."""


RECOMMENDATION_TIME = RecommendationTime()
EXPLANATION_TIME = ExplanationTime()
