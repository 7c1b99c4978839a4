"""What voters said themselves is searched apart, by those who may read it; with an index of its own on PostgreSQL."""

from django.db import migrations, models


def index_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX petition_voters_words ON petitions_petition USING gin (voters_words gin_trgm_ops)"
        )


def forget_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS petition_voters_words")


class Migration(migrations.Migration):
    dependencies = [("petitions", "0002_search_index")]

    operations = [
        migrations.AddField(
            model_name="historicalpetition",
            name="voters_words",
            field=models.TextField(blank=True, editable=False, verbose_name="voters' words to search"),
        ),
        migrations.AddField(
            model_name="petition",
            name="voters_words",
            field=models.TextField(blank=True, editable=False, verbose_name="voters' words to search"),
        ),
        migrations.RunPython(index_words, forget_words),
    ]
