"""How many people would each choice leave that is about what members say of themselves, took part in, or work for?

A facet of a field asks whether its member shows it to the viewer: who hides it is neither found nor counted.
Source: decisions 0025, 0030 and 0035.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from itertools import chain
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Expression, F, Func, Q, QuerySet, TextField, Value, When
from django.utils.translation import get_language

from congress.core import gathered
from congress.core.languages import LanguageLevel, language_choices
from congress.core.topics import Expertise, Topic
from members.models import WRITTEN, Member, MemberQuerySet, Organisation, labels_of, today
from members.policies import audience_of, fields_shown, shows
from members.queries.facets import Option
from members.queries.filters import Filters, Freshness

# Of more people than this nobody reads the numbers, and making them takes longer than the page.
COUNTED = 5000
# Of more organisations than this the name is quicker typed than found in a list.
LARGEST_BODIES = 8
DAYS = {Freshness.QUARTER: 91, Freshness.YEAR: 365}
# Which list of a profile each of these asks for.
LISTED = {"group": "seats", "meeting": "meetings"}
# The rows are found once, with whom each shows what, see `audience_of`; each facet then reads them for itself.
COUNT_EACH = """
    WITH found AS MATERIALIZED ({found}), held (facet, value) AS ({held})
    SELECT facet, value, count(*), (SELECT count(*) FROM found) FROM held GROUP BY facet, value
"""
ONE_FACET = "SELECT '{facet}', * FROM ({values}) AS of_{facet}"
WRITTEN_VALUES = "SELECT unnest({field}) FROM found WHERE {field}_audience = ANY(audiences)"
# One part of each language, its code or its level, once for each member; where the other part is one of some.
SPOKEN_VALUES = """
    SELECT split_part(each, ':', {part})
    FROM (SELECT member, unnest(languages) AS each FROM found WHERE languages_audience = ANY(audiences)) AS spoken
    {chosen} GROUP BY member, 1
"""
OTHER_PART_CHOSEN = "WHERE split_part(each, ':', {other}) = ANY(%s)"
LISTED_VALUES = """
    SELECT listed FROM ({rows}) AS of_all (member, listed) JOIN found USING (member)
    WHERE {field}_audience = ANY(audiences)
"""
FRESHNESS_VALUES = "SELECT unnest(confirmed) FROM found"
BODY_VALUES = "SELECT of_all.public_id FROM members_organisation AS of_all JOIN found ON found.body = of_all.id"
# Which field says who may know: the same that finds.
FIELD_OF = {"expertise": "expertise", "topic": "topics", "language": "languages", "level": "languages", **LISTED}


def meant(viewer: Member, filters: Filters) -> Q:
    """Return the condition of all these facets."""
    condition = Q()
    for name, wanted in filters.of_fields.items():
        if wanted:
            condition &= shows(viewer, name) & Q(**{f"profile__{name}__overlap": list(wanted)})
    for name, listed in LISTED.items():
        if wanted := getattr(filters, name):
            condition &= shows(viewer, listed) & _has_one_of(viewer, listed, wanted)
    if filters.organisation:
        condition &= Q(organisation__public_id__in=filters.organisation)
    if filters.confirmed:
        condition &= _confirmed_within(max(DAYS[Freshness(value)] for value in filters.confirmed))
    return condition


def _has_one_of(viewer: Member, listed: str, wanted: tuple[str, ...]) -> Q:
    facet = gathered.FACETS[listed]
    return Q(pk__in=facet.rows(viewer).filter(**{f"{facet.column}__in": wanted}).values("member"))


def _confirmed_within(days: int) -> Q:
    return Q(profile__confirmed_on__gt=today() - Value(timedelta(days=days)))


def profile_options(viewer: Member, members: MemberQuerySet, filters: Filters, count: int) -> dict[str, list[Option]]:
    """Return the options of these facets among the members whom all other filters leave, `count` with these ones.

    Each is counted with the other filters on and its own off, as long as that leaves no more than 5,000 people: then
    the largest come first, and none that would leave nobody. Beyond, all choices are offered without a number.
    Of organisations those chosen, up to eight with the largest. Two queries, one more for the names of organisations
    if there are any, one for each of these facets that is in use, and one for the rest if they are counted.
    """
    in_use = [name for name in VALUES if getattr(filters, name)]
    at_rest = [name for name in VALUES if name not in in_use]
    counts = _counts(viewer, members, filters, at_rest) if count <= COUNTED else {}
    for name in in_use:
        counts |= _counts(viewer, members, filters.choosing(name, ()), [name])
    labels = _labels(viewer) | {"organisation": _bodies(counts.get("organisation"), filters.organisation)}
    return {name: _options(labels[name], counts.get(name), getattr(filters, name)) for name in VALUES}


def _counts(viewer: Member, members: MemberQuerySet, filters: Filters, names: list[str]) -> dict[str, Counter[str]]:
    """Count the values of some facets over those whom these filters leave, unless they are too many."""
    shown = fields_shown(viewer, members.filter(meant(viewer, filters))).order_by()
    values = {name: VALUES[name](viewer, filters) for name in names}
    try:
        found, params = _sql(shown.values(**_columns(names))[: COUNTED + 1])
    except EmptyResultSet:  # Django sees without asking that nobody can be meant
        return {name: Counter() for name in names}
    held = " UNION ALL ".join(ONE_FACET.format(facet=name, values=each.sql) for name, each in values.items())
    with connection.cursor() as cursor:
        of_values = chain.from_iterable(each.params for each in values.values())
        cursor.execute(COUNT_EACH.format(found=found, held=held), [*params, *of_values])
        rows = cursor.fetchall()
    if rows and rows[0][3] > COUNTED:
        return {}
    return {name: Counter({value: number for facet, value, number, _all in rows if facet == name}) for name in names}


def _columns(names: Iterable[str]) -> dict[str, Expression | F]:
    """Return what these facets read of a row: who it is, what is written, whom that is shown to, who looks."""
    fields = dict.fromkeys(FIELD_OF[name] for name in names if name in FIELD_OF)
    columns: dict[str, Expression | F] = {"member": F("pk"), "audiences": F("loaded_audiences")}
    columns |= {name: F(f"profile__{name}") for name in fields if name in WRITTEN}
    columns |= {f"{name}_audience": audience_of(name) for name in fields}
    return columns | {"confirmed": _freshness(), "body": F("organisation_id")}


def _freshness() -> Expression:
    within = (Case(When(_confirmed_within(days), then=Value(each.value))) for each, days in DAYS.items())
    return Func(*within, template="ARRAY[%(expressions)s]::text[]", output_field=ArrayField(TextField()))


class _Values(NamedTuple):
    """The SELECT of the values that the rows found hold of one facet, as far as they show them."""

    sql: str
    params: tuple[Any, ...] = ()


def _spoken(part: int, others: tuple[str, ...]) -> _Values:
    chosen = OTHER_PART_CHOSEN.format(other=3 - part) if others else ""
    return _Values(SPOKEN_VALUES.format(part=part, chosen=chosen), (list(others),) if others else ())


def _listed(viewer: Member, listed: str) -> _Values:
    facet = gathered.FACETS[listed]
    try:
        rows, params = _sql(facet.rows(viewer).order_by().values_list("member", facet.column))
    except EmptyResultSet:  # Django sees without asking that nothing of it exists for this viewer
        return _Values("SELECT NULL WHERE false")
    return _Values(LISTED_VALUES.format(field=listed, rows=rows), params)


def _sql(rows: "QuerySet[Any, Any]") -> tuple[str, tuple[Any, ...]]:
    return rows.query.sql_with_params()


# How the values of each facet are read of the rows found.
VALUES: dict[str, Callable[[Member, Filters], _Values]] = {
    "expertise": lambda _viewer, _filters: _Values(WRITTEN_VALUES.format(field="expertise")),
    "topic": lambda _viewer, _filters: _Values(WRITTEN_VALUES.format(field="topics")),
    "language": lambda _viewer, filters: _spoken(1, filters.level),
    "level": lambda _viewer, filters: _spoken(2, filters.language),
    "group": lambda viewer, _filters: _listed(viewer, "seats"),
    "meeting": lambda viewer, _filters: _listed(viewer, "meetings"),
    "confirmed": lambda _viewer, _filters: _Values(FRESHNESS_VALUES),
    "organisation": lambda _viewer, _filters: _Values(BODY_VALUES),
}


def _labels(viewer: Member) -> dict[str, Mapping[str, str]]:
    return {
        "expertise": labels_of(Expertise),
        "topic": labels_of(Topic),
        "language": dict(language_choices(get_language() or "en")),
        "level": labels_of(LanguageLevel),
        **listed_names(viewer),
        "confirmed": labels_of(Freshness),
    }


def listed_names(viewer: Member) -> dict[str, dict[str, str]]:
    """Return the names of the groups and meetings that exist for this viewer, by what stands for each; two queries."""
    return {name: gathered.FACETS[listed].names(viewer) for name, listed in LISTED.items()}


def organisation_names(public_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of the organisations that exist among these ids, by name; no query for none."""
    wanted = list(public_ids)
    if not wanted:
        return {}
    named = Organisation.objects.filter(public_id__in=wanted).order_by("name")
    return dict(named.values_list("public_id", "name"))


def _bodies(counts: Counter[str] | None, chosen: tuple[str, ...]) -> dict[str, str]:
    counted = counts or Counter()
    ranked = sorted({*counted, *chosen}, key=lambda value: (value not in chosen, -counted[value], value))
    return organisation_names(ranked[: max(LARGEST_BODIES, len(chosen))])


def _options(labels: Mapping[str, str], counts: Counter[str] | None, chosen: tuple[str, ...]) -> list[Option]:
    if counts is None:
        return [Option(value, label, None, value in chosen) for value, label in labels.items()]
    left = [(value, label) for value, label in labels.items() if counts[value] or value in chosen]
    options = [Option(value, label, counts[value], value in chosen) for value, label in left]
    return sorted(options, key=lambda option: option.count or 0, reverse=True)
