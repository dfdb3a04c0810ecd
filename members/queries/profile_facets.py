"""How many people would each choice leave that is about what members say of themselves, or took part in?

A facet of a field asks whether its member shows it to the viewer: who hides it is neither found nor counted.
Source: decisions 0025, 0030 and 0035.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Expression, F, Func, OuterRef, Q, TextField, Value, When
from django.utils.translation import get_language

from congress.core import gathered
from congress.core.languages import LANGUAGE_CODES, LanguageLevel, language_choices
from congress.core.topics import Expertise, Topic
from members.models import Member, MemberQuerySet, today
from members.policies import shows
from members.queries.facets import Option
from members.queries.filters import Filters, Freshness

# Of more people than this nobody reads the numbers, and making them takes longer than the page.
COUNTED = 5000
DAYS = {Freshness.QUARTER: 91, Freshness.YEAR: 365}
# Which list of a profile each of these asks for.
LISTED = {"group": "seats", "meeting": "meetings"}
# One pass for several facets, over rows that are found once.
COUNT_EACH = """
    WITH found AS MATERIALIZED ({found})
    SELECT facet, value, count(*), (SELECT count(*) FROM found)
    FROM found CROSS JOIN LATERAL (VALUES {facets}) AS of_row (facet, held) CROSS JOIN LATERAL unnest(held) AS value
    GROUP BY facet, value
"""
TEXTS = ArrayField(TextField())
NOTHING = Value([], output_field=TEXTS)


def meant(viewer: Member, filters: Filters) -> Q:
    """Return the condition of all these facets."""
    condition = Q()
    for name, wanted in filters.of_fields.items():
        if wanted:
            condition &= shows(viewer, name) & Q(**{f"profile__{name}__overlap": list(wanted)})
    for name, listed in LISTED.items():
        if wanted := getattr(filters, name):
            condition &= shows(viewer, listed) & _has_one_of(viewer, listed, wanted)
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
    Two queries, one more for each of these facets that is in use, and one for the rest if they are counted.
    """
    in_use = [name for name in VALUES if getattr(filters, name)]
    at_rest = [name for name in VALUES if name not in in_use]
    counts = _counts(viewer, members, filters, at_rest) if count <= COUNTED else {}
    for name in in_use:
        counts |= _counts(viewer, members, filters.choosing(name, ()), [name])
    labels = _labels(viewer)
    return {name: _options(labels[name], counts.get(name), getattr(filters, name)) for name in VALUES}


def _counts(viewer: Member, members: MemberQuerySet, filters: Filters, names: list[str]) -> dict[str, Counter[str]]:
    """Count the values of some facets over those whom these filters leave, unless they are too many."""
    values = {f"of_{name}": VALUES[name](viewer, filters) for name in names}
    found = members.filter(meant(viewer, filters)).order_by().annotate(**values).values(*values)[: COUNTED + 1]
    try:
        sql, params = found.query.sql_with_params()
    except EmptyResultSet:  # Django sees without asking that nobody can be meant
        return {name: Counter() for name in names}
    facets = ", ".join(f"('{name}', of_{name})" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(COUNT_EACH.format(found=sql, facets=facets), params)
        rows = cursor.fetchall()
    if rows and rows[0][3] > COUNTED:
        return {}
    return {name: Counter({value: number for facet, value, number, _all in rows if facet == name}) for name in names}


class _Spoken(Func):
    """One part of each language, its code or its level, where the other part is one of some."""

    template = "ARRAY(SELECT DISTINCT split_part(each, ':', %(part)s) FROM unnest(%(expressions)s))"
    arg_joiner = ") AS each WHERE split_part(each, ':', %(other)s) = ANY("
    output_field = TEXTS

    def __init__(self, part: int, others: Iterable[str]) -> None:
        wanted = Value(sorted(others), output_field=TEXTS)
        super().__init__(F("profile__languages"), wanted, part=part)
        self.arg_joiner = self.arg_joiner % {"other": 3 - part}


def _shown(viewer: Member, name: str, values: Expression | F | ArraySubquery) -> Expression:
    return Case(When(shows(viewer, name), then=values), default=NOTHING, output_field=TEXTS)


def _in_list(viewer: Member, listed: str) -> Expression:
    facet = gathered.FACETS[listed]
    rows = facet.rows(viewer).filter(member=OuterRef("pk")).values(facet.column)
    return _shown(viewer, listed, ArraySubquery(rows, output_field=TEXTS))


def _freshness() -> Expression:
    within = (Case(When(_confirmed_within(days), then=Value(each.value))) for each, days in DAYS.items())
    return Func(*within, template="ARRAY[%(expressions)s]::text[]", output_field=TEXTS)


# Which values of a facet a row has for this viewer.
VALUES: dict[str, Callable[[Member, Filters], Expression]] = {
    "expertise": lambda viewer, _filters: _shown(viewer, "expertise", F("profile__expertise")),
    "topic": lambda viewer, _filters: _shown(viewer, "topics", F("profile__topics")),
    "language": lambda viewer, filters: _shown(
        viewer, "languages", _Spoken(1, filters.level or ("", *LanguageLevel.values))
    ),
    "level": lambda viewer, filters: _shown(viewer, "languages", _Spoken(2, filters.language or LANGUAGE_CODES)),
    "group": lambda viewer, _filters: _in_list(viewer, "seats"),
    "meeting": lambda viewer, _filters: _in_list(viewer, "meetings"),
    "confirmed": lambda _viewer, _filters: _freshness(),
}


def _labels(viewer: Member) -> dict[str, Mapping[str, str]]:
    return {
        "expertise": _said(Expertise.choices),
        "topic": _said(Topic.choices),
        "language": dict(language_choices(get_language() or "en")),
        "level": _said(LanguageLevel.choices),
        **listed_names(viewer),
        "confirmed": _said(Freshness.choices),
    }


def listed_names(viewer: Member) -> dict[str, dict[str, str]]:
    """Return the names of the groups and meetings that exist for this viewer, by what stands for each; two queries."""
    return {name: gathered.FACETS[listed].names(viewer) for name, listed in LISTED.items()}


def _said(choices: Iterable[tuple[str, object]]) -> dict[str, str]:
    return {value: str(label) for value, label in choices}


def _options(labels: Mapping[str, str], counts: Counter[str] | None, chosen: tuple[str, ...]) -> list[Option]:
    if counts is None:
        return [Option(value, label, None, value in chosen) for value, label in labels.items()]
    left = [(value, label) for value, label in labels.items() if counts[value] or value in chosen]
    options = [Option(value, label, counts[value], value in chosen) for value, label in left]
    return sorted(options, key=lambda option: option.count or 0, reverse=True)
