"""The phrases that promise nothing, as a list every council can change."""

from django.db import migrations

PHRASES = [
    "sẽ nghiên cứu",
    "trong thời gian tới",
    "tiếp thu, ghi nhận",
    "ghi nhận, tiếp thu",
    "khi có điều kiện",
    "theo quy định hiện hành",
    "tiếp tục quan tâm",
    "tiếp tục phối hợp",
    "sẽ xem xét",
    "từng bước",
    "sớm có giải pháp",
    "khi cân đối được nguồn lực",
]


def add(apps, schema_editor):
    phrase = apps.get_model("responses", "VaguePhrase")
    for words in PHRASES:
        phrase.objects.get_or_create(phrase=words, council=None)


def remove(apps, schema_editor):
    apps.get_model("responses", "VaguePhrase").objects.filter(phrase__in=PHRASES, council=None).delete()


class Migration(migrations.Migration):
    dependencies = [("responses", "0002_reasons")]

    operations = [migrations.RunPython(add, remove)]
