"""How many of the people found hold each value of each facet, among those that they show to the viewer?

The rows are found once, and each facet then reads them for itself. Source: decisions 0025, 0030 and 0035.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Expression, F, Func, Q, QuerySet, TextField, Value, When

from congress.core import gathered
from members.models import WRITTEN, Member, MemberQuerySet, today
from members.policies import audience_of, fields_shown, shows
from members.queries.facets import Cell, cell
from members.queries.filters import Filters, Freshness

# Of more people than this nobody reads the numbers, and making them takes longer than the page.
COUNTED = 5000
DAYS = {Freshness.QUARTER: 91, Freshness.YEAR: 365}
# Which list of a profile each of these asks for.
LISTED = {"group": "seats", "meeting": "meetings"}
# Which field says who may know: the same that finds.
FIELD_OF = {"expertise": "expertise", "topic": "topics", "language": "languages", "level": "languages", **LISTED}
# Who is found wherever they stand, with whom each shows what, see `audience_of`; `found` are those of the places asked
# for. Of too many nothing is read; the row of no facet says how many there are.
COUNT_EACH = """
    WITH everywhere AS MATERIALIZED ({rows}), everybody (number) AS (SELECT count(*) FROM everywhere),
    found AS NOT MATERIALIZED (SELECT * FROM everywhere WHERE is_placed)
    {each} UNION ALL SELECT '', '', number FROM everybody
"""
ONE_FACET = """
    SELECT '{facet}', value, count(*) FROM ({values}) AS of_{facet} (value)
    WHERE (SELECT number FROM everybody) <= {most} GROUP BY value
"""
PLACE, PLACE_VALUES = "place", "SELECT sector || ' ' || country FROM everywhere"
WRITTEN_VALUES = "SELECT unnest({field}) FROM found WHERE {shown}"
# One part of each language, its code or its level, once for each member; where the other part is one of some.
SPOKEN_VALUES = """
    SELECT split_part(each, ':', {part})
    FROM (SELECT member, unnest(languages) AS each FROM found WHERE {shown}) AS spoken
    {chosen} GROUP BY member, 1
"""
OTHER_PART_CHOSEN = "WHERE split_part(each, ':', {other}) = ANY(%s)"
LISTED_VALUES = "SELECT listed FROM ({rows}) AS of_all (member, listed) JOIN found USING (member) WHERE {shown}"
FRESHNESS_VALUES = "SELECT unnest(confirmed) FROM found"
BODY_VALUES = "SELECT of_all.public_id FROM members_organisation AS of_all JOIN found ON found.body = of_all.id"


@dataclass(frozen=True)
class Tallies:
    """How many of some people hold each value of each facet, and stand in each place."""

    values: dict[str, Counter[str]]
    cells: list[Cell]


class _Read(NamedTuple):
    """The SELECT of the values that the rows found hold of one facet."""

    sql: str
    params: tuple[Any, ...] = ()


def tallies(viewer: Member, members: MemberQuerySet, filters: Filters, place: Q) -> Tallies | None:
    """Count what those of these members who stand in a place hold of each facet that is not in use; one query.

    The cells are of all of them, in that place or not. Of more than 5,000 nothing is counted.
    """
    names = [name for name in VALUES if not getattr(filters, name)]
    columns = _columns(names) | {"audiences": F("loaded_audiences"), "is_placed": _is_so(place)}
    columns |= {f"{name}_audience": audience_of(name) for name in _fields(names)}
    reads = {name: VALUES[name](viewer, filters, f"{FIELD_OF.get(name)}_audience = ANY(audiences)") for name in names}
    rows = fields_shown(viewer, members).values("sector", "country", **columns)
    counted = _count_each(rows, reads | {PLACE: _Read(PLACE_VALUES)})
    if counted is None:
        return None
    places = ((*place.partition(" "), number) for place, number in counted.pop(PLACE).items())
    return Tallies(counted, [cell(sector, country, number) for sector, _space, country, number in places])


def tally(viewer: Member, members: MemberQuerySet, filters: Filters, name: str) -> Counter[str] | None:
    """Count what those of these members who show it hold of one facet; one query. Of more than 5,000 nothing."""
    showing = members.filter(shows(viewer, FIELD_OF[name])) if name in FIELD_OF else members
    rows = showing.values(**_columns([name]), is_placed=_is_so(Q()))
    counted = _count_each(rows, {name: VALUES[name](viewer, filters, "true")})
    return counted[name] if counted is not None else None


def _count_each(rows: "QuerySet[Any, Any]", reads: dict[str, _Read]) -> dict[str, Counter[str]] | None:
    try:
        sql, params = _sql(rows.order_by()[: COUNTED + 1])
    except EmptyResultSet:  # Django sees without asking that nobody can be meant
        return {name: Counter() for name in reads}
    each = " UNION ALL ".join(
        ONE_FACET.format(facet=name, values=read.sql, most=COUNTED) for name, read in reads.items()
    )
    with connection.cursor() as cursor:
        of_values = chain.from_iterable(read.params for read in reads.values())
        cursor.execute(COUNT_EACH.format(rows=sql, each=each), [*params, *of_values])
        found: dict[str, Counter[str]] = {name: Counter() for name in ("", *reads)}
        for name, value, number in cursor:
            found[name][value] = number
    return None if found.pop("")[""] > COUNTED else found


def _columns(names: list[str]) -> dict[str, Expression | F]:
    """Return what these facets read of a row, besides whom it is shown to."""
    columns: dict[str, Expression | F] = {"member": F("pk")}
    columns |= {name: F(f"profile__{name}") for name in _fields(names) if name in WRITTEN}
    columns |= {"confirmed": _freshness()} if "confirmed" in names else {}
    return columns | ({"body": F("organisation_id")} if "organisation" in names else {})


def _fields(names: list[str]) -> list[str]:
    return list(dict.fromkeys(FIELD_OF[name] for name in names if name in FIELD_OF))


def _is_so(condition: Q) -> Expression:
    return Case(When(condition, then=Value(True)), default=Value(False)) if condition else Value(True)


def _freshness() -> Expression:
    within = (Case(When(confirmed_within(days), then=Value(each.value))) for each, days in DAYS.items())
    return Func(*within, template="ARRAY[%(expressions)s]::text[]", output_field=ArrayField(TextField()))


def confirmed_within(days: int) -> Q:
    """Return the predicate on members: who has said within so many days that their profile is right."""
    return Q(profile__confirmed_on__gt=today() - Value(timedelta(days=days)))


def _spoken(part: int, others: tuple[str, ...], shown: str) -> _Read:
    chosen = OTHER_PART_CHOSEN.format(other=3 - part) if others else ""
    return _Read(SPOKEN_VALUES.format(part=part, chosen=chosen, shown=shown), (list(others),) if others else ())


def _listed(viewer: Member, listed: str, shown: str) -> _Read:
    facet = gathered.FACETS[listed]
    try:
        rows, params = _sql(facet.rows(viewer).order_by().values_list("member", facet.column))
    except EmptyResultSet:  # Django sees without asking that nothing of it exists for this viewer
        return _Read("SELECT NULL WHERE false")
    return _Read(LISTED_VALUES.format(rows=rows, shown=shown), params)


def _sql(rows: "QuerySet[Any, Any]") -> tuple[str, tuple[Any, ...]]:
    return rows.query.sql_with_params()


# How the values of each facet are read of the rows found, where a condition says that they are shown.
VALUES: dict[str, Callable[[Member, Filters, str], _Read]] = {
    "expertise": lambda _viewer, _filters, shown: _Read(WRITTEN_VALUES.format(field="expertise", shown=shown)),
    "topic": lambda _viewer, _filters, shown: _Read(WRITTEN_VALUES.format(field="topics", shown=shown)),
    "language": lambda _viewer, filters, shown: _spoken(1, filters.level, shown),
    "level": lambda _viewer, filters, shown: _spoken(2, filters.language, shown),
    "group": lambda viewer, _filters, shown: _listed(viewer, "seats", shown),
    "meeting": lambda viewer, _filters, shown: _listed(viewer, "meetings", shown),
    "confirmed": lambda _viewer, _filters, _shown: _Read(FRESHNESS_VALUES),
    "organisation": lambda _viewer, _filters, _shown: _Read(BODY_VALUES),
}
