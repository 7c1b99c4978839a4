"""Two inspections of the past as oversight material: the Ministry's survey of 2019, Đồng Tháp's inspection of 2020.

After pages of 28/10/2019 and 30/6/2020; bodies, places, numbers and dates as there, the words are ours.
"""

from datetime import date

from demo import people
from demo.people import LEADER, OFFICER, Kind
from oversight import workflow as oversight

ACCOUNTS = ("thuky.dongthap",)

SURVEY_NINH_BINH = (
    "Kiểm soát thủ tục hành chính đúng quy định; hằng năm có kế hoạch kiểm soát, rà soát với nhiệm vụ cụ thể.\n"
    "Đã tham mưu công bố 37 thủ tục cấp tỉnh và 06 thủ tục cấp huyện (Quyết định số 528/QĐ-UBND ngày 30/10/2018); 37/37 thủ "
    "tục thực hiện theo cơ chế một cửa, từ mức độ 3 trở lên (Quyết định số 278/QĐ-UBND ngày 13/5/2019).\n"
    "Từ đầu năm 2018 đến hết tháng 9/2019, giải quyết 160 hồ sơ, 100% đúng và trước hạn. Bộ phận Một cửa có 03 người; phiếu "
    "đánh giá bắt đầu dùng từ tháng 10/2019."
)
SURVEY_NAM_DINH = (
    "Công bố, công khai, giải quyết thủ tục hành chính bài bản; hầu hết thủ tục chỉ dùng khoảng một nửa thời hạn.\n"
    "Năm 2018 kiến nghị rút ngắn thời hạn 14 thủ tục, đơn giản hóa hồ sơ 04 thủ tục lĩnh vực xuất bản, in, phát hành; ngày "
    "13/9/2019 kiến nghị rút ngắn thêm 07 thủ tục, đơn giản hóa 02 thủ tục.\n"
    "Đã phát 70.000 tờ gấp tuyên truyền về nhận hồ sơ, trả kết quả qua bưu chính công ích."
)

DONG_THAP = [
    (
        "Ủy ban nhân dân huyện Châu Thành",
        "Thị trấn Cái Tàu Hạ hướng dẫn thủ tục, cấp bản sao giấy tờ hộ tịch qua tài khoản Zalo.",
    ),
    (
        "Ủy ban nhân dân huyện Lấp Vò",
        "Xã Bình Thành có mô hình “Chứng thực 4.0”, tiếp nhận, hỗ trợ kê khai một số thủ tục qua Zalo.",
    ),
    ("Ủy ban nhân dân huyện Tam Nông", "Xã Phú Đức gửi thư chia buồn kết hợp đăng ký khai tử tại nhà."),
    (
        "Ủy ban nhân dân huyện Hồng Ngự",
        "Bộ phận Một cửa cấp xã tiếp nhận một số thủ tục thuộc thẩm quyền của huyện.",
    ),
    ("Ủy ban nhân dân thành phố Sa Đéc", ""),
    ("Ủy ban nhân dân thị xã Hồng Ngự", ""),
    ("Ủy ban nhân dân huyện Lai Vung", ""),
    ("Ủy ban nhân dân huyện Tân Hồng", ""),
]
LIMITATIONS = (
    "Các xã chưa cập nhật đủ thủ tục mới ban hành để niêm yết; hồ sơ trực tuyến mức độ 3, 4 và qua bưu chính công ích còn ít.\n"
    "Tỷ lệ hồ sơ đất đai trễ hẹn trên phần mềm còn nhiều, trong khi hồ sơ giấy thực tế đa số đúng và trước hạn."
)
CAUSES = "Một phần do lỗi thao tác của công chức, một phần do kỹ thuật của phần mềm."


def build(old_ninh_binh, successor, crew):
    """The survey in the files Ninh Bình inherited; the inspection in Đồng Tháp's own council."""
    _survey(old_ninh_binh, successor, crew["thuky"])
    _inspection()


def _survey(old, successor, officer):
    ministry = people.agency(
        old["council"],
        Kind.MINISTRY,
        "Bộ Thông tin và Truyền thông",
        "BTTTT",
        place_name="Hà Nội",
        head_post="Bộ trưởng",
        valid_to=date(2025, 2, 28),
    )
    place = people.unit("36-cu", "tỉnh Nam Định", "province", successor=successor.unit)
    nam_dinh = people.council(
        "nam-dinh-cu",
        "Hội đồng nhân dân tỉnh Nam Định",
        "HĐND tỉnh Nam Định (đến 6/2025)",
        place,
        successor=successor,
        valid_to=people.LAST_DAY_BEFORE,
        legal_basis=people.MERGER_BASIS,
    )
    department = people.agency(
        nam_dinh,
        Kind.DEPARTMENT,
        "Sở Thông tin và Truyền thông tỉnh Nam Định",
        "STTTT",
        letterhead="Sở Thông tin và Truyền thông",
        superior_line="UBND tỉnh Nam Định",
        valid_to=date(2025, 2, 28),
    )
    delegation = oversight.set_up(
        body=ministry,
        by=officer,
        name="Đoàn khảo sát của Bộ Thông tin và Truyền thông",
        subject="công tác kiểm soát thủ tục hành chính lĩnh vực thông tin và truyền thông tại Ninh Bình và Nam Định",
        decision="1722/QĐ-BTTTT",
        decision_on=date(2019, 10, 16),
        starts_on=date(2019, 10, 23),
        ends_on=date(2019, 10, 24),
        members=[],
    )
    for agency, held_on, achievements in (
        (old["department"], date(2019, 10, 23), SURVEY_NINH_BINH),
        (department, date(2019, 10, 24), SURVEY_NAM_DINH),
    ):
        session = oversight.plan_session(delegation, agency=agency, held_on=held_on, by=officer)
        oversight.assess(session, by=officer, achievements=achievements, limitations="", causes="")


def _inspection():
    place = people.unit("87-cu", "tỉnh Đồng Tháp", "province")
    council = people.council(
        "dong-thap",
        "Hội đồng nhân dân tỉnh Đồng Tháp",
        "HĐND tỉnh Đồng Tháp",
        place,
        valid_to=people.LAST_DAY_BEFORE,
        legal_basis=people.MERGER_BASIS,
    )
    bodies = people.council_bodies(council, "tỉnh Đồng Tháp", valid_to=people.LAST_DAY_BEFORE)
    officer = people.account("thuky.dongthap", "Tháp Thị Thư Ký", "Chuyên viên", (bodies["office"], OFFICER))
    people.account("chanhvp.dongthap", "Hồng Văn Chánh", "Chánh Văn phòng", (bodies["office"], LEADER))
    leading = people.agency(
        council, Kind.DEPARTMENT, "Sở Nội vụ tỉnh Đồng Tháp", "SNV", superior_line="UBND tỉnh Đồng Tháp"
    )
    asked = {
        name: people.agency(
            council, Kind.DEPARTMENT, f"{name} tỉnh Đồng Tháp", symbol, superior_line="UBND tỉnh Đồng Tháp"
        )
        for name, symbol in (("Sở Thông tin và Truyền thông", "STTTT"), ("Sở Tài nguyên và Môi trường", "STNMT"))
    }
    reported = date(2020, 6, 30)
    delegation = oversight.set_up(
        body=leading,
        by=officer,
        name="Đoàn kiểm tra công tác cải cách hành chính tỉnh",
        subject="công tác cải cách hành chính năm 2020 tại 8 địa phương",
        starts_on=reported,
        ends_on=reported,
        members=[],
    )
    for name, model in DONG_THAP:
        _visit(delegation, council, name, model, reported, officer, asked)


def _visit(delegation, council, name, model, day, officer, asked):
    locality = people.agency(
        council,
        Kind.PEOPLES_COMMITTEE,
        name,
        "UBND",
        regime=people.Regime.COLLECTIVE,
        collective_name="Ủy ban nhân dân",
        head_post="Chủ tịch",
        valid_to=people.LAST_DAY_BEFORE,
    )
    session = oversight.plan_session(delegation, agency=locality, held_on=day, by=officer)
    general = "Lãnh đạo địa phương chủ động thực hiện Kế hoạch cải cách hành chính năm 2020 của tỉnh."
    oversight.assess(
        session, by=officer, achievements=f"{general}\n{model}".strip(), limitations=LIMITATIONS, causes=CAUSES
    )
    oversight.recommend(
        session,
        by=officer,
        content="Khắc phục sớm nhất các hạn chế Đoàn kiểm tra đã chỉ ra; thường xuyên kiểm tra kết quả khắc phục.",
    )
    if name.endswith("huyện Châu Thành"):
        oversight.recommend(
            session,
            by=officer,
            agency=asked["Sở Thông tin và Truyền thông"],
            content=(
                "Chủ trì, phối hợp với Sở Tài nguyên và Môi trường khắc phục lỗi kỹ thuật của phần mềm một cửa điện tử lĩnh vực "
                "tài nguyên và môi trường; đẩy mạnh tuyên truyền lợi ích của dịch vụ công trực tuyến."
            ),
        )
        oversight.recommend(
            session,
            by=officer,
            agency=asked["Sở Tài nguyên và Môi trường"],
            content=(
                "Chỉ đạo Văn phòng Đăng ký quyền sử dụng đất phối hợp với bộ phận Một cửa cấp huyện, giải quyết thủ tục đất "
                "đai đúng thời gian niêm yết, đồng bộ giữa hồ sơ giấy và phần mềm."
            ),
        )
