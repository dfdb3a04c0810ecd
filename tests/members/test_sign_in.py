"""Does signing in ask for everything that it must, tell nobody anything, and lead where people wanted to go?"""

import base64
import hashlib
import hmac
import re
import struct
import time
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congress.core import crypto, mail
from congress.core.access import THIRD_PARTY_DOORS
from congress.core.doors import doors
from congress.core.journal import dispatch
from congress.core.models import Delivery, Entry
from congress.core.roles import Standing
from members import tasks
from members.models import Member
from tests import factories, passkeys
from tests.factories import PASSWORD, TOTP_SECRET
from tests.passkeys import Passkey

LOGIN, CODE = "/accounts/login/", "/accounts/2fa/authenticate/"


def totp(secret: str = TOTP_SECRET) -> str:
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return str(struct.unpack(">I", digest[start : start + 4])[0] % (1 << 31) % 1_000_000).zfill(6)


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def sign_in(client: Client, person: Member, password: str = PASSWORD, onward: str = ""):
    return client.post(LOGIN, {"login": person.email, "password": password, "next": onward})


def journal(name: str) -> list[Entry]:
    return list(Entry.objects.filter(event=f"members.member.{name}"))


def letters(kind: str) -> list[mail.Letter]:
    return [mail.unsealed(row) for row in Delivery.objects.filter(kind=f"members.{kind}")]


def test_sign_in_asks_for_password_then_code_then_lets_in(client, member):
    response = sign_in(client, member)
    assert (response.status_code, response["Location"]) == (302, CODE)
    assert client.get("/home/").status_code == 302
    response = client.post(CODE, {"code": totp()})
    assert (response.status_code, response["Location"]) == (302, "/home/")
    assert client.get("/members/").status_code == 200
    assert [entry.data for entry in journal("signed_in")] == [{"proofs": ["password", "totp"]}]


def test_sign_in_returns_to_the_deep_link_after_both_factors(client, member):
    response = client.get("/members/?q=anna&sector=industry")
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    [onward] = set(re.findall(r'name="next" value="([^"]+)"', page))
    sign_in(client, member, onward=unescape(onward))
    assert client.post(CODE, {"code": totp()})["Location"] == "/members/?q=anna&sector=industry"


def test_sign_in_does_not_lead_to_other_sites(client, member):
    sign_in(client, member, onward="https://elsewhere.example/")
    assert client.post(CODE, {"code": totp()})["Location"] == "/home/"


def test_sign_in_refuses_a_wrong_password_and_keeps_the_address(client, member):
    response = sign_in(client, member, "wrong password here")
    assert response.status_code == 422
    assert f'value="{member.email}"' in response.content.decode()
    assert [entry.target_id for entry in journal("sign_in_failed")] == [member.pk]


def test_sign_in_refuses_a_wrong_code(client, member):
    sign_in(client, member)
    assert client.post(CODE, {"code": "000000"}).status_code == 422
    assert client.get("/home/").status_code == 302


def test_sign_in_takes_a_code_only_once(client, member):
    sign_in(client, member)
    code = totp()
    client.post(CODE, {"code": code})
    second = Client(headers={"host": "localhost"})
    sign_in(second, member)
    assert second.post(CODE, {"code": code}).status_code == 422


def answer(client: Client, path: str, data: dict[str, str]) -> tuple[int, str]:
    response = client.post(path, data)
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return response.status_code, body.replace(next(iter(data.values())), "ADDRESS")


@pytest.mark.parametrize("path", [LOGIN, "/accounts/password/reset/", "/apply/"])
def test_known_and_unknown_addresses_get_the_same_answer(client, member, path):
    field = "login" if path == LOGIN else "email"
    rest = {"password": "wrong password here"} if path == LOGIN else {}
    known = answer(client, path, {field: member.email, **rest})
    unknown = answer(client, path, {field: "nobody.at.all@members.example", **rest})
    assert known == unknown


def test_sign_in_stops_after_five_wrong_passwords(client, member):
    for _ in range(5):
        sign_in(client, member, "wrong password here")
    response = sign_in(client, member)
    assert response.status_code == 422
    assert "Too many failed login attempts" in response.content.decode()


def test_sign_in_brakes_one_source_and_says_so(client, db):
    for number in range(10):
        client.post(LOGIN, {"login": f"guess{number}@members.example", "password": "wrong password here"})
    statuses = [client.post(LOGIN, {"login": "", "password": ""}).status_code for _ in range(21)]
    assert statuses == [422] * 20 + [429]
    assert "Too many attempts" in client.post(LOGIN).content.decode()


def test_sign_in_explains_to_the_suspended(client, suspended):
    assert sign_in(client, suspended)["Location"] == "/accounts/inactive/"
    assert client.get("/home/")["Location"].startswith(LOGIN)


def test_suspension_ends_a_running_session_at_the_next_request(signed_in, member):
    client = signed_in(member)
    Member.objects.filter(pk=member.pk).update(standing=Standing.SUSPENDED)
    assert client.get("/members/")["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_a_member_without_a_factor_enrols_and_goes_on(client, db):
    newcomer = factories.member("newcomer", factor=False)
    assert sign_in(client, newcomer, onward="/members/?q=a")["Location"] == "/members/?q=a"
    assert client.get("/members/?q=a")["Location"] == "/accounts/2fa/"
    assert client.get("/accounts/2fa/").status_code == 200

    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    response = client.post("/accounts/2fa/totp/activate/", {"code": totp(secret)})
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert "/accounts/onward/" in page
    assert client.get("/accounts/onward/")["Location"] == "/members/?q=a"
    assert client.get("/members/?q=a").status_code == 200


def test_onward_leads_home_when_nothing_was_wanted(signed_in, member):
    assert signed_in(member).get("/accounts/onward/")["Location"] == "/home/"


def test_enrolment_is_noted_and_told(client, db, django_capture_on_commit_callbacks):
    newcomer = factories.member("newcomer", factor=False)
    sign_in(client, newcomer)
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": totp(secret)})
    assert [entry.data for entry in journal("factor_added")] == [{"kind": "totp_activated"}]
    assert "An authenticator app was added." in letters("totp_activated")[0].text


def test_factor_secrets_are_sealed_in_the_database(client, db):
    newcomer = factories.member("newcomer", factor=False)
    sign_in(client, newcomer)
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": totp(secret)})
    factor = Authenticator.objects.get(user=newcomer, type="totp")
    codes = Authenticator.objects.get(user=newcomer, type="recovery_codes")
    assert crypto.unseal(factor.data["secret"]) == secret
    assert "seed" in codes.data
    assert crypto.unseal(codes.data["seed"])


def test_a_recovery_code_lets_in_once(client, db):
    newcomer = factories.member("newcomer", factor=False)
    sign_in(client, newcomer)
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": totp(secret)})
    code = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"][0]
    for expected in (302, 422):
        other = Client(headers={"host": "localhost"})
        sign_in(other, newcomer)
        assert other.post(CODE, {"code": code}).status_code == expected


def test_changing_factors_asks_for_a_factor_again_later(client, member):
    client.force_login(member)
    response = client.get("/accounts/2fa/totp/deactivate/")
    assert response["Location"].startswith("/accounts/2fa/reauthenticate/")


def test_a_request_costs_two_queries_for_session_and_member(signed_in, member, django_assert_num_queries):
    client = signed_in(member)
    with django_assert_num_queries(2):
        client.get("/accounts/onward/")


def test_a_session_ended_elsewhere_is_dead(client, member):
    sign_in(client, member)
    client.post(CODE, {"code": totp()})
    session = UserSession.objects.get(user=member)
    session.end()
    assert client.get("/home/")["Location"].startswith(LOGIN)


def test_signing_out_takes_a_post(signed_in, member):
    client = signed_in(member)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/members/").status_code == 200
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert client.get("/members/").status_code == 302
    assert [entry.by_id for entry in journal("signed_out")] == [member.pk]


def ask_for_password(client: Client, email: str, **headers: str) -> list[mail.Letter | None]:
    """Ask, let the listener hear of it, and return what is sent."""
    client.post("/accounts/password/reset/", {"email": email}, headers=headers)
    dispatch(Entry.objects.get(event="members.member.password_asked"), timezone.now())
    return [tasks.compose_new_password(row) for row in Delivery.objects.filter(kind=tasks.NEW_PASSWORD)]


def reset_path(client: Client, person: Member) -> str:
    [letter] = ask_for_password(client, person.email)
    found = re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", letter.text)
    assert found is not None
    return found.group(1)


def test_a_forgotten_password_is_set_anew_by_mail_once(client, member):
    link = reset_path(client, member)
    form = client.get(link)["Location"]
    new = "an entirely different harbour"
    assert client.post(form, {"password1": "short", "password2": "short"}).status_code == 422
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert sign_in(client, member, new)["Location"] == CODE
    assert Client(headers={"host": "localhost"}).get(link).status_code == 404
    assert [entry.data["kind"] for entry in journal("password_changed")] == ["password_reset"]


def test_a_reset_writes_to_nobody_unknown(client, db):
    assert ask_for_password(client, "nobody@members.example") == []


def test_a_reset_does_not_wake_the_suspended(client, suspended):
    assert ask_for_password(client, suspended.email) == [None]


def test_a_reset_link_leads_to_the_portal_whatever_host_was_named(client, member, settings):
    [letter] = ask_for_password(client, member.email.upper(), host="localhost:9999")
    assert f"{settings.SITE_URL}/accounts/password/reset/key/" in letter.text
    assert ":9999" not in letter.text + letter.html


def test_a_reset_costs_the_same_for_known_and_unknown_addresses(client, member, django_assert_num_queries):
    for email in (member.email, "nobody@members.example"):
        with django_assert_num_queries(2):
            client.post("/accounts/password/reset/", {"email": email})


def test_an_unproved_address_is_proved_before_signing_in(client, db):
    newcomer = factories.member("newcomer", factor=False)
    EmailAddress.objects.filter(user=newcomer).update(verified=False)
    assert sign_in(client, newcomer)["Location"] == "/accounts/confirm-email/"
    assert "http://localhost:8000/accounts/confirm-email/" in letters("email_confirmation")[0].text


def test_a_link_that_proves_no_address_answers_404(client, db):
    assert client.get("/accounts/confirm-email/unknown/").status_code == 404


def test_every_view_of_allauth_has_a_door():
    routed = {name for name in doors() if name.startswith(("account_", "mfa_", "usersessions_"))}
    assert routed == set(THIRD_PARTY_DOORS)


@pytest.mark.parametrize("name", ["signup", "email", "password/set", "login/code/confirm", "sessions"])
def test_closed_doors_lead_nowhere(signed_in, member, client, name):
    assert client.get(f"/accounts/{name}/").status_code == 404
    assert signed_in(member).get(f"/accounts/{name}/").status_code == 404


def test_a_passkey_can_be_asked_for(client, db):
    response = client.get("/accounts/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert "request_options" in response.json()


@pytest.mark.parametrize(("seconds", "opens"), [(299, True), (301, False)])
def test_a_challenge_takes_an_answer_for_five_minutes_also_when_its_page_is_opened_again(
    client, member, seconds, opens
):
    answer = Passkey(member).asked(client)
    with time_machine.travel(timezone.now() + timedelta(seconds=seconds)):
        client.get(passkeys.LOGIN)
        passkeys.sign_in(client, answer)
        assert (client.get("/home/").status_code == 200) == opens


def test_an_answer_counts_once(client, member):
    answer = Passkey(member).asked(client)
    for _each in range(2):
        passkeys.sign_in(client, answer)
        client.post("/accounts/logout/")
    assert client.get("/home/").status_code == 302


def asked(address: str) -> list[str]:
    """Return what a wrong password makes the portal ask the database, without the words."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = Client(headers={"host": "localhost"}).post(LOGIN, {"login": address, "password": "not the right one"})
    assert answer.status_code == 422
    return [re.sub(r"'[^']*'|\d+|NULL", "?", query["sql"]) for query in queries]


def test_sign_in_asks_the_database_the_same_of_known_and_unknown_addresses(member):
    EmailAddress.objects.update_or_create(user=member, email=member.email, defaults={"verified": True})
    assert asked(member.email) == asked("nobody@customs.example")
