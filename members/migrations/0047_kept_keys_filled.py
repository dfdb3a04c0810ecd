from django.db import migrations

from members.queries.refusals import keys_kept

BATCH_SIZE = 500


def fill(apps, schema_editor):
    """Make the keys of everybody who was refused before there were any."""
    refused = apps.get_model("members", "Application").objects.using(schema_editor.connection.alias)
    rows = []
    for row in refused.filter(state="refused").iterator(BATCH_SIZE):
        row.kept_keys = keys_kept(row)
        rows.append(row)
    refused.bulk_update(rows, ["kept_keys"], batch_size=BATCH_SIZE)


class Migration(migrations.Migration):
    dependencies = [("members", "0046_kept_keys")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
