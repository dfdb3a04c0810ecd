"""The database itself keeps `Member.organisation` and the present affiliation equal; everybody gets theirs."""

from django.db import migrations

# Whoever left has an affiliation that is over, and no present organisation.
FILL = """
INSERT INTO members_affiliation (member_id, organisation_id, position, began_on, ended_on, ended_how, note, moved_to)
SELECT m.id, m.organisation_id, '', LEAST(COALESCE(m.joined_on, CURRENT_DATE), CURRENT_DATE),
    CASE WHEN m.standing = 'former' THEN CURRENT_DATE END, CASE WHEN m.standing = 'former' THEN 'officer' ELSE '' END, '', ''
FROM members_member m WHERE m.organisation_id IS NOT NULL;
UPDATE members_member SET organisation_id = NULL WHERE standing = 'former';
SET CONSTRAINTS ALL IMMEDIATE;
"""

# An organisation that is set in any other way than by an action is an affiliation too.
FOLLOW = """
CREATE FUNCTION members_follow_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        UPDATE members_affiliation SET ended_on = GREATEST(began_on, CURRENT_DATE), ended_how = 'officer'
            WHERE member_id = NEW.id AND ended_on IS NULL AND organisation_id IS DISTINCT FROM NEW.organisation_id;
    END IF;
    IF NEW.organisation_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM members_affiliation WHERE member_id = NEW.id AND ended_on IS NULL) THEN
        INSERT INTO members_affiliation (member_id, organisation_id, position, began_on, ended_how, note, moved_to)
            VALUES (NEW.id, NEW.organisation_id, '',
                CASE WHEN TG_OP = 'INSERT' THEN COALESCE(NEW.joined_on, CURRENT_DATE) ELSE CURRENT_DATE END, '', '', '');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER members_member_came AFTER INSERT ON members_member
    FOR EACH ROW EXECUTE FUNCTION members_follow_organisation();
CREATE TRIGGER members_member_moved AFTER UPDATE OF organisation_id ON members_member
    FOR EACH ROW WHEN (NEW.organisation_id IS DISTINCT FROM OLD.organisation_id)
    EXECUTE FUNCTION members_follow_organisation();
"""

# Asked at the commit, so that an action may change the one and then the other.
COMPARE = """
CREATE FUNCTION members_compare_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM members_member m
        LEFT JOIN members_affiliation a ON a.member_id = m.id AND a.ended_on IS NULL
        WHERE m.id = NEW.member_id AND m.organisation_id IS DISTINCT FROM a.organisation_id
    ) THEN
        RAISE EXCEPTION 'member % has another organisation than the present affiliation', NEW.member_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'members_affiliation_is_present';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER members_affiliation_is_present AFTER INSERT OR UPDATE ON members_affiliation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION members_compare_organisation();
"""

TAKE_BACK = """
DROP TRIGGER members_affiliation_is_present ON members_affiliation;
DROP FUNCTION members_compare_organisation();
DROP TRIGGER members_member_moved ON members_member;
DROP TRIGGER members_member_came ON members_member;
DROP FUNCTION members_follow_organisation();
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0004_affiliations")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop), migrations.RunSQL(FOLLOW + COMPARE, TAKE_BACK)]
