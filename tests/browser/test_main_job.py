"""The main job of the product, by clicking and typing, from the voter meeting to the public page."""

from datetime import timedelta

import pytest

from tests.browser import intake_steps, oversight_steps, reply_steps, report_steps
from tests.browser.intake_steps import TITLE, VOTER, day

pytestmark = [pytest.mark.browser]


@pytest.mark.django_db(transaction=True)
def test_a_petition_goes_all_the_way_from_the_meeting_to_the_public_page(world, seat):
    earlier = world.logged(
        title="Đèn chiếu sáng đường liên thôn",
        points=["Đề nghị lắp đèn chiếu sáng trên đường liên thôn qua thôn Bắc."],
    )
    today, officer, leader = world.today, seat(world.officer), seat(world.leader)

    intake_steps.open_a_term_and_a_session(officer, today)
    intake_steps.record_a_meeting(officer, today)
    code = intake_steps.log_the_petition(officer, earlier)
    intake_steps.classify(officer, code, earlier)
    intake_steps.forward(officer, leader, code, today)

    drafter, head, registrar = seat(world.drafter), seat(world.head), seat(world.registrar)
    reply_steps.accept(drafter, code)
    reply_steps.start_the_draft(drafter, code, TITLE)
    reply_steps.answer_only_the_first(drafter, code)
    reply_steps.answer_the_second(drafter, day(today + timedelta(days=60)))
    reply_steps.fill_in_the_head(drafter)
    reply_steps.submit(drafter)
    reply_steps.send_back(head, "Nêu rõ kinh phí và chiều dài đoạn sửa.")
    reply_steps.improve(drafter, "Nêu rõ kinh phí và chiều dài đoạn sửa.")
    assert reply_steps.clear_and_issue(head, registrar).startswith(b"%PDF")

    member = seat(world.member)
    oversight_steps.set_up(officer, today)
    oversight_steps.plan_a_working_session(officer, code, TITLE, today)
    oversight_steps.record(member, code, today)
    oversight_steps.conclude(officer, leader)
    oversight_steps.follow_up(drafter, member)

    report_steps.choose_session_and_day(officer, today)
    report_steps.open_every_figure(officer, {"Tiếp nhận": "1", "Đã trả lời": "1/1", "Giải quyết xong": "0/1"})
    report_steps.make_the_report(officer, leader)
    pdf, sheets = report_steps.annexes(officer)
    assert pdf.startswith(b"%PDF")
    assert [row[1] for row in sheets["PL10 Danh sách"] if row[1] and row[1].startswith(code)] == [
        f"{code}.1",
        f"{code}.2",
    ]
    assert [row[2:5] for row in sheets["PL1"] if row[1] == "Tổng cộng"] == [(2, 2, 1)]

    address = report_steps.publish(leader, code)
    voter = seat()
    report_steps.read_in_public(voter, TITLE, "Sở đã lắp 12 bộ đèn")
    assert voter.page.url == address

    delegate = seat(world.delegate)
    delegate.enter("Kiến nghị")
    delegate.follow(report_steps.code_row(delegate, code))
    delegate.sees("thông tin cá nhân do văn phòng lưu")
    delegate.misses(*VOTER.values())
