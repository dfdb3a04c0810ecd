"""A notice is returned and repaired, needs two publishers, waits for its hour: each by the people who may."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.portal import Portal, eventually
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

STATE = "print(Notice.objects.get(number={number!r}).state)"
# Five minutes is the soonest hour to choose: this lets it come, for one notice only.
HOUR_HAS_COME = "Notice.objects.filter(number={number!r}).update(scheduled_for=F('created_at'))"
AS_PORTAL = """
from django.db.models import F
from congress.core import wall
from notices.models import Notice
wall.let_in(wall.Somebody.PORTAL)
"""


def write(analyst: Visitor, title: str, label: str, *, to: str = "") -> str:
    """Write a notice for academia, or for one person, and send it to be checked; return its number."""
    page = analyst.open("/notices/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_role("radio", name="Warning", exact=True).check()
    page.get_by_role("radio", name="With the weekly digest").check()
    page.get_by_label("Review on").fill(f"{datetime.now(UTC) + timedelta(days=300):%Y-%m-%d}")
    page.get_by_role("textbox", name="Summary").fill("A stranger asks for empty crates.")
    page.get_by_role("radio", name=label, exact=True).check()
    if to:
        page.get_by_label(re.compile("^People")).fill(to)
    else:
        page.get_by_role("checkbox", name="Academia").check()
    analyst.press("Save the draft")
    number = re.search(r"PN-\d{4}-\w{5}", page.url)
    assert number
    submit(analyst, number[0])
    return number[0]


def submit(analyst: Visitor, number: str) -> None:
    """Send a draft to be checked."""
    analyst.open(f"/notices/{number}/submit/")
    analyst.press("Send to be checked")
    expect(analyst.page.get_by_text("In review", exact=True).first).to_be_visible()


def clear(officer: Visitor, number: str) -> None:
    """Answer every question with yes and clear."""
    page = officer.open(f"/notices/{number}/review/")
    for question in page.get_by_role("group", name="Checklist").get_by_role("checkbox").all():
        question.check()
    officer.press("Clear for publication")
    expect(page.get_by_text("Cleared", exact=True).first).to_be_visible()


def in_database(portal: Portal, statement: str, **facts: Any) -> str:
    """Run one statement as the portal itself."""
    return portal.manage("shell", "--verbosity", "0", "-c", AS_PORTAL + statement.format(**facts)).strip()


def test_red_reaches_a_person_through_two_publishers_until_it_is_withdrawn(portal: Portal, arrive: Arrive):
    person = portal.account(sector="academia")
    number = write(arrive(portal.account(role="analyst")), "Crates for nobody", "TLP:RED", to=person["email"])
    clear(arrive(portal.account(role="compliance_officer")), number)
    first, second = (arrive(portal.account(role="publisher", number=which)) for which in (0, 1))
    first.open(f"/notices/{number}/publish/")
    first.press("Approve as the first of two")
    expect(first.page.get_by_text("Waits for a second publisher")).to_be_visible()
    reader = arrive(person)
    answer = reader.page.goto(f"/notices/{number}/")
    assert answer
    assert answer.status == 404
    second.open("/home/")
    second.click("Crates for nobody")
    second.press("Publish now")
    expect(second.page.get_by_text("The notice is published.")).to_be_visible()
    reader.open(f"/notices/{number}/")
    reader.press("I will handle it so")
    expect(reader.page.get_by_text("empty crates")).to_be_visible()
    second.open(f"/notices/{number}/withdraw/").get_by_label(re.compile("^Reason")).fill("The crates were ours.")
    second.press("Withdraw this notice")
    expect(reader.open(f"/notices/{number}/").get_by_text("The crates were ours.")).to_be_visible()
    expect(reader.page.get_by_text("empty crates")).to_have_count(0)


def test_returned_notice_is_repaired_where_the_officer_said(portal: Portal, arrive: Arrive):
    analyst, officer = arrive(portal.account(role="analyst")), arrive(portal.account(role="compliance_officer"))
    number = write(analyst, "Crates without a sender", "TLP:GREEN")
    page = officer.open(f"/notices/{number}/review/")
    page.get_by_text("A stranger asks for empty crates.").select_text()
    remarks = page.get_by_role("group", name="What the author should change")
    remarks.get_by_text("Summary", exact=True).click()
    remarks.get_by_label("About these words").first.focus()
    expect(remarks.get_by_label("About these words").first).not_to_have_value("")
    remarks.get_by_label("Remark").first.fill("Say how many.")
    officer.press("Return to the author")
    expect(page.get_by_text("Returned to the author.")).to_be_visible()

    page = analyst.open("/home/")
    analyst.click("Crates without a sender")
    expect(page.locator("#section_summary").get_by_text("Say how many.")).to_be_visible()
    page.get_by_role("textbox", name="Summary").fill("A stranger asks for twelve empty crates.")
    analyst.press("Save the draft")
    submit(analyst, number)
    clear(officer, number)
    expect(officer.page.get_by_text("twelve empty crates")).to_be_visible()


def test_scheduled_notice_is_published_by_beat(portal: Portal, arrive: Arrive):
    number = write(arrive(portal.account(role="analyst")), "Crates at noon", "TLP:GREEN")
    clear(arrive(portal.account(role="compliance_officer")), number)
    publisher, later = arrive(portal.account(role="publisher")), datetime.now(UTC) + timedelta(days=1)
    page = publisher.open(f"/notices/{number}/publish/")
    page.get_by_text("Publish later").click()
    page.get_by_label("Day").fill(f"{later:%Y-%m-%d}")
    page.get_by_label(re.compile("^Time(?! zone)")).fill("12:00")
    publisher.press("Schedule")
    expect(page.get_by_text("The notice is scheduled.")).to_be_visible()
    in_database(portal, HOUR_HAS_COME, number=number)
    # Beat looks once a minute.
    eventually(lambda: in_database(portal, STATE, number=number) == "published", pause=2, patience=150)
    reader = arrive(portal.account(sector="academia"))
    expect(reader.open(f"/notices/{number}/").get_by_text("empty crates")).to_be_visible()
