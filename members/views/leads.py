"""Where else could somebody look who asks for nobody yet, names a country, or has found nobody?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from congress.core.geography import country_name, find_country, region_of
from members.queries.directory import Directory
from members.queries.filters import Filters, Sort, View
from members.views.filter_words import address

if TYPE_CHECKING:
    from members.models import Member

Lead = tuple[str, str]
# Two letters are a code, and a word of many languages; no country's name has more words than this.
SHORTEST_NAME, LONGEST_NAME = 3, 5


def leads(viewer: "Member", filters: Filters, found: Directory) -> dict[str, list[Lead]]:
    """Return what a first page leads to: while nothing is asked for, where a country is named, and from nobody."""
    if not found.page.is_first:
        return {}
    return {"near": _near(viewer, filters), "elsewhere": _elsewhere(filters, is_empty=not found.count)}


def _near(viewer: "Member", filters: Filters) -> list[Lead]:
    """Return what stands close to a viewer, in words with its address."""
    if filters.parameters(sort=Sort.NAME, view=View.LIST):
        return []
    region = region_of(viewer.country)
    named = {"sector": viewer.get_sector_display(), "region": region.label}
    return [
        (country_name(viewer.country, _reader()), address(filters, country=(viewer.country,))),
        (_("%(sector)s in %(region)s") % named, address(filters, sector=(viewer.sector,), region=(region,))),
    ]


def _elsewhere(filters: Filters, *, is_empty: bool) -> list[Lead]:
    """Return what a search may have meant instead, in words with its address."""
    meant = [] if filters.country else list(_in_country(filters))
    words_alone = address(Filters(q=filters.q, view=filters.view, sort=filters.sort))
    if is_empty and filters.q and words_alone != address(filters):
        meant.append((_("“%(words)s” without any filter") % {"words": filters.q}, words_alone))
    return meant


def _in_country(filters: Filters) -> Iterator[Lead]:
    """Yield the search with a country's name taken out of its words, and the country chosen."""
    words = filters.q.split()
    for first, last in _runs(len(words)):
        name = " ".join(words[first:last])
        code = find_country(name) if len(name) >= SHORTEST_NAME else None
        if code:
            rest = " ".join([*words[:first], *words[last:]])
            country = country_name(code, _reader())
            yield f"“{rest}” · {country}" if rest else country, address(filters, q=rest, country=(code,))
            return


def _runs(count: int) -> Iterator[tuple[int, int]]:
    """Yield where words that stand together begin and end, the longest first."""
    for length in range(min(count, LONGEST_NAME), 0, -1):
        for first in range(count - length + 1):
            yield first, first + length


def _reader() -> str:
    return get_language() or "en"
