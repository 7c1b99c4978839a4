"""The delegation: set up, at work, its conclusion, and what it asked for, followed to the end."""

from datetime import timedelta

from tests.browser.intake_steps import SESSION, day

DELEGATION = "Đoàn giám sát việc giải quyết kiến nghị"
ASKED = "Hoàn thành sửa mặt đường trước mùa mưa."


def set_up(officer, today):
    officer.enter("Giám sát")
    officer.follow("Lập Đoàn giám sát")
    officer.write("Tên", DELEGATION)
    officer.choose("Cơ quan thành lập", "Ban Kinh tế - Ngân sách tỉnh Ninh Bình")
    officer.write("Nội dung giám sát", "việc giải quyết kiến nghị của cử tri")
    officer.choose("Kiến nghị của kỳ họp", SESSION)
    officer.write("Quyết định", "25/QĐ-BKTNS")
    officer.write("Ngày quyết định", day(today))
    officer.write("Bắt đầu", day(today))
    officer.write("Họ và tên", "Vũ Văn Ban")
    officer.write("Chức vụ", "Trưởng Ban")
    officer.choose("Vai trò", "Trưởng đoàn")
    officer.unfold("+ Thêm thành viên")
    second = officer.page.locator("#members .form-grid").nth(1)
    officer.write("Họ và tên", "Người member", within=second)
    officer.write("Chức vụ", "Ủy viên", within=second)
    officer.choose("Tài khoản", "Người member", within=second)
    officer.look()
    officer.press("Lập Đoàn")
    officer.is_told("Đã lập Đoàn giám sát.")


def plan_a_working_session(officer, code, title, today):
    officer.choose("Cơ quan", "Sở Xây dựng")
    officer.press("Lên lịch buổi làm việc")
    officer.write("Ngày", day(today))
    officer.write("Địa điểm", "Trụ sở Sở Xây dựng")
    officer.press("Lên lịch")
    officer.is_told("Đã lên lịch buổi làm việc.")
    officer.sees(title)
    officer.tick(code)
    officer.press("Đưa vào nội dung làm việc")
    officer.is_told("Đã đưa 1 kiến nghị vào nội dung làm việc.")


def record(member, code, today):
    """What the agency reported and the delegation found, point by point, and what is asked by when."""
    member.take_up("Ghi nhận", DELEGATION)
    member.sees(code, "Đã giải quyết xong", "Đang giải quyết")
    member.follow("Ghi nhận xét")
    first, second = (member.page.locator("section.panel").nth(place) for place in (0, 1))
    member.write("Cơ quan báo cáo", "Đã lắp đủ 12 bộ đèn.", within=first)
    member.write("Đoàn giám sát nhận thấy", "Có 2 bộ chưa sáng.", within=first)
    member.choose("Kết quả do HĐND đánh giá", "Đang giải quyết", within=first)
    member.write("Đoàn giám sát nhận thấy", "Chưa khởi công.", within=second)
    member.choose("Kết quả do HĐND đánh giá", "Đang giải quyết", within=second)
    member.press("Lưu")
    member.is_told(f"Đã ghi nhận xét về {code}.")
    member.sees("khác với kết quả cơ quan báo cáo")

    member.follow("Thêm kiến nghị giám sát")
    member.write("Nội dung đề nghị", ASKED)
    member.write("Hạn thực hiện", day(today + timedelta(days=30)))
    member.press("Lưu")
    member.is_told("Đã thêm kiến nghị giám sát.")


def conclude(officer, leader):
    """The conclusion notice on the way of every document; with its issue the agency is asked."""
    officer.take_up("Ghi nhận", DELEGATION)
    officer.press("Soạn thông báo kết luận")
    officer.is_told("Đã dự thảo từ hồ sơ.")
    officer.look()
    officer.press("Lưu")
    officer.press("Trình duyệt")
    leader.take_up("Xem và duyệt", "Ban Kinh tế - Ngân sách")
    leader.press("Duyệt")
    officer.take_up("Cấp số", "Ban Kinh tế - Ngân sách")
    officer.press("Cấp số và ban hành")
    officer.is_told("Đã ban hành: Thông báo 01/TB-BKTNS")


def follow_up(drafter, member):
    """Done is what somebody else has verified."""
    drafter.take_up("Báo cáo", ASKED)
    drafter.write("Minh chứng", "Biên bản nghiệm thu số 09/BB-SXD")
    drafter.press("Lưu")
    drafter.is_told("Đã báo cáo; HĐND sẽ xác nhận.")
    member.take_up("Xác nhận", ASKED)
    member.sees("Biên bản nghiệm thu số 09/BB-SXD")
    member.press("Xác nhận đã xong")
    member.is_told("Đã xác nhận thực hiện xong.")
    member.follow(DELEGATION)
    member.follow("Sở Xây dựng tỉnh Ninh Bình")
    member.sees("Đã xong, đã xác nhận")
