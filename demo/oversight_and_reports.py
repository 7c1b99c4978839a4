"""What follows the replies: a delegation that looks for itself, and the reports of the sessions."""

from datetime import time, timedelta

from django.utils import timezone

from demo import acts
from oversight import laddering, succeeding, verdicts, verification, verifying
from oversight import workflow as oversight
from petitions.models import Petition, ResultClass
from reports import workflow as reports
from reports.kinds import KINDS
from reports.models import ReportKind


def visit(present, season, lead, committee, *, on, done):
    """A delegation of a committee works with a department on its petitions."""
    officer, agency, body = present.crew["thuky"], present.agencies[lead], present.bodies[committee]
    agenda = list(
        Petition.objects.filter(council_session=season.council_session, lead_agency=agency).order_by("pk")[:3]
    )
    delegation = oversight.set_up(
        body=body,
        by=officer,
        name=f"Đoàn giám sát của Ban {committee}",
        subject=f"việc giải quyết, trả lời kiến nghị của cử tri gửi đến {season.council_session.title}",
        council_session=season.council_session,
        decision=f"{season.council_session.number:02d}/QĐ-BKTNS",
        decision_on=on - timedelta(days=14),
        starts_on=on - timedelta(days=7),
        ends_on=on + timedelta(days=30),
        scope=[("policy_field", field) for field in present.fields.values() if field.committee_id == body.pk],
        members=[
            {"name": present.signers[committee].name, "post": f"Trưởng Ban {committee}", "part": "head"},
            {"name": "Đào Thị Chuyển", "post": "Phó Trưởng Phòng Công tác Hội đồng nhân dân", "part": "secretary"},
            {"name": "Lê Thị Giám Sát", "post": "Ủy viên", "part": "member", "user": present.crew["giamsat"]},
        ],
    )
    _head, secretary, member = delegation.members.all()
    session = oversight.plan_session(
        delegation, agency=agency, held_on=on, by=officer, agenda=agenda, venue=agency.short_label,
        in_charge=secretary, begins_at=time(8, 0),
    )  # fmt: skip
    oversight.plan_session(
        delegation, agency=agency, held_on=on - timedelta(days=1), by=officer, in_charge=secretary, kind="visit",
        begins_at=time(13, 30), venue="các điểm nút giao, tuyến đường cử tri kiến nghị",
    )  # fmt: skip
    for place, petition in enumerate(agenda):
        rows = [_finding(point, place) for point in petition.points.all()]
        acts.findings(session, petition, rows, by=officer)
    oversight.assess(
        session,
        by=officer,
        achievements=f"{agency.short_label} đã phân công đầu mối, theo dõi từng kiến nghị.",
        limitations="Một số trả lời chưa nêu rõ thời hạn; kết quả thực tế có nơi chưa như báo cáo.",
        causes="Phối hợp với địa phương chưa thường xuyên; nguồn vốn bố trí chậm.",
    )
    _recommend(present, session, agenda, on, done)
    _write_papers(present, delegation, session, committee, on, done)
    if done:
        succeeding.hand_over(
            secretary, to=member, by=officer, reason="Đồng chí Chuyển nhận nhiệm vụ khác.", left_on=timezone.localdate()
        )


def _write_papers(present, delegation, session, committee, on, done):
    """An oversight that is over has its report issued; one under way, its plan and its outline drafted."""
    officer, signer = present.crew["thuky"], present.signers[committee]
    for kind in ("report",) if done else ("plan", "outline"):
        about = session if kind == "outline" else None
        paper = oversight.draft_paper(
            delegation, kind=kind, by=officer, signer=signer, working_session=about, drafted_on=on
        )
        if done:
            acts.issue(paper.document, drafter=officer, clearer=present.crew["chanhvp"], registrar=officer, on=on)


def _finding(point, place):
    reported = "Đã thực hiện theo văn bản trả lời." if point.result else "Đang tổng hợp, chưa có văn bản trả lời."
    if not point.result:
        return reported, "Chưa có văn bản trả lời tại thời điểm giám sát.", ResultClass.NOT_RESOLVED
    if place == 1 and point.result == ResultClass.RESOLVED:
        return (
            reported,
            "Kiểm tra thực địa: mới hoàn thành một phần, còn đoạn cuối chưa làm.",
            ResultClass.IN_PROGRESS,
        )
    return reported, "Kết quả kiểm tra phù hợp với báo cáo.", ResultClass(point.result)


def _recommend(present, session, agenda, on, done):
    officer, leader = present.crew["thuky"], present.crew["chanhvp"]
    first = oversight.recommend(
        session,
        by=officer,
        petition=agenda[0] if agenda else None,
        due_on=on + timedelta(days=30 if done else 12),
        content="Hoàn thành các hạng mục còn lại đã nêu trong văn bản trả lời và báo cáo kết quả kèm hồ sơ nghiệm thu.",
    )
    second = oversight.recommend(
        session,
        by=officer,
        due_on=on + timedelta(days=60),
        content="Bổ sung thời hạn hoàn thành cho các nội dung đang giải quyết.",
        product="Kế hoạch thực hiện có thời hạn từng việc",
        coordinating=[present.agencies["taichinh"]],
    )
    if not done:
        return
    notice = oversight.draft_notice(session, by=officer, signer=present.signers["Kinh tế - Ngân sách"], drafted_on=on)
    acts.issue(notice.document, drafter=officer, clearer=leader, registrar=officer, on=on)
    _drafter, head, _registrar = present.staff["xaydung"]
    first.refresh_from_db()
    reported = oversight.report_done(
        first, by=head, on=on + timedelta(days=20), evidence="Biên bản nghiệm thu hạng mục còn lại"
    )
    oversight.verify(reported, by=officer, on=on + timedelta(days=25))
    _press(present, second, timezone.localdate())


def _press(present, recommendation, today):
    """What was not carried out climbs the ladder: urged by letters of the past, then asked to explain or urged again."""
    officer = present.crew["thuky"]
    recommendation = type(recommendation).objects.get(pk=recommendation.pk)
    urged_on = [recommendation.due_on + timedelta(days=days) for days in (5, 20)]
    for number, day in enumerate([day for day in urged_on if day <= today], start=1):
        laddering.take(
            recommendation, by=officer, kind="urged", taken_on=day, answer_by=day + timedelta(days=7),
            reference=f"{10 + number}/BKTNS-VP",
        )  # fmt: skip
    if urged_on[1] + timedelta(days=120) <= today:
        laddering.take(
            recommendation, by=officer, kind="explanation", taken_on=today, reference="25/BKTNS-VP",
            words="Nêu rõ vì sao đến nay chưa bổ sung thời hạn hoàn thành.", answer_by=today + timedelta(days=15),
            reason="Ủy ban nhân dân tỉnh đã có văn bản chỉ đạo; yêu cầu cơ quan giải trình ngay.",
        )  # fmt: skip
    elif urged_on[1] <= today:
        laddering.draft(
            recommendation, by=officer, kind="superior", signer=present.signers["Kinh tế - Ngân sách"],
            addressee=present.agencies["ubnd"], answer_by=today + timedelta(days=15),
        )  # fmt: skip


def tell_voters(season, present, today):
    """Answers of the last session announced at voter meetings: most voters agree, some ask, some do not accept."""
    answered = Petition.objects.filter(council_session=season.council_session, answered_on__isnull=False)
    said = [
        ("satisfied", "Đã thấy thi công xong."),
        ("clarify", "Đề nghị nói rõ thời hạn hoàn thành."),
        ("disagrees", "Trả lời chưa đúng thực tế, đoạn cuối vẫn chưa làm."),
        ("satisfied", ""),
    ]
    for petition, (verdict, remark) in zip(answered.order_by("pk")[: len(said)], said, strict=False):
        told_on = min(petition.answered_on + timedelta(days=10), today)
        unit = verdicts.places(petition).first()
        verdicts.record(petition, by=present.crew["thuky"], unit=unit, verdict=verdict, told_on=told_on, remark=remark)


def verify(season, present):
    """The committees before the coming session: one is through, one is half way, one has begun."""
    parts = {
        "Kinh tế - Ngân sách": (present.crew["thuky"], 1),
        "Văn hóa - Xã hội": (present.crew["thuky"], 2),
        "Pháp chế": (present.crew["uyvien"], 4),
    }
    for committee, (member, every) in parts.items():
        body, session = present.bodies[committee], season.council_session
        points = list(verification.points_of(session, body))[::every]
        rows = [verifying.Typed(point, 0, *_said(place, point)) for place, point in enumerate(points)]
        verifying.save(session, body, rows, by=member)


def _said(place, point):
    if not point.result:
        return ResultClass.NOT_RESOLVED, "Chưa có văn bản trả lời; đề nghị chất vấn nếu kéo dài."
    if point.result == ResultClass.RESOLVED and place % 5 == 2:
        return ResultClass.IN_PROGRESS, "Thực tế mới hoàn thành một phần, đề nghị nêu rõ thời hạn."
    return ResultClass(point.result), "" if place % 3 else "Trả lời rõ, có minh chứng."


def make_reports(seasons, present, today):
    """What was reported to the last session, issued: petitions, results, oversight; the coming one's, drafts."""
    officer, leader = present.crew["thuky"], present.crew["chanhvp"]
    last, coming = seasons[1].council_session, seasons[2].council_session
    _say_it_our_way(present)
    for kind in (ReportKind.AGGREGATE, ReportKind.RESULTS):
        _report_before(present, last, kind)
    issued = reports.draft(
        last, as_of=last.opens_on - timedelta(days=1), by=officer, signer=present.signers["standing"],
        drafted_on=last.opens_on - timedelta(days=1),
    )  # fmt: skip
    reports.save(
        issued,
        by=officer,
        as_of=issued.as_of,
        achievements="Phần lớn cơ quan trả lời đúng hạn, có minh chứng cho nội dung đã giải quyết xong.",
        limitations="Một số văn bản trả lời còn chậm so với thời hạn.",
        causes="Khối lượng công việc sau sắp xếp lớn; phối hợp giữa cơ quan chủ trì và địa phương có lúc chưa chặt chẽ.",
        recommendations="",
        direction="",
    )
    acts.issue(issued.document, drafter=officer, clearer=leader, registrar=officer, on=last.opens_on)
    before = reports.draft(
        coming, kind=ReportKind.AGGREGATE, as_of=today, by=officer, signer=present.signers["standing"]
    )
    reports.save(before, by=officer, as_of=today, remarks="Cử tri quan tâm nhiều đến hạ tầng giao thông, đất đai.")
    draft = reports.draft(coming, as_of=today, by=officer, signer=present.signers["standing"])
    return issued, draft


def _report_before(present, session, kind):
    """The aggregate report of the Standing Committee and the result report of the People's Committee, issued."""
    crew, day = present.crew, session.opens_on - timedelta(days=1)
    drafter, clearer, registrar = crew["thuky"], crew["chanhvp"], crew["thuky"]
    if kind == ReportKind.RESULTS:
        drafter, clearer, registrar = present.staff["ubnd"]
    signer = present.signers["ubnd" if kind == ReportKind.RESULTS else "standing"]
    report = reports.draft(session, kind=kind, as_of=day, by=drafter, signer=signer, drafted_on=day)
    acts.issue(report.document, drafter=drafter, clearer=clearer, registrar=registrar, on=day)


def _say_it_our_way(present):
    """The secretariat says one sentence of the aggregate report its own way."""
    shipped = KINDS[ReportKind.AGGREGATE].shipped
    own = shipped.replace(
        "# IV. Đề xuất\n",
        "# IV. Đề xuất\nSố kiến nghị gửi đến kỳ họp này là {figure.new}, gồm {figure.points} nội dung.\n\n",
    )
    reports.keep_skeleton(
        present.council,
        ReportKind.AGGREGATE,
        by=present.crew["thuky"],
        text=own,
        reason="Nhắc lại tổng số ở phần đề xuất",
    )
