"""Do the pages of bodies and countries show whom their reader sees, count them rightly, and cost the same for many?"""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.core.geography import REGION_BY_COUNTRY, Region
from congress.core.roles import Role, Standing
from members.actions import refresh_search
from members.models import Member, Organisation
from tests import factories


@pytest.fixture
def client(member, signed_in):
    return signed_in(member)


def of_body(name: str, *, country: str = "PE", sector: str = "industry", people: int = 1, **fields) -> Organisation:
    body = factories.organisation(name, country=country, sector=sector)
    for number in range(people):
        factories.member(f"{name}_{number}", organisation=body, country=country, sector=sector, **fields)
    return body


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def test_organisations_lists_bodies_with_the_number_of_their_people(client):
    of_body("Zyxbody", people=2)
    refresh_search(Member.objects.all())
    text = page(client, "/organisations/")
    assert ("Zyxbody" in text, "2 members" in text) == (True, True)
    assert "Zyxbody" in page(client, "/organisations/?q=zyxb")
    assert "Zyxbody" not in page(client, "/organisations/?q=other")
    assert "No organisation matches" in page(client, "/organisations/?q=other")


def test_organisations_say_the_filters_in_words_and_take_each_away(client):
    of_body("First")
    asked = client.get("/organisations/?q=a&country=PE&country=FR")
    assert asked.context["chips"] == [
        ("“a”", "?country=PE&country=FR"),
        ("Peru", "?q=a&country=FR"),
        ("France", "?q=a&country=PE"),
    ]
    text = " ".join(asked.content.decode().split())
    assert "<strong>0 organisations</strong>: Peru or France · “a”." in text
    assert "<title>0 organisations: Peru or France · “a” ·" in text


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("ministere interieur", True),
        ("INTÉRIEUR", True),
        ("لداخلية", True),
        ("داخليه", True),
        ("ministere defense", False),
        ("!!", False),
        ("%", False),
        ("  ", True),
    ],
)
def test_organisations_are_found_with_accents_or_without(client, typed, is_found):
    body = of_body("Ministère de l’Intérieur")
    Organisation.objects.filter(pk=body.pk).update(native_name="وزارة الداخلية")
    refresh_search(Member.objects.all())
    rows = client.get("/organisations/", {"q": typed}).context["found"].page.rows
    results = client.get("/api/v1/organisations/", {"q": typed}).json()["results"]
    assert (body in rows, body.name in [each["name"] for each in results]) == (is_found, is_found)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("sector=industry", {"First", "Second"}), ("country=TH&country=PE", {"First", "Third"}),
     ("sector=industry&country=PE", {"First"}), ("sector=nonsense", {"First", "Second", "Third"}),
     ("region=europe", {"Second"}), ("region=europe&country=PE", set()),
     ("region=europe&region=americas", {"First", "Second"})],
)  # fmt: skip
def test_organisations_are_filtered(client, query, expected):
    of_body("First")
    of_body("Second", country="FR")
    of_body("Third", country="TH", sector="academia")
    text = page(client, f"/organisations/?{query}")
    assert {name for name in ("First", "Second", "Third") if name in text} == expected


def test_organisations_count_their_regions(client):
    of_body("First")
    of_body("Second", country="FR")
    options = client.get("/organisations/?region=europe").context["found"].facets["region"]
    assert {option.value: option.count for option in options if option.count}.items() >= {
        "europe": 1,
        "americas": 1,
    }.items()


@pytest.mark.parametrize("query", ["expertise=toxicology", "organisation=x", "region=atlantis"])
def test_organisations_say_which_filters_they_do_not_know(client, query):
    assert "One filter in the address is unknown and was left out." in page(client, f"/organisations/?{query}")


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.FORMER, Standing.PROVISIONAL])
def test_a_body_of_which_nobody_is_listed_does_not_exist(client, standing):
    body = of_body("Zyxbody", standing=standing)
    assert "Zyxbody" not in page(client, "/organisations/")
    hidden, unknown = (client.get(f"/organisations/{each}/") for each in (body.public_id, "nothing"))
    assert (hidden.status_code, hidden.content) == (404, unknown.content)
    assert '<th scope="row"><a href="/network/countries/PE/">' not in page(client, "/network/")


def test_organisation_record_names_its_people_and_who_speaks_for_it(client):
    body = of_body("Zyxbody", people=2)
    factories.member("zyxspeaker", organisation=body, country="PE", sector="industry", roles=[Role.FOCAL_POINT])
    text = page(client, f"/organisations/{body.public_id}/")
    assert text.count("Zyxspeaker") == 2
    assert ("Zyxbody 0" in text, "Zyxbody 1" in text) == (True, True)


def test_organisation_record_says_when_nobody_speaks_for_it(client):
    assert "No focal point has been named" in page(client, f"/organisations/{of_body('Zyxbody').public_id}/")


def test_network_draws_and_lists_each_country(client):
    of_body("Zyxbody", people=3)
    text = page(client, "/network/")
    assert text.count('href="/network/countries/PE/"') == 2
    assert "<title>Peru: 3 people</title>" in text


def test_network_names_the_countries_of_each_region_where_nobody_is(client):
    seen_before = dict(client.get("/network/").context["unreached"])
    assert sum(map(len, seen_before.values())) == len(REGION_BY_COUNTRY) - 1
    of_body("Zyxbody", country="IS")
    of_body("Zyxhidden", country="MT", standing=Standing.SUSPENDED)
    seen_after = dict(client.get("/network/").context["unreached"])
    assert set(seen_before[Region.EUROPE]) - set(seen_after[Region.EUROPE]) == {("IS", "Iceland")}
    assert {**seen_before, Region.EUROPE: []} == {**seen_after, Region.EUROPE: []}
    assert '<a href="/network/countries/MT/">Malta</a>' in page(client, "/network/")


def test_network_csv_holds_the_same_numbers(client):
    of_body("Zyxbody", people=3)
    rows = list(csv.DictReader(io.StringIO(client.get("/network/countries.csv").content.decode("utf-8-sig"))))
    (peru,) = (row for row in rows if row["country"] == "PE")
    assert (peru["industry"], peru["people"], peru["organisations"], peru["focal_points"]) == ("3", "3", "1", "0")


def test_country_shows_people_bodies_and_gaps(client):
    of_body("Zyxbody", people=2)
    text = page(client, "/network/countries/PE/")
    assert ("Zyxbody" in text, "Zyxbody 0" in text, "nobody yet" in text) == (True, True, True)
    assert page(client, "/network/countries/pe/") != ""


def test_country_without_anybody_says_what_to_do(client):
    assert "Nobody from here yet" in page(client, "/network/countries/IS/")


@pytest.mark.parametrize("code", ["ZZ", "nothing", "AQ"])
def test_country_that_is_none_is_not_found(client, code):
    assert client.get(f"/network/countries/{code}/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/organisations/", "/network/", "/network/countries/PE/", "/network/countries.csv"]
)
def test_places_cost_the_same_for_many(client, address):
    costs = []
    for names in (["a"], ["b", "c"]):
        for name in names:
            of_body(name, people=2)
        with CaptureQueriesContext(connection) as queries:
            page(client, address)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_organisations_whose_cursor_was_changed_are_refused(client):
    assert client.get("/organisations/?after=nonsense").status_code == 400
