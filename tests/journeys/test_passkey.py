"""A member adds a passkey to the browser, signs in with it alone, and shows it before a sensitive page."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Arrive
from tests.journeys.portal import Portal

pytestmark = pytest.mark.journey

KEYS = "/accounts/2fa/"


def authenticator(page: Page) -> None:
    """Give the browser a device that knows its owner, as a phone does."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )


def test_a_passkey_is_added_and_signs_in_alone(portal: Portal, arrive: Arrive):
    account = portal.account(sector="industry")
    member = arrive(account)
    page = member.open("/accounts/2fa/webauthn/add/")
    authenticator(page)
    page.get_by_label("Passwordless").check()
    member.press("Add it")
    expect(page).to_have_url(f"{portal.site}{KEYS}recovery-codes/")
    member.open(KEYS)
    expect(page.get_by_text("1 key", exact=True)).to_be_visible()
    member.open("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    portal.signed_in.pop(account["email"])
    member.open("/accounts/login/")
    member.press("Sign in with a passkey")
    expect(page).to_have_url(f"{portal.site}/home/")
    member.open(f"/accounts/2fa/webauthn/reauthenticate/?next={KEYS}")
    member.press("Use a passkey or security key")
    expect(page).to_have_url(f"{portal.site}{KEYS}")
