"""The session report, its rows and annexes; the answer made public."""

from openpyxl import load_workbook

from tests.browser.intake_steps import SESSION, VOTER, day


def choose_session_and_day(officer, today):
    officer.enter("Kỳ họp")
    officer.follow(SESSION)
    with officer.page.expect_navigation():
        officer.write("Tính đến ngày", day(today))
        officer.page.get_by_label("Tính đến ngày").press("Enter")
    officer.look()


def figure(officer, label):
    return officer.page.locator(".figure-cell").filter(has_text=label)


def open_every_figure(officer, expected):
    """Each figure shows its number, and behind it lie as many rows; nothing opens nothing."""
    for label, number in expected.items():
        cell = figure(officer, label)
        shown = cell.locator(".counter-number").inner_text()
        assert shown == number, f"{label}: {shown} on the cockpit"
        if number.startswith("0"):
            assert cell.get_attribute("href") is None
            continue
        with officer.page.expect_navigation():
            cell.click()
        officer.look()
        rows = officer.page.locator("tbody tr[data-row]").count()
        assert rows == int(number.split("/")[0]), f"{label}: {rows} rows behind {number}"
        officer.follow(SESSION)


def make_the_report(officer, leader):
    officer.follow("Lập báo cáo")
    officer.choose("Người ký", "Đinh Văn Chủ, Phó Chủ tịch")
    officer.press("Soạn báo cáo")
    officer.is_told("Đã soạn báo cáo với số liệu.")
    officer.write("Kết quả đạt được", "Các cơ quan trả lời đúng hạn.")
    officer.write("Tồn tại, hạn chế", "Còn nội dung đang giải quyết.")
    officer.press("Lưu và xem lại")
    officer.press("Trình duyệt")
    leader.take_up("Xem và duyệt", "kiến nghị của cử tri")
    leader.press("Duyệt")
    officer.take_up("Cấp số", "kiến nghị của cử tri")
    officer.press("Cấp số và ban hành")
    officer.is_told("Đã ban hành: Báo cáo 01/BC-HĐND")


def annexes(officer):
    """(PDF, sheets of the workbook as rows of values) of the report on the screen."""
    pdf = officer.pdf("PDF")
    book = load_workbook(officer.workbook("Excel"), read_only=True, data_only=True)
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    book.close()
    return pdf, sheets


def publish(leader, code):
    """Refused while the words name the voter; returns the address of the public page."""
    leader.enter("Kiến nghị")
    leader.follow(code_row(leader, code))
    leader.unfold("Thêm ▾")
    leader.follow("Công khai nội dung trả lời")
    question = leader.page.get_by_label("Nội dung cử tri nêu").input_value()
    leader.write("Nội dung cử tri nêu", f"Bà {VOTER['name']} đề nghị: {question}")
    leader.press("Công khai")
    leader.sees(f"Nội dung có tên hoặc địa chỉ của cử tri ({VOTER['name']}).")
    leader.write("Nội dung cử tri nêu", question)
    leader.press("Công khai")
    leader.is_told("Đã công khai.")
    return leader.page.url


def code_row(person, code):
    """The title that leads from the list to the petition with this code."""
    row = person.page.locator("tr[data-row]").filter(has_text=code)
    return row.locator("a.row-title").inner_text()


def read_in_public(voter, title, answer):
    voter.visit("/public/")
    voter.follow(title)
    voter.sees("Đề nghị lắp đèn chiếu sáng", answer)
    voter.misses(*VOTER.values())
