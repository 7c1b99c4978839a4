"""Files that come and go: a list imported with its report, a workbook of a delegate group that came back."""

import io
from datetime import timedelta

from django.core.files.base import ContentFile
from openpyxl import load_workbook

from common import xlsx
from common.acting import acting, official
from petitions import handouts, workflow
from petitions.handouts.texts import TextsKind
from petitions.handouts.writing import CODE
from petitions.imports import jobs, receive, receiving
from petitions.models import AgencyRule, ImportRun, Petition

HEADINGS = [("STT", 6), ("Nội dung kiến nghị", 70), ("Xã, phường", 22), ("Lĩnh vực", 26), ("Cơ quan giải quyết", 26),
            ("Ngày tiếp xúc", 14)]  # fmt: skip
_REPEATED = "Đề nghị sửa chữa nhà văn hóa thôn đã xuống cấp, mái dột khi mưa lớn."

#: Which agency is proposed for which field; a person always confirms.
RULES = {
    "Giao thông, đô thị": "xaydung",
    "Nông nghiệp, thủy lợi": "nongnghiep",
    "Đất đai, môi trường": "nongnghiep",
    "Điện, nước sinh hoạt": "congthuong",
    "Y tế, bảo hiểm": "yte",
    "Giáo dục": "giaoduc",
    "Văn hóa, thể thao": "vanhoa",
    "Tổ chức bộ máy, cán bộ": "noivu",
}

#: (content, place, field, days ago); what is wrong with some of them is what lists really have wrong.
LIST = [
    ("Đề nghị bổ sung biển báo hạn chế tốc độ trước cổng trường tiểu học.", "xã Gia Viễn", "Giao thông, đô thị", 9),
    (_REPEATED, "xã Gia Viễn", "Văn hóa, thể thao", 9),
    ("Đề nghị nạo vét tuyến kênh tiêu cấp II trước mùa mưa để tránh ngập ruộng lúa.", "xã Nho Quan", "", 9),
    ("Đề nghị xem xét giá nước sạch nông thôn, chất lượng nước có lúc còn đục.", "Kim Sơn", "Điện, nước sinh hoạt", 8),
    ("Đề nghị lắp thêm đèn chiếu sáng ở ngã ba chợ mới.", "xã Đồng Hoang", "Giao thông, đô thị", 8),
    ("Đề nghị cấp đổi giấy chứng nhận quyền sử dụng đất sau dồn điền đổi thửa.", "Hoa Lư", "Đất đai, môi trường", 8),
    (_REPEATED, "xã Gia Viễn", "Văn hóa, thể thao", 9),
    ("Đề nghị tổ chức thu gom vỏ bao thuốc bảo vệ thực vật trên đồng.", "xã Yên Khánh", "Đất đai, môi trường", -20),
    ("Đường", "xã Yên Khánh", "Giao thông, đô thị", 7),
    ("Đề nghị hướng dẫn nộp hồ sơ trực tuyến cho người cao tuổi.", "xã Yên Mô", "Thủ tục số", 7),
]  # fmt: skip

#: The agency some rows name, by their number: two of them have ended, one is none.
NAMED = {1: "Sở GTVT", 3: "Sở NN&MT", 4: "Sở Công Thương", 8: "Cơ quan chức năng", 10: "Sở Thông tin và Truyền thông"}


def add(present, council_session, today):
    """One list imported into the coming session, one workbook on its way back."""
    officer = present.crew["thuky"]
    with acting(by=officer, reason="quy tắc đề xuất cơ quan"):
        for field, agency in RULES.items():
            rule = {"policy_field": present.fields[field], "agency": present.agencies[agency]}
            AgencyRule.objects.create(council=present.council, **rule)
    meeting = council_session.meetings.select_related("delegate_group").earliest("held_on", "pk")
    _import(meeting, officer, today)
    _exchange(meeting.delegate_group, council_session, officer)


def _import(meeting, officer, today):
    """Some rows come in, some are refused with a reason, one is there already."""
    rows = [
        xlsx.Row([number, content, place, field, NAMED.get(number, ""), today - timedelta(days=ago)])
        for number, (content, place, field, ago) in enumerate(LIST, start=1)
    ]
    columns = [xlsx.Column(title, width, kind) for (title, width), kind in
               zip(HEADINGS, ("number", "text", "text", "text", "text", "date"), strict=True)]  # fmt: skip
    sender = meeting.delegate_group.name
    sheet = xlsx.Sheet("Kiến nghị", ["Tổng hợp ý kiến, kiến nghị của cử tri", sender], columns, rows)
    run = receive(
        ContentFile(xlsx.write([sheet]), name="kien-nghi-to-dai-bieu.xlsx"),
        council_session=meeting.council_session,
        by=officer,
        sender=sender,
        meeting=meeting,
        raised_on=today - timedelta(days=7),
    )
    head = receiving.head_of(run, receiving.table_of(run, 0))
    run = receiving.start_reading(run, by=officer, index=0, row=head.row, columns=head.columns)
    jobs.run_now(jobs.ReadImport, run, by=officer)
    run = workflow.start_accepting(ImportRun.objects.get(pk=run.pk), by=officer)
    jobs.run_now(jobs.AcceptImport, run, by=officer)
    jobs.run_now(jobs.IndexImport, run, by=officer)


def _exchange(group, council_session, officer):
    """The group changed three rows; one of them was changed here meanwhile, one is on its way already."""
    handout = handouts.hand_out(group, council_session=council_session, by=officer)
    workbook = load_workbook(io.BytesIO(handouts.workbook(handout, by=officer)))
    rows = list(handout.rows.select_related("petition").order_by("pk"))
    still_here = [row for row in rows if row.petition.status == "received"]
    gone = [row for row in rows if row.petition.status == "forwarded"]
    for row in [*still_here[:2], *gone[:1]]:
        title = f"{row.values['title'].rstrip('. …')} (Tổ đại biểu đã rà soát)"
        xlsx.put_text(_cell(workbook.worksheets[0], row.code, "title"), title)
    buffer = io.BytesIO()
    workbook.save(buffer)
    handouts.receive(ContentFile(buffer.getvalue(), name="to-dai-bieu-ra-soat.xlsx"), by=officer)
    if len(still_here) > 1:
        petition = Petition.objects.get(pk=still_here[1].petition_id)
        points = list(petition.points.values_list("content", flat=True))
        title = f"{petition.title.rstrip('. …')}, đề nghị làm rõ"
        workflow.revise(petition, by=officer, why="cử tri nói rõ thêm", title=title, points=points)


def _cell(sheet, code, key):
    """The cell of a row, by its code, under the heading of a column."""
    wanted = official(next(column.title for column in TextsKind.columns if column.key == key))
    head = next(row for row in sheet.iter_rows() if wanted in [cell.value for cell in row])
    titles = [cell.value for cell in head]
    found = next(row for row in sheet.iter_rows() if row[titles.index(official(CODE))].value == code)
    return found[titles.index(wanted)]
