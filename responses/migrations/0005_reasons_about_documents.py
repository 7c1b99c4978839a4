"""Which reasons of results are about a document: until now those with certain words in their names."""

from django.db import migrations, models
from django.utils import timezone

from common.text import fold

_FIELD = {
    "default": False,
    "help_text": "A document is made, changed, submitted or waited for: reports list these petitions apart.",
    "verbose_name": "about a document",
}


def mark(apps, schema_editor):
    reasons = apps.get_model("responses", "ResultReason")
    history = apps.get_model("responses", "HistoricalResultReason")
    for reason in reasons.objects.all():
        if not any(words in fold(reason.name) for words in ("van ban", "da trinh")):
            continue
        reason.is_about_documents = True
        reason.save(update_fields=["is_about_documents"])
        kept = ("id", "result", "name", "needs_roadmap", "is_about_documents", "place_in_list", "is_in_use")
        values = {name: getattr(reason, name) for name in kept}
        history.objects.create(history_date=timezone.now(), history_type="~", **values)


class Migration(migrations.Migration):
    dependencies = [("responses", "0004_contributions")]
    operations = [
        *(
            migrations.AddField(model, "is_about_documents", models.BooleanField(**_FIELD))
            for model in ("historicalresultreason", "resultreason")
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
