"""The reasons of results that reports distinguish."""

from django.db import migrations

REASONS = [
    ("resolved", "Ban hành hoặc sửa đổi, bổ sung văn bản", False),
    ("resolved", "Thanh tra, kiểm tra", False),
    ("resolved", "Tổ chức thực hiện", False),
    ("in_progress", "Có lộ trình giải quyết", True),
    ("in_progress", "Đã trình cơ quan có thẩm quyền", False),
    ("in_progress", "Chưa có lộ trình", False),
    ("in_progress", "Lý do khác", False),
    ("explained", "Giải trình, cung cấp thông tin", False),
    ("not_resolved", "Chưa có nguồn lực", False),
    ("not_resolved", "Chưa thể giải quyết ngay", False),
    ("not_resolved", "Liên quan văn bản của cấp trên", False),
    ("not_resolved", "Lý do khác", False),
]


def add(apps, schema_editor):
    reasons = apps.get_model("responses", "ResultReason")
    history = apps.get_model("responses", "HistoricalResultReason")
    from django.utils import timezone

    for place, (result, name, needs_roadmap) in enumerate(REASONS, start=1):
        values = {"result": result, "name": name, "needs_roadmap": needs_roadmap, "place_in_list": place}
        reason = reasons.objects.create(**values)
        history.objects.create(id=reason.pk, is_in_use=True, history_date=timezone.now(), history_type="+", **values)


def remove(apps, schema_editor):
    apps.get_model("responses", "ResultReason").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("responses", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
