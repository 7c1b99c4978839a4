"""Tables made together are the ones made one after the other, and go again."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from common.migrating import CreateTogether

KEY = [("id", models.AutoField(primary_key=True))]


@pytest.mark.django_db(transaction=True)
def test_tables_with_their_later_columns_and_constraints_come_and_go():
    made = CreateTogether(
        [
            migrations.CreateModel("Meeting", KEY),
            migrations.CreateModel("Voter", KEY),
            migrations.AddField("Meeting", "opened_by", models.ForeignKey("trial.Voter", models.PROTECT)),
            migrations.AddConstraint(
                "Meeting", models.UniqueConstraint(fields=["opened_by"], name="a_voter_opens_one_meeting")
            ),
        ]
    )
    before, after = ProjectState(), ProjectState()
    made.state_forwards("trial", after)
    table = "trial_meeting"

    with connection.schema_editor() as editor:
        made.database_forwards("trial", editor, before, after)
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
        constraints = connection.introspection.get_constraints(cursor, table)

    assert columns == {"id", "opened_by_id"}
    assert "a_voter_opens_one_meeting" in constraints
    assert any(constraint["foreign_key"] == ("trial_voter", "id") for constraint in constraints.values())

    with connection.schema_editor() as editor:
        made.database_backwards("trial", editor, after, before)
    assert not {table, "trial_voter"} & set(connection.introspection.table_names())
