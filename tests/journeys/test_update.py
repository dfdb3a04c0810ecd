"""A notice is written while it saves itself, published, updated, and both editions are compared by a reader."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Arrive
from tests.journeys.portal import Portal
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

TITLE = "Seals that open without a trace"
BEFORE, AFTER = "The seal opens with a warm blade.", "The seal opens with a warm knife."
CHANGED = "Another tool was seen."


def saved(page: Page) -> None:
    """Wait until the portal has what was typed."""
    expect(page.locator("[data-save-state]")).to_contain_text("Saved at")


def write(analyst: Visitor) -> Page:
    """Begin a notice for academia, and go on writing while it saves itself."""
    page = analyst.open("/notices/new/")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("radio", name="Warning", exact=True).check()
    page.get_by_role("radio", name="With the weekly digest").check()
    page.get_by_role("radio", name="TLP:GREEN", exact=True).check()
    page.get_by_role("checkbox", name="Academia").check()
    page.get_by_label("Review on").fill(f"{datetime.now(UTC) + timedelta(days=300):%Y-%m-%d}")
    analyst.press("Save the draft")
    analyst.click("Edit", exact=True)
    page.get_by_role("textbox", name="Summary").fill(BEFORE)
    saved(page)
    return page


def submit(analyst: Visitor, number: str) -> None:
    """Send a draft to be checked."""
    analyst.open(f"/notices/{number}/submit/")
    analyst.press("Send to be checked")
    expect(analyst.page.get_by_text("In review", exact=True).first).to_be_visible()


def bring_out(portal: Portal, arrive: Arrive, number: str) -> None:
    """Clear and publish a notice, by the two people who may."""
    officer = arrive(portal.account(role="compliance_officer"))
    officer.open(f"/notices/{number}/review/")
    for question in officer.page.get_by_role("checkbox").all():
        question.check()
    officer.press("Clear for publication")
    expect(officer.page.get_by_text("Cleared", exact=True).first).to_be_visible()
    publisher = arrive(portal.account(role="publisher"))
    publisher.open(f"/notices/{number}/publish/")
    publisher.press("Publish now")
    expect(publisher.page.get_by_text("The notice is published.")).to_be_visible()


def number_of(page: Page) -> str:
    found = re.search(r"PN-\d{4}-\w{5}", page.url)
    assert found
    return found[0]


def test_notice_is_updated_and_its_editions_are_compared(portal: Portal, arrive: Arrive):
    analyst = arrive(portal.account(role="analyst"))
    number = number_of(write(analyst))
    submit(analyst, number)
    bring_out(portal, arrive, number)

    page = analyst.open(f"/notices/{number}/")
    analyst.click("Update", exact=True)
    analyst.press("Begin the update")
    working = number_of(page)
    page.get_by_label("What changed").fill(CHANGED)
    page.get_by_role("textbox", name="Summary").fill(AFTER)
    saved(page)
    submit(analyst, working)
    bring_out(portal, arrive, working)

    reader = arrive(portal.account(sector="academia"))
    page = reader.open(f"/notices/{working}/")
    assert number_of(page) == number
    expect(page.get_by_text(CHANGED)).to_be_visible()
    expect(page.get_by_text("Edition 2")).to_be_visible()
    reader.click("What changed")
    expect(page.locator("del", has_text="blade")).to_be_visible()
    expect(page.locator("ins", has_text="knife")).to_be_visible()
    assert reader.faults(f"/notices/{number}/compare/", schemes=("light", "dark")) == []
    assert reader.faults(f"/notices/{number}/editions/") == []


def test_two_windows_on_one_draft_lose_nothing(portal: Portal, arrive: Arrive):
    analyst = arrive(portal.account(role="analyst"))
    number = number_of(write(analyst))
    here = analyst.page
    there = analyst.context.new_page()
    there.goto(f"{portal.site}/notices/{number}/edit/")
    here.get_by_role("textbox", name="Summary").fill(AFTER)
    analyst.press("Save the draft")
    expect(here.get_by_text("The draft is saved.")).to_be_visible()

    there.get_by_label("Title").fill("Seals that open without any trace")
    there.get_by_role("button", name="Save the draft").click()
    expect(there.get_by_text("saved this draft after you opened it")).to_be_visible()
    expect(there.locator("ins", has_text="any")).to_be_visible()
    there.get_by_role("button", name="Save the draft").click()
    expect(there.get_by_text("The draft is saved.")).to_be_visible()
    expect(there.get_by_role("heading", name="Seals that open without any trace")).to_be_visible()
    expect(there.get_by_text(AFTER)).to_be_visible()
    assert analyst.faults(f"/notices/{number}/edit/", schemes=("light", "dark")) == []
    assert analyst.faults(f"/notices/{number}/texts/") == []
    assert analyst.faults(f"/notices/{number}/preview/") == []
