"""Which appendices a council attaches; what a draft said when it was last written."""

from django.db import migrations, models

_ANNEXES = {"blank": True, "null": True, "verbose_name": "appendices"}
_WRITTEN = {"blank": True, "editable": False, "null": True, "verbose_name": "figures when it was last written"}


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_kinds_and_skeletons")]
    operations = [
        *(migrations.AddField(f"{past}skeleton", "annexes", models.JSONField(**_ANNEXES)) for past in ("historical", "")),
        *(
            migrations.AddField(f"{past}sessionreport", "written", models.JSONField(**_WRITTEN))
            for past in ("historical", "")
        ),
    ]
