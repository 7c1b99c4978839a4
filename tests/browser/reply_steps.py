"""The answering department: accepts, drafts, is sent back, improves, clears, issues."""


def accept(drafter, code):
    drafter.take_up("Nhận hoặc trả lại", code)
    drafter.press("Nhận")
    drafter.is_told("Đã nhận.")


def start_the_draft(drafter, code, title):
    drafter.follow("Soạn trả lời")
    drafter.tick(f"{code} — {title}")
    drafter.press("Bắt đầu soạn")
    drafter.sees("Chưa trình được:", f"Nội dung 1 của {code} chưa có câu trả lời.")


def answer(drafter, number, *, text, result, **fields):
    """Fill in one point of the draft; the letter beside it follows while typing."""
    point = drafter.page.locator("fieldset").nth(number - 1)
    with drafter.page.expect_response("**/preview/"):
        drafter.write("Câu trả lời", text, within=point)
        drafter.choose("Kết quả", result, within=point)
        for label, value in fields.items():
            drafter.write(label.replace("_", " "), value, within=point)


def answer_only_the_first(drafter, code):
    """The review names the point that is left, and the draft cannot be submitted."""
    answer(
        drafter, 1,
        text="Sở đã lắp 12 bộ đèn trên tuyến đường.",
        result="Đã giải quyết xong",
        Minh_chứng="Biên bản nghiệm thu số 05/BB-SXD",
    )  # fmt: skip
    drafter.press("Lưu và xem lại")
    drafter.is_told("Đã lưu dự thảo.")
    drafter.sees(f"Nội dung 2 của {code} chưa có câu trả lời.")
    assert drafter.page.get_by_role("button", name="Trình duyệt").count() == 0


def answer_the_second(drafter, today):
    drafter.follow("Sửa nội dung")
    answer(drafter, 2, text="Sở sẽ sửa đoạn đường.", result="Đang giải quyết", Thời_hạn_hoàn_thành=today)
    drafter.press("Lưu dự thảo")
    drafter.sees("Mọi nội dung đã có câu trả lời.")


def fill_in_the_head(drafter):
    drafter.follow("Phần đầu văn bản")
    drafter.write("Đơn vị soạn thảo", "HTKT")
    drafter.write("Ký hiệu", "SXD-HTKT")
    drafter.choose("Người ký", "Cao Thị Phó, Phó Giám đốc")
    drafter.press("Lưu")


def submit(drafter):
    drafter.press("Lưu và xem lại")
    drafter.press("Trình duyệt")
    drafter.is_told("Đã trình duyệt.")


def send_back(head, reason):
    head.take_up("Xem và duyệt", "trả lời ý kiến, kiến nghị")
    head.unfold("Trả lại kèm lý do")
    head.choose("Lỗi về", "Nội dung")
    head.write("Lý do", reason)
    head.press("Trả lại")
    head.is_told("Đã trả lại người soạn.")


def improve(drafter, reason):
    drafter.take_up("Sửa", "bị trả lại")
    drafter.sees(reason)
    answer(
        drafter, 2,
        text="Sở đã giao Ban Quản lý bảo trì đường bộ sửa 200 m mặt đường, kinh phí 150 triệu đồng.",
        result="Đang giải quyết",
    )  # fmt: skip
    submit(drafter)


def clear_and_issue(head, registrar):
    """Returns the PDF of the issued letter."""
    head.take_up("Xem và duyệt", "trả lời ý kiến, kiến nghị")
    head.press("Duyệt")
    head.is_told("Đã duyệt")
    registrar.take_up("Cấp số", "trả lời ý kiến, kiến nghị")
    registrar.press("Cấp số và ban hành")
    registrar.is_told("Đã ban hành: Công văn 01/SXD-HTKT")
    return registrar.pdf("PDF")
