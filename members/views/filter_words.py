"""How are the filters of the directory said in words, and at which address does it stand without one of them?"""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext as _

from congress.core.geography import Region, country_name
from congress.core.languages import LanguageLevel, language_name
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from members.queries.filters import REPEATED, Filters, Freshness, Sort, View

Words = Mapping[str, Callable[[str], str]]
# What is chosen of a facet, in words, with the values that it stands for.
Choice = tuple[str, tuple[str, ...]]
MANY = {
    "country": ngettext_lazy("%(n)d country", "%(n)d countries", "n"),
    "expertise": ngettext_lazy("%(n)d field of expertise", "%(n)d fields of expertise", "n"),
    "topic": ngettext_lazy("%(n)d topic", "%(n)d topics", "n"),
    "language": ngettext_lazy("%(n)d language", "%(n)d languages", "n"),
    "group": ngettext_lazy("%(n)d group", "%(n)d groups", "n"),
    "meeting": ngettext_lazy("%(n)d meeting", "%(n)d meetings", "n"),
    "organisation": ngettext_lazy("%(n)d organisation", "%(n)d organisations", "n"),
}
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
        chosen = getattr(filters, name)
        for text, meant in _choices(name, chosen, say):
            found.append((text, address(filters, **{name: tuple(each for each in chosen if each not in meant)})))
    return found


def _choices(name: str, chosen: tuple[str, ...], say: Callable[[str], str]) -> list[Choice]:
    """Return what is chosen of a facet one by one, or as one number where nobody would read all the names."""
    if len(chosen) > REPEATED:
        return [(str(MANY[name] % {"n": len(chosen)}), chosen)]
    return [(say(value), (value,)) for value in chosen]


def in_words(filters: Filters, words: Words) -> str:
    """Return all filters as one phrase: alternatives with "or", facets in a row."""
    choices = [_choices(name, getattr(filters, name), say) for name, say in words.items()]
    alternatives = [f" {_('or')} ".join(text for text, _meant in facet) for facet in choices]
    if filters.q:
        alternatives.append(f"“{filters.q}”")
    return " · ".join(filter(None, alternatives))


def address(filters: Filters, **changed: str | tuple[str, ...]) -> str:
    """Return the address of the directory with these filters, some of them changed, or with a cursor."""
    return "?" + urlencode(filters.parameters(**changed), doseq=True, safe=",")


def single_words(filters: Filters) -> list[tuple[str, str]]:
    """Return the words of a search, each with the address that asks for it alone; none if there is one only."""
    words = list(dict.fromkeys(filters.q.split()))[:SINGLE_WORDS]
    return [(word, address(filters, q=word)) for word in words] if len(words) > 1 else []


def other_view(view: View) -> View:
    return View.LIST if view is View.CARDS else View.CARDS


def other_sort(sort: Sort) -> Sort:
    return Sort.NAME if sort is Sort.NEWEST else Sort.NEWEST
