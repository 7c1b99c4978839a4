"""Bình Phước, October 2024: one petition with two points, a reply cleared but still without number and day.

After a published draft letter; agencies, places, numbers and dates as there, the words and the voter are ours.
"""

from datetime import date

from demo import acts, people
from demo.people import DRAFTER, HEAD, LEADER, OFFICER, REGISTRAR, Authority, Kind
from documents import workflow as documents
from petitions import workflow as petitions
from petitions.models import Petition, ResultClass
from petitions.models.petitions import AuthorityLevel
from sessions.models import CouncilSession, CouncilTerm, Phase

DRAFTED = date(2024, 10, 8)
ACCOUNTS = ("thuky.binhphuoc", "chuyenvien.binhphuoc", "giamdoc.binhphuoc", "vanthu.binhphuoc")


def build():
    """The council with its one case; returns the reply."""
    place = people.unit("70-cu", "tỉnh Bình Phước", "province")
    council = people.council(
        "binh-phuoc",
        "Hội đồng nhân dân tỉnh Bình Phước",
        "HĐND tỉnh Bình Phước",
        place,
        valid_to=people.LAST_DAY_BEFORE,
        legal_basis=people.MERGER_BASIS,
    )
    bodies = people.council_bodies(council, "tỉnh Bình Phước", valid_to=people.LAST_DAY_BEFORE)
    department = people.agency(
        council,
        Kind.DEPARTMENT,
        "Sở Thông tin và Truyền thông tỉnh Bình Phước",
        "STTTT",
        letterhead="Sở Thông tin và Truyền thông",
        superior_line="UBND tỉnh Bình Phước",
        valid_to=date(2025, 2, 28),
    )
    crew = _crew(bodies, department)
    fields = people.fields(council, bodies, [("Chuyển đổi số, thủ tục hành chính", "Pháp chế")])
    petition = _petition(council, fields, crew)
    chair = people.official(bodies["standing"], "Lương Thế Bảo", "Phó Chủ tịch", Authority.FOR_HEAD)
    signer = people.official(department, "Cù Minh Đức", "Phó Giám đốc", Authority.FOR_HEAD)
    acts.forward(
        [petition],
        leads={petition: department},
        addressee=bodies["ubnd"],
        issuer=bodies["standing"],
        due_on=date(2024, 10, 31),
        on=DRAFTED,
        people=(crew["thuky"], crew["chanhvp"]),
        signer=chair,
    )
    acts.accept(petition, by=crew["chuyenvien"], on=DRAFTED)
    reply = _reply(Petition.objects.get(pk=petition.pk), council, bodies, department, signer, crew)
    document = documents.submit(reply.document, by=crew["chuyenvien"])
    documents.clear(document, by=crew["giamdoc"])
    return reply


def _crew(bodies, department):
    office = bodies["office"]
    return {
        "thuky": people.account("thuky.binhphuoc", "Tống Thị Thư Ký", "Chuyên viên", (office, OFFICER)),
        "chanhvp": people.account("chanhvp.binhphuoc", "Khúc Văn Chánh", "Chánh Văn phòng", (office, LEADER)),
        "chuyenvien": people.account("chuyenvien.binhphuoc", "Mạc Chuyên Viên", "Chuyên viên", (department, DRAFTER)),
        "giamdoc": people.account("giamdoc.binhphuoc", "Cù Minh Đức", "Phó Giám đốc", (department, HEAD)),
        "vanthu": people.account("vanthu.binhphuoc", "Lục Thị Văn Thư", "Văn thư", (department, REGISTRAR)),
    }


def _petition(council, fields, crew):
    term = CouncilTerm.objects.create(council=council, name="X", starts_on=date(2021, 6, 1), ends_on=date(2025, 6, 30))
    session = CouncilSession.objects.create(
        term=term, number=15, title="Kỳ họp thứ 15 (năm 2024)", opens_on=date(2024, 7, 10), closes_on=date(2024, 7, 12)
    )
    district = people.unit("70-budang", "huyện Bù Đăng", "district", council.unit)
    commune = people.unit("70-daknhau", "xã Đak Nhau", "commune", district)
    petition = petitions.log(
        council_session=session,
        by=crew["thuky"],
        title="Khắc phục hạn chế trong chuyển đổi số, thuận lợi cho người dân làm thủ tục hành chính",
        points=[
            "Đề nghị kiểm tra, có biện pháp khắc phục một số hạn chế gây khó khăn cho người dân khi làm thủ tục hành chính.",
            "Đề nghị tạo điều kiện thuận lợi cho người dân khi liên hệ công việc.",
        ],
        phase=Phase.AFTER,
        unit=commune,
        raised_on=date(2024, 9, 4),
        received_on=date(2024, 9, 4),
        voter={"voter_name": "Trần Văn Thí Dụ", "voter_address": "thôn Đak Xuyên, xã Đak Nhau, huyện Bù Đăng"},
        verbatim=(
            "Chuyển đổi số ở tỉnh còn một số hạn chế, người dân làm một số thủ tục hành chính gặp khó khăn. Đề nghị cơ quan "
            "chức năng kiểm tra, khắc phục và tạo thuận lợi cho người dân khi đến liên hệ công việc"
        ),
    )
    return petitions.classify(
        petition,
        by=crew["thuky"],
        policy_field=fields["Chuyển đổi số, thủ tục hành chính"],
        authority_level=AuthorityLevel.PROVINCIAL,
        on=date(2024, 9, 6),
    )


def _reply(petition, council, bodies, department, signer, crew):
    return acts.draft_reply(
        [petition],
        [
            {
                "heading": "Về việc kiểm tra, khắc phục một số hạn chế khi người dân làm thủ tục hành chính",
                "text": (
                    "- Hằng năm, Sở phối hợp với Sở Nội vụ tham mưu UBND tỉnh kế hoạch kiểm tra cải cách hành chính và chuyển "
                    "đổi số: Quyết định số 1109/QĐ-UBND ngày 05/7/2023 (năm 2023) và Quyết định số 520/QĐ-UBND ngày "
                    "29/3/2024 (năm 2024).\n"
                    "- Theo kế hoạch, từ ngày 02/10/2023 đến hết ngày 13/10/2023, Đoàn kiểm tra đã làm việc tại bộ phận tiếp "
                    "nhận và trả kết quả của huyện Bù Đăng và các xã: kết quả giải quyết, sự phối hợp giữa các cấp, số hồ "
                    "sơ đúng hạn và quá hạn, việc xử lý phản ánh của người dân.\n"
                    "- Sau kiểm tra, Đoàn đã báo cáo UBND tỉnh những hạn chế và kiến nghị UBND tỉnh yêu cầu UBND huyện khắc "
                    "phục, báo cáo kết quả trong vòng 30 ngày."
                ),
                "result": ResultClass.EXPLAINED,
                "cited_documents": (
                    "Quyết định số 1109/QĐ-UBND ngày 05/7/2023\nQuyết định số 520/QĐ-UBND ngày 29/3/2024"
                ),
                "directive_document": "Công văn số 4102/UBND-TH ngày 08/10/2024",
            },
            {
                "heading": "Về việc tạo điều kiện thuận lợi cho người dân khi liên hệ công việc",
                "text": (
                    "- Sở phối hợp với các huyện, xã tập huấn cho cán bộ, công chức, tổ công nghệ số cộng đồng và tổ công tác "
                    "Đề án 06; các xã, phường, thị trấn đều có tổ hỗ trợ người dân tại bộ phận tiếp nhận và trả kết quả.\n"
                    "- Cổng dịch vụ công của tỉnh đã được nâng cấp; phần lớn thủ tục làm được toàn trình qua mạng, nhận kết "
                    "quả tại nhà.\n"
                    "- Bộ phận một cửa các cấp công khai số điện thoại, thư điện tử; người dân có thể gọi tổng đài 1022 hoặc "
                    "dùng ứng dụng BinhPhuocToday để phản ánh, kiến nghị và được hướng dẫn."
                ),
                "result": ResultClass.EXPLAINED,
            },
        ],
        agency=department,
        drafter=crew["chuyenvien"],
        signer=signer,
        on=DRAFTED,
        unit="BCVTCNTT",
        subject="trả lời ý kiến, kiến nghị của cử tri",
        to=[(council.name, bodies["standing"]), (bodies["ubnd"].name, bodies["ubnd"])],
        copies=[("Ban Giám đốc Sở", None)],
        opening=(
            "Thực hiện Công văn số 4102/UBND-TH ngày 08/10/2024 của Ủy ban nhân dân tỉnh về việc khẩn trương trả lời ý kiến, "
            "kiến nghị của cử tri sau kỳ họp thứ 15, Hội đồng nhân dân tỉnh khóa X, Sở Thông tin và Truyền thông trả lời "
            "như sau:"
        ),
        closing=(
            "Trên đây là nội dung trả lời ý kiến, kiến nghị của cử tri theo Công văn số 4102/UBND-TH, Sở Thông tin và Truyền "
            "thông kính báo cáo Hội đồng nhân dân tỉnh và Ủy ban nhân dân tỉnh."
        ),
    )
