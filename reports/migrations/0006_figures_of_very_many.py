"""The database notes which petitions have changed since they were counted; `reports.tallies` has it do so."""

from django.db import migrations, models

_WATCHED = ("petitions_petition", "petitions_petitionpoint", "petitions_assignment", "deadlines_clock")


def stop_noting(apps, schema_editor):
    for table in _WATCHED:
        for event in ("insert", "update", "delete"):
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP FUNCTION IF EXISTS touched_{table}_{event} CASCADE")
            else:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS touched_{table}_{event}")


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0005_annexes_and_written'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountedPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('council_session', models.BigIntegerField()),
                ('result', models.CharField(max_length=12)),
                ('due_on', models.DateField()),
                ('petition', models.BigIntegerField(db_index=True)),
                ('agency', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'point as counted',
                'verbose_name_plural': 'points as counted',
            },
        ),
        migrations.CreateModel(
            name='TouchedPetition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('petition', models.BigIntegerField(null=True)),
                ('point', models.BigIntegerField(null=True)),
                ('clock', models.BigIntegerField(null=True)),
            ],
            options={
                'verbose_name': 'petition to be counted again',
                'verbose_name_plural': 'petitions to be counted again',
            },
        ),
        migrations.CreateModel(
            name='CountedPetition',
            fields=[
                ('council_session', models.BigIntegerField()),
                ('result', models.CharField(max_length=12)),
                ('due_on', models.DateField()),
                ('apart', models.CharField(max_length=9)),
                ('level', models.CharField(max_length=10)),
                ('late', models.SmallIntegerField()),
                ('disagreed', models.SmallIntegerField()),
                ('assigned', models.SmallIntegerField()),
                ('times_raised', models.IntegerField()),
                ('points', models.IntegerField()),
                ('petition', models.BigIntegerField(primary_key=True, serialize=False)),
                ('policy_field', models.BigIntegerField()),
                ('place', models.BigIntegerField()),
                ('stands_from', models.DateField()),
            ],
            options={
                'verbose_name': 'petition as counted',
                'verbose_name_plural': 'petitions as counted',
                'indexes': [models.Index(fields=['council_session', 'stands_from'], name='reports_cou_council_7156b4_idx')],
            },
        ),
        migrations.CreateModel(
            name='StandingTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('council_session', models.BigIntegerField()),
                ('result', models.CharField(max_length=12)),
                ('due_on', models.DateField()),
                ('apart', models.CharField(max_length=9)),
                ('level', models.CharField(max_length=10)),
                ('late', models.SmallIntegerField()),
                ('disagreed', models.SmallIntegerField()),
                ('assigned', models.SmallIntegerField()),
                ('times_raised', models.IntegerField()),
                ('points', models.IntegerField()),
                ('by', models.CharField(max_length=6)),
                ('value', models.BigIntegerField()),
                ('number', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'count of those that stand alike',
                'verbose_name_plural': 'counts of those that stand alike',
                'constraints': [models.UniqueConstraint(fields=('council_session', 'by', 'value', 'apart', 'level', 'result', 'due_on', 'late', 'disagreed', 'assigned', 'times_raised', 'points'), name='standing_is_counted_once')],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, stop_noting),
    ]
