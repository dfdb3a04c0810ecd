"""Which rows of notices does the database show to the reader that congress.core.wall told it of?

The same rules as policies.py, in SQL and on their own: neither file is made from the other, and tests compare both
with a third. Each fact about the reader is a scalar subquery, so that it is looked up once for each statement.
"""

READER = "(SELECT NULLIF(current_setting('congress.reader', true), '')::bigint)"
SECTOR = "(SELECT NULLIF(current_setting('congress.sector', true), ''))"
COUNTRY = "(SELECT NULLIF(current_setting('congress.country', true), ''))"
BODY = "(SELECT NULLIF(current_setting('congress.organisation', true), '')::bigint)"
GROUPS = "(SELECT string_to_array(current_setting('congress.groups', true), ',')::bigint[])"


def _has_role(role: str) -> str:
    return f"(SELECT '{role}' = ANY (string_to_array(current_setting('congress.roles', true), ' ')))"


ANALYST, OFFICER, PUBLISHER, FOCAL_POINT = map(_has_role, ("analyst", "compliance_officer", "publisher", "focal_point"))

WITH_READERS = "('published', 'suspended', 'withdrawn', 'expired')"
STUBS = "('suspended', 'withdrawn')"


def _named(row: str) -> str:
    """Whether the audience of a labelled row names the reader, and does not exclude them."""
    return f"""(
        (
            (
                ({row}.audience_sectors = '{{}}' OR {SECTOR} = ANY ({row}.audience_sectors))
                AND ({row}.audience_countries = '{{}}' OR {COUNTRY} = ANY ({row}.audience_countries))
                AND NOT ({row}.audience_sectors = '{{}}' AND {row}.audience_countries = '{{}}')
            )
            OR {READER} = ANY ({row}.audience_people)
            OR COALESCE({BODY} = ANY ({row}.audience_organisations), false)
            OR COALESCE({row}.audience_groups && {GROUPS}, false)
        )
        AND NOT {READER} = ANY ({row}.excluded_people)
        AND NOT COALESCE({COUNTRY} = ANY ({row}.excluded_countries), false)
        AND NOT COALESCE({BODY} = ANY ({row}.excluded_organisations), false)
    )"""


def _excepted(effect: str) -> str:
    """Of which notices the reader is an exception now."""
    return f"""(
        SELECT exception.notice_id FROM notices_accessexception exception
        WHERE exception.effect = '{effect}' AND exception.ended_at IS NULL AND exception.until > statement_timestamp()
        AND (
            exception.member_id = {READER}
            OR exception.organisation_id = {BODY}
            OR (exception.country = {COUNTRY} AND exception.country <> '')
        )
    )"""


def _wrote(row: str) -> str:
    return f"({row}.author_id = {READER} OR {READER} = ANY ({row}.coauthors))"


def _checked(row: str) -> str:
    return f"COALESCE({READER} IN ({row}.cleared_by_id, {row}.approved_by_id), false)"


def _readable(row: str) -> str:
    """Whether a notice is the reader's to read: as audience, by their part in it, or because a step is theirs."""
    return f"""(
        (
            {row}.state IN {WITH_READERS} AND {row}.published_at IS NOT NULL
            AND ({_named(row)} OR {row}.id IN {_excepted("grant")})
            AND {row}.id NOT IN {_excepted("deny")}
        )
        OR {_wrote(row)} OR {_checked(row)} OR {row}.published_by_id = {READER}
        OR ({OFFICER} AND {row}.state = 'in_review')
        OR ({PUBLISHER} AND {row}.state IN ('cleared', 'scheduled'))
        OR ({FOCAL_POINT} AND {row}.state IN ('in_review', 'cleared') AND {BODY} = ANY ({row}.cosponsors))
    )"""


def _stoppable(row: str) -> str:
    """Whether a publisher may take it back without reading it: the row of the notice, and no row of its texts."""
    return f"({PUBLISHER} AND {row}.state IN ('published', 'suspended', 'expired'))"


def _of_readable(notice: str, condition: str = "true") -> str:
    return f"""EXISTS (
        SELECT 1 FROM notices_notice n WHERE n.id = {notice} AND {_readable("n")} AND {condition}
    )"""


def _of_edition(edition: str) -> str:
    """Whether an edition is shown; its own policy decides, inside this subquery."""
    return f"EXISTS (SELECT 1 FROM notices_edition e WHERE e.id = {edition})"


# An earlier edition keeps its own label; those who wrote the notice see all of them.
def _own_label(row: str) -> str:
    return f"(n.edition_id = {row}.id OR {_named(row)} OR {_wrote('n')})"


_TEXT = f"n.state NOT IN {STUBS}"

# What the reader must be shown to be shown the row. Rows are changed by the portal, after a policy has allowed it;
# only what is the reader's own they write themselves.
POLICIES: dict[str, str] = {
    "notices_notice": f"{_readable('notices_notice')} OR {_stoppable('notices_notice')}",
    "notices_edition": _of_readable("notices_edition.notice_id", _own_label("notices_edition")),
    "notices_section": "notices_shows_text(notices_section.edition_id)",
    "notices_attachment": "notices_shows_text(notices_attachment.edition_id)",
    "notices_savedtext": _of_edition("notices_savedtext.edition_id"),
    "notices_override": _of_edition("notices_override.edition_id"),
    "notices_remark": _of_readable("notices_remark.notice_id"),
    "notices_check": _of_readable("notices_check.notice_id"),
    "notices_cosponsorship": _of_readable("notices_cosponsorship.notice_id"),
    "notices_reading": f"notices_reading.member_id = {READER}",
    "notices_savedsearch": f"notices_savedsearch.member_id = {READER}",
    "notices_accessexception": f"""
        {PUBLISHER} OR notices_accessexception.member_id = {READER}
        OR notices_accessexception.organisation_id = {BODY} OR notices_accessexception.country = {COUNTRY}
    """,
}
OWN_ROWS = ("notices_reading", "notices_savedsearch")

# Matching words is no leakproof operation: under row security its index would not be used. This looks into the index
# first and returns ids of editions only, of which the policies then show what they show. In the list of columns of a
# SELECT it is asked for one id after the other, so that a LIMIT ends its work.
MATCHING = """
CREATE OR REPLACE FUNCTION notices_matching(words tsquery) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 200 AS $$
    SELECT id FROM notices_edition WHERE search_vector @@ words
$$
"""

# Whether the text of an edition is shown. Written as nested policies this took PostgreSQL longer to plan than to
# answer; a function keeps its plan with the connection. It looks with the owner's rights, so it says all of the rule.
SHOWS_TEXT = f"""
CREATE OR REPLACE FUNCTION notices_shows_text(edition bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM notices_edition e JOIN notices_notice n ON n.id = e.notice_id
        WHERE e.id = edition AND {_TEXT} AND {_readable("n")} AND {_own_label("e")}
    );
END $$
"""

# Of which editions many readers are shown the text, asked at once, for mail: with the caller's rights, so that the
# policies hold. Nobody reads after it until the caller says who does.
SHOWN_TO_EACH = f"""
CREATE OR REPLACE FUNCTION notices_shown_to(readers bigint[], editions bigint[])
RETURNS TABLE (reader bigint, edition bigint)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
    FOREACH reader IN ARRAY readers LOOP
        PERFORM congress_enter(reader);
        RETURN QUERY SELECT reader, e.id FROM notices_edition e JOIN notices_notice n ON n.id = e.notice_id
            WHERE e.id = ANY (editions) AND {_TEXT};
    END LOOP;
    PERFORM congress_enter(0);
END $$
"""

FUNCTIONS = [MATCHING, SHOWS_TEXT, SHOWN_TO_EACH]
