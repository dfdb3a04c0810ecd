"""How is an audience said in words, so that a reader knows who else may know?"""

from collections.abc import Iterable

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from congress.core.geography import Region, countries_of, country_name
from congress.core.labels import Audience
from congress.core.sectors import Sector

NAMED_COUNTRIES = 4


def audience_in_words(audience: Audience) -> str:
    """Return one sentence without a full stop; it names no person, no organisation and no group.

    For instance: Law enforcement and Industry in Europe and 3 more countries; 2 organisations; not in Peru.
    """
    if audience.is_empty:
        return _("Nobody yet")
    parts = [
        _place(audience),
        _organisations(audience.organisations),
        _groups(audience.groups),
        _people(audience.people),
        _exclusions(audience),
    ]
    return "; ".join(part for part in parts if part)


def audience_shift(before: Audience, after: Audience) -> tuple[str, str]:
    """Return in words whom one audience names that another did not, and whom no longer; empty where there is nobody."""
    return _beyond(after, before), _beyond(before, after)


def _beyond(audience: Audience, other: Audience) -> str:
    sectors = _sectors_meant(audience) - _sectors_meant(other)
    countries = _countries_meant(audience) - _countries_meant(other)
    parts = [
        _joined([str(sector.label) for sector in Sector if sector in sectors]),
        countries_in_words(countries | (set(other.excluded_countries) - set(audience.excluded_countries))),
        _organisations(
            _only(audience.organisations, other.organisations)
            + _only(other.excluded_organisations, audience.excluded_organisations)
        ),
        _groups(_only(audience.groups, other.groups)),
        _people(_only(audience.people, other.people) + _only(other.excluded_people, audience.excluded_people)),
    ]
    return "; ".join(part for part in parts if part)


def _only(ids: list[int], others: list[int]) -> list[int]:
    return [each for each in ids if each not in others]


def _sectors_meant(audience: Audience) -> set[str]:
    """No sector means all of them, if countries are named."""
    return set(audience.sectors or (Sector.values if audience.countries else ()))


def _countries_meant(audience: Audience) -> set[str]:
    everywhere = (country for region in Region for country in countries_of(region))
    return set(audience.countries or (everywhere if audience.sectors else ()))


def countries_in_words(countries: Iterable[str]) -> str:
    """Return whole regions by name, then a few countries by name or how many more there are."""
    left = set(countries)
    regions = [region for region in Region if set(countries_of(region)) <= left]
    left -= {country for region in regions for country in countries_of(region)}
    return _joined([*(str(region.label) for region in regions), *_few(left, after_regions=bool(regions))])


def _few(countries: set[str], *, after_regions: bool) -> list[str]:
    if len(countries) <= NAMED_COUNTRIES:
        return sorted(country_name(country, get_language() or "en") for country in countries)
    if after_regions:
        return [ngettext("%(n)d more country", "%(n)d more countries", len(countries)) % {"n": len(countries)}]
    return [ngettext("%(n)d country", "%(n)d countries", len(countries)) % {"n": len(countries)}]


def _place(audience: Audience) -> str:
    if not (audience.sectors or audience.countries):
        return ""
    named = [str(Sector(sector).label) for sector in audience.sectors]
    sectors = _joined(named) if 0 < len(named) < len(Sector) else _("All sectors")
    if not audience.countries:
        return _("%(sectors)s in all countries") % {"sectors": sectors}
    return _("%(sectors)s in %(places)s") % {"sectors": sectors, "places": countries_in_words(audience.countries)}


def _organisations(ids: list[int]) -> str:
    return ngettext("%(n)d organisation", "%(n)d organisations", len(ids)) % {"n": len(ids)} if ids else ""


def _groups(ids: list[int]) -> str:
    return ngettext("%(n)d group", "%(n)d groups", len(ids)) % {"n": len(ids)} if ids else ""


def _people(ids: list[int]) -> str:
    return ngettext("%(n)d named person", "%(n)d named people", len(ids)) % {"n": len(ids)} if ids else ""


def _exclusions(audience: Audience) -> str:
    without = [
        countries_in_words(audience.excluded_countries),
        _organisations(audience.excluded_organisations),
        _people(audience.excluded_people),
    ]
    named = [part for part in without if part]
    return _("without %(parts)s") % {"parts": _joined(named)} if named else ""


def _joined(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
