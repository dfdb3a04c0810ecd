"""Do the words for an audience say what the audience is?"""

import pytest

from congress.core.audiences import audience_in_words, audience_shift, countries_in_words
from congress.core.geography import countries_of
from congress.core.labels import Audience
from congress.core.sectors import Sector


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (Audience(), "Nobody yet"),
        (Audience(excluded_people=[1]), "Nobody yet"),
        (Audience(sectors=["industry"]), "Industry in all countries"),
        (Audience(countries=["PE"]), "All sectors in Peru"),
        (Audience(sectors=[*Sector]), "All sectors in all countries"),
        (Audience(sectors=["industry", "academia"], countries=["PE", "CL"]), "Industry and Academia in Chile and Peru"),
        (Audience(organisations=[1, 2]), "2 organisations"),
        (Audience(people=[1]), "1 named person"),
        (
            Audience(sectors=["academia"], people=[1, 2], excluded_countries=["PE"], excluded_organisations=[4]),
            "Academia in all countries; 2 named people; without Peru and 1 organisation",
        ),
    ],
)
def test_audience_in_words(audience: Audience, words: str):
    assert audience_in_words(audience) == words


def test_countries_in_words_counts_many():
    assert countries_in_words(["PE", "CL", "BR", "AR", "UY"]) == "5 countries"


def test_countries_in_words_names_whole_regions():
    countries = [*countries_of("europe"), "PE", "CL", "BR", "AR", "UY"]
    assert countries_in_words(countries) == "Europe and 5 more countries"


def test_countries_in_words_does_not_name_a_region_that_lacks_one():
    assert countries_in_words(countries_of("europe")[1:]) == f"{len(countries_of('europe')) - 1} countries"


@pytest.mark.parametrize(
    ("before", "after", "gained", "lost"),
    [
        (Audience(sectors=["industry"]), Audience(sectors=["industry"]), "", ""),
        (Audience(sectors=["industry"]), Audience(sectors=["industry", "academia"]), "Academia", ""),
        (Audience(countries=["PE", "CL"]), Audience(countries=["PE"], organisations=[4]), "1 organisation", "Chile"),
        (Audience(people=[1, 2]), Audience(people=[2, 3, 4]), "2 named people", "1 named person"),
        (Audience(countries=["PE"]), Audience(countries=["PE"], sectors=[*Sector][1:]), "", "Law enforcement"),
        (Audience(sectors=["industry"]), Audience(sectors=["industry"], excluded_countries=["PE"]), "", "Peru"),
        (Audience(people=[1], excluded_people=[2]), Audience(people=[1]), "1 named person", ""),
        (
            Audience(sectors=["industry"], countries=[*countries_of("europe")]),
            Audience(sectors=["industry"]),
            "Africa, Americas, Asia and South Pacific and Middle East and North Africa",
            "",
        ),
    ],
)
def test_audience_shift(before: Audience, after: Audience, gained: str, lost: str):
    assert audience_shift(before, after) == (gained, lost)
