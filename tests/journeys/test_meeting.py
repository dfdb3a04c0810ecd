"""Somebody wants to come to the plenary."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.portal import Portal

pytestmark = pytest.mark.journey


def test_member_registers_in_two_clicks_and_gets_a_seat(portal: Portal, arrive: Arrive):
    account = portal.account(sector="government")
    member = arrive(account)
    page = member.open("/home/")
    member.click("Register", exact=True)
    member.press("Register")
    expect(page.get_by_text("We have your registration").first).to_be_visible()
    portal.mail_to(account["email"], "registration")

    organiser = arrive(portal.account(role="organiser"))
    desk = organiser.open("/home/")
    desk.get_by_role("list", name="Registrations to decide on").get_by_role("link").first.click()
    desk.get_by_role("searchbox", name="Search by name").fill(member.name)
    desk.keyboard.press("Enter")
    row = desk.get_by_role("row", name=member.name)
    row.get_by_role("checkbox").check()
    organiser.press("Give a seat")
    expect(row).to_contain_text("Confirmed")

    portal.mail_to(account["email"], "You have a seat")
    page.reload()
    expect(page.get_by_text("You have a seat").first).to_be_visible()


def test_visitor_reads_the_public_programme_and_takes_it_along(arrive: Arrive):
    visitor = arrive()
    page = visitor.open("/")
    visitor.click("Meetings")
    page.get_by_role("heading", level=1, name="Meetings").wait_for()
    page.get_by_role("main").get_by_role("link", name="Plenary").first.click()
    visitor.click("Programme")
    expect(page.get_by_role("status")).to_contain_text("session")
    with page.expect_download() as calendar:
        visitor.click("Calendar file")
    assert "BEGIN:VEVENT" in calendar.value.path().read_text()
