"""Do programs read what the pages show, no more, and is every refusal a problem document?"""

from datetime import UTC, datetime

import pytest
from django.test import Client

from congress.core.budgets import BUDGETS, Budget
from congress.core.roles import Role, Standing
from congress.core.sectors import Sector
from members.actions.tokens import make_token
from members.models import FIELDS, Member, Profile, Scope, Use
from tests import factories

V1 = "/api/v1/"
WRITTEN = {"position": "Chemist", "city": "Lviv", "languages": ["uk:fluent", "en"], "expertise": ["toxicology"]}


def program(member: Member, *scopes: Scope) -> Client:
    now = datetime.now(UTC)
    _row, token = make_token(member, by=member, at=now, name="x", scopes=list(scopes or Scope), days=1)
    return Client(headers={"host": "localhost", "authorization": f"Bearer {token}"})


@pytest.fixture
def anna(db) -> Member:
    person = factories.member("anna", sector=Sector.ACADEMIA, country="UA")
    Profile.objects.filter(member=person).update(**WRITTEN)
    return person


def test_api_members_finds_like_the_directory(member, anna):
    answer = program(member).get(f"{V1}members/?q=anna&sector=academia&sector=industry")
    (row,) = answer.json()["results"]
    assert (row["id"], row["position"], row["organisation"]["name"]) == (
        anna.public_id,
        "Chemist",
        anna.organisation.name,
    )
    assert answer.json()["next"] is None
    assert "email" not in row


def test_api_members_goes_on_by_cursor(member):
    names = {factories.member().latin_name for _ in range(40)} | {member.latin_name}
    client, found, path = program(member), [], f"{V1}members/?sort=newest"
    while path:
        page = client.get(path).json()
        found += [row["latin_name"] for row in page["results"]]
        path = page["next"] and page["next"].replace("http://localhost", "")
    assert (len(found), set(found)) == (41, names)


@pytest.mark.parametrize("count", [1, 3])
def test_api_members_costs_five_queries(member, django_assert_num_queries, count):
    for _ in range(count):
        factories.member()
    client = program(member)
    client.get(f"{V1}members/")
    with django_assert_num_queries(4):
        client.get(f"{V1}members/")


@pytest.mark.parametrize("audience", ["network", "sector", "country", "meeting", "officers"])
def test_api_member_shows_what_the_page_shows(signed_in, member, anna, audience):
    Profile.objects.filter(member=anna).update(**{f"{name}_audience": audience for name in FIELDS})
    path = f"{V1}members/{anna.public_id}/"
    told = [client.get(path).json() for client in (program(member), signed_in(member))]
    page = signed_in(member).get(f"/members/{anna.public_id}/").content.decode()
    for answer in told:
        for name in ("position", "city", "email"):
            assert bool(answer[name]) == (answer[name] != "" and answer[name] in page) == (audience == "network")


def test_api_member_writes_languages_as_codes_and_levels_beside_them(member, anna):
    told = program(member).get(f"{V1}members/{anna.public_id}/").json()
    assert (told["languages"], told["language_levels"]) == (["uk", "en"], {"uk": "fluent"})


def test_token_of_an_officer_carries_no_role(anna):
    lead = factories.member("lead", roles=[Role.VETTING_LEAD])
    assert program(lead).get(f"{V1}members/{anna.public_id}/").json()["email"] == ""


@pytest.mark.parametrize("standing", sorted(set(Standing.values) - {"member", "anyone"}))
def test_hidden_member_answers_like_an_unknown_one(member, standing):
    hidden, client = factories.member(standing=standing), program(member)
    answers = [client.get(f"{V1}members/{name}/") for name in (hidden.public_id, "nothing")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert client.get(f"{V1}organisations/{hidden.organisation.public_id}/").status_code == 404


def test_api_organisations_counts_whom_the_reader_sees(member, anna):
    factories.member(organisation=anna.organisation, standing=Standing.LAPSED)
    client = program(member)
    found = {row["id"]: row["people_count"] for row in client.get(f"{V1}organisations/").json()["results"]}
    assert found == {member.organisation.public_id: 1, anna.organisation.public_id: 1}
    assert [row["id"] for row in client.get(f"{V1}organisations/?country=UA").json()["results"]] == [
        anna.organisation.public_id
    ]


def test_api_organisation_answers_one(member):
    assert program(member).get(f"{V1}organisations/{member.organisation.public_id}/").json()["people_count"] == 1


def test_api_countries_and_api_country_count_people(member, anna):
    client = program(member)
    rows = [
        (row["code"], row["region"], row["people_count"]) for row in client.get(f"{V1}countries/").json()["results"]
    ]
    assert rows == [("TH", "asia_south_pacific", 1), ("UA", "europe", 1)]
    assert client.get(f"{V1}countries/UA/").json()["name"] == "Ukraine"
    assert client.get(f"{V1}countries/ZZ/").status_code == 404


def test_api_country_is_a_page_of_its_own(member):
    assert program(member).get(f"{V1}countries/TH/").json()["people_count"] == 1


def test_api_country_without_people_says_so(member):
    factories.member(country="IS", standing=Standing.SUSPENDED)
    found = program(member).get(f"{V1}countries/IS/").json()
    assert (found["name"], found["people_count"], found["organisation_count"]) == ("Iceland", 0, 0)


def test_api_country_counts_its_focal_points_and_bodies_as_the_list_does(member, anna):
    factories.grant(anna, Role.FOCAL_POINT)
    client = program(member)
    listed = {row["code"]: row for row in client.get(f"{V1}countries/").json()["results"]}
    for code in ("TH", "UA"):
        assert client.get(f"{V1}countries/{code}/").json() == listed[code]


def test_api_countries_lists_nobody_hidden(member):
    factories.member(country="IS", standing=Standing.SUSPENDED)
    assert [row["code"] for row in program(member).get(f"{V1}countries/").json()["results"]] == ["TH"]


def test_token_opens_its_scope_only(member):
    client = program(member, Scope.NETWORK)
    answers = [client.get(f"{V1}{name}/") for name in ("countries", "organisations", "members", "schema")]
    assert [answer.status_code for answer in answers] == [200, 200, 403, 200]
    assert answers[2].json()["code"] == "scope"


REFUSED = {
    "members/?colour=red": (400, "wrong_parameters"),
    "members/?sector=spies": (400, "wrong_parameters"),
    "members/?country=ZZ&country=FR": (400, "wrong_parameters"),
    "members/?after=x": (400, "bad_cursor"),
    "members/?organisation=%00": (400, "wrong_parameters"),
    f"members/?q={'x' * 201}": (400, "wrong_parameters"),
    "members/?sort=email": (400, "wrong_parameters"),
    "members/?sort=": (400, "wrong_parameters"),
    "members/?after=": (400, "wrong_parameters"),
    "members/nothing/": (404, "not_found"),
    "members/nothing/?q=x": (400, "wrong_parameters"),
    "nothing/": (404, "not_found"),
}


@pytest.mark.parametrize("path", REFUSED)
def test_refusals_are_problem_documents(member, path):
    answer = program(member).get(f"{V1}{path}")
    status, code = REFUSED[path]
    assert (answer.status_code, answer.headers["Content-Type"], answer.json()["code"]) == (
        status, "application/problem+json", code,
    )  # fmt: skip


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(signed_in, member, method):
    visitor = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    for client, status in ((program(member), 405), (signed_in(member), 405), (visitor, 401)):
        answer = getattr(client, method)(f"{V1}members/")
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


def test_other_forms_than_json_are_refused(member):
    answer = program(member).get(f"{V1}members/", headers={"accept": "text/html"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize("shown", ["Bearer nonsense", "Bearer ", "Basic eDp5", "x"])
def test_bad_token_is_refused_also_beside_a_session(signed_in, member, shown):
    answer = signed_in(member).get(f"{V1}members/", headers={"authorization": shown})
    assert (answer.status_code, answer.json()["code"], answer.headers["WWW-Authenticate"]) == (
        401,
        "bad_token",
        "Bearer",
    )
    assert_kept_by_no_cache(answer)


def assert_kept_by_no_cache(answer) -> None:
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert {"Authorization", "Cookie"} <= set(answer.headers["Vary"].split(", "))


def test_visitor_is_asked_for_a_token(client, db):
    answer = client.get(f"{V1}members/", headers={"host": "localhost"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert_kept_by_no_cache(answer)


@pytest.mark.parametrize("standing", [Standing.LAPSED, Standing.PROVISIONAL, Standing.SUSPENDED])
def test_session_without_good_standing_gets_a_problem_document(db, signed_in, standing):
    answer = signed_in(factories.member(standing=standing)).get(f"{V1}members/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")


def test_etag_spares_what_is_known(member):
    client = program(member)
    first = client.get(f"{V1}countries/")
    again = client.get(f"{V1}countries/", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_program_and_pages_count_together(signed_in, member, settings):
    settings.READING_FACTOR = 1
    limit = BUDGETS[Budget.PROFILES][0].limit
    people = [factories.member(profile=False, factor=False).public_id for _ in range(limit + 2)]
    clients = [program(member), program(member), signed_in(member)]
    paths = [f"{V1}members/{{}}/", f"{V1}members/{{}}/", "/members/{}/"]
    statuses = [clients[n % 3].get(paths[n % 3].format(name)).status_code for n, name in enumerate(people)]
    assert statuses == [200] * limit + [429] * 2
    answer = clients[0].get(paths[0].format(people[-1]))
    assert (answer.json()["code"], int(answer.headers["Retry-After"]) > 0) == ("too_much_read", True)


def test_token_notes_when_and_where_it_was_used(member):
    program(member).get(f"{V1}countries/", REMOTE_ADDR="192.0.2.7")
    assert member.api_tokens.get().last_used_from == "192.0.2.7"


def test_api_opens_no_page(member):
    assert program(member).get("/members/").status_code == 302


def test_api_schema_describes_every_address(member):
    made = program(member).get(f"{V1}schema/").json()
    assert made["openapi"] == "3.1.0"
    assert len(made["paths"]) == 7
    shown = made["components"]["schemas"]["MemberProfile"]["properties"]
    assert {name for name, each in FIELDS.items() if Use.API in each.uses} == set(FIELDS) & set(shown)
