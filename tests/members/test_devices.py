"""Does a remembered browser spare one member the second factor, where that is allowed, and nothing else?"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from congress.core.errors import NotPermittedError
from congress.core.roles import Role
from members.actions.devices import DeviceForgottenError, forget_device, remember_device
from members.models import Member, RememberedDevice
from tests import factories
from tests.factories import PASSWORD
from tests.members.test_sign_in import CODE, sign_in, totp
from tests.passkeys import Passkey

PAGE = "/members/me/sessions/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
WISH = "Do not ask for it in this browser"
OTHER = "an entirely different harbour"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.REMEMBER_BROWSERS = True


@pytest.fixture
def browser() -> Client:
    return Client(headers={"host": "localhost", "user-agent": PHONE})


@pytest.fixture
def remembered(browser: Client, member: Member) -> Client:
    """A browser that was remembered at a sign-in, and signed out."""
    sign_in(browser, member)
    browser.post(CODE, {"code": totp(), "remember": "on"})
    assert browser.get("/home/").status_code == 200
    browser.post("/accounts/logout/")
    return browser


def is_let_in(client: Client, person: Member, password: str = PASSWORD) -> bool:
    sign_in(client, person, password)
    return client.get("/home/").status_code == 200


def test_a_remembered_browser_is_not_asked(remembered, member):
    cookie = remembered.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/", 1209600)
    assert cookie.value not in str(RememberedDevice.objects.values())
    assert is_let_in(remembered, member)


def test_only_where_it_was_wished(browser, member):
    sign_in(browser, member)
    assert WISH in browser.get(CODE).text
    browser.post(CODE, {"code": totp()})
    assert "device" not in browser.cookies


def test_a_session_without_a_factor_is_asked_before_a_sensitive_act(remembered, member):
    assert is_let_in(remembered, member)
    answer = remembered.get("/accounts/2fa/recovery-codes/")
    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")


def _off(settings, _member: Member) -> None:
    settings.REMEMBER_BROWSERS = False


def _has_a_role(_settings, member: Member) -> None:
    factories.grant(member, Role.FOCAL_POINT)


@pytest.mark.parametrize("forbid", [_off, _has_a_role])
def test_nobody_is_offered_it_or_spared_where_it_is_not_allowed(remembered, member, settings, forbid):
    forbid(settings, member)
    assert not is_let_in(remembered, member)
    assert WISH not in remembered.get(CODE).text
    remembered.post(CODE, {"code": "000000", "remember": "on"})
    assert RememberedDevice.objects.count() == 1
    with pytest.raises(NotPermittedError):
        remember_device(member, at=now(), user_agent="")


def _other_password(member: Member) -> None:
    member.set_password(OTHER)
    member.save(update_fields=["password"])


def _other_factor(member: Member) -> None:
    Passkey(member)


def _forgotten(member: Member) -> None:
    forget_device(RememberedDevice.objects.get().public_id, by=member, at=now())


@pytest.mark.parametrize("change", [_other_password, _other_factor, _forgotten])
def test_it_ends_with_what_it_was_tied_to(remembered, member, change):
    change(member)
    assert not is_let_in(remembered, member, OTHER if change is _other_password else PASSWORD)


@pytest.mark.parametrize(("days", "works"), [(13, True), (15, False)])
def test_it_lasts_for_fourteen_days(remembered, member, days, works):
    with time_machine.travel(now() + timedelta(days=days)):
        assert is_let_in(remembered, member) is works


def test_it_spares_nobody_else(remembered, stranger):
    assert not is_let_in(remembered, stranger)


def test_sessions_lists_remembered_browsers_and_device_forget_ends_one(remembered, member, stranger, signed_in):
    row, client = RememberedDevice.objects.get(), signed_in(member)
    assert row.public_id in client.get(PAGE).text
    assert row.public_id not in signed_in(stranger).get(PAGE).text
    with pytest.raises(DeviceForgottenError):
        forget_device(row.public_id, by=stranger, at=now())
    assert client.post(f"{PAGE}forget/", {"device": row.public_id})["Location"] == PAGE
    assert client.post(f"{PAGE}forget/", {"device": row.public_id}).status_code == 409
    assert not is_let_in(remembered, member)


def test_device_forget_says_when_there_is_nothing_to_forget(signed_in, member):
    assert signed_in(member).post(f"{PAGE}forget/", {}).status_code == 409
