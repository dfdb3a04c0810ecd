"""Does each country have its zones, and is the difference right at the instant of reading?"""

from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest

from congress.core.geography import REGION_BY_COUNTRY
from congress.core.zones import LocalTime, zone_choices, zone_of, zones_by_country

WINTER, SUMMER = datetime(2026, 1, 15, 9, 0, tzinfo=UTC), datetime(2026, 7, 15, 9, 0, tzinfo=UTC)


def test_every_country_has_zones_that_are_known():
    zones = zones_by_country()
    assert set(zones) == set(REGION_BY_COUNTRY)
    assert {zone for found in zones.values() for zone in found} <= available_timezones()


@pytest.mark.parametrize(
    ("country", "zone"), [("KE", "Africa/Nairobi"), ("TH", "Asia/Bangkok"), ("US", ""), ("xx", ""), ("", "")]
)
def test_zone_of_a_country_is_named_where_there_is_one(country, zone):
    assert zone_of(country) == zone


def test_zone_choices_are_in_the_readers_language():
    assert dict(zone_choices("fr"))["Thaïlande"] == (("Asia/Bangkok", "Bangkok"),)
    assert ("America/New_York", "New York") in dict(zone_choices("en"))["United States of America"]
    assert len(zone_choices("ar")) == len(zone_choices("no-such-language"))


@pytest.mark.parametrize(
    ("at", "zone", "own", "words"),
    [
        (WINTER, "Africa/Nairobi", "Europe/Paris", "2 h ahead of you"),
        (SUMMER, "Africa/Nairobi", "Europe/Paris", "1 h ahead of you"),
        (SUMMER, "Europe/Paris", "Asia/Kathmandu", "3 h 45 min behind you"),
        (SUMMER, "Australia/Lord_Howe", "Australia/Sydney", "30 min ahead of you"),
        (SUMMER, "Europe/Paris", "Europe/Madrid", "the same time as yours"),
        (SUMMER, "Europe/Paris", "", ""),
    ],
)
def test_the_difference_is_that_of_the_instant(at, zone, own, words):
    assert LocalTime(at, zone, own).difference == words
