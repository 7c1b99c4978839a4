"""Papers to print: plain and valid; what matters to a test is written in the test."""

from datetime import date

from django.utils.safestring import mark_safe

from documents import pdf
from documents.papers import AppendixPaper, Paper
from tests.documents.reading import read

SENTENCE = "Sở Xây dựng đã kiểm tra tuyến đường và lắp đặt hệ thống đèn chiếu sáng theo kiến nghị của cử tri. "
PARAGRAPH = SENTENCE * 4
LONG_NAMES = [
    ("UBND tỉnh Ninh Bình", "Sở Y tế"),
    ("UBND tỉnh Ninh Bình", "Sở Nông nghiệp và Môi trường"),
    ("UBND tỉnh Ninh Bình", "Sở Văn hóa, Thể thao và Du lịch"),
    ("UBND thành phố Hồ Chí Minh", "Ban Quản lý các khu chế xuất và công nghiệp"),
    ("", "Hội đồng nhân dân tỉnh Ninh Bình"),
    ("", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
    ("", "Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Ninh Bình"),
    ("Hội đồng nhân dân tỉnh Ninh Bình", "Ban Kinh tế - Ngân sách"),
    ("Đoàn ĐBQH và HĐND tỉnh Ninh Bình", "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Ninh Bình"),
    ("Bộ Nông nghiệp và Môi trường", "Công ty TNHH một thành viên Khai thác công trình thủy lợi tỉnh Ninh Bình"),
]


def prose(*paragraphs):
    return mark_safe("".join(f"<p>{paragraph.strip()}</p>" for paragraph in paragraphs))


def letter(**details):
    """A công văn as issued."""
    defaults = {
        "superior_line": "UBND tỉnh Ninh Bình",
        "agency_name": "Sở Xây dựng",
        "number": 5,
        "symbol": "SXD-HTKT",
        "place_name": "Ninh Bình",
        "issued_on": date(2026, 2, 5),
        "drafted_on": date(2026, 2, 2),
        "title": "",
        "subject": "trả lời kiến nghị của cử tri",
        "addressees": ["Thường trực Hội đồng nhân dân tỉnh"],
        "body": prose(PARAGRAPH, "Trân trọng./."),
        "recipients": ["Như trên", "Ban Giám đốc Sở", "Lưu: VT, HTKT"],
        "signing_lines": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
        "signer_name": "Cao Thị Phó",
    }
    return Paper(**{**defaults, **details})


def report(**details):
    """A titled document as issued."""
    defaults = {
        "superior_line": "",
        "agency_name": "Hội đồng nhân dân tỉnh Ninh Bình",
        "symbol": "BC-HĐND",
        "title": "Báo cáo",
        "subject": "kết quả giám sát việc giải quyết kiến nghị của cử tri",
        "addressees": [],
        "recipients": ["Các đại biểu HĐND tỉnh", "Lưu: VT"],
        "signing_lines": ["TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    }
    return letter(**{**defaults, **details})


def draft(paper=letter, **details):
    return paper(**{"number": None, "issued_on": None, **details})


def table(rows, columns=3):
    head = "".join(f"<th>Cột {column}</th>" for column in range(1, columns + 1))
    cells = "".join(f"<td>Ô {column}</td>" for column in range(2, columns + 1))
    lines = "".join(f"<tr><td>Dòng {row}</td>{cells}</tr>" for row in range(1, rows + 1))
    return mark_safe(f'<table class="grid"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>')


def appendix(label="Phụ lục", body=None, **details):
    return AppendixPaper(label=label, title="Danh sách kiến nghị", body=body or table(5), **details)


def printed(paper):
    """The pages of a paper as they would be read back."""
    return read(pdf.render(paper))


def first_page(paper):
    return printed(paper)[0]
