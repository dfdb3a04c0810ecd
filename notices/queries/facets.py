"""How many notices would each further filter leave, counted over what this viewer may see?"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, Func, QuerySet, TextField, Value, When
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congress.core.geography import country_name
from notices.models import NOTICE_STATES, TOPIC_LABELS, Kind, Notice
from notices.queries.filters import Condition, Filters

# So many rows are counted, the newest. Source: decision 0015.
COUNTED = 1000


@dataclass(frozen=True)
class Option:
    """One choice of a facet: what is sent, what is read, how many it would leave if counted, whether it is chosen.

    Where not all rows were counted, the count is "412+".
    """

    value: str
    label: str | Promise
    count: int | str | None
    selected: bool


@dataclass(frozen=True)
class Facets:
    """The options of every facet, how many rows fulfil all filters, and how many would without one of them.

    If there is more to count than is counted, options are partial; if `is_more`, so is the count.
    """

    options: dict[str, list[Option]]
    count: int
    is_more: bool
    is_partial: bool
    without: dict[str, int]


LABELS: dict[str, Callable[[str], str | Promise]] = {
    "state": lambda value: NOTICE_STATES.states[value].label,
    "kind": lambda value: Kind(value).label,
    "tlp": str,
    "topic": lambda value: TOPIC_LABELS.get(value, value),
    "country": lambda value: country_name(value, get_language() or "en"),
    "chemical": str,
}


UNREAD = _("Not read yet")

_TEXTS = ArrayField(TextField())
_STATE = Func(Value("state "), F("state"), function="ARRAY", template="ARRAY[%(expressions)s]", arg_joiner=" || ")
_KIND, _TLP = (
    Func(Value(f"{name} "), F(name), template="ARRAY[%(expressions)s]", arg_joiner=" || ") for name in ("kind", "tlp")
)
# Everything that is counted about a row, as words "facet value". A stub says nothing but its state.
WORDS = Case(
    When(state__in=NOTICE_STATES.having("read_stub"), then=_STATE),
    default=Func(_STATE, _KIND, _TLP, F("subjects"), template="(%(expressions)s)", arg_joiner=" || "),
    output_field=_TEXTS,
)

# One scan for all facets: each row says which one filter it misses, if any, and so for which facet alone it counts.
_COUNTED = """
WITH found AS MATERIALIZED ({rows})
SELECT missed, word, count(*), (SELECT count(*) FROM found)
FROM found CROSS JOIN LATERAL unnest(words) AS word
WHERE starts_with(word, 'state ')
   OR (NOT starts_with(word, 'cas ') AND (missed = '' OR starts_with(word, missed || ' ')))
GROUP BY missed, word
"""


# The filter that a row misses if any, a word of it, how many rows share both, and how many there are in all.
Counted = tuple[str, str, int, int]


def facets(visible: "QuerySet[Notice]", filters: Filters, asked: Condition) -> Facets:
    """Return the options of every facet, the most frequent first; one query, two where there is much to count.

    Each facet is counted with all other filters on and its own off, so that a count is what choosing it would show.
    """
    words = _counted(visible, asked)
    is_partial = bool(words) and words[0][3] > COUNTED
    rows = dict(_rows(words))
    count, is_more = rows.pop("", 0), is_partial
    if is_partial and count < COUNTED / 2:  # most of what was counted misses a filter
        count = visible.filter(asked.all).order_by("-published_at", "-pk")[: COUNTED + 1].count()
        is_more = count > COUNTED
    options = _by_facet(words, filters, "+" if is_partial else "")
    return Facets(options, _rounded(count) if is_more else count, is_more, is_partial, rows)


def label_of(name: str, value: str) -> str | Promise:
    """Return what one value of a filter is called."""
    return UNREAD if name == "unread" else LABELS[name](value)


def _counted(visible: "QuerySet[Notice]", asked: Condition) -> list[Counted]:
    misses = {"": asked.facets_but("")} | {name: asked.facets_but(name) for name in asked.facets}
    missed = Case(*(When(others, then=Value(name)) for name, others in misses.items()), output_field=TextField())
    rows = visible.filter(asked.always, reduce(or_, misses.values())).annotate(missed=missed, words=WORDS)
    newest = rows.order_by("-published_at", "-pk").values("missed", "words")[: COUNTED + 1]
    try:
        sql, values = newest.query.sql_with_params()
    except EmptyResultSet:  # Django sees without asking that no row can be meant
        return []
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(rows=sql), values)
        counted: list[Counted] = cursor.fetchall()
    return counted


def _rows(words: list[Counted]) -> Iterator[tuple[str, int]]:
    """Yield how many rows miss each filter alone, or none: each row has exactly one state."""
    in_state = [(missed, count) for missed, word, count, _size in words if word.startswith("state ")]
    for name in {missed for missed, _count in in_state}:
        yield name, sum(count for missed, count in in_state if missed == name)


def _rounded(count: int) -> int:
    return count - count % 100


def _by_facet(words: list[Counted], filters: Filters, more: str) -> dict[str, list[Option]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in LABELS}
    for missed, word, count, _size in words:
        name, _space, value = word.partition(" ")
        counts[name][value] += count if missed in {"", name} else 0
    return {name: _options(name, +counts[name], getattr(filters, name), more) for name in LABELS}


def _options(name: str, counts: Counter[str], chosen: Collection[str], more: str) -> list[Option]:
    # In words once: what is translated late is so each time that it is compared, too.
    labels = {value: str(label_of(name, value)) for value in (*chosen, *counts)}
    found = sorted(labels, key=lambda value: (-counts[value], labels[value]))
    return [
        Option(value, labels[value], f"{counts[value]}+" if more else counts[value], value in chosen) for value in found
    ]
