"""A notice that reads like instructions is stopped, judged and let through, and carries a picture without its traces.

Kitchen recipes stand in for what nobody may write here.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.core.files.corpus import PLANTED, photo
from tests.journeys.conftest import Arrive
from tests.journeys.portal import Portal
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

TITLE = "Loaves that were baked to hide what is inside"
BREAD = "Mix 300 g of flour with 200 ml of water, knead it and bake it for 30 minutes at 220 °C."
SHOWN = "A loaf, cut open: the inside is hollow"
WHY = "Any cookery book says so; the hollow is what matters."


def write(analyst: Visitor) -> str:
    """Write a notice for academia with a recipe in it; return its address."""
    page = analyst.open("/notices/new/")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("radio", name="Warning", exact=True).check()
    page.get_by_role("radio", name="With the weekly digest").check()
    page.get_by_label("Review on").fill(f"{datetime.now(UTC) + timedelta(days=300):%Y-%m-%d}")
    page.get_by_role("textbox", name="Summary").fill(f"Hollow loaves passed the gate of a plant. {BREAD}")
    page.get_by_role("radio", name="TLP:GREEN", exact=True).check()
    page.get_by_role("checkbox", name="Academia").check()
    analyst.press("Save the draft")
    expect(page.get_by_text("1 passage reads like instructions")).to_be_visible()
    return page.url


def attach(analyst: Visitor, address: str) -> None:
    """Attach a picture that says where and by whom it was taken."""
    page = analyst.open(f"{address}attachments/")
    page.get_by_label("File").set_input_files({"name": "loaf.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.get_by_label("Description").fill(SHOWN)
    analyst.press("Attach the file")
    expect(page.get_by_text("The file is attached.", exact=True)).to_be_visible()


def submit(analyst: Visitor, address: str) -> None:
    """Be stopped, then ask the officers to judge."""
    page = analyst.open(f"{address}submit/")
    analyst.press("Send to be checked")
    expect(page.get_by_text("Something reads like instructions").first).to_be_visible()
    page.get_by_role("checkbox", name="I ask the compliance officers").check()
    analyst.press("Send to be checked")
    expect(page.get_by_text("In review", exact=True).first).to_be_visible()


def clear(officer: Visitor, address: str) -> None:
    """Be stopped without a reason, then give one."""
    page = officer.open(f"{address}review/")
    for question in page.get_by_role("group", name="Checklist").get_by_role("checkbox").all():
        question.check()
    officer.press("Clear for publication")
    expect(page.get_by_text("Say why this may stay, or return the notice.").first).to_be_visible()
    page.get_by_label("Why this may stay").fill(WHY)
    officer.press("Clear for publication")
    expect(page.get_by_text(WHY)).to_be_visible()


def test_recipe_is_stopped_judged_and_read_with_a_picture_that_tells_nothing(portal: Portal, arrive: Arrive):
    author = arrive(portal.account(role="analyst"))
    address = write(author)
    attach(author, address)
    submit(author, address)
    clear(arrive(portal.account(role="compliance_officer")), address)
    publisher = arrive(portal.account(role="publisher"))
    publisher.open(f"{address}publish/")
    publisher.press("Publish now")
    expect(publisher.page.get_by_text("The notice is published.")).to_be_visible()

    reader = arrive(portal.account(sector="academia"))
    picture = reader.open(address).get_by_role("img", name=SHOWN)
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => [picture.naturalWidth, picture.width]") == [20, 20]
    source = picture.get_attribute("src") or ""
    answer = reader.context.request.get(source)
    assert (answer.ok, PLANTED.encode() in answer.body(), b"Exif" in answer.body()) == (True, False, False)
    assert (arrive(portal.account(sector="industry")).context.request.get(source)).status == 404
    assert reader.faults(re.sub(r"https?://[^/]+", "", address)) == []
    assert author.faults(re.sub(r"https?://[^/]+", "", address)) == []
