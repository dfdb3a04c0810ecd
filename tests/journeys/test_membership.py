"""Somebody is shut out in the middle of their work, and somebody comes back who did not renew."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.portal import Portal
from tests.journeys.visitor import code

pytestmark = pytest.mark.journey


def test_who_is_suspended_is_out_in_the_other_browser_within_two_seconds(portal: Portal, arrive: Arrive):
    account = portal.account(sector="academia")
    member, lead = arrive(account), arrive(portal.account(role="vetting_lead"))
    member.open("/home/")
    page = lead.open(f"/members/?q={member.name}")
    page.locator(".row-title").get_by_role("link", name=member.name).click()
    lead.click("Membership", exact=True)
    lead.click("Suspend", exact=True)
    page.get_by_label("Reason").fill("A laptop with an open session was stolen.")
    page.get_by_label("Last day").fill(f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%d}")
    lead.press("Suspend now")
    suspended_at = time.monotonic()
    expect(member.open("/notices/")).to_have_url(f"{portal.site}/accounts/login/?next=/notices/")
    assert time.monotonic() - suspended_at < 2
    lead.press("Let in again")
    expect(page.get_by_text("is let in again")).to_be_visible()
    portal.signed_in.pop(account["email"])


def test_a_lapsed_member_renews_on_one_page(portal: Portal, arrive: Arrive):
    account = next(one for one in portal.accounts if one["standing"] == "lapsed")
    visitor = arrive()
    visitor.post("/accounts/login/", login=account["email"], password=account["password"])
    visitor.post("/accounts/2fa/authenticate/", code=code(account["totp_secret"]))
    page = visitor.open("/notices/")
    expect(page.get_by_text("Your membership has lapsed")).to_be_visible()
    assert visitor.faults("/members/me/membership/") == []
    page.get_by_label("I have read the code of conduct").check()
    visitor.press("Nothing changed: renew my membership")
    expect(page.get_by_text("Your membership is renewed")).to_be_visible()
    expect(visitor.open("/notices/")).to_have_url(f"{portal.site}/notices/")
