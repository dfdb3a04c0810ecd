"""A notice comes into being, passes three pairs of eyes, and is read by those it is for."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.portal import Portal
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

TITLE = "Forged certificates offered to laboratories"
SECRET = "Quillfeather"


def write(analyst: Visitor) -> str:
    """Write a notice for academia and send it to be checked; return its address."""
    page = analyst.open("/notices/new/")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("radio", name="Warning", exact=True).check()
    page.get_by_role("radio", name="With the weekly digest").check()
    page.get_by_label("Review on").fill(f"{datetime.now(UTC) + timedelta(days=300):%Y-%m-%d}")
    page.get_by_role("textbox", name="Summary").fill(f"An intermediary called {SECRET} approaches universities.")
    page.get_by_role("radio", name="TLP:AMBER", exact=True).check()
    page.get_by_role("checkbox", name="Academia").check()
    analyst.press("Save the draft")
    analyst.click("Send to be checked")
    analyst.press("Send to be checked")
    expect(page.get_by_text("In review", exact=True).first).to_be_visible()
    return page.url


def test_notice_passes_three_pairs_of_eyes_and_reaches_its_readers_only(portal: Portal, arrive: Arrive):
    address = write(arrive(portal.account(role="analyst")))

    officer = arrive(portal.account(role="compliance_officer"))
    officer.open("/home/")
    officer.click(TITLE)
    officer.page.get_by_role("button", name="Clear for publication").wait_for()
    for question in officer.page.get_by_role("group", name="Checklist").get_by_role("checkbox").all():
        question.check()
    for question in officer.page.get_by_role("checkbox").all():
        question.check()
    officer.press("Clear for publication")
    expect(officer.page.get_by_text("Cleared", exact=True).first).to_be_visible()

    publisher = arrive(portal.account(role="publisher"))
    publisher.open("/home/")
    publisher.click(TITLE)
    publisher.press("Publish now")
    expect(publisher.page.get_by_text("published").first).to_be_visible()

    reader = arrive(portal.account(sector="academia"))
    reader.open(f"/notices/?q={SECRET}")
    reader.click(TITLE)
    expect(reader.page.get_by_text(SECRET)).to_have_count(0)
    reader.press("I will handle it so")
    expect(reader.page.get_by_text(SECRET).first).to_be_visible()
    expect(reader.page.get_by_text("TLP:AMBER", exact=True).first).to_be_visible()

    stranger = arrive(portal.account(sector="industry"))
    answer = stranger.page.goto(address)
    assert answer
    assert answer.status == 404
    unknown = stranger.context.request.get("/notices/PN-2026-00000/")
    assert (unknown.status, unknown.body()) == (404, answer.body())
    expect(stranger.open(f"/notices/?q={SECRET}").get_by_role("status")).to_contain_text("0 notices")


def test_author_cannot_let_the_own_notice_pass(portal: Portal, arrive: Arrive):
    author = arrive(portal.account(role="analyst", number=1))
    address = write(author)
    assert author.page.get_by_role("link", name="Check").count() == 0
    assert author.context.request.get(f"{address}review/").status == 403
    assert author.context.request.get(f"{address}publish/").status == 403
