"""A small council to test in: one body of each kind, one person in each role, one session."""

from contextlib import nullcontext
from datetime import date, timedelta
from functools import cache
from itertools import count
from unittest.mock import patch

from django.utils import timezone

from accounts.models import Membership, User
from accounts.permissions import Role
from common.many import create_many
from deadlines import workflow as clocks
from deadlines.subjects import subject_of
from directory.models import AdministrativeUnit, Agency, Official, PeoplesCouncil, PolicyField
from documents import pdf
from documents import workflow as documents
from petitions import workflow as petitions
from petitions.models import Petition, ResultClass
from petitions.models.petitions import AuthorityLevel
from responses import workflow as responses
from sessions.models import CouncilSession, CouncilTerm, Phase, VoterMeeting

_numbers = count(1)


def person(username, *roles):
    """An account; `roles` are (agency, role) pairs."""
    user = User.objects.create(username=username, full_name=f"Người {username}")
    for agency, role in roles:
        Membership.objects.create(user=user, agency=agency, role=role)
    return user


def created(*records):
    return create_many(records, by=None, reason="")


def agency(council, name, kind=Agency.Kind.DEPARTMENT, symbol="SXD", **details):
    record = _agency(council, name, kind, symbol, **details)
    record.save()
    return record


def _agency(council, name, kind=Agency.Kind.DEPARTMENT, symbol="SXD", **details):
    defaults = {"place_name": "Ninh Bình", "head_post": "Giám đốc"}
    return Agency(council=council, kind=kind, name=name, symbol=symbol, **{**defaults, **details})


@cache
def any_page():
    """A real PDF of one page."""
    return pdf.render_html('<html lang="vi"><p>Một trang.</p></html>')


class World:
    """Everything is plain and valid; what matters to a test is written in the test."""

    #: Whether the papers issued on the way are laid out: true where a test reads them.
    prints = False
    #: A petition forwarded beforehand, which the first plain `forwarded()` returns; see `tests.kept.ready`.
    ready = None

    def __init__(self, code="nb", province="tỉnh Ninh Bình"):
        self.today = timezone.localdate()
        self.province = AdministrativeUnit.objects.create(code=f"{code}-p", name=province, level="province")
        self.commune, self.ward = created(
            AdministrativeUnit(code=f"{code}-c1", name="xã Yên Mô", level="commune", parent=self.province),
            AdministrativeUnit(code=f"{code}-c2", name="phường Hoa Lư", level="commune", parent=self.province),
        )
        self.council = PeoplesCouncil.objects.create(
            code=code, name=f"Hội đồng nhân dân {province}", short_name=f"HĐND {province}", unit=self.province
        )
        self._bodies(province)
        self._people("" if code == "nb" else f"{code}-")
        self._session()

    def _bodies(self, province):
        kinds, council = Agency.Kind, self.council
        collective = {"regime": "collective", "head_post": "Chủ tịch"}
        self.standing, self.office, self.committee, self.ubnd, self.department, self.other_department = created(
            _agency(
                council,
                f"Thường trực Hội đồng nhân dân {province}",
                kinds.STANDING_COMMITTEE,
                "HĐND",
                letterhead=f"Hội đồng nhân dân {province}",
                collective_name="Thường trực Hội đồng nhân dân",
                **collective,
            ),
            _agency(council, f"Văn phòng {province}", kinds.OFFICE, "VP"),
            _agency(
                council,
                f"Ban Kinh tế - Ngân sách {province}",
                kinds.COMMITTEE,
                "BKTNS",
                letterhead="Ban Kinh tế - Ngân sách",
                superior_line=f"Hội đồng nhân dân {province}",
                regime="collective",
                collective_name="Ban Kinh tế - Ngân sách",
                head_post="Trưởng Ban",
            ),
            _agency(
                council,
                f"Ủy ban nhân dân {province}",
                kinds.PEOPLES_COMMITTEE,
                "UBND",
                collective_name="Ủy ban nhân dân",
                **collective,
            ),
            _agency(council, f"Sở Xây dựng {province}", letterhead="Sở Xây dựng", superior_line=f"UBND {province}"),
            _agency(council, f"Sở Y tế {province}", symbol="SYT"),
        )
        self.field = PolicyField.objects.create(council=council, name="Giao thông", committee=self.committee)

    def _people(self, prefix):
        roles = {
            "officer": (self.office, Role.OFFICER),
            "leader": (self.office, Role.LEADER),
            "drafter": (self.department, Role.DRAFTER),
            "unit_head": (self.department, Role.UNIT_HEAD),
            "form_checker": (self.department, Role.FORM_CHECKER),
            "head": (self.department, Role.HEAD),
            "registrar": (self.department, Role.REGISTRAR),
            "other_drafter": (self.other_department, Role.DRAFTER),
            "member": (self.committee, Role.DELEGATION_MEMBER),
            "committee_member": (self.committee, Role.COMMITTEE_MEMBER),
            "delegate": (self.standing, Role.DELEGATE),
            "administrator": (self.office, Role.ADMINISTRATOR),
        }
        names = [prefix + name.replace("_", "-") for name in roles]
        users = created(*(User(username=name, full_name=f"Người {name}") for name in names))
        created(
            *(
                Membership(user=user, agency=body, role=role)
                for user, (body, role) in zip(users, roles.values(), strict=True)
            )
        )
        vars(self).update(zip(roles, users, strict=True))
        standing, department, posts = self.standing, self.department, Official.Authority
        self.chair, self.director, self.deputy, self.committee_head = created(
            Official(agency=standing, name="Đinh Văn Chủ", post="Phó Chủ tịch", authority=posts.FOR_HEAD),
            Official(agency=department, name="Phạm Văn Giám", post="Giám đốc", authority=posts.HEAD),
            Official(agency=department, name="Cao Thị Phó", post="Phó Giám đốc", authority=posts.FOR_HEAD),
            Official(agency=self.committee, name="Vũ Văn Ban", post="Trưởng Ban", authority=posts.HEAD),
        )

    def _session(self):
        self.term = CouncilTerm.objects.create(
            council=self.council, name="XVI", starts_on=date(2021, 1, 1), ends_on=date(2099, 1, 1)
        )
        self.session = self.new_session(opens_on=self.today + timedelta(days=20), number=3)
        self.meeting = VoterMeeting.objects.create(
            council_session=self.session,
            phase=Phase.BEFORE,
            unit=self.commune,
            held_on=self.today - timedelta(days=30),
            voters_attending=120,
        )

    @property
    def people(self):
        """Everybody by role."""
        return {
            Role.OFFICER: self.officer,
            Role.LEADER: self.leader,
            Role.DRAFTER: self.drafter,
            Role.UNIT_HEAD: self.unit_head,
            Role.FORM_CHECKER: self.form_checker,
            Role.HEAD: self.head,
            Role.REGISTRAR: self.registrar,
            Role.DELEGATION_MEMBER: self.member,
            Role.COMMITTEE_MEMBER: self.committee_member,
            Role.DELEGATE: self.delegate,
            Role.ADMINISTRATOR: self.administrator,
        }

    def new_session(self, *, opens_on, number=1, kind=CouncilSession.Kind.REGULAR):
        return CouncilSession.objects.create(
            term=self.term,
            number=number,
            kind=kind,
            title=f"Kỳ họp thứ {number} ({opens_on:%m/%Y})",
            opens_on=opens_on,
            closes_on=opens_on + timedelta(days=2),
        )

    # The way of a petition, as far as a test needs it

    def logged(self, *, points=("Đề nghị lắp đèn chiếu sáng.",), **details):
        """A petition just written down."""
        number = next(_numbers)
        defaults = {
            "council_session": self.session,
            "by": self.officer,
            "title": f"Kiến nghị số {number}",
            "points": list(points),
            "unit": self.commune,
            "meeting": self.meeting,
            "raised_on": self.meeting.held_on,
            "received_on": self.meeting.held_on,
        }
        return petitions.log(**{**defaults, **details})

    def classified(self, *, level=AuthorityLevel.PROVINCIAL, **details):
        """A petition with field and authority level."""
        return petitions.classify(
            self.logged(**details), by=self.officer, policy_field=self.field, authority_level=level
        )

    def planned(self, *petition_list, lead=None, coordinating=(), due_on=None):
        """A forwarding letter drafted for the petitions."""
        lead = lead or self.department
        return petitions.draft_forwarding(
            by=self.officer,
            issuer=self.standing,
            addressee=lead,
            due_on=due_on or self.today + timedelta(days=10),
            plan={point: (lead, list(coordinating)) for p in petition_list for point in p.points.all()},
            signer=self.chair,
            drafting_unit="VP",
        )

    def forwarded(self, *, lead=None, coordinating=(), due_on=None, sent_on=None, **details):
        """A petition an agency has been asked to answer."""
        is_plain = not (lead or coordinating or due_on or sent_on or details)
        if is_plain and self.ready:
            petition, self.ready = self.ready, None
            return Petition.objects.get(pk=petition.pk)
        petition = self.classified(**details)
        forwarding = self.planned(petition, lead=lead, coordinating=coordinating, due_on=due_on)
        self.issue(forwarding.document, self.officer, self.leader, self.officer, on=sent_on)
        return Petition.objects.get(pk=petition.pk)

    def more_time(self, assignment, *, days, reason="chờ vốn", by=None, on=None):
        """The secretariat grants an agency more time, as the page of its clock does."""
        by = by or self.officer
        due_on = self.today + timedelta(days=days)
        clock = clocks.extend(
            assignment.clock, on=on or self.today, due_on=due_on, reason=reason, by=by, document="12/SXD"
        )
        subject_of(clock).settled(clock, by=by, words={"act": "extend", "why": reason})

    def issue(self, document, drafter, clearer, registrar, on=None):
        """Submit, clear and issue; a paper no test reads gets a page that was laid out before."""
        document = documents.submit(document, by=drafter)
        document = documents.clear(document, by=clearer)
        with nullcontext() if self.prints else patch.object(pdf, "render", lambda *_paper: any_page()):
            return documents.issue(document, by=registrar, issued_on=on or self.today)

    def drafted_reply(self, *petition_list, kind="final", **answer):
        """A reply of the department with the same complete answer to every point."""
        reply = responses.draft(
            agency=self.department,
            petition_list=list(petition_list),
            by=self.drafter,
            signer=self.deputy,
            kind=kind,
            drafting_unit="HTKT",
        )
        complete = {"text": "Sở đã lắp đèn.", "result": ResultClass.RESOLVED, "evidence": "Biên bản nghiệm thu số 5"}
        return responses.save(
            reply,
            by=self.drafter,
            revision=reply.revision,
            opening=reply.opening,
            closing=reply.closing,
            kind=kind,
            answers={row.pk: {**complete, **answer} for row in reply.answers.all()},
        )

    def answered(self, *, on=None, answer=None, **details):
        """A petition answered by an issued letter of the department."""
        petition = self.forwarded(**details)
        reply = self.drafted_reply(petition, **(answer or {}))
        self.issue(reply.document, self.drafter, self.head, self.registrar, on=on)
        return Petition.objects.get(pk=petition.pk)
