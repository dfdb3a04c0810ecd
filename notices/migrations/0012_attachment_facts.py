"""A page keeps the place of a picture, and people know which files the gate could not read to their end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0011_subjects")]

    operations = [
        migrations.AddField(model_name="attachment", name="width", field=models.PositiveIntegerField(null=True)),
        migrations.AddField(model_name="attachment", name="height", field=models.PositiveIntegerField(null=True)),
        migrations.AddField(model_name="attachment", name="text_is_whole", field=models.BooleanField(default=True)),
    ]
