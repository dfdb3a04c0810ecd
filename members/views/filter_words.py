"""How are the filters of the directory said in words, and at which address does it stand without one of them?"""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from congress.core.geography import Region, country_name
from congress.core.languages import LanguageLevel, language_name
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from members.queries.filters import Filters, Freshness, Sort, View

Words = Mapping[str, Callable[[str], str]]
# Who typed more has not typed a name.
SINGLE_WORDS = 4


def words_for(*, organisation: Mapping[str, str], group: Mapping[str, str], meeting: Mapping[str, str]) -> Words:
    """Return how to say a value of each facet, given the names of those that have one."""
    return {
        "sector": lambda value: str(Sector(value).label),
        "region": lambda value: str(Region(value).label),
        "country": lambda value: country_name(value, get_language() or "en"),
        "expertise": lambda value: str(Expertise(value).label),
        "topic": lambda value: str(Topic(value).label),
        "language": lambda value: language_name(value, get_language() or "en"),
        "level": lambda value: str(LanguageLevel(value).label),
        "group": lambda value: group.get(value, _("unknown group")),
        "meeting": lambda value: meeting.get(value, _("unknown meeting")),
        "confirmed": lambda value: _("confirmed %(when)s") % {"when": Freshness(value).label},
        "organisation": lambda value: organisation.get(value, _("unknown organisation")),
    }


def chips(filters: Filters, words: Words) -> list[tuple[str, str]]:
    """Return each filter in words with the address without it."""
    found = [(f"“{filters.q}”", address(filters, q=""))] if filters.q else []
    for name, say in words.items():
        values = getattr(filters, name)
        found += [(say(value), address(filters, **{name: [v for v in values if v != value]})) for value in values]
    return found


def in_words(filters: Filters, words: Words) -> str:
    """Return all filters as one phrase: alternatives with "or", facets in a row."""
    alternatives = [f" {_('or')} ".join(map(say, getattr(filters, name))) for name, say in words.items()]
    if filters.q:
        alternatives.append(f"“{filters.q}”")
    return " · ".join(filter(None, alternatives))


def address(filters: Filters, **changed: object) -> str:
    """Return the address of the directory with these filters, some of them changed."""
    values = {**vars(filters), **changed}
    for name, usual in (("sort", Sort.NAME), ("view", View.LIST)):
        if values[name] == usual:
            del values[name]
    return "?" + urlencode({name: value for name, value in values.items() if value}, doseq=True)


def single_words(filters: Filters) -> list[tuple[str, str]]:
    """Return the words of a search, each with the address that asks for it alone; none if there is one only."""
    words = list(dict.fromkeys(filters.q.split()))[:SINGLE_WORDS]
    return [(word, address(filters, q=word)) for word in words] if len(words) > 1 else []


def other_view(view: View) -> View:
    return View.LIST if view is View.CARDS else View.CARDS


def other_sort(sort: Sort) -> Sort:
    return Sort.NAME if sort is Sort.NEWEST else Sort.NEWEST
