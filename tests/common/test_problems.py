"""common/problems.py: what went wrong in the background, in words."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError

from common.problems import in_words


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (ValidationError(["Thiếu người ký.", "Thiếu ngày."]), "Thiếu người ký. Thiếu ngày."),
        (PermissionDenied("Chỉ văn thư được cấp số."), "Chỉ văn thư được cấp số."),
        (OperationalError("locked"), "Cơ sở dữ liệu đang bận hoặc không kết nối được (OperationalError: locked)."),
        (IntegrityError("twice"), "Cơ sở dữ liệu từ chối thay đổi (IntegrityError: twice)."),
        (SMTPServerDisconnected("gone"), "Máy chủ thư không trả lời hoặc từ chối (SMTPServerDisconnected: gone)."),
        (OSError("full"), "Không đọc hoặc không ghi được tệp: hãy xem ổ đĩa có đầy không (OSError: full)."),
        (MemoryError(), "Máy đã dùng hết bộ nhớ (MemoryError)."),
        (KeyError("x"), "Công việc gặp lỗi chưa lường trước; hãy báo quản trị viên (KeyError: 'x')."),
    ],
)
def test_a_problem_says_what_kind_of_trouble_it_is(problem, said):
    assert in_words(problem) == said
