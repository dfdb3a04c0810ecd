"""What does row security know of a reader? The facts on their row, read by the database itself."""

from congress.core.wall import SETTINGS

EACH_SETTING = ", ".join(f"'{name}'" for name in SETTINGS)

# The owner's rights, because the application's role may one day not read these tables freely either.
# Whoever is not, or not any more, a member in good standing is nobody. Roles count while their grant is in force, seats
# of groups until the day on which their term ends, in UTC.
ENTER = f"""
CREATE OR REPLACE FUNCTION congress_enter(who bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    person members_member%ROWTYPE;
    held text;
    seated text;
BEGIN
    PERFORM set_config(name, '', false) FROM unnest(ARRAY[{EACH_SETTING}]) AS name;
    SELECT * INTO person FROM members_member WHERE id = who AND standing = 'member';
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT string_agg(role, ' ') INTO held FROM members_rolegrant
        WHERE member_id = who AND begins_at <= now() AND (ends_at IS NULL OR ends_at > now());
    SELECT string_agg(group_id::text, ',') INTO seated FROM members_term
        WHERE member_id = who AND begins_on <= (now() AT TIME ZONE 'UTC')::date
            AND ends_on > (now() AT TIME ZONE 'UTC')::date;
    PERFORM set_config('congress.reader', who::text, false),
        set_config('congress.sector', person.sector, false),
        set_config('congress.country', person.country, false),
        set_config('congress.organisation', COALESCE(person.organisation_id::text, ''), false),
        set_config('congress.roles', COALESCE(held, ''), false),
        set_config('congress.groups', COALESCE(seated, ''), false);
END $$
"""

FUNCTIONS = [ENTER]
POLICIES: dict[str, str] = {}
OWN_ROWS: tuple[str, ...] = ()
