"""A stranger becomes a member."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.portal import LINK, Portal
from tests.journeys.visitor import Visitor, code

pytestmark = pytest.mark.journey

ADDRESS = "ines.varga@forensic-institute.example"
SPONSOR = "lukas.brandt@harbour-laboratory.example"
NAME = "Inés Varga"
PASSWORD = "a lantern on the quay"


def link_in(portal: Portal, words: str, address: str = ADDRESS) -> str:
    """Return the link of the letter that says these words."""
    letter = portal.mail_to(address, words)
    found = LINK.search(letter["parts"][0]["text"])
    assert found, letter
    return found[1]


def apply(portal: Portal, stranger: Visitor, member: str) -> None:
    page = stranger.open("/")
    stranger.click("Apply")
    page.get_by_label("mail").fill(ADDRESS)
    stranger.press("Send me the link")
    page.goto(link_in(portal, "apply for membership"))
    stranger.press("Yes, this is my address")
    page.get_by_label("Name in Latin letters").fill(NAME)
    page.get_by_role("radio", name="Given name first").check()
    stranger.press("Save and go on")
    page.get_by_role("textbox", name="Name of the organisation").fill("Institute of Forensic Chemistry")
    page.get_by_label("Position").fill("Head of laboratory")
    page.get_by_role("radio", name="Academia").check()
    page.get_by_label("Country").select_option("HU")
    stranger.press("Save and go on")
    page.get_by_role("checkbox", name="Forensic chemistry").check()
    stranger.press("Save and go on")
    page.get_by_label("Why you want to join").fill("We analyse what customs finds.")
    for box in page.get_by_role("checkbox").all():
        box.check()
    stranger.press("Save and go on")
    name_sponsors(stranger, member)
    expect(page.get_by_role("button", name="Send my application")).to_be_visible()
    here = urlsplit(page.url).path
    pages = [here, *(here.replace("check/", f"form/{step}/") for step in ("name", "work", "expertise", "sponsors"))]
    assert [fault for path in pages for fault in stranger.faults(path)] == []
    page.goto(here)
    stranger.press("Send my application")
    expect(page.get_by_text("Your sponsors").first).to_be_visible()
    assert stranger.faults(urlsplit(page.url).path) == []


def name_sponsors(stranger: Visitor, member: str) -> None:
    """Name two people: one whom nobody knows, and a member."""
    sponsors = {"first": ("Lukas Brandt", "Harbour Laboratory", SPONSOR), "second": ("A Member", "Other", member)}
    for position, (name, organisation, email) in sponsors.items():
        stranger.page.get_by_label(f"Name of the {position} sponsor").fill(name)
        stranger.page.get_by_label(f"Organisation of the {position} sponsor").fill(organisation)
        stranger.page.get_by_label(f"Work e-mail address of the {position} sponsor").fill(email)
    stranger.press("Save and go on")


def vouch(sponsor: Visitor) -> None:
    for box in sponsor.page.get_by_role("checkbox").all():
        box.check()
    sponsor.press("I vouch for this person")
    expect(sponsor.page.get_by_text("You vouched for this person")).to_be_visible()


def check(officer: Visitor) -> None:
    page = officer.page
    for answer in page.locator("#checklist select").all():
        answer.select_option("yes")
    officer.press("Keep the checklist")
    expect(page.get_by_text("The checklist is kept")).to_be_visible()


def call_back(officer: Visitor) -> None:
    page = officer.page
    page.get_by_text("Record a call", exact=True).click()
    page.get_by_label("Number", exact=True).fill("+36 1 555 0100")
    page.get_by_label("Outcome").select_option("confirmed")
    page.get_by_label("Who answered").fill("The switchboard of the institute")
    officer.press("Keep the call")
    expect(page.get_by_text("The call is kept")).to_be_visible()


def approve(officer: Visitor, button: str, outcome: str, *, rings: bool = False) -> None:
    page = officer.open("/home/")
    officer.click("Vetting desk")
    officer.click(NAME)
    check(officer)
    if rings:
        call_back(officer)
    page.get_by_text("In favour", exact=True).last.click()
    page.get_by_label("Known from joint work").check()
    page.locator("#decide").get_by_label("In your own words").first.fill("Known to us from two joint operations.")
    officer.press(button)
    expect(page.get_by_text(outcome)).to_be_visible()


def test_stranger_applies_is_vouched_for_approved_by_two_and_comes_in(portal: Portal, arrive: Arrive):
    stranger = arrive()
    account = portal.account()
    apply(portal, stranger, account["email"])
    sponsor, member = arrive(), arrive(account)
    assert sponsor.faults(link_in(portal, "Do you vouch", SPONSOR)) == []
    vouch(sponsor)
    member.open("/home/")
    member.click(NAME)
    vouch(member)
    first, second = (arrive(portal.account(role="vetting_reviewer", number=number)) for number in (0, 1))
    approve(first, "Approve; a second officer follows", "A second officer decides", rings=True)
    approve(second, "Approve and admit provisionally", "is a provisional member now")

    page = stranger.open(link_in(portal, "you are a provisional member"))
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    stranger.press("Set the password")
    page.goto("/home/")
    page.get_by_label("mail").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    stranger.press("Sign in")
    # Without a second factor there is no way past this page.
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("second factor"))
    page.goto("/members/")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("second factor"))

    assert stranger.faults("/accounts/2fa/totp/activate/") + stranger.faults("/accounts/2fa/") == []

    stranger.click("Authenticator app")
    page.get_by_text("I cannot scan it").click()
    secret = re.sub(r"\s", "", page.locator(".secret").inner_text())
    page.get_by_label("code").fill(code(secret))
    stranger.press("Switch it on")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    stranger.click("I have kept them safe")
    page.goto("/home/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are a provisional member")
