"""Which time zones are there, which one is a country's, and what time is it for somebody there?

Source: zone.tab of the IANA time zone database, which names for each country the zones that people keep there.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import UnknownLocaleError
from django.utils.translation import gettext as _

from congress.core.geography import REGION_BY_COUNTRY, country_choices

_MINUTE: Final = timedelta(minutes=1)


@cache
def zones_by_country() -> Mapping[str, tuple[str, ...]]:
    """Return the names of the zones of each country of the network's vocabulary."""
    found = defaultdict(list)
    for line in resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _place, zone, *_remark = line.split("\t")
            found[country].append(zone)
    return {country: tuple(found[country]) for country in REGION_BY_COUNTRY if country in found}


def zone_of(country: str) -> str:
    """Return the zone of a country that has one only, else nothing."""
    zones = zones_by_country().get(country, ())
    return zones[0] if len(zones) == 1 else ""


@lru_cache(maxsize=16)
def zone_choices(reader: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return (country, zones) for a form, both in the reader's language and by the country's name."""
    cities = _locale(reader).time_zones
    return tuple(
        (name, tuple((zone, _city(zone, cities)) for zone in zones_by_country()[code]))
        for code, name in country_choices(reader)
        if code in zones_by_country()
    )


def _city(zone: str, cities: Mapping[str, Mapping[str, str]]) -> str:
    return cities.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")


def _locale(reader: str) -> Locale:
    try:
        return Locale.parse(reader, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@dataclass(frozen=True)
class LocalTime:
    """An instant as it is where somebody is, seen by somebody else who may keep a zone of their own."""

    at: datetime
    zone: str
    own_zone: str = ""

    @property
    def difference(self) -> str:
        """Return in words how far their clock is from the reader's at this instant; nothing if theirs is unknown."""
        if not self.own_zone:
            return ""
        minutes = (self._offset(self.zone) - self._offset(self.own_zone)) // _MINUTE
        if minutes == 0:
            return _("the same time as yours")
        length = _length(abs(minutes))
        if minutes > 0:
            return _("%(length)s ahead of you") % {"length": length}
        return _("%(length)s behind you") % {"length": length}

    def _offset(self, zone: str) -> timedelta:
        return self.at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
