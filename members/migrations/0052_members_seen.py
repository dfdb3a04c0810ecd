"""A search by name asks of everybody who is alike whether they are listed, and where they stand."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0051_organisations_searched")]

    operations = [
        migrations.AddIndex(
            "member",
            models.Index(
                condition=models.Q(("standing", "member")),
                fields=["id"],
                include=("sector", "country"),
                name="members_member_seen",
            ),
        ),
    ]
