"""On how many notices is measured? Ten thousand of three editions each, and ten times as many."""

from django.db import connections, transaction

# One in four texts speaks of the police, one in two thousand of a kestrel.
COMMON_WORD, RARE_WORD, SECOND_WORD = "police", "kestrel", "customs"

# Every published notice of the demonstration network lends text, chemicals and kind to each n-th of the archive.
_TEMPLATES = """
CREATE TEMPORARY TABLE template ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY edition.id) - 1 AS place, edition.id AS edition_id, edition.title, edition.topics,
       edition.countries, edition.chemicals, edition.search_text, edition.search_vector, notice.kind,
       notice.author_id, notice.cleared_by_id, notice.published_by_id
FROM notices_notice AS notice JOIN notices_edition AS edition ON edition.id = notice.edition_id
WHERE notice.state IN ('published', 'expired') AND notice.number NOT LIKE 'PN-1%%'
"""

# Audiences as a network has them: few notices are for everybody, most for a sector, some for bodies or people.
_PLAN = """
CREATE TEMPORARY TABLE plan ON COMMIT DROP AS
WITH place AS (
    SELECT array_agg(DISTINCT country ORDER BY country) FILTER (WHERE country <> '') AS countries,
           array_agg(id ORDER BY id) AS people, (SELECT array_agg(id ORDER BY id) FROM members_organisation) AS bodies,
           (SELECT max(id) FROM notices_notice) AS last_notice, (SELECT max(id) FROM notices_edition) AS last_edition,
           (SELECT count(*) FROM template) AS templates
    FROM members_member WHERE standing = 'member'
), numbered AS (
    SELECT n, (n * 7919) %% 100 AS dice, place.*,
           ARRAY(SELECT code FROM unnest(countries) WITH ORDINALITY AS c(code, i) WHERE (i + n) %% 7 = 0) AS wider,
           ARRAY(SELECT people[1 + (n * 31 + i * 97) %% cardinality(people)] FROM generate_series(1, 9) AS i) AS named,
           ARRAY(SELECT bodies[1 + (n * 17 + i * 41) %% cardinality(bodies)] FROM generate_series(1, 6) AS i) AS asked
    FROM place, generate_series(%s, %s) AS n
)
SELECT n, n %% templates AS place, last_notice + n - %s + 1 AS notice_id, last_edition + (n - %s) * 3 AS first_edition,
       timestamptz '2026-11-20 08:00+00' - n * interval '40 minutes' AS published_at,
       CASE WHEN dice < 4 THEN 'TLP:CLEAR' WHEN dice < 35 THEN 'TLP:GREEN' WHEN dice < 85 THEN 'TLP:AMBER'
            WHEN dice < 95 THEN 'TLP:AMBER+STRICT' ELSE 'TLP:RED' END AS tlp,
       CASE WHEN dice < 6 THEN '{law_enforcement,government,industry,academia,international_organisation}'
            WHEN dice < 30 THEN '{law_enforcement,government}' WHEN dice < 50 THEN '{law_enforcement}'
            WHEN dice < 60 THEN '{industry,government}' WHEN dice < 75 THEN '{law_enforcement,government}'
            ELSE '{}' END::varchar[] AS sectors,
       CASE WHEN dice >= 60 AND dice < 85 THEN wider ELSE '{}' END AS countries,
       CASE WHEN dice >= 85 AND dice < 95 THEN asked ELSE '{}' END AS organisations,
       CASE WHEN dice >= 95 THEN named ELSE '{}' END AS people,
       CASE WHEN dice %% 10 = 3 AND dice < 85 THEN wider[1:1] ELSE '{}' END AS excluded_countries
FROM numbered
"""

_EDITIONS = """
INSERT INTO notices_edition (id, notice_id, number, version, title, tlp, audience_sectors, audience_countries,
    audience_organisations, audience_people, excluded_countries, excluded_organisations, excluded_people,
    audience_groups, topics, countries, chemicals, what_changed, drafted_as, created_at, published_at, search_text,
    search_vector)
SELECT first_edition + number, notice_id, number, 1, title || ', case ' || n, tlp, sectors, plan.countries,
       organisations, people, excluded_countries, '{}', '{}', '{}', topics, template.countries, chemicals,
       CASE WHEN number > 1 THEN 'A second report was added.' ELSE '' END, '',
       published_at - (4 - number) * interval '9 days', published_at - (3 - number) * interval '9 days',
       CASE WHEN number = 3 THEN search_text || rare ELSE '' END,
       CASE WHEN number = 3 THEN search_vector || to_tsvector('english', 'case ' || n || rare) END
FROM plan JOIN template USING (place), generate_series(1, 3) AS number,
     LATERAL (SELECT CASE WHEN n %% 2000 = 7 THEN ' A kestrel was seen.' ELSE '' END AS rare) AS word
"""

_NOTICES = """
INSERT INTO notices_notice (id, number, state, kind, urgency, author_id, cleared_by_id, published_by_id, approved_by_id,
    edition_id, created_at, changed_at, published_at, review_on, withdrawal_reason, suspension_reason, coauthors,
    cosponsors, tlp, audience_sectors, audience_countries, audience_organisations, audience_people, excluded_countries,
    excluded_organisations, excluded_people, audience_groups, subjects, withdrawn_at)
SELECT notice_id, 'PN-1' || to_char(100 + n / 90000, 'FM000') || '-' || to_char(n %% 90000, 'FM00000'),
       CASE WHEN n %% 40 = 5 THEN 'withdrawn' WHEN n %% 20 = 9 THEN 'expired' ELSE 'published' END, kind, 'routine',
       author_id, cleared_by_id, published_by_id,
       CASE WHEN tlp = 'TLP:RED' THEN (SELECT min(id) FROM members_member AS other WHERE other.standing = 'member'
            AND other.id NOT IN (author_id, cleared_by_id, published_by_id)) END,
       first_edition + 3, published_at - interval '30 days', published_at,
       published_at, date '2027-09-01', CASE WHEN n %% 40 = 5 THEN 'The source was wrong.' ELSE '' END, '', '{}', '{}',
       tlp, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', CASE WHEN n %% 40 = 5 THEN published_at END
FROM plan JOIN template USING (place)
"""

# The text of the edition in force in full, of those before it the summary: nobody measures old texts.
_SECTIONS = """
INSERT INTO notices_section (edition_id, kind, tlp, body, position)
SELECT first_edition + number, section.kind, plan.tlp, body, position
FROM plan JOIN template USING (place) JOIN notices_section AS section USING (edition_id),
     generate_series(1, 3) AS number
WHERE number = 3 OR section.kind = 'summary'
"""

# Five people read each of them; every second one they read before its last update.
_READINGS = """
INSERT INTO notices_reading (member_id, edition_id, read_at, acknowledged_at)
SELECT DISTINCT member.id, first_edition + 2 + (n %% 2), published_at, published_at
FROM plan JOIN (SELECT id, row_number() OVER (ORDER BY id) AS i, count(*) OVER () AS size FROM members_member) AS member
  ON (member.i * 7 + n) %% (size / 5) = 0
"""

_KEYS_GO_ON = """
SELECT setval(pg_get_serial_sequence('notices_notice', 'id'), (SELECT max(id) FROM notices_notice)),
       setval(pg_get_serial_sequence('notices_edition', 'id'), (SELECT max(id) FROM notices_edition))
"""


def grow(begun: int, wanted: int) -> None:
    """Let an archive of so many notices grow to as many as wanted; by the tables' owner, in bulk."""
    first, last = begun + 1, wanted
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute(_TEMPLATES)
        cursor.execute(_PLAN, [first, last, first, first])
        for statement in (_EDITIONS, _NOTICES, _SECTIONS, _READINGS, _KEYS_GO_ON):
            cursor.execute(statement.replace("%%", "%"))
    with owner.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def wait_for_publication(count: int) -> list[str]:
    """Take so many notices back to where a publisher waits for them, none of them TLP:RED; return their numbers."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE notices_notice SET state = 'cleared', published_at = NULL, published_by_id = NULL WHERE id IN ("
            " SELECT id FROM notices_notice WHERE state = 'published' AND tlp = 'TLP:GREEN' AND number LIKE 'PN-1%%'"
            " ORDER BY published_at DESC LIMIT %s) RETURNING number",
            [count],
        )
        return [number for (number,) in cursor.fetchall()]
