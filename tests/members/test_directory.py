"""Does the directory find the right people, count them rightly, and cost the same for few and for many?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.db.models import QuerySet

from congress.core.geography import REGION_BY_COUNTRY
from congress.core.roles import Standing
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from members.actions import refresh_search
from members.forms.filters import IDS, KNOWN
from members.models import Member
from members.queries.directory import directory
from members.queries.facets import Option
from members.queries.filters import REPEATED, Filters, Sort
from members.views.filter_words import MANY
from tests import factories

PLACES = [(Sector.INDUSTRY, "TH"), (Sector.INDUSTRY, "FR"), (Sector.ACADEMIA, "FR"), (Sector.GOVERNMENT, "KE")]


def person(name: str, **fields: object) -> Member:
    said = {key: fields.pop(key) for key in ("position", "expertise", "languages", "biography") if key in fields}
    made = factories.member(name, **fields)
    for key, value in said.items():
        setattr(made.profile, key, value)
    made.profile.save()
    return made


@pytest.fixture
def network(db) -> QuerySet[Member]:
    body = factories.organisation("Port of Rotterdam")
    person("anna_kowalska", sector=Sector.INDUSTRY, country="TH", expertise=[Expertise.TOXICOLOGY], languages=["th"])
    person(
        "boris_shcherbakov",
        native_name="Борис Щербаков",
        sector=Sector.INDUSTRY,
        country="FR",
        languages=["fr:native", "ru:basic"],
    )
    person("chloe_laurent", sector=Sector.ACADEMIA, country="FR", position="Toxicologist", joined_on=date(2026, 5, 1))
    person("david_otieno", sector=Sector.GOVERNMENT, country="KE", organisation=body, expertise=[Expertise.LEGISLATION])
    for standing in (Standing.SUSPENDED, Standing.FORMER, Standing.LAPSED, Standing.PROVISIONAL):
        person(f"anna_{standing.value}", standing=standing)
    refresh_search(Member.objects.all())
    return Member.objects.all()


@pytest.fixture
def viewer(db) -> Member:
    viewer = factories.member("viewer", sector=Sector.LAW_ENFORCEMENT, country="PE")
    viewer.search_text = "viewer"
    return viewer


def names(viewer: Member, **filters: object) -> list[str]:
    found = directory(viewer, Filters(**filters))
    assert found.count == len(found.page.rows)
    return [str(row).split()[0].lower() for row in found.page.rows if row.pk != viewer.pk]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["anna", "boris", "chloe", "david"]),
        ({"q": "anna"}, ["anna"]),
        ({"q": "KOWAL anna"}, ["anna"]),
        ({"q": "Щербаков"}, ["boris"]),
        ({"q": "shcherbak"}, ["boris"]),
        ({"q": "toxicolog"}, ["anna", "chloe"]),
        ({"q": "rotterdam"}, ["david"]),
        ({"q": "shcherbakov toxicology"}, []),
        ({"q": "%"}, []),
        ({"q": "!!"}, []),
        ({"q": "  "}, ["anna", "boris", "chloe", "david"]),
        ({"sector": ("industry",)}, ["anna", "boris"]),
        ({"sector": ("industry", "academia")}, ["anna", "boris", "chloe"]),
        ({"sector": ("industry",), "country": ("FR",)}, ["boris"]),
        ({"region": ("europe",)}, ["boris", "chloe"]),
        ({"region": ("europe",), "country": ("TH",)}, []),
        ({"country": ("TH", "KE")}, ["anna", "david"]),
        ({"expertise": ("toxicology", "legislation")}, ["anna", "david"]),
        ({"language": ("ru",)}, ["boris"]),
        ({"sort": Sort.NEWEST}, ["chloe", "david", "boris", "anna"]),
    ],
)
def test_directory_finds(network, viewer, asked, expected):
    assert names(viewer, **asked) == expected


def test_directory_finds_by_topic_and_by_what_somebody_wrote(network, viewer):
    anna = Member.objects.get(latin_name="Anna Kowalska")
    anna.profile.topics, anna.profile.biography = (
        [Topic.DRONES],
        "After ten years at sea Anna now looks after Boris ferries.",
    )
    anna.profile.save()
    refresh_search(Member.objects.filter(pk=anna.pk))
    assert names(viewer, q="drones") == names(viewer, q="kowalska ferries") == ["anna"]
    assert names(viewer, q="boris") == ["boris", "anna"]
    (row,) = directory(viewer, Filters(q="ferries")).page.rows
    assert (row.found_by, row.found_in_profile) == ("", "… sea Anna now looks after Boris ferries.")
    (row,) = directory(viewer, Filters(q="drones")).page.rows
    assert (row.found_by, row.found_in_profile) == ("Drones", "")


def test_directory_pages_what_was_written_without_gaps(viewer):
    for number in range(65):
        person(f"name{number:02}", biography="Works on ferries.")
    refresh_search(Member.objects.all())
    assert len({row for page in pages(viewer, Filters(q="ferries")) for row in page}) == 65


def test_directory_finds_an_organisation_by_its_id(network, viewer):
    body = Member.objects.get(latin_name="David Otieno").organisation
    assert names(viewer, organisation=(body.public_id,)) == ["david"]


def chosen(options: list[Option]) -> dict[str, int]:
    return {option.value: option.count for option in options if option.count}


@pytest.mark.parametrize("sectors", [(), ("industry",), ("industry", "academia")])
@pytest.mark.parametrize("regions", [(), ("europe",), ("africa", "europe")])
@pytest.mark.parametrize("countries", [(), ("FR",), ("TH", "KE")])
def test_directory_counts_each_facet_with_its_own_filter_off(network, viewer, sectors, regions, countries):
    found = directory(viewer, Filters(sector=sectors, region=regions, country=countries))
    people = list(Member.objects.filter(standing=Standing.MEMBER).values_list("sector", "country"))

    def count(key, *, sector=sectors, region=regions, country=countries):
        left = [
            (s, c)
            for s, c in people
            if (not sector or s in sector)
            and (not region or REGION_BY_COUNTRY[c] in region)
            and (not country or c in country)
        ]
        return {value: sum(key(s, c) == value for s, c in left) for value in {key(s, c) for s, c in left}}

    assert chosen(found.facets["sector"]) == count(lambda s, c: s, sector=())
    assert chosen(found.facets["region"]) == count(lambda s, c: REGION_BY_COUNTRY[c].value, region=())
    assert chosen(found.facets["country"]) == count(lambda s, c: c, country=())


def test_directory_counts_what_each_option_then_shows(network, viewer):
    for sector, region in product(("", "industry"), ("", "europe")):
        asked = Filters(sector=(sector,) if sector else (), region=(region,) if region else ())
        for option in directory(viewer, asked).facets["country"]:
            then = directory(viewer, replace(asked, country=(option.value,)))
            assert then.count == option.count == len(then.page.rows)


def test_directory_goes_on_without_gaps_or_repeats(viewer):
    for number in range(65):
        factories.member(f"name{number:02}")
    seen = [row for page in pages(viewer, Filters()) for row in page]
    assert len(seen) == len(set(seen)) == 66


def pages(viewer: Member, filters: Filters) -> Iterator[list[int]]:
    after: str | None = ""
    while after is not None:
        found = directory(viewer, filters, after)
        yield [row.pk for row in found.page.rows]
        after = found.page.after or None


@pytest.mark.parametrize("query", ["", "q=name", "sort=newest", "expertise=toxicology"])
def test_directory_goes_on_when_somebody_is_hidden_between_two_pages(signed_in, viewer, query):
    people = [person(f"name{number:02}", expertise=[Expertise.TOXICOLOGY]) for number in range(35)]
    refresh_search(Member.objects.all())
    client = signed_in(viewer)
    first = client.get(f"/members/?{query}").context["directory"].page
    last, others = first.rows[-1], {row.pk for row in first.rows}
    Member.objects.filter(pk=last.pk).update(standing=Standing.SUSPENDED)
    response = client.get(f"/members/?{query}&after={first.after}")
    assert response.status_code == 200
    rows = {row.pk for row in response.context["directory"].page.rows}
    assert (rows & others, {each.pk for each in people} - rows - others) == (set(), set())


@pytest.mark.parametrize("count", [1, 3])
def test_directory_costs_eight_queries(signed_in, viewer, django_assert_num_queries, count):
    for number in range(count):
        person(f"name{number}", expertise=[Expertise.TOXICOLOGY], position="Head")
    client = signed_in(viewer)
    with django_assert_num_queries(8):
        client.get("/members/")


def test_directory_shows_rows_facets_and_filters_in_words(signed_in, network, viewer):
    page = signed_in(viewer).get("/members/?q=toxicolog&sector=industry&country=TH").content.decode()
    assert "Anna Kowalska" in page
    assert "1 member</strong>: Industry · Thailand · “toxicolog”." in " ".join(page.split())
    assert "Chloe" not in page


def test_directory_keeps_the_other_filters_when_one_is_removed(signed_in, viewer):
    page = signed_in(viewer).get("/members/?q=a&sector=industry&sector=academia&sort=newest").context["chips"]
    assert page == [
        ("“a”", "?sector=industry&sector=academia&sort=newest"),
        ("Industry", "?q=a&sector=academia&sort=newest"),
        ("Academia", "?q=a&sector=industry&sort=newest"),
    ]


def test_directory_shows_the_same_people_as_cards(signed_in, network, viewer):
    client = signed_in(viewer)
    as_list, as_cards = (client.get(f"/members/?sector=industry{view}") for view in ("", "&view=cards"))
    people = [[row.pk for row in page.context["directory"].page.rows] for page in (as_list, as_cards)]
    assert people[0] == people[1] != []
    assert as_cards.context["chips"] == [("Industry", "?view=cards")]
    assert as_cards.context["other_view"] == "?sector=industry"
    text = as_cards.content.decode()
    assert ("Anna Kowalska" in text, '<input type="hidden" name="view" value="cards">' in text) == (True, True)


def test_directory_says_what_to_do_when_nobody_matches(signed_in, viewer):
    page = signed_in(viewer).get("/members/?q=nobody").content.decode()
    assert ("No member matches" in page, 'href="/members/needs/new/?q=nobody"' in page) == (True, True)


def test_directory_leads_to_a_country_that_was_typed_beside_whom_its_name_finds(signed_in, network, viewer):
    body = factories.organisation("Police of Peru")
    factories.member("quispe", organisation=body, country="PE")
    refresh_search(Member.objects.all())
    client = signed_in(viewer)
    response = client.get("/members/?q=police+of+peru")
    assert (response.context["directory"].count, response.context["elsewhere"]) == (
        1,
        [("“police of” · Peru", "?q=police+of&country=PE")],
    )
    assert client.get("/members/?q=police&country=PE").context["elsewhere"] == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("q=toxicology+france", [("“toxicology” · France", "?q=toxicology&country=FR")]),
        ("q=Saudi+Arabia+drones", [("“drones” · Saudi Arabia", "?q=drones&country=SA")]),
        ("q=Atlantis&country=FR", [("“Atlantis” without any filter", "?q=Atlantis")]),
        ("q=Perou", [("Peru", "?country=PE")]),
        ("q=xyzzy+de", []),
        ("country=FR", []),
    ],
)
def test_directory_leads_elsewhere_when_nobody_matches(signed_in, viewer, asked, expected):
    viewer.country = "AD"
    viewer.save()
    assert signed_in(viewer).get(f"/members/?{asked}").context["elsewhere"] == expected


@pytest.mark.parametrize(
    "query",
    [
        "sector=mafia",
        "region=atlantis",
        "country=XX",
        "expertise=alchemy",
        "language=klingon",
        "organisation=%00%27",
        "sort=random",
        "view=map",
    ],
)
def test_directory_leaves_unknown_filters_out_and_says_so(signed_in, viewer, query):
    response = signed_in(viewer).get(f"/members/?{query}")
    assert response.status_code == 200
    assert "One filter in the address is unknown and was left out." in response.content.decode()
    assert response.context["directory"].count == 1


def test_directory_answers_hundreds_of_values_at_once(signed_in, viewer):
    everywhere = "&".join(f"country={code}" for code in sorted(REGION_BY_COUNTRY))
    nowhere = "&".join(f"organisation={number:012}" for number in range(300))
    response = signed_in(viewer).get(f"/members/?{everywhere}&{nowhere}")
    assert response.status_code == 200
    assert response.context["filters"].country == tuple(sorted(REGION_BY_COUNTRY))
    assert "240 filters in the address are unknown and were left out." in response.content.decode()
    assert response.context["in_words"] == f"{len(REGION_BY_COUNTRY)} countries · 60 organisations"
    assert len(response.content) < 100_000


def test_directory_says_many_choices_of_a_facet_as_one(signed_in, viewer):
    countries = sorted(REGION_BY_COUNTRY)[:9]
    asked = "&".join(f"country={code}" for code in countries)
    as_sent = signed_in(viewer).get(f"/members/?{asked}&sector=industry").context
    assert as_sent["same"] == f"?sector=industry&country={','.join(countries)}"
    assert as_sent["chips"] == [
        ("Industry", f"?country={','.join(countries)}"),
        ("9 countries", "?sector=industry"),
    ]
    as_led_to = signed_in(viewer).get(f"/members/{as_sent['same']}").context
    assert as_led_to["filters"] == as_sent["filters"]


def test_every_facet_that_can_have_many_choices_is_said_as_one():
    assert set(MANY) == {name for name, known in KNOWN.items() if len(known) > REPEATED} | set(IDS)


def test_directory_goes_on_at_a_short_address(signed_in, viewer):
    for number in range(62):
        factories.member(f"name{number:02}", country="TH")
    response = signed_in(viewer).get("/members/?country=TH&country=PE&sector=mafia")
    after = response.context["directory"].page.after
    assert f'href="?country=TH&amp;country=PE&amp;after={after}"' in response.content.decode()
    last = signed_in(viewer).get(f"/members/?country=TH&country=PE&after={after}").content.decode()
    assert 'href="/members/?country=TH&amp;country=PE"' in last


def test_directory_has_a_title_that_says_what_was_found(signed_in, network, viewer):
    client = signed_in(viewer)
    titles = [client.get(f"/members/{query}").content.decode() for query in ("", "?country=FR")]
    assert "<title>Members ·" in titles[0]
    assert "<title>2 members: France ·" in titles[1]


def test_directory_leads_close_to_who_asks_for_nobody_yet(signed_in, viewer):
    client = signed_in(viewer)
    for query, expected in (("", ""), ("?sort=newest&view=cards", "&sort=newest&view=cards")):
        assert client.get(f"/members/{query}").context["near"] == [
            ("Peru", f"?country=PE{expected}"),
            ("Law enforcement in Americas", f"?sector=law_enforcement&region=americas{expected}"),
        ]
    assert client.get("/members/?q=anna").context["near"] == []


def test_directory_cuts_a_long_query(signed_in, viewer):
    response = signed_in(viewer).get("/members/", {"q": "x" * 10_000})
    assert response.status_code == 200
    assert "only its beginning was looked for" in response.content.decode()


@pytest.mark.parametrize("query", ["q=a%00b", "q=a&q=b", "q=%25_%5C", "after=", "sector=&country="])
def test_directory_answers_odd_addresses(signed_in, viewer, query):
    assert signed_in(viewer).get(f"/members/?{query}").status_code == 200


@pytest.mark.parametrize("typed", ["\u202e", "\u200b\ufeff", "\u2066 \u2069", "\x00"])
def test_directory_looks_for_nothing_where_nothing_can_be_seen(signed_in, viewer, typed):
    response = signed_in(viewer).get("/members/", {"q": typed})
    assert (response.context["filters"].q, response.context["directory"].count) == ("", 1)


def test_directory_says_a_query_in_its_own_direction(signed_in, viewer):
    said = signed_in(viewer).get("/members/", {"q": "\u202eviewer"}).content.decode()
    assert "“viewer”" in said
    assert "\u202e" not in said


def test_directory_refuses_a_tampered_cursor(signed_in, viewer):
    assert signed_in(viewer).get("/members/?after=tampered").status_code == 400


def test_directory_takes_no_post(signed_in, viewer):
    assert signed_in(viewer).post("/members/").status_code == 405
