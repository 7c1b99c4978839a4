"""Migrations that do not take longer the more models there are."""

from django.db.migrations.operations.base import Operation


class CreateTogether(Operation):
    """The tables of a whole room, as they stand after all of `operations`.

    One by one, each operation makes Django build anew every model that is related to what it changes, which here is
    nearly every model of the product.
    """

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        vars(state).pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self._models(app_label, schema_editor, to_state):
            schema_editor.create_model(model)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self._models(app_label, schema_editor, from_state)):
            schema_editor.delete_model(model)

    def describe(self):
        return "Create the tables of a room together"

    def _models(self, app_label, schema_editor, state):
        created = [operation.name for operation in self.operations if hasattr(operation, "bases")]
        models = [state.apps.get_model(app_label, name) for name in created]
        return [model for model in models if self.allow_migrate_model(schema_editor.connection.alias, model)]
