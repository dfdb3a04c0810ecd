"""Does every address of the portal stand behind the door that it says it has, for every kind of person?"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from congress.core.access import SIGNED_IN, Door, door_of
from congress.core.errors import PROBLEM
from congress.core.roles import Standing
from tests import factories
from tests.conftest import sign_in

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


SHUT_OUT = [standing for standing in Standing if standing not in {*SIGNED_IN, Standing.ANYONE}]
PEOPLE: dict[str, dict[str, Any]] = {
    "member": {},
    "without factor": {"factor": False},
    **{standing: {"standing": standing} for standing in (Standing.PROVISIONAL, Standing.LAPSED, *SHUT_OUT)},
}


@pytest.fixture(scope="module")
def sessions(staying: None) -> dict[str, str]:
    """Return the key of a session of each kind of person."""
    return {kind: sign_in(factories.member(**fields)).session.session_key for kind, fields in PEOPLE.items()}


@pytest.fixture
def arrive(sessions: dict[str, str], db: None) -> Callable[..., Client]:
    """Return who lets somebody of a kind arrive, or a visitor."""

    def arriving(kind: str = "") -> Client:
        client = Client(headers={"host": "localhost"})
        if kind:
            client.cookies[settings.SESSION_COOKIE_NAME] = sessions[kind]
        return client

    return arriving


@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_a_visitor_is_asked_to_sign_in(arrive, door, path):
    response = arrive().get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_a_visiting_program_gets_401(arrive, door, path):
    assert arrive().get(path, headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_a_member_without_a_factor_is_led_to_enrolment(arrive, door, path):
    response = arrive("without factor").get(path)
    if not door.without_factor:
        assert (response.status_code, response["Location"]) == (302, "/accounts/2fa/")
    else:
        assert response.get("Location") != "/accounts/2fa/"


@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_who_is_no_full_member_is_told_so(arrive, door, path):
    response = arrive(Standing.PROVISIONAL).get(path)
    assert (response.get("Location") == "/members/me/provisional/") is (Standing.PROVISIONAL not in door.standings)
    program = arrive(Standing.PROVISIONAL).get(path, headers={"HX-Request": "true"})
    assert (b"open to vetted members only" in program.content) is (Standing.PROVISIONAL not in door.standings)


@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_who_lapsed_is_led_to_the_renewal(arrive, door, path):
    response = arrive(Standing.LAPSED).get(path)
    assert (response.get("Location") == "/members/me/membership/") is (Standing.LAPSED not in door.standings)
    program = arrive(Standing.LAPSED).get(path, headers={"HX-Request": "true"})
    assert (b"open to vetted members only" in program.content) is (Standing.LAPSED not in door.standings)


@pytest.mark.parametrize("standing", SHUT_OUT)
@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_who_is_shut_out_is_signed_out(arrive, door, path, standing):
    client = arrive(standing)
    assert client.get(path)["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("door", "path"), GUARDED)
def test_a_member_passes_every_door(arrive, door, path):
    response = arrive("member").get(path)
    assert response.status_code != 401
    assert not response.get("Location", "").startswith(("/accounts/login/", "/accounts/inactive/"))
    assert response["Cache-Control"] == "no-store, private"


def refused(response: HttpResponse) -> tuple[int, str]:
    """What a program gets: never the way to a page."""
    return response.status_code, response["Content-Type"]


@pytest.mark.parametrize(("door", "path"), FOR_PROGRAMS)
def test_a_program_of_nobody_gets_a_problem(arrive, door, path):
    assert refused(arrive().get(path)) == (401, PROBLEM)


@pytest.mark.parametrize("standing", SHUT_OUT)
@pytest.mark.parametrize(("door", "path"), FOR_PROGRAMS)
def test_a_program_of_who_is_shut_out_gets_a_problem(arrive, door, path, standing):
    assert refused(arrive(standing).get(path)) == (403, PROBLEM)


@pytest.mark.parametrize(("door", "path"), FOR_PROGRAMS)
def test_a_program_of_who_is_not_ready_gets_a_problem(arrive, door, path):
    for kind in (Standing.PROVISIONAL, Standing.LAPSED, "without factor"):
        assert refused(arrive(kind).get(path)) == (403, PROBLEM)
