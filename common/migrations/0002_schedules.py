"""The worker carries out what is due every five minutes, and takes up work that was left every minute."""

from django.db import migrations

SCHEDULES = [("due work", "common.duties.carry_out", 5), ("revive jobs", "common.jobs.revive", 1)]


def schedule(apps, schema_editor):
    model = apps.get_model("django_q", "Schedule")
    for name, func, minutes in SCHEDULES:
        model.objects.update_or_create(
            name=name, defaults={"func": func, "schedule_type": "I", "minutes": minutes, "repeats": -1}
        )


def forget(apps, schema_editor):
    model = apps.get_model("django_q", "Schedule")
    model.objects.filter(name__in=[name for name, _func, _minutes in SCHEDULES]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0001_initial"),
        ("django_q", "0018_task_success_index"),
    ]

    operations = [migrations.RunPython(schedule, forget)]
