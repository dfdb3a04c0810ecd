"""Does every address of the portal stand behind the door that it says it has, for every kind of person?"""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from congress.core.access import SIGNED_IN, Door, door_of
from congress.core.errors import PROBLEM
from congress.core.roles import Standing
from members.models import Member
from tests import factories

ARGUMENTS = {"number": "PN-2026-00000"}


def addresses(resolver: URLResolver, prefix: str = "", names: tuple[str, ...] = ()) -> Iterator[tuple[str, Door, str]]:
    """Yield name, door and an address of every view; anything fits, as the door is asked first."""
    for pattern in resolver.url_patterns:
        arguments = (*names, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern, inner, arguments)
        else:
            name = f"{prefix}{pattern.name}"
            yield (
                name,
                door_of(pattern.callback, name),
                reverse(name, kwargs={key: ARGUMENTS.get(key, 1) for key in arguments}),
            )


BEHIND_DOORS = [
    pytest.param(door, path, id=name)
    for name, door, path in addresses(get_resolver())
    if door.standings and Standing.ANYONE not in door.standings
]
FOR_PROGRAMS = [each for each in BEHIND_DOORS if str(each.values[1]).startswith("/api/")]
GUARDED = [each for each in BEHIND_DOORS if each not in FOR_PROGRAMS]


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def provisional(db: None) -> Member:
    return factories.member(standing=Standing.PROVISIONAL)


@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_a_visitor_is_asked_to_sign_in(client, db, door, path):
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_a_visiting_program_gets_401(client, db, door, path):
    assert client.get(path, headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_a_member_without_a_factor_is_led_to_enrolment(signed_in, db, door, path):
    response = signed_in(factories.member(factor=False)).get(path)
    if not door.without_factor:
        assert (response.status_code, response["Location"]) == (302, "/accounts/2fa/")
    else:
        assert response.get("Location") != "/accounts/2fa/"


@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_who_is_no_full_member_is_told_so(signed_in, provisional, door, path):
    response = signed_in(provisional).get(path)
    assert (response.get("Location") == "/members/me/provisional/") is (Standing.PROVISIONAL not in door.standings)
    program = signed_in(provisional).get(path, headers={"HX-Request": "true"})
    assert (b"open to vetted members only" in program.content) is (Standing.PROVISIONAL not in door.standings)


@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_who_lapsed_is_led_to_the_renewal(signed_in, lapsed, door, path):
    response = signed_in(lapsed).get(path)
    assert (response.get("Location") == "/members/me/membership/") is (Standing.LAPSED not in door.standings)
    program = signed_in(lapsed).get(path, headers={"HX-Request": "true"})
    assert (b"open to vetted members only" in program.content) is (Standing.LAPSED not in door.standings)


@pytest.mark.parametrize("standing", [s for s in Standing if s not in {*SIGNED_IN, Standing.ANYONE}])
@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_who_is_shut_out_is_signed_out(signed_in, db, door, path, standing):
    client = signed_in(factories.member(standing=standing))
    assert client.get(path)["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_a_member_passes_every_door(signed_in, member, door, path):
    response = signed_in(member).get(path)
    assert response.status_code != 401
    assert not response.get("Location", "").startswith(("/accounts/login/", "/accounts/inactive/"))
    assert response["Cache-Control"] == "no-store, private"


def refused(response: HttpResponse) -> tuple[int, str]:
    """What a program gets: never the way to a page."""
    return response.status_code, response["Content-Type"]


@pytest.mark.parametrize(("door", "path"), FOR_PROGRAMS)
def test_a_program_of_nobody_gets_a_problem(client, db, door, path):
    assert refused(client.get(path)) == (401, PROBLEM)


@pytest.mark.parametrize("standing", [s for s in Standing if s not in {*SIGNED_IN, Standing.ANYONE}])
@pytest.mark.parametrize(("door", "path"), FOR_PROGRAMS)
def test_a_program_of_who_is_shut_out_gets_a_problem(signed_in, db, door, path, standing):
    assert refused(signed_in(factories.member(standing=standing)).get(path)) == (403, PROBLEM)


@pytest.mark.parametrize(("door", "path"), FOR_PROGRAMS)
def test_a_program_of_who_is_not_ready_gets_a_problem(signed_in, provisional, lapsed, door, path):
    for person in (provisional, lapsed, factories.member(factor=False)):
        assert refused(signed_in(person).get(path)) == (403, PROBLEM)
