"""PostgreSQL finds words in an index of words; counts of petitions are kept by the database on both."""

from django.db import migrations, models

#: More letters than the longest petition has; an index of words takes a megabyte at most.
_READ = 400_000
_WORDS = f"left(search_text, {_READ}) || ' ' || left(voters_words, {_READ})"


def index_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE petitions_petition ADD COLUMN words_index tsvector "
            f"GENERATED ALWAYS AS (to_tsvector('simple', {_WORDS})) STORED"
        )
        schema_editor.execute("CREATE INDEX petition_words_index ON petitions_petition USING gin (words_index)")
        schema_editor.execute("DROP INDEX petition_words")
        schema_editor.execute("DROP INDEX petition_voters_words")


def index_letters(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE petitions_petition DROP COLUMN words_index")
        for name, column in (("petition_words", "search_text"), ("petition_voters_words", "voters_words")):
            schema_editor.execute(f"CREATE INDEX {name} ON petitions_petition USING gin ({column} gin_trgm_ops)")


class Migration(migrations.Migration):

    dependencies = [
        ('council_sessions', '0003_starts'),
        ('directory', '0001_initial'),
        ('petitions', '0005_more_clocks'),
    ]

    operations = [
        migrations.CreateModel(
            name='PetitionTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('council', models.BigIntegerField(db_column='council_id')),
                ('council_session', models.BigIntegerField(db_column='council_session_id')),
                ('policy_field', models.BigIntegerField(db_column='policy_field_id', null=True)),
                ('lead_agency', models.BigIntegerField(db_column='lead_agency_id', null=True)),
                ('status', models.CharField(max_length=10)),
                ('result', models.CharField(max_length=12)),
                ('due_on', models.DateField(null=True)),
                ('is_answered', models.BooleanField()),
                ('is_repeat', models.BooleanField()),
                ('number', models.BigIntegerField()),
                ('points', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'count of petitions',
                'verbose_name_plural': 'counts of petitions',
            },
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['due_on', '-id'], name='petition_due_first'),
        ),
        migrations.AddIndex(
            model_name='petitiontally',
            index=models.Index(fields=['council_session', 'council'], name='petitions_p_council_7e3d4e_idx'),
        ),
        migrations.RunPython(index_words, index_letters),
    ]
