from django.db import migrations, models

import congress.core.identifiers


class Migration(migrations.Migration):
    """Exceptions are named in addresses by a random id. None was made before this."""

    dependencies = [("notices", "0010_role_cards")]

    operations = [
        migrations.AddField(
            model_name="accessexception",
            name="public_id",
            field=models.CharField(
                default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True
            ),
        ),
    ]
