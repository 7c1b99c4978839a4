"""Three sessions of believable petitions for the present council, through the whole workflow, from a fixed seed."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from common.formats import short_date
from demo import acts, topics
from demo.oversight_and_reports import visit
from demo.present import DEPARTMENTS, Present, term_of
from documents import clearance
from documents import workflow as documents
from documents.models import Route
from petitions import workflow as petitions
from petitions.models import Assignment, Petition, ResultClass
from petitions.models.petitions import AuthorityLevel
from responses import contributing
from responses.models import Reply, ResultReason
from sessions.models import CouncilSession, Phase, VoterMeeting

SEED = 20260308
#: Shares of all petitions: the session before last, the last one, the coming one.
SHARES = (0.32, 0.30, 0.38)


@dataclass
class Season:
    """One session with its petitions on the way."""

    council_session: CouncilSession
    meetings: list[VoterMeeting]
    cases: list["Case"] = field(default_factory=list)


@dataclass
class Case:
    """A generated petition and what it is about."""

    petition: Petition
    topic: topics.Topic
    words: dict[str, str]


class Generator:
    """Makes the sessions one after another, so that every register of numbers runs in the order of days."""

    def __init__(self, present: Present, today: date):
        self.present, self.today = present, today
        self.chance = random.Random(SEED)
        self.weights = [3 if topic.lead == topics.XD else 1 for topic in topics.TOPICS]
        self.officer, self.leader = present.crew["thuky"], present.crew["chanhvp"]
        self.reasons = {result: list(ResultReason.objects.filter(result=result)) for result in ResultClass}

    def run(self, number):
        """`number` petitions over three sessions; returns the seasons, oldest first."""
        opening = self.today + timedelta(days=17)
        half_a_year = 152 if opening.month > 8 else 212
        days = [opening - timedelta(days=364), opening - timedelta(days=half_a_year), opening]
        counts = [round(number * share) for share in SHARES[:2]]
        counts.append(number - sum(counts))
        seasons = []
        for place, (day, count) in enumerate(zip(days, counts, strict=True)):
            season = self._open(day, place)
            seasons.append(season)
            self._log(season, count, earlier=seasons[:-1])
            if place == 1:
                self._finish_some(seasons[0], before=day)
            if place < 2:
                self._deal_with_all(season, answered=0.98 if place == 0 else 0.95)
            else:
                self._deal_with_some(season)
        return seasons

    # Sessions and intake

    def _open(self, day, place):
        half = "giữa" if day.month <= 8 else "cuối"
        session = CouncilSession.objects.create(
            term=term_of(self.present.council, day),
            number=(2, 2, 3)[place],
            title=f"Kỳ họp thường lệ {half} năm {day.year}",
            opens_on=day,
            closes_on=day + timedelta(days=2),
            cutoff_on=day - timedelta(days=10),
        )
        places = self.chance.sample(self.present.communes, 12)
        meetings = [
            VoterMeeting.objects.create(
                council_session=session,
                phase=Phase.BEFORE,
                unit=commune,
                held_on=day - timedelta(days=65 + self.chance.randrange(10)),
                venue=f"Hội trường UBND {commune.name}",
                delegate_group=self.chance.choice(self.present.groups),
                voters_attending=self.chance.randrange(60, 260),
                mentions=self.chance.randrange(8, 30),
            )
            for commune in places
        ]
        return Season(session, sorted(meetings, key=lambda meeting: meeting.held_on))

    def _log(self, season, count, earlier):
        """What was raised at the meetings: some of it twice, some of it once more since last time."""
        for _number in range(count):
            meeting = self.chance.choice(season.meetings)
            again = self.chance.random() < 0.07 and self._finished_before(earlier)
            topic, words = (again.topic, again.words) if again else self._matter()
            petition = self._write_down(season, meeting, topic, words)
            season.cases.append(Case(petition, topic, words))
            if again:
                season.cases[-1].words = {**words, "repeats": again.petition.code}
            if not again and self.chance.random() < 0.06:
                self._write_down_twice(season, season.cases[-1])

    def _write_down_twice(self, season, case):
        """The same matter at a second meeting, merged into the first."""
        meeting = self.chance.choice(season.meetings)
        twin = self._write_down(season, meeting, case.topic, case.words)
        petitions.merge(twin, into=case.petition, by=self.officer, on=twin.received_on + timedelta(days=3))

    def _finished_before(self, earlier):
        cases = [case for season in earlier for case in season.cases]
        return self.chance.choice(cases) if cases else None

    def _matter(self):
        topic = self.chance.choices(topics.TOPICS, weights=self.weights)[0]
        name, river = self.chance.choice(topics.NAMES), self.chance.choice(topics.RIVERS)
        road = self.chance.choice(topics.ROADS).format(n=name, r=river)
        return topic, {"n": name, "r": river, "x": road}

    def _write_down(self, season, meeting, topic, words):
        points = [point.format(**words) for point in topic.points]
        voter = {}
        if self.chance.random() < 0.35:
            name = f"{self.chance.choice(topics.VOTER_SURNAMES)} {self.chance.choice(topics.VOTER_NAMES)}"
            voter = {"voter_name": name, "voter_address": f"thôn {words['n']}, {meeting.unit.name}"}
        return petitions.log(
            council_session=season.council_session,
            by=self.officer,
            title=topic.title.format(**words),
            points=points,
            unit=meeting.unit,
            meeting=meeting,
            raised_on=meeting.held_on,
            received_on=meeting.held_on + timedelta(days=2),
            phase=Phase.BEFORE,
            voter=voter,
        )

    # From classification to the reply

    def _classify(self, cases, on):
        for case in cases:
            repeats = None
            if code := case.words.get("repeats"):
                repeats = Petition.objects.filter(council=self.present.council, code=code).first()
            case.petition = petitions.classify(
                case.petition,
                by=self.officer,
                policy_field=self.present.fields[case.topic.field],
                authority_level=AuthorityLevel(case.topic.level),
                repeats=repeats,
                on=on,
            )

    def _forward(self, cases, *, on, due_on):
        """One letter a lead agency, all on one day."""
        for lead in dict.fromkeys(case.topic.lead for case in cases):
            group = [case for case in cases if case.topic.lead == lead]
            agency = self.present.agencies[lead]
            acts.forward(
                [case.petition for case in group],
                leads={case.petition: agency for case in group},
                with_={
                    case.petition: [self.present.agencies[key] for key in case.topic.coordinating] for case in group
                },
                addressee=agency,
                issuer=self.present.bodies["standing"],
                due_on=due_on,
                on=on,
                people=(self.officer, self.leader),
                signer=self.present.signers["standing"],
            )

    def _accept(self, cases, on):
        for case in cases:
            acts.accept(case.petition, by=self._staff(case)[0], on=on)

    def _staff(self, case):
        return self.present.staff[case.topic.lead]

    def _deal_with_all(self, season, answered):
        """A session of the past: nearly everything answered, a little of it late, the rest carried over."""
        opens_on = season.council_session.opens_on
        sent_on = opens_on - timedelta(days=50)
        due_on = opens_on - timedelta(days=12)
        self._classify(season.cases, on=sent_on - timedelta(days=3))
        self._forward(season.cases, on=sent_on, due_on=due_on)
        self._accept(season.cases, on=sent_on + timedelta(days=2))
        to_answer = [case for case in season.cases if self.chance.random() < answered]
        self._reply(to_answer, first=sent_on + timedelta(days=15), last=due_on + timedelta(days=6))
        visit(self.present, season, "xaydung", "Kinh tế - Ngân sách", on=opens_on - timedelta(days=4), done=True)

    def _deal_with_some(self, season):
        """The coming session: petitions at every stage of the way, due soon, late, sent back."""
        cases = season.cases
        share = lambda fraction: round(len(cases) * fraction)  # noqa: E731 — read once, right here
        new, classified, waves = cases[: share(0.10)], cases[share(0.10) : share(0.18)], cases[share(0.18) :]
        self._classify(classified, on=self.today - timedelta(days=2))
        third = len(waves) // 3 + 1
        early, middle, recent = waves[:third], waves[third : 2 * third], waves[2 * third :]
        for wave, sent, due in ((early, 45, -8), (middle, 26, 3), (recent, 9, 21)):
            self._classify(wave, on=self.today - timedelta(days=sent + 2))
            self._forward(wave, on=self.today - timedelta(days=sent), due_on=self.today + timedelta(days=due))
        self._accept(early + middle, on=self.today - timedelta(days=20))
        self._reply(
            early[: round(len(early) * 0.7)], first=self.today - timedelta(days=28), last=self.today - timedelta(days=6)
        )
        self._return_some(recent)
        self._leave_at_every_stage(middle)
        visit(self.present, season, "xaydung", "Kinh tế - Ngân sách", on=self.today - timedelta(days=5), done=False)
        return new

    def _reply(self, cases, *, first, last):
        """Letters of one to three petitions, each agency's in the order of days."""
        letters = []
        for lead in dict.fromkeys(case.topic.lead for case in cases):
            waiting = [case for case in cases if case.topic.lead == lead]
            while waiting:
                size = self.chance.choice((1, 1, 2, 3))
                letters.append((lead, waiting[:size]))
                waiting = waiting[size:]
        span = (last - first).days
        days = sorted(first + timedelta(days=self.chance.randrange(span + 1)) for _letter in letters)
        self.chance.shuffle(letters)
        for (lead, group), day in zip(letters, days, strict=True):
            reply = self._draft(lead, group, day)
            drafter, head, registrar = self.present.staff[lead]
            acts.issue(reply.document, drafter=drafter, clearer=head, registrar=registrar, on=day)

    def _finish_some(self, season, *, before):
        """Half of what an earlier session left in progress is finished by a supplementary reply."""
        unfinished = [
            case
            for case in season.cases
            if Petition.objects.filter(pk=case.petition.pk, result=ResultClass.IN_PROGRESS).exists()
        ]
        for place, case in enumerate(unfinished[::2]):
            day = before - timedelta(days=110 - place)
            reply = self._draft(case.topic.lead, [case], day, kind=Reply.Kind.SUPPLEMENTARY, result="resolved")
            drafter, head, registrar = self._staff(case)
            acts.issue(reply.document, drafter=drafter, clearer=head, registrar=registrar, on=day)

    def _draft(self, lead, group, day, kind=Reply.Kind.FINAL, result=None):
        agency = self.present.agencies[lead]
        fresh = [Petition.objects.select_related("place").get(pk=case.petition.pk) for case in group]
        answers = [
            self._answer(case, petition, agency, day, result)
            for case, petition in zip(group, fresh, strict=True)
            for _point in petition.points.all()
        ]
        return acts.draft_reply(
            fresh,
            answers,
            agency=agency,
            drafter=self.present.staff[lead][0],
            signer=self.present.signers[lead],
            on=day,
            unit=DEPARTMENTS[lead][2] if lead in DEPARTMENTS else "VP",
            kind=kind,
        )

    def _answer(self, case, petition, agency, day, result=None):
        result = result or self.chance.choices(list(topics.ANSWERS), weights=(46, 28, 20, 6))[0]
        if case.topic.level == "central":
            result = "explained"
        done, roadmap = (
            day - timedelta(days=self.chance.randrange(3, 20)),
            day + timedelta(days=self.chance.randrange(60, 300)),
        )
        words = {
            "agency": agency.short_label,
            "place": f"UBND {petition.place.name}",
            "act": case.topic.act.format(**case.words),
            "done": short_date(done),
            "year": roadmap.year,
            "roadmap": short_date(roadmap),
        }
        answer = {"text": topics.ANSWERS[result].format(**words), "result": ResultClass(result)}
        if result == "resolved":
            answer["evidence"] = topics.EVIDENCE.format(**words)
        if result == "in_progress":
            answer["roadmap_on"] = roadmap
        if self.reasons[result]:
            answer["reason"] = self._reason(result, petition.number)
        if result == "resolved" and petition.number % 6 == 2:
            answer["directive_document"] = f"Công văn số {petition.number:02d}/UBND-KT ngày {short_date(done)}"
        return answer

    def _reason(self, result, number):
        """Work is carried out as a rule; now and then a document is made or changed, or waited for."""
        usual = 2 if result == "resolved" else 0
        return self.reasons[result][(number // 9) % len(self.reasons[result]) if number % 9 == 0 else usual]

    # Detours

    def _return_some(self, cases):
        """A few are sent back to the secretariat, the wrong agency having been asked."""
        for case, (reason, explanation) in zip(cases[::5], topics.RETURNS * 3, strict=False):
            drafter = self._staff(case)[0]
            lead = self.present.agencies[case.topic.lead]
            for point in case.petition.points.all():
                for assignment in point.assignments.filter(agency=lead, status="sent"):
                    petitions.return_(
                        assignment,
                        by=drafter,
                        reason=reason,
                        explanation=explanation,
                        on=self.today - timedelta(days=4),
                    )

    def _leave_at_every_stage(self, cases):
        """Drafts, submitted, sent-back and cleared replies of the demo's own department and of others."""
        own = [case for case in cases if case.topic.lead == "xaydung"]
        others = [case for case in cases if case.topic.lead != "xaydung"]
        stages = ("draft", "submitted", "sent_back", "cleared", "submitted")
        for case, stage in zip([*own[:4], *others[:4]], stages * 2, strict=False):
            drafter, head, _registrar = self._staff(case)
            document = self._draft(case.topic.lead, [case], self.today).document
            if stage != "draft":
                document = documents.submit(document, by=drafter)
            if stage == "cleared":
                documents.clear(document, by=head)
            if stage == "sent_back":
                documents.send_back(document, by=head, reason="Bổ sung thời hạn hoàn thành và số văn bản nghiệm thu.")

    def leave_at_the_checks(self, seasons):
        """A department whose papers pass two checks before the signer: a reply lies at each of them."""
        agency = self.present.agencies["nongnghiep"]
        drafter, head, _registrar = self.present.staff["nongnghiep"]
        clearance.arrange(agency, order=Route.CONTENT_FORM, by=head, reason="Theo quy chế làm việc của Sở")
        cases = [case for season in reversed(seasons) for case in season.cases]
        waiting = [case for case in cases if case.topic.lead == "nongnghiep" and self._is_untouched(case)]
        for case, is_checked in zip(waiting, (False, True), strict=False):
            document = documents.submit(self._draft("nongnghiep", [case], self.today).document, by=drafter)
            if is_checked:
                documents.check(document, by=self.present.crew["truongphong"])

    def _is_untouched(self, case):
        """Whether the agency holds it and has drafted nothing yet."""
        waiting = Assignment.objects.waiting().lead().filter(point__petition=case.petition)
        return waiting.filter(point__answers__isnull=True).exists()

    def leave_contributions(self, season):
        """Coordinating agencies at work: some have given their part, some are asked, some have it cleared."""
        helping = Assignment.objects.waiting().filter(
            part=Assignment.Part.COORDINATING, point__petition__in=[case.petition for case in season.cases]
        )
        keys = {agency.pk: key for key, agency in self.present.agencies.items()}
        for place, helper in enumerate(helping.select_related("agency", "point__petition").order_by("pk")[:24]):
            lead = contributing.lead_of(helper)
            if lead is None or helper.agency_id not in keys or lead.pk not in keys:
                continue
            drafter, head, _registrar = self.present.staff[keys[helper.agency_id]]
            asker = self.present.staff[keys[lead.pk]][0]
            contributing.ask(helper, request=topics.REQUEST, by=asker)
            if place % 3:
                text = topics.CONTRIBUTION.format(agency=helper.agency.short_label)
                contribution = contributing.write(helper, text=text, revision=0, by=drafter)
                contribution = contributing.submit(contribution, by=drafter)
                if place % 3 == 1:
                    contribution = contributing.give(contribution, by=head)
                if place % 6 == 4:
                    soon = self.today + timedelta(days=5)
                    contributing.ask_again(contribution, why=topics.ANOTHER_VERSION, by=asker, due_on=soon)
