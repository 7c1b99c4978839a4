"""Tây Ninh, February 2025: a question and its answer as published.

After a page of the province's portal of 25/02/2025; facts as there, the words are ours. The source names
no session and no letter: both are assumed here.
"""

from datetime import date

from demo import acts, people
from demo.people import DRAFTER, HEAD, LEADER, OFFICER, REGISTRAR, Authority
from petitions import workflow as petitions
from petitions.models import Petition, ResultClass
from petitions.models.petitions import AuthorityLevel
from portal import workflow as portal
from sessions.models import CouncilSession, CouncilTerm

PUBLISHED = date(2025, 2, 25)
RAISED = date(2024, 11, 20)
ACCOUNTS = ("thuky.tayninh",)

ANSWER = (
    "Cải cách thủ tục hành chính gắn với chuyển đổi số được tỉnh tập trung chỉ đạo, trọng tâm là dịch vụ công trực tuyến. Kết "
    "quả bước đầu đã có, song hệ thống có lúc, có nơi chưa thông suốt; nhiều người dân, nhất là người cao tuổi ở vùng sâu, "
    "vùng xa, chưa có tài khoản hoặc điện thoại thông minh.\n"
    "UBND tỉnh đã chỉ đạo các sở, ban, ngành và địa phương:\n"
    "- Nâng cao trách nhiệm người đứng đầu; công chức gương mẫu dùng và hướng dẫn người thân dùng dịch vụ công trực tuyến. "
    "Quyết định số 276/QĐ-UBND ngày 02/02/2024 công bố danh sách công chức trực tiếp hướng dẫn cá nhân, tổ chức.\n"
    "- Rà soát, cắt giảm thành phần hồ sơ; đẩy mạnh số hóa để người dân chỉ cung cấp thông tin một lần.\n"
    "- Nâng cấp hạ tầng, phủ sóng viễn thông vùng sâu, vùng biên giới; bảo đảm an toàn thông tin.\n"
    "- Phát huy tổ công nghệ số cộng đồng; nghiên cứu ứng dụng trí tuệ nhân tạo để hướng dẫn người dân.\n"
    "- Đưa ứng dụng Tây Ninh Smart lên Zalo: người dân quét mã là dùng được, không phải cài đặt.\n"
    "- Rà soát 1.932 hộ nghèo, cận nghèo, trong đó 1.308 hộ chưa có điện thoại thông minh, gửi Bộ Thông tin và Truyền thông để "
    "thực hiện chính sách hỗ trợ trong thời gian tới."
)


def build():
    """The council with its published question."""
    place = people.unit("72-cu", "tỉnh Tây Ninh", "province")
    council = people.council(
        "tay-ninh",
        "Hội đồng nhân dân tỉnh Tây Ninh",
        "HĐND tỉnh Tây Ninh",
        place,
        valid_to=people.LAST_DAY_BEFORE,
        legal_basis=people.MERGER_BASIS,
    )
    bodies = people.council_bodies(council, "tỉnh Tây Ninh", valid_to=people.LAST_DAY_BEFORE)
    office, ubnd = bodies["office"], bodies["ubnd"]
    officer = people.account("thuky.tayninh", "Ninh Thị Thư Ký", "Chuyên viên", (office, OFFICER))
    leader = people.account("chanhvp.tayninh", "Bạch Văn Chánh", "Chánh Văn phòng", (office, LEADER))
    staff = [
        people.account(f"{name}.tayninh", label, label, (ubnd, role))
        for name, label, role in (
            ("cv", "Chuyên viên", DRAFTER),
            ("pct", "Lãnh đạo", HEAD),
            ("vt", "Văn thư", REGISTRAR),
        )
    ]
    fields = people.fields(council, bodies, [("Chuyển đổi số, thủ tục hành chính", "Pháp chế")])
    petition = _petition(council, fields["Chuyển đổi số, thủ tục hành chính"], officer)
    acts.forward(
        [petition],
        leads={petition: ubnd},
        addressee=ubnd,
        issuer=bodies["standing"],
        due_on=date(2025, 2, 28),
        on=date(2024, 12, 20),
        people=(officer, leader),
        signer=people.official(bodies["standing"], "Đào Duy Khánh", "Phó Chủ tịch", Authority.FOR_HEAD),
    )
    acts.accept(petition, by=staff[0], on=date(2024, 12, 23))
    reply = acts.draft_reply(
        [Petition.objects.get(pk=petition.pk)],
        [
            {
                "text": ANSWER,
                "result": ResultClass.EXPLAINED,
                "directive_document": "Quyết định số 276/QĐ-UBND ngày 02/02/2024",
            }
        ],
        agency=ubnd,
        drafter=staff[0],
        signer=people.official(ubnd, "Mã Quốc Cường", "Phó Chủ tịch", Authority.FOR_HEAD),
        on=PUBLISHED,
        unit="TH",
    )
    acts.issue(reply.document, drafter=staff[0], clearer=staff[1], registrar=staff[2], on=PUBLISHED)
    petition = Petition.objects.get(pk=petition.pk)
    portal.publish(petition, by=leader, on=PUBLISHED, **portal.proposed(petition))
    return council


def _petition(council, field, officer):
    term = CouncilTerm.objects.create(council=council, name="X", starts_on=date(2021, 6, 1), ends_on=date(2025, 6, 30))
    session = CouncilSession.objects.create(
        term=term,
        number=17,
        title="Kỳ họp thường lệ cuối năm 2024",
        opens_on=date(2024, 12, 5),
        closes_on=date(2024, 12, 7),
    )
    petition = petitions.log(
        council_session=session,
        by=officer,
        title="Giải pháp hỗ trợ người dân khi đến cơ quan hành chính làm thủ tục",
        points=["Đề nghị ngành chức năng có giải pháp hỗ trợ người dân khi đến các cơ quan hành chính làm thủ tục."],
        unit=council.unit,
        raised_on=RAISED,
        received_on=RAISED,
    )
    return petitions.classify(
        petition, by=officer, policy_field=field, authority_level=AuthorityLevel.PROVINCIAL, on=date(2024, 12, 10)
    )
