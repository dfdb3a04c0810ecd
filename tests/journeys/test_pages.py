"""Can everybody use the key pages: without seeing them, in the dark, on a phone, under the strict policy?"""

from collections.abc import Iterable

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.portal import Portal
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

MEETING = "/meetings/plenary-2027/"


def faults(visitor: Visitor, paths: Iterable[str]) -> list[str]:
    return [fault for path in paths for fault in visitor.faults(path)]


def first_link(visitor: Visitor, listed: str, name: str) -> str:
    """Return where the first row of a list leads to."""
    link = visitor.open(listed).get_by_role("list", name=name).get_by_role("link").first
    return link.get_attribute("href") or ""


def test_pages_for_visitors_serve_everybody(arrive: Arrive):
    pages = [
        "/",
        "/about/",
        "/accounts/login/",
        "/accounts/password/reset/",
        "/apply/",
        "/meetings/",
        MEETING,
        "/lost/",
    ]
    assert faults(arrive(), pages) == []


def test_pages_for_members_serve_everybody(portal: Portal, arrive: Arrive):
    member = arrive(portal.account(sector="law_enforcement"))
    profile = first_link(member, "/members/", "Members")
    notices = [first_link(member, f"/notices/?tlp=TLP:{label}", "Notices") for label in ("GREEN", "AMBER")]
    pages = [
        "/home/",
        "/members/",
        f"/members/?country=DE&q={'x' * 200}",
        profile,
        "/network/",
        "/organisations/?q=police",
        "/members/me/",
        "/members/me/visibility/",
        "/notices/",
        *notices,
        "/lost/",
    ]
    pages += [MEETING, f"{MEETING}programme/", f"{MEETING}register/", "/accounts/2fa/", "/members/me/sessions/"]
    assert faults(member, pages) == []


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        ("analyst", ["/home/", "/notices/new/"]),
        ("vetting_reviewer", ["/home/", "/members/vetting/"]),
        ("organiser", ["/home/", f"{MEETING}organise/delegates/", f"{MEETING}organise/programme/"]),
    ],
)
def test_pages_for_officers_serve_everybody(role: str, pages: list[str], portal: Portal, arrive: Arrive):
    assert faults(arrive(portal.account(role=role)), pages) == []


def test_components_serve_everybody_in_light_and_dark(arrive: Arrive):
    assert arrive().faults("/styleguide/", schemes=["light", "dark"]) == []
