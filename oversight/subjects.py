"""What the clocks of recommendations are about."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from common.acting import acting
from deadlines.subjects import Subject, Told
from oversight.models import Explanation, Recommendation


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
                "Hạn thực hiện",
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


class ExplanationTime(Subject):
    """The time an agency has to explain in writing what it did not carry out."""

    relation = "explanation"

    def visible(self, user):
        return Q(explanation__in=Explanation.objects.visible_to(user))

    def tell(self, clocks):
        asked = Explanation.objects.filter(clock__in=clocks).select_related("recommendation__agency")
        return {
            explanation.clock_id: Told(
                "Giải trình",
                str(explanation),
                explanation.get_absolute_url(),
                explanation.recommendation.agency,
                f"recommendation/{explanation.recommendation_id}",
                "Hạn giải trình",
            )
            for explanation in asked.select_related("recommendation__working_session")
        }

    def change_refusal(self, clock, user):
        official = clock.beside or clock
        council = official.explanation.recommendation.working_session.delegation.council
        if user.may(Permission.OVERSIGHT_RECORD, at=council):
            return ""
        return _("Only the council grants more time for what it asked.")

    def settled(self, clock, *, by, words):
        """The explanation repeats the date by which it is due."""
        if clock.beside_id:
            return
        with acting(by=by, reason=words["why"]):
            clock.explanation.change(due_on=clock.due_on)


RECOMMENDATION_TIME = RecommendationTime()
EXPLANATION_TIME = ExplanationTime()
