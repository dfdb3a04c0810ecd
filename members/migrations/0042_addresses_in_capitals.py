import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0041_remembered_devices"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(django.db.models.functions.text.Upper("email"), name="members_application_address"),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(django.db.models.functions.text.Upper("email"), name="members_member_address"),
        ),
    ]
