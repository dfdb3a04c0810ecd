"""Who is found in the directory, in which order, and how many are there of each kind?"""

from dataclasses import dataclass, replace
from datetime import date

from congress.core.paging import Page, page
from members.models import Member, MemberQuerySet
from members.policies import visible_to
from members.queries.facets import Option, count_of, place_options, placed
from members.queries.filters import Filters, Sort
from members.queries.finding import NEAREST_FIRST, Search, found, nearest_first, search, why_found
from members.queries.people import rows_about
from members.queries.profile_facets import counted, meant, profile_options

ORDERS = {Sort.NAME: ("sort_name", "pk"), Sort.NEWEST: ("-joined_on", "-pk")}


@dataclass(frozen=True)
class Directory:
    """One page of the directory with what stands around it."""

    page: Page[Member]
    count: int
    is_cut: bool
    is_narrowed: bool
    facets: dict[str, list[Option]]


def directory(viewer: Member, filters: Filters, after: str = "") -> Directory:
    """Return one page of members with profile and organisation loaded, and the facets; five queries, seven with words.

    A search comes in the order of nearness unless the newest are asked for. Each facet is counted with the other
    filters on and its own off. Raises: BadCursorError.
    """
    asked = _asked(viewer, filters)
    members = _named(viewer, asked)
    matching = members.filter(meant(viewer, filters))
    numbers = counted(viewer, members, matching, filters)
    return Directory(
        page=_page(viewer, matching.filter(placed(filters)), filters, asked, after),
        count=count_of(numbers.cells, filters),
        is_cut=asked is not None and asked.is_cut,
        is_narrowed=asked is not None and asked.is_narrowed,
        facets=place_options(numbers.cells, filters) | profile_options(viewer, numbers, filters),
    )


def directory_page(viewer: Member, filters: Filters, after: str = "") -> Page[Member]:
    """Return the same page of members without what stands around it; one query, three with words.

    Raises: BadCursorError.
    """
    asked = _asked(viewer, filters)
    return _page(viewer, _listed(viewer, filters, asked), filters, asked, after)


def everybody_found(viewer: Member, filters: Filters) -> MemberQuerySet:
    """Return all that the pages list, in their order and with what they hold; one query more with words."""
    asked = _asked(viewer, filters)
    rows, order = _ordered(rows_about(viewer, _listed(viewer, filters, asked)), filters, asked)
    return rows.order_by(*order)


def _page(viewer: Member, members: MemberQuerySet, filters: Filters, asked: Search | None, after: str) -> Page[Member]:
    if asked is None:
        return page(rows_about(viewer, members), order=ORDERS[filters.sort], after=after)
    # Who stands on the page first, and then what they show: sorting all that is found along with it took twice as long.
    slim, order = _ordered(members.only("sort_name", "joined_on"), filters, asked)
    found_first = page(slim, order=order, after=after)
    whole = rows_about(viewer, visible_to(viewer)).in_bulk([row.pk for row in found_first.rows])
    rows = [whole[row.pk] for row in found_first.rows if row.pk in whole]
    for row in rows:
        row.found_by, row.found_in_profile = why_found(row, asked)
    return replace(found_first, rows=rows)


def _ordered(members: MemberQuerySet, filters: Filters, asked: Search | None) -> tuple[MemberQuerySet, tuple[str, ...]]:
    """Return members with what their order needs, and the order in which they come."""
    if asked is None or filters.sort is not Sort.NAME:
        return members, ORDERS[filters.sort]
    return nearest_first(members, asked), NEAREST_FIRST


def joined_since(viewer: Member, filters: Filters, day: date) -> int:
    """Return how many of those whom the pages list joined on this day or later; one query, two with words."""
    return _listed(viewer, filters, _asked(viewer, filters)).filter(joined_on__gte=day).count()


def _named(viewer: Member, asked: Search | None) -> MemberQuerySet:
    """Those whom words leave: what is asked beside the facets."""
    return visible_to(viewer) if asked is None else found(visible_to(viewer), asked)


def _listed(viewer: Member, filters: Filters, asked: Search | None) -> MemberQuerySet:
    """Those whom everything that is asked leaves."""
    return _named(viewer, asked).filter(meant(viewer, filters), placed(filters))


def _asked(viewer: Member, filters: Filters) -> Search | None:
    return search(viewer, filters.q) if filters.q.strip() else None
