"""What is searched reads in full what is written short, in rows of before too."""

from django.db import migrations

from petitions.models.wording import written_out

_SEARCHED = ["search_text", "voters_words"]
_AT_ONCE = 2000


def write_out(apps, schema_editor):
    petitions = apps.get_model("petitions", "Petition").objects.using(schema_editor.connection.alias)
    last = 0
    while batch := list(petitions.filter(pk__gt=last).order_by("pk").only(*_SEARCHED)[:_AT_ONCE]):
        petitions.bulk_update([petition for petition in batch if _is_changed(petition)], _SEARCHED, batch_size=500)
        last = batch[-1].pk


def _is_changed(petition):
    before = [getattr(petition, name) for name in _SEARCHED]
    petition.search_text, petition.voters_words = after = [written_out(text) if text else "" for text in before]
    return after != before


class Migration(migrations.Migration):
    dependencies = [("petitions", "0008_agency_the_sender_named")]

    operations = [migrations.RunPython(write_out, migrations.RunPython.noop)]
