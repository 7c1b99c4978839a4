"""/replies/…"""

from django.urls import path, register_converter

from responses.views import commitments, contributions, phrases, replies

app_name = "responses"


class CommitmentStep:
    """What can happen to a promise."""

    regex = "report|verify|reject|extend|miss"

    def to_python(self, value):
        return value

    to_url = to_python


class ContributionStep(CommitmentStep):
    """What can happen to a contribution."""

    regex = "submit|withdraw|give|send_back"


register_converter(ContributionStep, "contribution_step")
register_converter(CommitmentStep, "commitment_step")

urlpatterns = [
    path("", replies.index, name="index"),
    path("create/", replies.create, name="create"),
    path("commitments/", commitments.ledger, name="ledger"),
    path("commitments/<int:pk>/", commitments.detail, name="commitment"),
    path("commitments/<int:pk>/<commitment_step:step>/", commitments.act, name="commitment_act"),
    path("contributions/<int:pk>/", contributions.contribute, name="contribute"),
    path("contributions/<int:pk>/ask/", contributions.ask, name="ask"),
    path("contributions/<int:pk>/<contribution_step:step>/", contributions.act, name="contribution_act"),
    path("phrases/<int:pk>/", phrases.phrases, name="phrases"),
    path("<int:pk>/", replies.draft, name="draft"),
    path("<int:pk>/autosave/", replies.autosave, name="autosave"),
    path("<int:pk>/versions/", replies.compare, name="compare"),
    path("answers/<int:pk>/comment/", replies.comment, name="comment"),
    path("comments/<int:pk>/settle/", replies.settle, name="settle"),
    path("<int:pk>/preview/", replies.preview, name="preview"),
    path("<int:pk>/leave-out/<int:petition_pk>/", replies.leave_out, name="leave_out"),
    path("<int:pk>/untick/<int:petition_pk>/", replies.untick, name="untick"),
    path("answers/<int:pk>/attach/", replies.attach, name="attach"),
    path("answers/<int:pk>/confirm/", commitments.confirm, name="confirm"),
    path("answers/<int:pk>/mark/", commitments.mark, name="mark"),
    path("evidence/<int:pk>/", replies.evidence, name="evidence"),
]
