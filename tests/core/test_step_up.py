"""Do sensitive acts ask for a fresh second factor, without losing what was typed, and officers for a passkey?"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from congress.core.roles import Role
from members.models import Member, RoleProposal, Suspension
from tests import factories
from tests.members.test_sign_in import totp
from tests.passkeys import Passkey

REASON = "A laptop with an open session & <b>papers</b> was stolen."
HIDDEN = re.compile(r'type="hidden" name="([\w-]+)" value="([^"]*)"')


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def stale(client: Client, administrator: Member) -> Client:
    """An administrator whose factor was shown sixteen minutes ago."""
    client.force_login(administrator)
    factories.show_factor(client, administrator, minutes_ago=16)
    return client


def form() -> dict[str, str]:
    return {"reason": REASON, "ends_on": f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%d}"}


def path(member) -> str:
    return f"/members/{member.public_id}/suspend/"


def test_step_up_lets_a_fresh_factor_pass(signed_in, administrator, member):
    assert signed_in(administrator).get(path(member)).status_code == 200


def test_step_up_asks_on_the_page_of_the_form_and_leads_back(stale, member):
    response = stale.get(path(member))
    assert response["Location"] == f"/accounts/2fa/reauthenticate/?next={path(member).replace('/', '%2F')}"
    answer = stale.post(response["Location"], {"code": totp(), "next": path(member)})
    assert answer["Location"] == path(member)
    assert stale.get(path(member)).status_code == 200


def test_step_up_keeps_what_was_typed_and_sends_it_on(stale, member):
    response = stale.post(path(member), form())
    assert response.status_code == 403
    assert not Suspension.objects.exists()
    kept = dict(HIDDEN.findall(response.content.decode()))
    assert kept["ends_on"] == form()["ends_on"]
    assert "&lt;b&gt;papers" in kept["reason"]
    stale.post(path(member), {**form(), "step_up-code": totp()})
    assert Suspension.objects.get().reason == REASON


def test_step_up_refuses_a_wrong_code_and_keeps_the_form(stale, member):
    response = stale.post(path(member), {**form(), "step_up-code": "000000"})
    assert response.status_code == 403
    assert "Incorrect code" in response.content.decode()
    assert dict(HIDDEN.findall(response.content.decode()))["ends_on"] == form()["ends_on"]
    assert not Suspension.objects.exists()


def test_step_up_stops_somebody_who_guesses(stale, member):
    for _ in range(5):
        stale.post(path(member), {**form(), "step_up-code": "000000"})
    stale.post(path(member), {**form(), "step_up-code": totp()})
    assert not Suspension.objects.exists()


def test_step_up_takes_no_password(stale, administrator):
    answer = stale.get("/accounts/reauthenticate/?next=/home/")
    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")


def test_step_up_answers_a_fragment_without_leaving_the_page(stale, member):
    response = stale.post(path(member), form(), headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert b"Confirm first that it is you" in response.content


def test_step_up_comes_before_the_second_administrator_agrees(stale, member):
    proposer = factories.member("proposer", roles=[Role.ADMINISTRATOR])
    ends_at = datetime.now(UTC) + timedelta(days=90)
    at = datetime.now(UTC)
    RoleProposal.objects.create(member=member, role="analyst", proposed_by=proposer, proposed_at=at, ends_at=ends_at)
    assert stale.post(f"/members/{member.public_id}/roles/analyst/approve/").status_code == 403
    assert not member.role_grants.exists()


def passkey(person) -> Authenticator:
    return Authenticator.objects.create(user=person, type="webauthn", data={"name": "Key", "credential": {}})


@pytest.fixture
def strict(settings):
    settings.OFFICER_PASSKEYS = True


def test_officers_without_a_passkey_reach_nothing_but_enrolment(strict, signed_in, author):
    client = signed_in(author)
    assert client.get("/notices/")["Location"] == "/accounts/2fa/"
    assert "Your role asks for a passkey" in client.get("/accounts/2fa/").content.decode()
    assert client.get("/accounts/2fa/webauthn/add/").status_code == 200


def test_officers_with_a_passkey_sign_in_with_it(strict, signed_in, author):
    client = signed_in(author)
    passkey(author)
    assert client.get("/notices/")["Location"] == "/accounts/2fa/webauthn/reauthenticate/?next=%2Fnotices%2F"
    factories.show_factor(client, author, kind="webauthn", minutes_ago=300)
    assert client.get("/notices/").status_code == 200


def test_an_officers_code_does_not_change_factors(strict, client, author):
    client.force_login(author)
    passkey(author)
    factories.show_factor(client, author, kind="totp")
    remove = "/accounts/2fa/totp/deactivate/"
    assert client.get(remove)["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/")
    factories.show_factor(client, author, kind="recovery_codes")
    assert client.get(remove).status_code == 200


@pytest.fixture
def stale_officer(strict, stale: Client, administrator: Member) -> Client:
    """An administrator who showed a passkey when signing in, sixteen minutes ago, and has all three kinds of factor."""
    Passkey(administrator)
    factories.show_factor(stale, administrator, kind="webauthn", minutes_ago=16)
    return stale


def codes_on_paper(person: Member) -> list[str]:
    return list(RecoveryCodes.activate(person).generate_codes())


DOORS = {
    "a form of ours": "/members/{}/suspend/",
    "a form of allauth's": "/accounts/2fa/totp/deactivate/",
    "a page open without a factor": "/accounts/2fa/webauthn/add/",
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_an_officers_code_opens_no_door(stale_officer, administrator, member, door):
    codes_on_paper(administrator)
    sent = {**form(), "step_up-code": totp()}
    response = stale_officer.post(door.format(member.public_id), sent)
    assert response.status_code == 403
    assert "Incorrect code" in response.content.decode()
    assert not Suspension.objects.exists()
    assert administrator.authenticator_set.filter(type="totp", last_used_at=None).exists()


def test_an_officers_code_is_refused_on_the_page_that_asks(stale_officer, administrator, member):
    codes_on_paper(administrator)
    response = stale_officer.post("/accounts/2fa/reauthenticate/", {"code": totp(), "next": path(member)})
    assert response.status_code == 422
    assert stale_officer.get(path(member)).status_code == 302


def test_an_officers_recovery_code_counts_once(stale_officer, administrator, member):
    sent = {**form(), "step_up-code": codes_on_paper(administrator)[0]}
    stale_officer.post(path(member), sent)
    assert Suspension.objects.get().reason == REASON
    factories.show_factor(stale_officer, administrator, kind="webauthn", minutes_ago=16)
    assert stale_officer.post(path(member), sent).status_code == 403


def test_officers_are_offered_only_what_counts(stale_officer, administrator, member):
    asked = "/accounts/2fa/webauthn/reauthenticate/"
    assert 'href="/accounts/2fa/reauthenticate/' not in stale_officer.get(asked).content.decode()
    assert 'name="step_up-code"' not in stale_officer.post(path(member), form()).content.decode()
    codes_on_paper(administrator)
    assert 'href="/accounts/2fa/reauthenticate/' in stale_officer.get(asked).content.decode()
    html = stale_officer.post(path(member), form()).content.decode()
    assert "one of your recovery codes" in html
    assert "authenticator app" not in html


@pytest.mark.parametrize("roles", [[], [Role.ORGANISER], [Role.FOCAL_POINT]])
def test_others_owe_no_passkey(strict, signed_in, db, roles):
    assert signed_in(factories.member(roles=roles)).get("/home/").status_code == 200


def test_demonstration_accounts_owe_no_passkey(signed_in, author):
    assert signed_in(author).get("/notices/").status_code == 200
