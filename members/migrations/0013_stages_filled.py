"""Applications that were under way before stages were clocked get theirs: a week from now, not an overdue mark."""

from django.db import migrations, models

FILL = """
UPDATE members_application a SET state = 'seconded'
    WHERE state = 'open' AND EXISTS (SELECT FROM members_decision d WHERE d.application_id = a.id AND d.in_favour);
UPDATE members_application SET stage_since = submitted_at, due_on = CURRENT_DATE + 7
    WHERE state IN ('open', 'seconded');
INSERT INTO members_passage (application_id, round, stage, entered_at)
    SELECT id, 1, state, submitted_at FROM members_application WHERE state IN ('open', 'seconded');
SET CONSTRAINTS ALL IMMEDIATE;
"""
TAKE_BACK = "UPDATE members_application SET state = 'open' WHERE state = 'seconded'"


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0012_stages'),
    ]

    operations = [
        migrations.RunSQL(FILL, TAKE_BACK),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('open', 'seconded')), _negated=True), models.Q(('due_on__isnull', False), ('stage_since__isnull', False)), _connector='OR'), name='members_application_clocked'),
        ),
    ]
