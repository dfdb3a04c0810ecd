"""The database itself copies the label of the edition in force to its notice, and keeps co-authors out of checking."""

from django.db import migrations

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

# SECURITY DEFINER: the copy is right for everybody, also for those whom row security shows only one of the two rows.
COPY = f"""
CREATE FUNCTION notices_copy_label() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE label notices_edition%ROWTYPE;
BEGIN
    SELECT * INTO label FROM notices_edition WHERE id = NEW.edition_id;
    IF FOUND THEN
        {" ".join(f"NEW.{column} := label.{column};" for column in COLUMNS)}
    ELSE
        NEW.tlp := 'TLP:RED';
        {" ".join(f"NEW.{column} := '{{}}';" for column in COLUMNS[1:])}
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION notices_label_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE notices_notice SET tlp = NEW.tlp WHERE edition_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER notices_notice_label BEFORE INSERT OR UPDATE ON notices_notice
    FOR EACH ROW EXECUTE FUNCTION notices_copy_label();
CREATE TRIGGER notices_edition_label AFTER UPDATE OF {", ".join(COLUMNS)} ON notices_edition
    FOR EACH ROW EXECUTE FUNCTION notices_label_changed();
"""

TAKE_BACK = """
DROP TRIGGER notices_edition_label ON notices_edition;
DROP TRIGGER notices_notice_label ON notices_notice;
DROP FUNCTION notices_label_changed();
DROP FUNCTION notices_copy_label();
"""

COAUTHORS = """
ALTER TABLE notices_notice ADD CONSTRAINT notices_notice_coauthors
    CHECK (NOT coauthors && ARRAY[author_id, cleared_by_id, approved_by_id, published_by_id]);
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0007_sharing")]

    operations = [
        migrations.RunSQL(COPY, TAKE_BACK),
        migrations.RunSQL(COAUTHORS, "ALTER TABLE notices_notice DROP CONSTRAINT notices_notice_coauthors;"),
        # Each row takes its label now.
        migrations.RunSQL("UPDATE notices_notice SET tlp = tlp;", migrations.RunSQL.noop),
        migrations.RunSQL(
            "UPDATE notices_edition e SET published_at = n.published_at FROM notices_notice n WHERE n.edition_id = e.id;",
            migrations.RunSQL.noop,
        ),
    ]
