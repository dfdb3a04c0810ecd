"""Groups are part of an audience; the database copies them to the notice like the rest of its label."""

import django.contrib.postgres.fields
from django.db import migrations, models

COLUMNS = [
    "tlp",
    "audience_sectors",
    "audience_countries",
    "audience_organisations",
    "audience_people",
    "excluded_countries",
    "excluded_organisations",
    "excluded_people",
]


def copy(columns: list[str]) -> str:
    """Return what makes the database copy these columns of the label in force."""
    return f"""
CREATE OR REPLACE FUNCTION notices_copy_label() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE label notices_edition%ROWTYPE;
BEGIN
    SELECT * INTO label FROM notices_edition WHERE id = NEW.edition_id;
    IF FOUND THEN
        {" ".join(f"NEW.{column} := label.{column};" for column in columns)}
    ELSE
        NEW.tlp := 'TLP:RED';
        {" ".join(f"NEW.{column} := '{{}}';" for column in columns[1:])}
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER notices_edition_label ON notices_edition;
CREATE TRIGGER notices_edition_label AFTER UPDATE OF {", ".join(columns)} ON notices_edition
    FOR EACH ROW EXECUTE FUNCTION notices_label_changed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0012_attachment_facts"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="edition",
            name="notices_edition_red_names_people",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notices_notice_red_names_people",
        ),
        migrations.AddField(
            model_name="edition",
            name="audience_groups",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="audience_groups",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("tlp", "TLP:RED"), _negated=True),
                    models.Q(
                        ("audience_countries", []),
                        ("audience_groups", []),
                        ("audience_organisations", []),
                        ("audience_sectors", []),
                    ),
                    _connector="OR",
                ),
                name="notices_edition_red_names_people",
                violation_error_message="TLP:RED is for people named one by one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("tlp", "TLP:RED"), _negated=True),
                    models.Q(
                        ("audience_countries", []),
                        ("audience_groups", []),
                        ("audience_organisations", []),
                        ("audience_sectors", []),
                    ),
                    _connector="OR",
                ),
                name="notices_notice_red_names_people",
                violation_error_message="TLP:RED is for people named one by one.",
            ),
        ),
        migrations.RunSQL(copy([*COLUMNS, "audience_groups"]), copy(COLUMNS)),
    ]
