"""The secretariat: a session, a voter meeting, what was raised, and the letter that forwards it."""

from datetime import timedelta

from common.formats import short_date

TITLE = "Đèn chiếu sáng và mặt đường thôn Bắc"
POINTS = (
    "1. Đề nghị lắp đèn chiếu sáng trên đường liên thôn qua thôn Bắc.\n"
    "2. Đề nghị sửa đoạn mặt đường bị sụt lún trước trường tiểu học."
)
VOTER = {"name": "Nguyễn Thị Thử", "address": "Thôn Bắc, số nhà 7", "phone": "0900 000 000"}
SESSION = "Kỳ họp thường lệ thứ nhất"


def day(date):
    """A day as it is typed."""
    return f"{date:%d/%m/%Y}"


def open_a_term_and_a_session(officer, today):
    officer.enter("Kỳ họp")
    officer.follow("Khóa mới")
    officer.write("Khóa", "XVII")
    officer.write("Ngày đầu", day(today - timedelta(days=30)))
    officer.write("Ngày cuối", day(today + timedelta(days=5 * 365)))
    officer.press("Lưu")
    officer.is_told("Đã lập")

    officer.choose("Khóa HĐND", "HĐND tỉnh Ninh Bình khóa XVII")
    officer.write("Số kỳ họp", "1")
    officer.write("Tiêu đề", SESSION)
    officer.write("Khai mạc", day(today + timedelta(days=5)))
    officer.write("Bế mạc", day(today + timedelta(days=7)))
    officer.press("Lưu")
    officer.is_told("Đã lập")
    officer.sees(f"Chuẩn bị kỳ họp · khai mạc {short_date(today + timedelta(days=5))}", "Lộ trình đến ngày khai mạc")


def record_a_meeting(officer, today):
    officer.follow("Các buổi tiếp xúc cử tri")
    officer.sees("Chưa ghi buổi tiếp xúc nào.")
    officer.follow("Buổi tiếp xúc cử tri mới")
    officer.write("Ngày tiếp xúc", day(today - timedelta(days=3)))
    officer.choose("Địa bàn", "Xã Yên Mô")
    officer.write("Số cử tri dự", "85")
    officer.press("Lưu và ghi kiến nghị của buổi này")
    officer.is_told("Đã ghi buổi tiếp xúc")


def log_the_petition(officer, earlier):
    """Typing shows the points found and the earlier petition that says nearly the same; returns the code given."""
    officer.write("Nội dung cử tri nêu", POINTS)
    officer.write("Tiêu đề", TITLE)
    officer.sees("2 nội dung", "Đã có kiến nghị rất giống:", earlier.code)
    officer.write("Họ tên cử tri", VOTER["name"])
    officer.write("Địa chỉ cử tri", VOTER["address"])
    officer.write("Điện thoại cử tri", VOTER["phone"])
    officer.look()
    officer.press("Lưu và ghi tiếp")
    officer.is_told("với 2 nội dung")
    code = officer.part("Vừa ghi").locator("a.code").first.inner_text()

    officer.follow(code)
    officer.sees(VOTER["name"], "Đề nghị lắp đèn chiếu sáng")
    return code


def classify(officer, code, earlier):
    officer.take_up("Phân loại", code)
    officer.sees(earlier.code)
    officer.choose("Lĩnh vực", "Giao thông — Ban Kinh tế - Ngân sách")
    officer.write("Lặp lại kiến nghị", earlier.code)
    officer.press("Lưu")
    officer.is_told(f"Đã phân loại {code}.")
    officer.sees("lặp lại kỳ trước", "Lần trước")


def forward(officer, leader, code, today):
    """Drafted by the officer, cleared by the leader, issued by the officer: only then it is on its way."""
    officer.take_up("Chuyển", code)
    officer.choose("Nơi gửi công văn", "Sở Xây dựng")
    officer.write("Hạn trả lời", day(today + timedelta(days=4)))
    officer.choose("Người ký", "Đinh Văn Chủ, Phó Chủ tịch")
    officer.page.get_by_label("Phối hợp", exact=True).last.select_option(label="Sở Y tế")
    officer.press("Soạn công văn")
    officer.sees("Kiến nghị trong công văn")
    officer.press("Trình duyệt")
    officer.is_told("Đã trình duyệt.")

    leader.take_up("Xem và duyệt", "chuyển kiến nghị")
    leader.press("Duyệt")
    leader.is_told("Đã duyệt")

    officer.take_up("Cấp số", "chuyển kiến nghị")
    officer.press("Cấp số và ban hành")
    officer.is_told("Đã ban hành: Công văn 01/HĐND-VP")
    officer.follow(code)
    officer.sees("Đã chuyển", "Còn 4 ngày")
