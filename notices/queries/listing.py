"""What does the list of notices show?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline
from django.db.models import Count, F, QuerySet
from django.utils.translation import get_language

from congress.core.geography import country_name
from congress.core.labels import Tlp, strictest
from congress.core.paging import Page, page
from congress.core.prose import to_plain
from members.models import Member
from notices.models import NOTICE_STATES, Notice
from notices.policies import visible_to
from notices.queries.facets import Option, facets, label_of
from notices.queries.filters import SEARCH_CONFIG, Filters, condition, text_query
from notices.queries.readings import progress

SHOWN = 3
CHUNK = 500
# Characters of the private use area mark what was found: they mean nothing to HTML, and the template escapes the rest.
HIT, HIT_END = "\ue000", "\ue001"


@dataclass(frozen=True)
class Listing:
    """One page of the list, how many there are in all, what each further filter would leave, and the uncounted one."""

    page: Page[Notice]
    count: int
    facets: dict[str, list[Option]]
    unread: list[Option]


def listing(viewer: Member, filters: Filters, after: str = "") -> Listing:
    """Return the notices that a viewer asks for, the newest first, editions loaded; three queries.

    Rows carry `terms` (topics, chemicals and countries by name) and `mark` (new, updated or nothing); found by words
    they carry `excerpt` (pieces of text, each with whether it was looked for), unless the label asks to be
    acknowledged first. Raises: BadCursorError.
    """
    rows = visible_to(viewer).filter(condition(viewer, filters)).select_related("edition")
    found = page(_slim(rows, filters.q), order=_order(filters), after=after)
    steps = progress(viewer, found.rows)
    for notice in found.rows:
        own = steps[notice.pk]
        notice.terms, notice.mark = _terms(notice), own.mark  # type: ignore[attr-defined]
        notice.excerpt = _pieces(notice.headline) if filters.q and own.is_open else []  # type: ignore[attr-defined]
    options = facets(viewer, filters)
    count = sum(option.count or 0 for option in options["state"] if option.value in filters.states)
    unread = Option("1", label_of("unread", "1"), None, bool(filters.unread))
    return Listing(found, count, options, [unread])


@dataclass(frozen=True)
class Takeaway:
    """The whole list as it is taken along: its rows one by one, how many they are, and the strictest label."""

    rows: Iterator[Notice]
    count: int
    tlp: Tlp


def takeaway(viewer: Member, filters: Filters) -> Takeaway:
    """Return every notice that a viewer asks for, in the order of the list; two queries, the second one read slowly.

    Rows with a label that appears only while the file is on its way are left out: its name and head already say
    the strictest one.
    """
    found = visible_to(viewer).filter(condition(viewer, filters))
    counts = dict(found.order_by().values_list("edition__tlp").annotate(count=Count("pk")))
    rows = found.filter(edition__tlp__in=counts).select_related("edition").order_by(*_order(filters))
    slim = _slim(rows, "").iterator(chunk_size=CHUNK)
    return Takeaway(slim, sum(counts.values()), strictest(*counts) if counts else Tlp.CLEAR)


def _slim(rows: QuerySet[Notice], q: str) -> QuerySet[Notice]:
    slim = rows.defer("edition__search_text", "edition__search_vector", "withdrawal_reason")
    if not q:
        return slim
    headline = SearchHeadline(
        F("edition__search_text"),
        text_query(q),
        config=SEARCH_CONFIG,
        start_sel=HIT,
        stop_sel=HIT_END,
        max_fragments=2,
        min_words=8,
        max_words=24,
        fragment_delimiter=" … ",
    )
    return slim.annotate(headline=headline)


def _terms(notice: Notice) -> list[str]:
    edition = notice.edition
    if notice.is_stub or edition is None:
        return []
    countries = [country_name(code, get_language() or "en") for code in edition.countries[:SHOWN]]
    return [*edition.topic_labels[:SHOWN], *edition.chemical_names[:SHOWN], *countries]


def _order(filters: Filters) -> tuple[str, ...]:
    published = {*NOTICE_STATES.having("read"), *NOTICE_STATES.having("read_stub")}
    return ("-published_at", "-pk") if published.issuperset(filters.states) else ("-changed_at", "-pk")


def _pieces(headline: str) -> list[tuple[str, bool]]:
    if HIT not in headline:
        return []  # the words stand in the title or among the chemicals, which the row shows anyway
    parts = re.split(f"{HIT}(.*?){HIT_END}", to_plain(headline), flags=re.DOTALL)
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]
