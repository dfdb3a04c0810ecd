"""Bodies are found by their names without accents, in any script."""

from django.db import migrations, models

from congress.core.names import folded

BATCH_SIZE = 2000


def fill(apps, schema_editor):
    """Fold the names of every body that is there."""
    bodies = apps.get_model("members", "Organisation").objects.using(schema_editor.connection.alias)
    rows = list(bodies.only("name", "native_name"))
    for body in rows:
        body.search_text = f"{folded(body.name)} {folded(body.native_name)}".strip()
    bodies.bulk_update(rows, ["search_text"], BATCH_SIZE)


class Migration(migrations.Migration):
    dependencies = [("members", "0050_profiles_last_confirmed")]

    operations = [
        migrations.AddField(
            "organisation",
            "search_text",
            models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
