"""Pages of the rules about days and of reminders: what they keep, what follows from them, what they refuse."""

from datetime import date, timedelta

from accounts.models import Notice
from deadlines import workflow
from deadlines.models import Clock, DeadlineRule, ReminderPlan
from petitions.models import Petition
from tests.deadlines.test_pages import typed
from tests.kept import keeping, ready

#: A council with a petition forwarded; what a test changes is undone after it.
kept, world = keeping(ready)


class TestRules:
    def test_the_shipped_rules_are_marked_where_nobody_confirmed_them(self, world, as_):
        client = as_(world.officer)
        client.post(f"/deadlines/{world.council.pk}/rules/defaults/")
        client.post(f"/deadlines/{world.council.pk}/rules/defaults/")

        rules = DeadlineRule.objects.filter(council=world.council)
        assert (rules.count(), rules.filter(is_confirmed=False).count()) == (6, 4)
        assert not rules.filter(starts_with="forwarded", stream="").exists()  # no source gives days for a department
        assert all(rule.moves for rule in rules)
        assert "cần xác nhận" in client.get(f"/deadlines/{world.council.pk}/rules/").content.decode()

    def test_a_new_version_ends_the_old_one_the_day_before(self, world, as_):
        old = workflow.add_rule(world.council, by=world.officer, **rule(days=10, valid_from=date(2026, 1, 1)))
        running = workflow.start_by_rule(old, on=date(2026, 6, 1), by=world.officer)
        sent = rule(days=20) | {"valid_from": "01/07/2026", "moves": "on"}

        as_(world.officer).post(f"/deadlines/rules/{old.pk}/replace/", sent)

        old.refresh_from_db()
        new = DeadlineRule.objects.exclude(pk=old.pk).get()
        assert (old.valid_to, new.valid_from, new.days) == (date(2026, 6, 30), date(2026, 7, 1), 20)
        assert Clock.objects.get(pk=running.pk).derived.base.event.days == 10

    def test_the_closest_rule_counts(self, world):
        wide = workflow.add_rule(world.council, by=world.officer, **rule())
        close = workflow.add_rule(world.council, by=world.officer, **rule(agency_kind="department", level="provincial"))

        find = DeadlineRule.objects.find
        day = world.today
        assert find(world.council, "forwarded", on=day, level="provincial", agency=world.department) == close
        assert find(world.council, "forwarded", on=day, level="communal", agency=world.department) == wide
        assert find(world.council, "session_opens", on=day) is None

    def test_a_rule_about_reports_hides_no_rule_about_replies(self, world):
        about = {"starts_with": "session_opens", "is_before": True}
        workflow.add_rule(world.council, by=world.officer, **rule(**about, days=5))
        close = rule(**about, stops_with="report_sent", agency_kind="department")
        workflow.add_rule(world.council, by=world.officer, **close)

        petition = world.forwarded(due_on=world.session.opens_on - timedelta(days=5))

        assert Clock.objects.get(assignment__point__petition=petition).rule.days == 5

    def test_what_starts_and_what_ends_a_rule_belong_together(self, world, as_):
        sent = rule(starts_with="session_closes", stops_with="explained")

        page = as_(world.officer).post(f"/deadlines/{world.council.pk}/rules/add/", sent)

        assert page.context["form"].errors == {
            "stops_with": ["Với mốc bắt đầu này, thời hạn kết thúc bằng: gửi báo cáo."]
        }
        assert not DeadlineRule.objects.exists()

    def test_a_letter_that_names_the_day_of_the_rule_is_counted_by_it(self, world):
        due = rule(starts_with="session_opens", is_before=True, days=5)
        workflow.add_rule(world.council, by=world.officer, **due)

        petition = world.forwarded(due_on=world.session.opens_on - timedelta(days=5))

        clock = Clock.objects.get(assignment__point__petition=petition)
        assert (clock.rule.days, clock.anchor) == (5, f"session/{world.session.pk}/opens")

    def test_a_session_that_moves_takes_its_due_dates_along_and_tells(self, world, as_):
        workflow.add_rule(world.council, by=world.officer, **rule(starts_with="session_opens", is_before=True, days=5))
        petition = world.forwarded(due_on=world.session.opens_on - timedelta(days=5))
        opens_on = world.session.opens_on + timedelta(days=14)
        sent = {
            "term": world.term.pk,
            "kind": "regular",
            "number": 3,
            "title": world.session.title,
            "opens_on": typed(opens_on),
            "closes_on": typed(opens_on + timedelta(days=1)),
        }

        page = as_(world.officer).post(f"/sessions/{world.session.pk}/edit/", sent, follow=True).content.decode()

        clock = Clock.objects.get(assignment__point__petition=petition)
        assert clock.due_on == opens_on - timedelta(days=5)
        assert clock.original_due_on == world.session.opens_on - timedelta(days=5)
        assert Petition.objects.get(pk=petition.pk).due_on == clock.due_on
        assert "1 hạn tính từ kỳ họp này đã thay đổi" in page
        assert Notice.objects.filter(user=world.drafter, kind="moved").count() == 1

    def test_reminders_are_numbers_of_days(self, world, as_):
        roles = ("drafter", "head", "registrar", "officer", "leader")
        sent = {f"{role}-before": "20, 5" for role in roles}
        address = f"/deadlines/{world.council.pk}/reminders/"

        as_(world.officer).post(address, sent)
        assert {plan.before for plan in ReminderPlan.objects.all()} == {"20, 5"}

        page = as_(world.officer).post(address, sent | {"head-before": "ba"}).content.decode()
        assert "Các số ngày, cách nhau bằng dấu phẩy." in page

    def test_only_the_secretariat_keeps_rules(self, world, as_):
        client = as_(world.head)
        assert client.get(f"/deadlines/{world.council.pk}/rules/add/").status_code == 403
        assert client.post(f"/deadlines/{world.council.pk}/rules/defaults/").status_code == 403
        assert client.get(f"/deadlines/{world.council.pk}/reminders/").status_code == 403


def rule(**details):
    return {
        "name": "Quy tắc",
        "starts_with": "forwarded",
        "stops_with": "reply_issued",
        "days": 10,
        "counting": "calendar",
        "holder": "official",
        **details,
    }
