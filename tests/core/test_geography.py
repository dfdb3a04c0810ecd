"""Does the vocabulary know every country once, in each language, in one region?"""

import pytest
from babel import Locale

from congress.core.geography import (
    REGION_BY_COUNTRY,
    Region,
    countries_of,
    country_choices,
    country_name,
    find_country,
    region_of,
)

UNINHABITED = {"AQ", "BV", "GS", "HM", "TF", "UM"}
# CLDR codes that ISO 3166-1 does not officially assign.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}


def test_regions_together_hold_every_inhabited_iso_country():
    cldr = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()}
    assert set(REGION_BY_COUNTRY) == cldr - NOT_ISO - UNINHABITED
    assert len(REGION_BY_COUNTRY) == 243


def test_regions_do_not_share_countries():
    assert sum(len(countries_of(region)) for region in Region) == len(REGION_BY_COUNTRY)


@pytest.mark.parametrize(
    ("country", "region"),
    [
        ("TH", Region.ASIA_SOUTH_PACIFIC),
        ("EG", Region.MIDDLE_EAST_NORTH_AFRICA),
        ("TR", Region.EUROPE),
        ("BR", Region.AMERICAS),
        ("KE", Region.AFRICA),
    ],
)
def test_region_of_country(country, region):
    assert region_of(country) == region


def test_region_of_unknown_country_raises():
    with pytest.raises(KeyError):
        region_of("XX")


def test_countries_of_unknown_region_are_none():
    assert countries_of("atlantis") == ()


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("DE", "en", "Germany"),
        ("DE", "fr", "Allemagne"),
        ("DE", "es", "Alemania"),
        ("DE", "ar", "ألمانيا"),
        ("VN", "en", "Viet Nam"),
        ("RU", "fr", "Fédération de Russie"),
        ("DE", "en-gb", "Germany"),
        ("DE", "tlh", "Germany"),
        ("DE", "", "Germany"),
        ("XX", "en", "XX"),
    ],
)
def test_country_name_in_language(country, language, name):
    assert country_name(country, language) == name


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_country_choices_name_each_country_once(language):
    choices = country_choices(language)
    assert {code for code, _name in choices} == set(REGION_BY_COUNTRY)
    assert len({name for _code, name in choices}) == len(choices)


def test_country_choices_sort_accents_with_their_letter():
    codes = [code for code, _name in country_choices("fr")]
    assert codes.index("EG") < codes.index("US") < codes.index("FI")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PE", "PE"),
        (" pe ", "PE"),
        ("Peru", "PE"),
        ("peru", "PE"),
        ("Cote d’Ivoire", "CI"),
        ("côte d'ivoire", "CI"),
        ("Republic of Korea", "KR"),
        ("South Korea", "KR"),
        ("UK", "GB"),
        ("USA", "US"),
        ("Turkey", "TR"),
        ("Allemagne", "DE"),
        ("Fédération de Russie", "RU"),
        ("Espana", "ES"),
        ("ألمانيا", "DE"),
        ("Niger", "NE"),
        ("Dominica", "DM"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_find_country_knows_codes_and_names(text: str, code: str | None):
    assert find_country(text) == code
