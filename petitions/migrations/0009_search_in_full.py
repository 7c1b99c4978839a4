"""What is searched reads in full what is written short, in rows of before too."""

from django.db import migrations

from petitions.models.wording import written_out

_SEARCHED = ["search_text", "voters_words"]


def write_out(apps, schema_editor):
    petitions = apps.get_model("petitions", "Petition").objects.using(schema_editor.connection.alias)
    changed = []
    for petition in petitions.only(*_SEARCHED).iterator(chunk_size=2000):
        before = [getattr(petition, name) for name in _SEARCHED]
        after = [written_out(text) if text else "" for text in before]
        if after != before:
            petition.search_text, petition.voters_words = after
            changed.append(petition)
    petitions.bulk_update(changed, _SEARCHED, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("petitions", "0008_agency_the_sender_named")]

    operations = [migrations.RunPython(write_out, migrations.RunPython.noop)]
