"""What people may do, by role: the whole authorisation model as data."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    COUNCIL_SEE = "council_see"
    PERSONAL_DATA_SEE = "personal_data_see"
    SESSION_EDIT = "session_edit"
    DEADLINES_KEEP = "deadlines_keep"
    PETITION_LOG = "petition_log"
    PETITION_CLASSIFY = "petition_classify"
    PETITION_FORWARD = "petition_forward"
    ASSIGNMENT_RESPOND = "assignment_respond"
    DOCUMENT_DRAFT = "document_draft"
    DOCUMENT_CHECK_CONTENT = "document_check_content"
    DOCUMENT_CHECK_FORM = "document_check_form"
    DOCUMENT_CLEAR = "document_clear"
    DOCUMENT_ISSUE = "document_issue"
    OVERSIGHT_PLAN = "oversight_plan"
    OVERSIGHT_RECORD = "oversight_record"
    DELEGATION_SEE = "delegation_see"
    VERIFICATION_RECORD = "verification_record"
    RECOMMENDATION_ANSWER = "recommendation_answer"
    REPORT_MAKE = "report_make"
    PUBLISH = "publish"
    PHRASES_KEEP = "phrases_keep"
    CLEARANCE_ARRANGE = "clearance_arrange"
    DIRECTORY_EDIT = "directory_edit"


class Role(models.TextChoices):
    OFFICER = "officer", _("Secretariat officer")
    LEADER = "leader", _("Secretariat leader")
    DRAFTER = "drafter", _("Drafter of the answering body")
    UNIT_HEAD = "unit_head", _("Head of a unit (checks the content)")
    FORM_CHECKER = "form_checker", _("Checker of form and layout")
    HEAD = "head", _("Head of the answering body")
    REGISTRAR = "registrar", _("Registrar of the answering body")
    DELEGATION_MEMBER = "delegation_member", _("Member of an oversight delegation")
    COMMITTEE_MEMBER = "committee_member", _("Member of a committee (verifies its fields)")
    DELEGATE = "delegate", _("Delegate (reads only)")
    ADMINISTRATOR = "administrator", _("Administrator")


@dataclass(frozen=True)
class RoleDescription:
    sentence: Any
    permissions: frozenset


def _may(sentence, *permissions):
    return RoleDescription(sentence, frozenset(permissions))


ROLES = {
    Role.OFFICER: _may(
        _("Logs, classifies and forwards petitions; drafts and registers the council's papers."),
        Permission.COUNCIL_SEE,
        Permission.PERSONAL_DATA_SEE,
        Permission.SESSION_EDIT,
        Permission.DEADLINES_KEEP,
        Permission.PETITION_LOG,
        Permission.PETITION_CLASSIFY,
        Permission.PETITION_FORWARD,
        Permission.DOCUMENT_DRAFT,
        Permission.DOCUMENT_ISSUE,
        Permission.OVERSIGHT_PLAN,
        Permission.OVERSIGHT_RECORD,
        Permission.VERIFICATION_RECORD,
        Permission.REPORT_MAKE,
        Permission.PHRASES_KEEP,
    ),
    Role.LEADER: _may(
        _("Clears the council's papers, decides what is published, sees everything of the council."),
        Permission.COUNCIL_SEE,
        Permission.PERSONAL_DATA_SEE,
        Permission.SESSION_EDIT,
        Permission.DEADLINES_KEEP,
        Permission.PETITION_CLASSIFY,
        Permission.DOCUMENT_CLEAR,
        Permission.CLEARANCE_ARRANGE,
        Permission.OVERSIGHT_PLAN,
        Permission.OVERSIGHT_RECORD,
        Permission.VERIFICATION_RECORD,
        Permission.PUBLISH,
        Permission.PHRASES_KEEP,
    ),
    Role.DRAFTER: _may(
        _("Accepts or returns what is assigned to the agency and drafts its replies."),
        Permission.PERSONAL_DATA_SEE,
        Permission.ASSIGNMENT_RESPOND,
        Permission.DOCUMENT_DRAFT,
        Permission.RECOMMENDATION_ANSWER,
    ),
    Role.UNIT_HEAD: _may(
        _("Checks what a paper of the unit says before it goes to the leader who signs."),
        Permission.DOCUMENT_CHECK_CONTENT,
    ),
    Role.FORM_CHECKER: _may(
        _("Checks form and layout of a paper before it goes to the leader who signs."),
        Permission.DOCUMENT_CHECK_FORM,
    ),
    Role.HEAD: _may(
        _("Clears the agency's replies or sends them back with a reason."),
        Permission.PERSONAL_DATA_SEE,
        Permission.ASSIGNMENT_RESPOND,
        Permission.DOCUMENT_CLEAR,
        Permission.CLEARANCE_ARRANGE,
        Permission.RECOMMENDATION_ANSWER,
    ),
    Role.REGISTRAR: _may(
        _("Gives numbers and issues the agency's cleared documents."),
        Permission.DOCUMENT_ISSUE,
    ),
    Role.DELEGATION_MEMBER: _may(
        _("Reads what the delegations joined cover, while they last; records what they found and asked for."),
        Permission.DELEGATION_SEE,
        Permission.OVERSIGHT_RECORD,
    ),
    Role.COMMITTEE_MEMBER: _may(
        _("Reads like a delegate and assesses the results in the committee's fields before a session."),
        Permission.COUNCIL_SEE,
        Permission.VERIFICATION_RECORD,
    ),
    Role.DELEGATE: _may(
        _("Reads petitions, replies and reports of the council, without voters' personal data."),
        Permission.COUNCIL_SEE,
    ),
    Role.ADMINISTRATOR: _may(
        _("Keeps accounts, agencies, places and fields in order."),
        Permission.COUNCIL_SEE,
        Permission.DIRECTORY_EDIT,
        Permission.CLEARANCE_ARRANGE,
    ),
}
