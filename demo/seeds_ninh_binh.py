"""Ninh Bình before the merger: two petitions before session 17, and the delegation that followed them up in June 2024.

After a report in the press of 25/6/2024; agencies, places, dates and figures as reported, the words are ours.
"""

from datetime import date

from demo import acts, people
from demo.people import DRAFTER, HEAD, REGISTRAR, Authority, Kind
from documents import workflow as documents
from oversight import workflow as oversight
from petitions import workflow as petitions
from petitions.models import Petition, ResultClass
from petitions.models.petitions import AuthorityLevel
from sessions.models import CouncilSession, CouncilTerm, Phase, VoterMeeting

VISIT = date(2024, 6, 25)
MEETINGS_FROM = date(2024, 5, 6)


def build(successor, crew):
    """The old council with its case; `crew` are the accounts of the present council, which keep its files."""
    place = people.unit("37-cu", "tỉnh Ninh Bình", "province", successor=successor.unit)
    council = people.council(
        "ninh-binh-cu",
        "Hội đồng nhân dân tỉnh Ninh Bình",
        "HĐND tỉnh Ninh Bình (đến 6/2025)",
        place,
        successor=successor,
        valid_to=people.LAST_DAY_BEFORE,
        legal_basis=people.MERGER_BASIS,
    )
    bodies = people.council_bodies(council, "tỉnh Ninh Bình", valid_to=people.LAST_DAY_BEFORE)
    department = _department(council, crew)
    fields = people.fields(
        council,
        bodies,
        [("Cải cách hành chính, chuyển đổi số", "Pháp chế"), ("Báo chí, thông tin", "Văn hóa - Xã hội")],
    )
    chair = people.official(
        bodies["standing"],
        "Đinh Thế Hòa",
        "Phó Chủ tịch",
        Authority.FOR_HEAD,
        valid_to=people.LAST_DAY_BEFORE,
    )
    online, reporters = _petitions(council, fields, crew)
    letter = acts.forward(
        [online, reporters],
        leads={online: department, reporters: department},
        addressee=department,
        issuer=bodies["standing"],
        due_on=VISIT,
        on=date(2024, 5, 31),
        people=(crew["thuky"], crew["chanhvp"]),
        signer=chair,
    )
    for petition in (online, reporters):
        acts.accept(petition, by=crew["chuyenvien"], on=date(2024, 6, 3))
    _reply(online, reporters, department, crew)
    _working_session(bodies["Pháp chế"], department, online, reporters, crew)
    return {"council": council, "department": department, "bodies": bodies, "forwarding": letter,
            "press": fields["Báo chí, thông tin"]}  # fmt: skip


def _department(council, crew):
    department = people.agency(
        council,
        Kind.DEPARTMENT,
        "Sở Thông tin và Truyền thông tỉnh Ninh Bình",
        "STTTT",
        letterhead="Sở Thông tin và Truyền thông",
        superior_line="UBND tỉnh Ninh Bình",
        valid_to=date(2025, 2, 28),
    )
    for username, role in (("chuyenvien", DRAFTER), ("giamdoc", HEAD), ("vanthu", REGISTRAR)):
        crew[username] = people.account(username, crew[username].full_name, crew[username].post, (department, role))
    people.official(department, "Phạm Quốc Bảo", "Giám đốc", Authority.HEAD, valid_to=date(2025, 2, 28))
    return department


def _petitions(council, fields, crew):
    term = CouncilTerm.objects.create(council=council, name="XV", starts_on=date(2021, 6, 1), ends_on=date(2025, 6, 30))
    session = CouncilSession.objects.create(
        term=term,
        number=17,
        title="Kỳ họp thứ 17 (giữa năm 2024)",
        opens_on=date(2024, 7, 10),
        closes_on=date(2024, 7, 12),
    )
    city = people.unit("37-tpnb", "thành phố Ninh Bình", "district", council.unit)
    district = people.unit("37-yenmo", "huyện Yên Mô", "district", council.unit)
    commune = people.unit("37-yenhoa", "xã Yên Hòa", "commune", district)
    officer = crew["thuky"]
    held_on = MEETINGS_FROM
    meetings = {
        place: VoterMeeting.objects.create(council_session=session, phase=Phase.BEFORE, unit=place, held_on=held_on)
        for place in (city, commune)
    }
    online = petitions.log(
        council_session=session,
        by=officer,
        title="Nộp hồ sơ trực tuyến hai nhóm dịch vụ công liên thông còn khó khăn",
        points=["Đề nghị khắc phục khó khăn khi người dân nộp hồ sơ trực tuyến hai nhóm dịch vụ công liên thông."],
        unit=city,
        meeting=meetings[city],
        raised_on=held_on,
        received_on=held_on,
    )
    reporters = petitions.log(
        council_session=session,
        by=officer,
        title="Nhiều phóng viên về cơ sở mời viết bài quảng bá, gây phiền hà",
        points=[
            "Đề nghị chấn chỉnh việc phóng viên một số báo, tạp chí về xã mời viết bài giới thiệu địa phương quá nhiều."
        ],
        unit=commune,
        meeting=meetings[commune],
        raised_on=held_on,
        received_on=held_on,
    )
    for petition, field in (
        (online, "Cải cách hành chính, chuyển đổi số"),
        (reporters, "Báo chí, thông tin"),
    ):
        petitions.classify(
            petition,
            by=officer,
            policy_field=fields[field],
            authority_level=AuthorityLevel.PROVINCIAL,
            on=held_on,
        )
    return Petition.objects.get(pk=online.pk), Petition.objects.get(pk=reporters.pk)


def _reply(online, reporters, department, crew):
    reply = acts.draft_reply(
        [online, reporters],
        [
            {
                "text": (
                    "Trước đây một số người dân chưa có số điện thoại chính chủ, chưa có căn cước hoặc chưa kích hoạt tài "
                    "khoản định danh điện tử nên không đăng nhập được; phần mềm liên thông có lúc quá tải.\n"
                    "Sở đã đề nghị các cơ quan, địa phương rà soát trang thiết bị đầu cuối; phối hợp với Sở Tư pháp tập "
                    "huấn cán bộ tư pháp cấp huyện, cấp xã; phối hợp với Công an tỉnh mở đợt cao điểm 50 ngày đêm vận "
                    "động cài đặt, kích hoạt tài khoản định danh.\n"
                    "Tính đến ngày 20/6/2024, toàn tỉnh có trên 598 nghìn tài khoản định danh mức độ 2 được kích hoạt "
                    "(71,2%); hơn 16 nghìn hồ sơ của hai nhóm dịch vụ đã được tiếp nhận, giải quyết; 100% xã, phường "
                    "có phát sinh hồ sơ.\n"
                    "Sở đang phối hợp với Viễn thông Ninh Bình kết nối Hệ thống giải quyết thủ tục hành chính của tỉnh "
                    "với hệ thống của các bộ, ngành theo mô hình mới, vận hành từ ngày 01/7/2024."
                ),
                "result": ResultClass.IN_PROGRESS,
                "roadmap_on": date(2024, 7, 1),
            },
            {
                "text": (
                    "Sở đã phối hợp với UBND huyện Yên Mô chỉ đạo UBND xã Yên Hòa rà soát, lập danh sách phóng viên đã về "
                    "cơ sở đề nghị viết bài. Qua rà soát, từ đầu năm 2024 đến nay tình trạng này không còn.\n"
                    "Sở cũng đề nghị các cơ quan, địa phương thực hiện đúng các văn bản hướng dẫn về phát ngôn, tiếp xúc "
                    "và cung cấp thông tin cho báo chí mà Sở đã ban hành."
                ),
                "result": ResultClass.RESOLVED,
                "evidence": "Kết quả rà soát của UBND xã Yên Hòa, từ đầu năm 2024",
            },
        ],
        agency=department,
        drafter=crew["chuyenvien"],
        signer=department.officials.get(),
        on=VISIT,
        unit="VP",
    )
    acts.issue(
        reply.document,
        drafter=crew["chuyenvien"],
        clearer=crew["giamdoc"],
        registrar=crew["vanthu"],
        on=VISIT,
    )


def _working_session(committee, department, online, reporters, crew):
    head = people.official(committee, "Vũ Minh Khang", "Trưởng Ban", Authority.HEAD, valid_to=people.LAST_DAY_BEFORE)
    delegation = oversight.set_up(
        body=committee,
        by=crew["thuky"],
        name="Đoàn giám sát của Ban Pháp chế",
        subject="việc giải quyết ý kiến, kiến nghị của cử tri trước Kỳ họp thứ 17, HĐND tỉnh khóa XV",
        council_session=online.council_session,
        starts_on=VISIT,
        ends_on=VISIT,
        members=[
            {"name": head.name, "post": "Trưởng Ban Pháp chế", "part": "head"},
            {
                "name": "Lê Thị Giám Sát",
                "post": "Ủy viên Ban Pháp chế",
                "part": "member",
                "user": crew["giamsat"],
            },
        ],
    )
    session = oversight.plan_session(
        delegation,
        agency=department,
        held_on=VISIT,
        venue="Sở Thông tin và Truyền thông",
        by=crew["thuky"],
        agenda=[online, reporters],
    )
    acts.findings(
        session,
        online,
        [
            (
                "Trên 598 nghìn tài khoản định danh mức độ 2 (71,2%); hơn 16 nghìn hồ sơ đã giải quyết; 100% xã, phường có phát sinh hồ sơ; đang kết nối hệ thống theo mô hình mới từ ngày 01/7/2024.",
                "Sở đã chủ động, tích cực; việc kết nối với hệ thống của các bộ, ngành chưa hoàn thành.",
                ResultClass.IN_PROGRESS,
            )
        ],
        by=crew["thuky"],
    )
    acts.findings(
        session,
        reporters,
        [
            (
                "Đã cùng UBND huyện Yên Mô chỉ đạo UBND xã Yên Hòa rà soát; từ đầu năm 2024 không còn tình trạng trên.",
                "Kết quả rà soát phù hợp với báo cáo của Sở.",
                ResultClass.RESOLVED,
            )
        ],
        by=crew["thuky"],
    )
    oversight.assess(
        session,
        by=crew["thuky"],
        achievements=(
            "Sở Thông tin và Truyền thông tích cực, chủ động tiếp nhận, giải quyết các vấn đề cử tri kiến nghị."
        ),
        limitations="Việc tích hợp, kết nối hệ thống giải quyết thủ tục hành chính với các bộ, ngành chưa hoàn thành.",
        causes="",
    )
    oversight.recommend(
        session,
        by=crew["thuky"],
        petition=online,
        due_on=date(2024, 7, 1),
        content=(
            "Hoàn thành tích hợp, kết nối Hệ thống giải quyết thủ tục hành chính của tỉnh với hệ thống của các bộ, ngành "
            "theo mô hình mới, bảo đảm vận hành hiệu quả từ ngày 01/7/2024."
        ),
    )
    oversight.recommend(
        session,
        by=crew["thuky"],
        petition=reporters,
        content=(
            "Tăng cường quản lý nhà nước về báo chí; thực hiện nghiêm Luật Báo chí trên địa bàn tỉnh; kiên quyết xử lý "
            "trường hợp lợi dụng danh nghĩa báo chí để hoạt động trái pháp luật."
        ),
    )
    notice = oversight.draft_notice(session, by=crew["thuky"], signer=head, drafted_on=VISIT)
    document = documents.submit(notice.document, by=crew["thuky"])
    document = documents.clear(document, by=crew["chanhvp"])
    documents.issue(document, by=crew["thuky"], issued_on=VISIT)
