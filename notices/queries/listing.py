"""What does the list of notices show?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch
from django.utils.translation import get_language

from congress.core.geography import country_name
from congress.core.labels import Tlp, strictest
from congress.core.paging import Page, page
from members.models import Member
from notices.models import NOTICE_STATES, Edition, Notice
from notices.policies import visible_to
from notices.queries.facets import Facets, Option, facets, label_of
from notices.queries.filters import Filters, condition
from notices.queries.hits import hits, with_headlines
from notices.queries.readings import Progress, progress, unread_by

SHOWN = 3
CHUNK = 500


@dataclass(frozen=True)
class Listing:
    """One page of the list, what is counted of all of it, and the facet that is not counted."""

    page: Page[Notice]
    counted: Facets
    unread: list[Option]

    @property
    def count(self) -> int:
        """Return how many there are in all, or at least so many."""
        return self.counted.count

    @property
    def facets(self) -> dict[str, list[Option]]:
        """Return what each further filter would leave."""
        return self.counted.options


def listing(viewer: Member, filters: Filters, today: date, after: str = "") -> Listing:
    """Return the notices that a viewer asks for, the newest first, editions loaded; four queries, three more to search.

    Rows carry `title` (in pieces, each with whether it was looked for), `terms` (topics, chemicals and countries by
    name), `mark` (new, updated or nothing), `is_late` (its review is overdue), and `hit` (what explains it, or None).
    Raises: BadCursorError.
    """
    visible, asked = visible_to(viewer), condition(viewer, filters)
    # Editions are loaded afterwards: of a page, not of all that must be sorted to find the page.
    rows = visible.filter(asked.all).defer("withdrawal_reason", "subjects").prefetch_related(_editions(filters.q))
    found = page(rows, order=_order(filters), after=after)
    steps = progress(viewer, found.rows)
    for notice in found.rows:
        notice.terms, notice.mark = _terms(notice), steps[notice.pk].mark  # type: ignore[attr-defined]
        notice.what_changed = _what_changed(notice, steps[notice.pk])  # type: ignore[attr-defined]
        notice.is_late = notice.is_overdue(today)  # type: ignore[attr-defined]
        # Set in any case: a template that looks for what is not there goes through all that a notice has.
        notice.title, notice.hit = [(notice.heading, False)], None  # type: ignore[attr-defined]
    if filters.q:
        _explain(viewer, filters.q, found.rows, steps)
    counted = facets(visible, filters, asked)
    unread = Option("1", label_of("unread", "1"), None, bool(filters.unread))
    return Listing(found, counted, [unread])


def _what_changed(notice: Notice, own: Progress) -> str:
    """A sentence of the text, so nothing for whom the text is not open yet."""
    return notice.edition.what_changed if own.is_open and notice.edition and not notice.is_stub else ""


def _editions(q: str) -> "Prefetch[str]":
    slim = Edition.objects.defer("search_text", "search_vector")
    return Prefetch("edition", with_headlines(slim, q) if q else slim)


def _explain(viewer: Member, q: str, rows: list[Notice], steps: dict[int, Progress]) -> None:
    editions = {row.edition: steps[row.pk].is_open for row in rows if row.edition and not row.is_stub}
    explained = hits(viewer, q, editions)
    for notice in rows:
        if hit := explained.get(notice.edition_id or 0):
            notice.title, notice.hit = hit.title, hit  # type: ignore[attr-defined]


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
    found = visible_to(viewer).filter(condition(viewer, filters).all)
    counts = dict(found.order_by().values_list("tlp").annotate(count=Count("pk")))
    rows = found.filter(tlp__in=counts).prefetch_related(_editions("")).annotate(is_new=unread_by(viewer))
    ordered = rows.order_by(*_order(filters)).iterator(chunk_size=CHUNK)
    return Takeaway(ordered, sum(counts.values()), strictest(*counts) if counts else Tlp.CLEAR)


def _terms(notice: Notice) -> list[str]:
    edition = notice.edition
    if notice.is_stub or edition is None:
        return []
    countries = [country_name(code, get_language() or "en") for code in edition.countries[:SHOWN]]
    return [*edition.topic_labels[:SHOWN], *edition.chemical_names[:SHOWN], *countries]


def _order(filters: Filters) -> tuple[str, ...]:
    published = {*NOTICE_STATES.having("read"), *NOTICE_STATES.having("read_stub")}
    return ("-published_at", "-pk") if published.issuperset(filters.states) else ("-changed_at", "-pk")
