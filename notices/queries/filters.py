"""Which notices does somebody ask for in the list?"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from congress.core.chemicals import cas_number
from members.models import Member
from notices.models import NOTICE_STATES, NoticeState
from notices.queries.readings import unread_by

SEARCH_CONFIG = "english"
STATE_IN_FORCE = str(NoticeState.PUBLISHED)

_CAS_WITH_HYPHENS = re.compile(r"\b([0-9]{2,7})-([0-9]{2})-([0-9])\b")
_NUMBER = re.compile(r"PN-\d{4}-[0-9A-Z]{5}", re.IGNORECASE)


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


def condition(viewer: Member, filters: Filters, *, without: str = "") -> Q:
    """Return what the rows must fulfil, with the filter of one facet left out, so that its counts can be shown.

    A withdrawn notice is a stub: nothing that asks for content may find it.
    """
    wanted = _words(filters.q)
    for name, clause in CLAUSES.items():
        values = filters.states if name == "state" else getattr(filters, name)
        if values and name != without:
            wanted &= clause(values)
    if filters.unread:
        wanted &= unread_by(viewer)
    if filters.asks_for_content:
        wanted &= ~Q(state__in=NOTICE_STATES.having("read_stub"))
    return wanted


def text_query(text: str) -> SearchQuery:
    """Return what a reader typed as a search: quoted phrases, OR and minus work, the last word may be half typed."""
    written = _CAS_WITH_HYPHENS.sub(r"\1\2\3", text)
    query = SearchQuery(written, search_type="websearch", config=SEARCH_CONFIG)
    words = re.findall(r"\w+", written)
    if not words or re.search(r'["\-]', written):
        return query
    half_typed = SearchQuery(" & ".join(words) + ":*", search_type="raw", config=SEARCH_CONFIG)
    return query | half_typed


def _words(text: str) -> Q:
    if not text:
        return Q()
    if _NUMBER.fullmatch(text):
        return Q(number=text.upper())
    return Q(edition__search_vector=text_query(text))


def _about_chemicals(values: tuple[str, ...]) -> Q:
    wanted = Q(pk__in=[])
    for value in values:
        named = {"cas": cas} if (cas := cas_number(value)) else {"name": value}
        wanted |= Q(edition__chemicals__contains=[named])
    return wanted


CLAUSES: dict[str, Callable[[tuple[str, ...]], Q]] = {
    "kind": lambda values: Q(kind__in=values),
    "topic": lambda values: Q(edition__topics__overlap=list(values)),
    "chemical": _about_chemicals,
    "country": lambda values: Q(edition__countries__overlap=list(values)),
    "tlp": lambda values: Q(edition__tlp__in=values),
    "state": lambda values: Q(state__in=values),
}
