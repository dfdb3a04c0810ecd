"""Which notices does somebody ask for in the list?"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Expression, F, Func, Q, TextField, Value

from congress.core.chemicals import cas_number
from members.models import Member
from notices.models import NOTICE_STATES, Notice, NoticeState
from notices.queries.readings import unread_by

SEARCH_CONFIG = "english"
STATE_IN_FORCE = str(NoticeState.PUBLISHED)
# Editions with the words sought are looked up one by one up to so many. A word in more of them is met often enough on
# the way through the list, which then looks into each text that it passes. Source: decision 0015.
FEW = 10_000
# A predicate that every row fulfils, in words: an empty Q counts as none where predicates are combined.
EVERY = Q(pk__isnull=False)

_CAS_WITH_HYPHENS = re.compile(r"\b([0-9]{2,7})-([0-9]{2})-([0-9])\b")
_WORDS, _OPERATORS = re.compile(r"[^\W_]+"), re.compile(r'"|(?:^|\s)-')
_NUMBER = re.compile(r"PN-\d{4}-[0-9A-Z]{5}", re.IGNORECASE)


_MATCHING = """
SELECT count(*), COALESCE(array_agg(edition), '{{}}')::text
FROM (SELECT notices_matching({words}) AS edition LIMIT %s) AS found
"""


@dataclass(frozen=True)
class Filters:
    """What was asked, by the names of the address: OR within a name, AND between names."""

    q: str = ""
    kind: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    chemical: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    tlp: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        """Return the states to show: the notices in force, unless others were asked for."""
        return self.state or (STATE_IN_FORCE,)

    @property
    def asks_for_content(self) -> bool:
        """Tell whether an answer would say something about what a notice holds."""
        return any((self.q, self.kind, self.topic, self.chemical, self.country, self.tlp))


@dataclass(frozen=True)
class Condition:
    """What rows must fulfil: what holds whatever is counted, and one predicate for each facet in use."""

    always: Q
    facets: dict[str, Q]

    @property
    def all(self) -> Q:
        """Everything at once: the rows of the list."""
        return self.always & self.facets_but("")

    def facets_but(self, name: str) -> Q:
        """The filters of all facets but one, so that its counts can be shown."""
        return reduce(and_, (clause for facet, clause in self.facets.items() if facet != name), EVERY)


def condition(viewer: Member, filters: Filters) -> Condition:
    """Return what is asked as predicates; one query if words are sought.

    A withdrawn notice is a stub: nothing that asks for content may find it.
    """
    always = _with_words(filters.q)
    if filters.unread:
        always &= unread_by(viewer)
    if filters.asks_for_content:
        always &= ~Q(state__in=NOTICE_STATES.having("read_stub"))
    asked = {name: filters.states if name == "state" else getattr(filters, name) for name in CLAUSES}
    return Condition(always, {name: CLAUSES[name](values) for name, values in asked.items() if values})


def without_hyphens(text: str) -> str:
    """Return a text with its CAS numbers as the index keeps them."""
    return _CAS_WITH_HYPHENS.sub(r"\1\2\3", text)


def text_query(text: str) -> SearchQuery:
    """Return what a reader typed as a search: quoted phrases, OR and minus work, the last word may be half typed."""
    written = without_hyphens(text)
    query = SearchQuery(written, search_type="websearch", config=SEARCH_CONFIG)
    words = _WORDS.findall(written)
    if not words or _OPERATORS.search(written):
        return query
    half_typed = SearchQuery(" & ".join(words) + ":*", search_type="raw", config=SEARCH_CONFIG)
    return query | half_typed


def words_of_names(names: Expression | F) -> Func:
    """Return names of files as words: for the parser "invoice_2026.pdf" is one, for people it is three."""
    apart = (Value("[^[:alnum:]]+"), Value(" "), Value("g"))
    return Func(names, *apart, function="regexp_replace", output_field=TextField())


def _with_words(text: str) -> Q:
    if not text:
        return EVERY
    if _NUMBER.fullmatch(text):
        return Q(number=text.upper())
    query = text_query(text)
    count, editions = _editions_with(query)
    return Q(edition__in=_each_of(editions)) if count <= FEW else Q(edition__search_vector=query)


def _editions_with(query: SearchQuery) -> tuple[int, str]:
    """Return how many editions hold these words, at most one more than FEW, and their ids as PostgreSQL writes them.

    Whose they are to read decides later.
    """
    compiler = Notice.objects.all().query.get_compiler(connection=connection)
    words, values = compiler.compile(query.resolve_expression(compiler.query))
    with connection.cursor() as cursor:
        cursor.execute(_MATCHING.format(words=words), [*values, FEW + 1])
        count, editions = cursor.fetchone()
    return count, editions


def _each_of(ids: str) -> Func:
    # As one text: thousands of values would cost more on their way through Python than the search itself.
    return Func(Value(ids), template="(SELECT unnest(%(expressions)s::bigint[]))")


def _about(name: str) -> Callable[[tuple[str, ...]], Q]:
    return lambda values: Q(subjects__overlap=[f"{name} {value}" for value in values])


def _about_chemicals(values: tuple[str, ...]) -> Q:
    named = [f"cas {cas}" if (cas := cas_number(value)) else f"chemical {value}" for value in values]
    return Q(subjects__overlap=named)


CLAUSES: dict[str, Callable[[tuple[str, ...]], Q]] = {
    "state": lambda values: Q(state__in=values),
    "kind": lambda values: Q(kind__in=values),
    "tlp": lambda values: Q(tlp__in=values),
    "topic": _about("topic"),
    "country": _about("country"),
    "chemical": _about_chemicals,
}
