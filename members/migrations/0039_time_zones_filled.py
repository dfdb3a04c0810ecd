from django.db import migrations

from congress.core.zones import zone_of, zones_by_country


def fill(apps, schema_editor):
    """Give everybody of a country with one zone that zone, as newcomers get it."""
    profiles = apps.get_model("members", "Profile").objects.using(schema_editor.connection.alias).filter(time_zone="")
    for country in zones_by_country():
        if zone := zone_of(country):
            profiles.filter(member__country=country).update(time_zone=zone)


class Migration(migrations.Migration):
    dependencies = [("members", "0038_time_zones")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
