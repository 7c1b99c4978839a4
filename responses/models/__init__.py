"""Replies with their answers, what was promised in them, and what reviewers think of them."""

from responses.models.commitments import Commitment
from responses.models.contributions import Contribution
from responses.models.drafting import Glance, PassageComment, ReplyVersion
from responses.models.replies import Answer, EvidenceFile, Reply, ResultReason
from responses.models.review import Assessment, VaguePhrase

__all__ = [
    "Answer",
    "Assessment",
    "Commitment",
    "Contribution",
    "EvidenceFile",
    "Glance",
    "PassageComment",
    "Reply",
    "ReplyVersion",
    "ResultReason",
    "VaguePhrase",
]
