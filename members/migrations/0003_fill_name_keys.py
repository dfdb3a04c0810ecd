from django.db import migrations

from congress.core.names import KEYS_VERSION, keys

# A migration of its own: the indexes of 0002 can't be made while the rows of the same transaction wait for their checks.
BATCH_SIZE = 2000


def fill(apps, schema_editor):
    """Make the keys of everybody who is there already; `manage.py members keys` makes them anew at any time."""
    alias = schema_editor.connection.alias
    NameKey = apps.get_model("members", "NameKey")
    members = apps.get_model("members", "Member").objects.using(alias)
    rows = members.values_list("pk", "latin_name", "native_name").iterator(BATCH_SIZE)
    found = (
        NameKey(member_id=pk, kind=kind, folded=key.folded, skeleton=key.skeleton, version=KEYS_VERSION)
        for pk, *names in rows
        for kind, name in zip(("latin", "native"), names, strict=True)
        for key in keys(name)
    )
    NameKey.objects.using(alias).bulk_create(found, batch_size=BATCH_SIZE)


class Migration(migrations.Migration):
    dependencies = [("members", "0002_name_keys")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
