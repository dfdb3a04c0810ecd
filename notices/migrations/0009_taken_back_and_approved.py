"""The database holds two more promises: what is suspended says since when, and TLP:RED had two publishers.

What was published before the second publisher was asked for stays as it is: nobody is named who did not approve it.
"""

from datetime import UTC, datetime

from django.db import migrations, models
from django.db.models import Q

PUBLISHED = ["published", "suspended", "withdrawn", "expired"]

SINCE_WHEN = """
UPDATE notices_notice SET suspended_at = CASE WHEN state = 'suspended' THEN changed_at END
WHERE (state = 'suspended') <> (suspended_at IS NOT NULL);
"""


class Migration(migrations.Migration):
    # Rows are mended before the rules come, and PostgreSQL alters no table with changes that wait to be checked.
    atomic = False
    dependencies = [("notices", "0008_label_in_force"), ("members", "0001_initial")]

    operations = [
        migrations.RunSQL(SINCE_WHEN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                name="notices_notice_suspended",
                condition=Q(state="suspended", suspended_at__isnull=False)
                | (~Q(state="suspended") & Q(suspended_at__isnull=True)),
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                name="notices_notice_red_approved",
                condition=~Q(tlp="TLP:RED", state__in=PUBLISHED)
                | Q(approved_by__isnull=False)
                | Q(edition__isnull=True)
                | Q(published_at__lt=datetime(2026, 11, 22, tzinfo=UTC)),
            ),
        ),
    ]
