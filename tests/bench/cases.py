"""On how many cases is the vetting desk measured? Two thousand open ones, each with sponsors, decisions and a past."""

from django.db import connections, transaction

from congress.core.crypto import seal

CASES = 2_000

# Members of the demonstration lend name, organisation, sector and country; every third case waits for a second officer.
_PLAN = """
CREATE TEMPORARY TABLE plan ON COMMIT DROP AS
WITH people AS (
    SELECT row_number() OVER (ORDER BY m.id) - 1 AS i, count(*) OVER () AS size, m.latin_name, m.sector, m.country,
           o.name AS organisation_name
    FROM members_member m JOIN members_organisation o ON o.id = m.organisation_id WHERE m.latin_name <> ''
), officers AS (
    SELECT array_agg(member_id ORDER BY member_id) AS ids FROM members_rolegrant WHERE role LIKE 'vetting%%'
)
SELECT (SELECT COALESCE(max(id), 0) FROM members_application) + n AS id, n, people.*, officers.ids AS officers,
       now() - n * interval '20 minutes' AS sent_at, CASE WHEN n %% 3 = 0 THEN 'seconded' ELSE 'open' END AS state
FROM generate_series(1, %s) AS n JOIN people ON people.i = n %% people.size CROSS JOIN officers
"""

_APPLICATIONS = """
INSERT INTO members_application (id, public_id, token_digest, state, email, latin_name, native_name, name_order,
    other_names, sector, country, organisation_name, position, supervisor_name, supervisor_contact, expertise, topics,
    languages, motivation, consents, begun_at, submitted_at, round, stage_since, due_on, assigned_to_id, assigned_at,
    sounds, kept_keys)
SELECT id, 'bench' || to_char(n, 'FM0000000'), 'bench' || n, state, 'bench' || n || '@applicants.example', latin_name,
       '', '', '{}', sector, country, organisation_name || ' (branch)', 'Inspector', '', '', '{}', '{}', '{}',
       'We control what passes through the port.', '{}', sent_at, sent_at, 1, sent_at,
       (sent_at + interval '7 days')::date,
       CASE WHEN n %% 4 = 0 THEN officers[1 + n %% cardinality(officers)] END, CASE WHEN n %% 4 = 0 THEN sent_at END,
       ARRAY[lower(latin_name)], '{}'
FROM plan
"""

_PASSAGES = """
INSERT INTO members_passage (application_id, round, stage, entered_at) SELECT id, 1, state, sent_at FROM plan
"""

_DECISIONS = """
INSERT INTO members_decision (application_id, round, officer_id, in_favour, grounds, reason, decided_at, is_forgotten)
SELECT id, 1, officers[1], true, '{known}', %s, sent_at, false FROM plan WHERE state = 'seconded'
"""

_NOTES = """
INSERT INTO members_note (application_id, round, officer_id, text, written_at)
SELECT id, 1, officers[2], %s, sent_at + turn * interval '1 hour'
FROM plan, generate_series(1, 5) AS turn
"""

_KEYS_GO_ON = """
SELECT setval(pg_get_serial_sequence('members_application', 'id'), (SELECT max(id) FROM members_application))
"""


def grow(count: int = CASES) -> None:
    """Add so many open cases; by the tables' owner, in bulk."""
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute(_PLAN, [count])
        for statement in (_APPLICATIONS, _PASSAGES, _KEYS_GO_ON):
            cursor.execute(statement.replace("%%", "%"))
        # What officers write lies sealed.
        cursor.execute(_DECISIONS, [seal("Known.")])
        cursor.execute(_NOTES, [seal("Rang once more.")])
    with owner.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE members_application, members_decision, members_passage, members_note")
