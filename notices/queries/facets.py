"""How many notices would each further filter leave, counted over what this viewer may see?"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import CharField, Count, F, Func, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congress.core.geography import country_name
from members.models import Member
from notices.models import NOTICE_STATES, TOPIC_LABELS, Kind, Notice
from notices.policies import visible_to
from notices.queries.filters import Filters, condition


@dataclass(frozen=True)
class Option:
    """One choice of a facet: what is sent, what is read, how many it would leave if counted, whether it is chosen."""

    value: str
    label: str | Promise
    count: int | None
    selected: bool


LABELS: dict[str, Callable[[str], str | Promise]] = {
    "state": lambda value: NOTICE_STATES.states[value].label,
    "kind": lambda value: Kind(value).label,
    "tlp": str,
    "topic": lambda value: TOPIC_LABELS.get(value, value),
    "country": lambda value: country_name(value, get_language() or "en"),
    "chemical": str,
}


UNREAD = _("Not read yet")


def _one(name: str, column: str) -> Concat:
    return Concat(Value(f"{name} "), F(column))


def _each(column: str, words: str) -> Func:
    return Func(F(column), template=f"ARRAY({words})")


# Everything that is counted about a row, as one list of words "facet value": one scan counts all facets at once.
WORDS = Func(
    Func(_one("state", "state"), _one("kind", "kind"), _one("tlp", "edition__tlp"), template="ARRAY[%(expressions)s]"),
    _each("edition__topics", "SELECT 'topic ' || each FROM unnest(%(expressions)s) AS each"),
    _each("edition__countries", "SELECT 'country ' || each FROM unnest(%(expressions)s) AS each"),
    _each(
        "edition__chemicals",
        "SELECT 'chemical ' || (each ->> 'name') FROM jsonb_array_elements(%(expressions)s) AS each",
    ),
    function="unnest",
    arg_joiner=" || ",
    output_field=CharField(),
)


def facets(viewer: Member, filters: Filters) -> dict[str, list[Option]]:
    """Return the options of every facet, the most frequent first; one query.

    Each facet is counted with all other filters on and its own off, so that a count is what choosing it would show.
    """
    apart = [name for name in LABELS if name != "state" and getattr(filters, name)]
    counts: dict[str, Counter[str]] = {name: Counter() for name in LABELS}
    scans = [_counted(viewer, filters, name) for name in apart]
    # A withdrawn notice is a stub: no count may say what it held.
    with_content = set(filters.states).difference(NOTICE_STATES.having("read_stub"))
    for source, state, word, count in _counted(viewer, filters, "state").union(*scans, all=True):
        name, _space, value = word.partition(" ")
        if _belongs(name, source, apart) and (name == "state" or state in with_content):
            counts[name][value] += count
    return {name: _options(name, counts[name], getattr(filters, name)) for name in LABELS}


def _belongs(name: str, source: str, apart: Collection[str]) -> bool:
    return source == (name if name in apart else "state")


def label_of(name: str, value: str) -> str | Promise:
    """Return what one value of a filter is called."""
    return UNREAD if name == "unread" else LABELS[name](value)


# Grouped by state as well: so the facet of states, whose own filter is never off, costs no scan of its own.
def _counted(viewer: Member, filters: Filters, name: str) -> "QuerySet[Notice, tuple[str, str, str, int]]":
    rows = visible_to(viewer).filter(condition(viewer, filters, without=name)).order_by()
    words = rows.annotate(source=Value(name), word=WORDS).values("source", "state", "word")
    return words.annotate(count=Count("pk")).values_list("source", "state", "word", "count")


def _options(name: str, counts: Counter[str], chosen: Collection[str]) -> list[Option]:
    found = {**dict.fromkeys(chosen, 0), **counts}
    options = [Option(value, label_of(name, value), count, value in chosen) for value, count in found.items()]
    return sorted(options, key=lambda option: (-(option.count or 0), str(option.label)))
