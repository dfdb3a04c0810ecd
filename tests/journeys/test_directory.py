"""Somebody looks for an expert."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.portal import Portal
from tests.journeys.visitor import AXE, LOOK, PHONE, code

pytestmark = pytest.mark.journey


def test_member_signs_in_and_finds_an_expert(portal: Portal, arrive: Arrive):
    account = portal.account(role="focal_point")
    member = arrive()
    page = member.open("/members/?sector=law_enforcement")
    page.get_by_label("mail").fill(account["email"])
    page.get_by_label("Password").fill(account["password"])
    member.press("Sign in")
    page.get_by_label("Code").fill(code(account["totp_secret"]))
    member.press("Go on")
    # The deep link survived both steps.
    expect(page).to_have_url(f"{portal.site}/members/?sector=law_enforcement")

    page.get_by_role("combobox", name="Search the directory").fill("police")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("police")
    found = page.get_by_role("list", name="Members").get_by_role("link").first
    name = found.inner_text()
    found.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name.splitlines()[0])
    with page.expect_download() as card:
        member.click("Visiting card")
    assert card.value.path().read_text().startswith("BEGIN:VCARD")


def test_keyboard_alone_reaches_whoever_is_suggested(portal: Portal, arrive: Arrive):
    member = arrive(portal.account(sector="industry"))
    page = member.open("/members/")
    page.get_by_role("combobox", name="Search the directory").press_sequentially("mar")
    first = page.get_by_role("option").first
    expect(first).to_be_visible()
    page.evaluate(AXE)
    assert page.evaluate(LOOK) == []
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    address = first.get_attribute("href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.site}{address}")


def test_facets_narrow_the_directory_and_tell_the_truth(portal: Portal, arrive: Arrive):
    member = arrive(portal.account(sector="industry"))
    page = member.open("/members/")
    option = page.locator(".facet-options label", has_text="Law enforcement")
    promised = option.locator("small").inner_text()
    option.get_by_role("checkbox").check()
    expect(page.get_by_role("status")).to_contain_text(f"{promised} member")
    assert "sector=law_enforcement" in page.url


# What has the focus lies under nothing else.
IN_SIGHT = """() => {
  const {left, top, width, height} = document.activeElement.getBoundingClientRect();
  return document.activeElement.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""


def test_keyboard_alone_filters_on_a_phone(portal: Portal, arrive: Arrive):
    member = arrive(portal.account(sector="industry"))
    page = member.open("/members/")
    page.set_viewport_size(PHONE)
    sheet, opener = page.locator("#filters"), page.locator(".facets-open")
    opener.press("Enter")
    expect(sheet).to_be_visible()
    page.keyboard.press("Tab")
    expect(sheet.get_by_role("button", name="Close")).to_be_focused()
    for _stop in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(IN_SIGHT), page.evaluate("document.activeElement.id")
    chosen = page.evaluate("document.activeElement.id")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("region="))
    expect(page.locator(f"#{chosen}")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(sheet).to_be_hidden()


def test_sheet_closes_when_the_focus_goes_on_behind_it(portal: Portal, arrive: Arrive):
    member = arrive(portal.account(sector="industry"))
    page = member.open("/members/")
    page.set_viewport_size(PHONE)
    page.locator(".facets-open").press("Enter")
    page.get_by_role("button", name="Show results").focus()
    expect(page.locator("#filters")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#filters")).to_be_hidden()
    assert page.evaluate(IN_SIGHT)
