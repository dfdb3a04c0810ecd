"""The database copies what the edition in force is about to its notice, and lets search forget the editions before it."""

import django.contrib.postgres.fields
from django.db import migrations, models

# SECURITY DEFINER: the copy is right for everybody, also for those whom row security shows only one of the two rows.
COPY = """
CREATE FUNCTION notices_copy_subjects() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.subjects := '{}';
    IF NEW.state NOT IN ('suspended', 'withdrawn') THEN
        SELECT ARRAY(SELECT 'topic ' || topic FROM unnest(topics) AS topic)
            || ARRAY(SELECT 'country ' || country FROM unnest(countries) AS country)
            || ARRAY(SELECT DISTINCT 'chemical ' || (named ->> 'name') FROM jsonb_array_elements(chemicals) AS named
                     WHERE named ->> 'name' <> '' ORDER BY 1)
            || ARRAY(SELECT DISTINCT 'cas ' || (named ->> 'cas') FROM jsonb_array_elements(chemicals) AS named
                     WHERE named ->> 'cas' <> '' ORDER BY 1)
        INTO NEW.subjects FROM notices_edition WHERE id = NEW.edition_id;
        NEW.subjects := COALESCE(NEW.subjects, '{}');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER notices_notice_subjects BEFORE INSERT OR UPDATE OF state, edition_id, subjects ON notices_notice
    FOR EACH ROW EXECUTE FUNCTION notices_copy_subjects();

CREATE FUNCTION notices_subjects_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE notices_notice SET subjects = '{}' WHERE edition_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER notices_edition_subjects AFTER UPDATE OF topics, countries, chemicals ON notices_edition
    FOR EACH ROW EXECUTE FUNCTION notices_subjects_changed();
"""

# Editions that are in force no more stay out of the index: a word in all of them would be three times as many rows.
FORGET = """
CREATE FUNCTION notices_forget_older() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE notices_edition SET search_vector = NULL
    WHERE notice_id = NEW.id AND id <> NEW.edition_id AND search_vector IS NOT NULL;
    RETURN NULL;
END $$;

CREATE TRIGGER notices_notice_search AFTER UPDATE OF edition_id ON notices_notice
    FOR EACH ROW EXECUTE FUNCTION notices_forget_older();
"""

# A word that is everywhere is looked for in each text on the way: vectors lie ready in the row, and texts do not.
STORED = """
ALTER TABLE notices_edition ALTER search_vector SET STORAGE MAIN, ALTER search_text SET STORAGE EXTERNAL;
"""
STORED_BEFORE = """
ALTER TABLE notices_edition ALTER search_vector SET STORAGE EXTENDED, ALTER search_text SET STORAGE EXTENDED;
"""

TAKE_BACK = """
DROP TRIGGER notices_notice_search ON notices_notice;
DROP TRIGGER notices_edition_subjects ON notices_edition;
DROP TRIGGER notices_notice_subjects ON notices_notice;
DROP FUNCTION notices_forget_older();
DROP FUNCTION notices_subjects_changed();
DROP FUNCTION notices_copy_subjects();
"""

OLDER = """
UPDATE notices_edition e SET search_vector = NULL FROM notices_notice n
WHERE n.id = e.notice_id AND n.edition_id <> e.id AND e.search_vector IS NOT NULL;
"""


class Migration(migrations.Migration):
    # Rows are filled before the next migration alters their table.
    atomic = False
    dependencies = [("notices", "0011_exception_ids")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="subjects",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), blank=True, default=list, editable=False, size=None
            ),
        ),
        migrations.RunSQL(COPY + FORGET, TAKE_BACK),
        migrations.RunSQL(STORED, STORED_BEFORE),
        migrations.RunSQL("UPDATE notices_notice SET subjects = '{}';", migrations.RunSQL.noop),
        migrations.RunSQL(OLDER, migrations.RunSQL.noop),
    ]
