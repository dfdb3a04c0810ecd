"""Who is found in the directory, in which order, and how many are there of each kind?"""

from collections.abc import Iterable
from dataclasses import dataclass

from congress.core.paging import Page, page
from members.models import FIELDS, WRITTEN, Member, MemberQuerySet, Organisation
from members.policies import fields_shown, shows, visible_to
from members.queries.facets import Option, cells, count_of, place_options, placed
from members.queries.filters import Filters, Sort
from members.queries.finding import NEAREST_FIRST, Search, found, nearest_first, reason, search

ROW_FIELDS = (
    "public_id",
    "latin_name",
    "native_name",
    "native_language",
    "sector",
    "country",
    "joined_on",
    "sort_name",
    "organisation__public_id",
    "organisation__name",
    "organisation__native_name",
    "email",
    *(f"profile__{name}" for name in WRITTEN if name != "email"),
    *(f"profile__{name}_audience" for name in FIELDS),
)


ORDERS = {Sort.NAME: ("sort_name", "pk"), Sort.NEWEST: ("-joined_on", "-pk")}


@dataclass(frozen=True)
class Directory:
    """One page of the directory with what stands around it."""

    page: Page[Member]
    count: int
    is_cut: bool
    facets: dict[str, list[Option]]


def directory(viewer: Member, filters: Filters, after: str = "") -> Directory:
    """Return one page of members with profile and organisation loaded, and the facets; two queries, four with words.

    A search comes in the order of nearness unless the newest are asked for. Each facet is counted with the other
    filters on and its own off. Raises: BadCursorError.
    """
    asked = _asked(viewer, filters)
    matching = _matching(viewer, filters, asked)
    counted = cells(matching)
    return Directory(
        page=_page(viewer, matching, filters, asked, after),
        count=count_of(counted, filters),
        is_cut=asked is not None and asked.is_cut,
        facets=place_options(counted, filters),
    )


def directory_page(viewer: Member, filters: Filters, after: str = "") -> Page[Member]:
    """Return the same page of members without what stands around it; one query, three with words.

    Raises: BadCursorError.
    """
    asked = _asked(viewer, filters)
    return _page(viewer, _matching(viewer, filters, asked), filters, asked, after)


def everybody_found(viewer: Member, filters: Filters) -> MemberQuerySet:
    """Return all that the pages list, in their order and with what they hold; two queries more with words."""
    asked = _asked(viewer, filters)
    rows, order = _ordered(viewer, _matching(viewer, filters, asked), filters, asked)
    return rows.order_by(*order)


def _asked(viewer: Member, filters: Filters) -> Search | None:
    return search(viewer, filters.q) if filters.q.strip() else None


def _page(viewer: Member, matching: MemberQuerySet, filters: Filters, asked: Search | None, after: str) -> Page[Member]:
    rows, order = _ordered(viewer, matching, filters, asked)
    shown = page(rows, order=order, after=after)
    if asked is not None:
        for row in shown.rows:
            row.found_by = reason(row, asked)
    return shown


def _ordered(
    viewer: Member, matching: MemberQuerySet, filters: Filters, asked: Search | None
) -> tuple[MemberQuerySet, tuple[str, ...]]:
    """Return the rows of the places asked for with what a list shows of each, and the order in which they come."""
    seen = fields_shown(viewer, matching.filter(placed(filters)))
    rows = seen.select_related("organisation", "profile").only(*ROW_FIELDS)
    if asked is None or filters.sort is not Sort.NAME:
        return rows, ORDERS[filters.sort]
    return nearest_first(rows, asked), NEAREST_FIRST


def organisation_names(public_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of the organisations that exist among these ids; no query for none."""
    wanted = list(public_ids)
    if not wanted:
        return {}
    return dict(Organisation.objects.filter(public_id__in=wanted).values_list("public_id", "name"))


def _matching(viewer: Member, filters: Filters, asked: Search | None) -> MemberQuerySet:
    """Those whom all filters but sector, region and country leave."""
    matching = visible_to(viewer) if asked is None else found(visible_to(viewer), asked)
    for name, wanted in filters.of_fields.items():
        if wanted:
            matching = matching.filter(shows(viewer, name), **{f"profile__{name}__overlap": list(wanted)})
    if filters.organisation:
        matching = matching.filter(organisation__public_id__in=filters.organisation)
    return matching
