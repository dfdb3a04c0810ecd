"""What do the first page, the page about the network and the start page show, and to whom?"""

from datetime import timedelta

import pytest

from congress.core.labels import Audience, Tlp
from congress.core.roles import Role
from tests import factories
from tests.events.factories import registration
from tests.members.cases import application

TO_POLICE = Audience(sectors=["law_enforcement"])


def test_landing_introduces_the_network_and_its_next_meeting(client, db):
    factories.meeting(title="Plenary in Nairobi")
    page = client.get("/", headers={"host": "localhost"})
    assert page.status_code == 200
    assert "Plenary in Nairobi" in page.content.decode()


def test_landing_keeps_silent_about_meetings_not_announced(client, db):
    factories.meeting(title="Plenary in Nairobi", is_announced=False)
    assert "Nairobi" not in client.get("/", headers={"host": "localhost"}).content.decode()


def test_landing_leads_members_to_their_start_page(signed_in, member):
    assert signed_in(member).get("/").headers["Location"] == "/home/"


def test_about_is_for_everybody(client, db):
    assert client.get("/about/", headers={"host": "localhost"}).status_code == 200


def test_home_asks_visitors_to_sign_in_and_comes_back(client, db):
    answer = client.get("/home/", headers={"host": "localhost"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/home/")


def test_home_names_the_latest_notices_of_the_member_and_no_other(signed_in, member, stranger):
    factories.notice("Seen by police", audience=TO_POLICE)
    factories.notice("Seen by nobody")
    shown, hidden = (signed_in(person).get("/home/").content.decode() for person in (member, stranger))
    assert ("Seen by police" in shown, "Seen by nobody" in shown) == (True, False)
    assert "Seen by" not in hidden


def test_home_says_so_when_nothing_waits(signed_in, member):
    page = signed_in(member).get("/home/").content.decode()
    assert "Nothing waits for you today." in page
    assert "No notice is addressed to you yet." in page


def test_home_shows_each_role_what_waits_for_it(signed_in, vetter, officer, organiser, stranger):
    application(latin_name="Amina Waiting")
    factories.notice("To be checked soon", state="in_review", tlp=Tlp.AMBER)
    registration(factories.meeting(title="Plenary in Nairobi"), stranger, state="applied")
    pages = {p.latin_name: signed_in(p).get("/home/").content.decode() for p in (vetter, officer, organiser, stranger)}
    assert [name for name, page in pages.items() if "Amina Waiting" in page] == ["Vetter"]
    assert [name for name, page in pages.items() if "To be checked soon" in page] == ["Officer"]
    assert [name for name, page in pages.items() if "1 registration" in page] == ["Organiser"]


@pytest.mark.parametrize("number", [1, 3])
def test_home_costs_the_same_queries_with_one_and_with_three_of_everything(
    db, signed_in, django_assert_num_queries, number: int
):
    everything = factories.member("everything", roles=[role for role in Role if role != Role.MEMBER])
    meeting = factories.meeting()
    for serial in range(number):
        factories.notice(audience=TO_POLICE, at=factories.LONG_AGO + timedelta(days=serial))
        factories.notice(state="in_review")
        application(latin_name=f"Applicant {serial}")
        registration(meeting, factories.member(), state="applied")
    client = signed_in(everything)
    with django_assert_num_queries(13):
        assert client.get("/home/").status_code == 200


@pytest.mark.parametrize("path", ["/members/", "/organisations/", "/network/", "/groups/"])
def test_frame_says_that_pages_about_people_are_among_the_members(signed_in, member, path):
    page = signed_in(member).get(path).content.decode()
    assert '<a href="/members/" aria-current="page">' in page
    assert page.count('aria-current="page"') - page.count('<li aria-current="page">') == 1
