"""The database holds two more promises: what is suspended says since when, and TLP:RED had two publishers.

Notices published before that was asked name another publisher of the network as the first of the two. Where there is
none, the row stays as it is: the rule is not checked against old rows, only against what is written from now on.
"""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

PUBLISHED = ["published", "suspended", "withdrawn", "expired"]

SECOND_PUBLISHER = """
UPDATE notices_notice n SET approved_by_id = (
    SELECT min(g.member_id) FROM members_rolegrant g
    WHERE g.role = 'publisher' AND g.member_id NOT IN (n.author_id, n.cleared_by_id, n.published_by_id)
    AND NOT g.member_id = ANY (n.coauthors)
)
WHERE n.tlp = 'TLP:RED' AND n.approved_by_id IS NULL AND n.state IN ('published', 'suspended', 'withdrawn', 'expired');
"""

SINCE_WHEN = """
UPDATE notices_notice SET suspended_at = CASE WHEN state = 'suspended' THEN changed_at END
WHERE (state = 'suspended') <> (suspended_at IS NOT NULL);
"""


class Migration(migrations.Migration):
    # Rows are mended before the rules come, and PostgreSQL alters no table with changes that wait to be checked.
    atomic = False
    dependencies = [("notices", "0008_label_in_force"), ("members", "0001_initial")]

    operations = [
        migrations.RunSQL(SECOND_PUBLISHER, migrations.RunSQL.noop),
        migrations.RunSQL(SINCE_WHEN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                name="notices_notice_suspended",
                condition=Q(state="suspended", suspended_at__isnull=False)
                | (~Q(state="suspended") & Q(suspended_at__isnull=True)),
            ),
        ),
        AddConstraintNotValid(
            model_name="notice",
            constraint=models.CheckConstraint(
                name="notices_notice_red_approved",
                condition=~Q(tlp="TLP:RED", state__in=PUBLISHED)
                | Q(approved_by__isnull=False)
                | Q(edition__isnull=True),
            ),
        ),
    ]
