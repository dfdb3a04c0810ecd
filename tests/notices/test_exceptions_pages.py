"""Do the pages of exceptions show what changes before it is made, to publishers alone, and no word of the notice?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.core.labels import Audience, Tlp
from congress.core.roles import Role
from notices import actions
from notices.models import AccessException, Notice
from tests import factories
from tests.notices.test_steps_pages import address, text_of


@pytest.fixture
def at() -> datetime:
    """The present: what is in force is for the database's clock to say."""
    return datetime.now(UTC)


@pytest.fixture
def published(member) -> Notice:
    return factories.notice("Zyxtitle", audience=Audience(people=[member.pk]), sections={"summary": "Zyxbody"})


def typed(at, **changes) -> dict[str, str]:
    until = (at + timedelta(days=30)).date().isoformat()
    return {"effect": "grant", "person": "Stranger", "reason": "Leads the enquiry.", "until": until, **changes}


def grant(notice, publisher, at, **whom) -> AccessException:
    terms = actions.Terms("grant", "Leads the enquiry.", at + timedelta(days=9), **whom)
    return actions.make_exception(notice, terms, by=publisher, at=at)


def test_notice_exceptions_shows_who_gains_before_it_is_made(published, publisher, stranger, at, signed_in):
    client = signed_in(publisher)
    shown = text_of(client.post(address(published, "exceptions"), typed(at)))
    assert "1 person gains it" in shown
    assert f"/members/{stranger.public_id}/" in shown
    assert not AccessException.objects.exists()
    make = {**typed(at), "make": "yes", "shown": "grant|Stranger||"}
    assert client.post(address(published, "exceptions"), make).status_code == 303
    page = text_of(client.get(address(published, "exceptions")))
    assert "May read it, whatever its audience says: Stranger" in page
    assert ("Zyxtitle" in page, "Zyxbody" in page) == (False, False)


def test_notice_exceptions_shows_the_effect_anew_when_it_was_changed(published, publisher, stranger, at, signed_in):
    other = factories.member("other", country="CL")
    make = {**typed(at, person=other.public_id), "make": "yes", "shown": "grant|Stranger||"}
    response = signed_in(publisher).post(address(published, "exceptions"), make)
    assert (response.status_code, AccessException.objects.exists()) == (200, False)
    assert f"/members/{other.public_id}/" in text_of(response)


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"person": ""}, 422, "Name one person, or one organisation, or one country."),
        ({"country": "Peru"}, 422, "Name one person, or one organisation, or one country."),
        ({"person": "", "country": "Atlantis"}, 422, "This is no country that we know."),
        ({"person": "nobody@nowhere.example"}, 422, "fits nothing in the directory"),
        ({"until": "2020-01-01"}, 422, "An exception ends"),
        ({"until": ""}, 422, "This field is required."),
        ({"reason": ""}, 422, "This field is required."),
        ({"person": "Member"}, 422, "Nobody would gain by this"),
        ({"person": "publisher@members.example"}, 403, "You would gain by this yourself."),
    ],
)
def test_notice_exceptions_keeps_what_was_typed(published, stranger, at, signed_in, changes, status, sentence):
    publisher = factories.member("publisher", roles=[Role.PUBLISHER])
    response = signed_in(publisher).post(address(published, "exceptions"), typed(at, **changes))
    assert (response.status_code, AccessException.objects.exists()) == (status, False)
    assert sentence in text_of(response)
    assert changes.get("reason", "Leads the enquiry.") in text_of(response)


def test_notice_exceptions_is_for_publishers(published, officer, member, stranger, signed_in):
    answers = {
        person: signed_in(person).get(address(published, "exceptions")) for person in (officer, member, stranger)
    }
    assert [answer.status_code for answer in answers.values()] == [404, 403, 404]


def test_notice_exception_end_shows_who_loses_and_ends_it(published, publisher, stranger, at, signed_in):
    made, client = grant(published, publisher, at, member=stranger), signed_in(publisher)
    ending = address(published, f"exceptions/{made.public_id}/end")
    assert "1 person loses it" in text_of(client.get(ending))
    assert client.post(ending).status_code == 303
    assert client.post(ending).status_code == 409
    assert client.get(address(published, "exceptions/unknown00000/end")).status_code == 404
    assert signed_in(stranger).get(f"/notices/{published.number}/").status_code == 404


def test_exceptions_lists_those_in_force_and_those_that_ended(published, publisher, stranger, at, signed_in):
    other, client = factories.notice(audience=Audience(people=[publisher.pk])), signed_in(publisher)
    ended = grant(other, publisher, at, country="PE")
    actions.end_exception(ended, by=publisher, at=at)
    grant(published, publisher, at, member=stranger)
    in_force, over = (text_of(client.get(f"/notices/exceptions/{which}")) for which in ("", "?state=ended"))
    assert (published.number in in_force, other.number in in_force) == (True, False)
    assert (published.number in over, other.number in over) == (False, True)
    assert "whatever its audience says: everybody in Peru" in over
    assert other.number not in text_of(client.get(f"/notices/exceptions/?state=ended&notice={published.number}"))
    assert signed_in(stranger).get("/notices/exceptions/").status_code == 403


def test_exceptions_costs_the_same_for_one_and_for_many(published, publisher, stranger, at, signed_in):
    client = signed_in(publisher)
    grant(published, publisher, at, member=stranger)
    costs = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/notices/exceptions/")
        costs.append(len(asked))
        for _each in range(3):
            grant(factories.notice(audience=Audience(people=[1])), publisher, at, member=stranger)
    assert costs[0] == costs[1]


def test_a_reader_by_exception_is_told_so(published, publisher, member, stranger, at, signed_in):
    grant(published, publisher, at, member=stranger)
    told = "You read this by an exception"
    pages = [text_of(signed_in(person).get(f"/notices/{published.number}/")) for person in (stranger, member)]
    assert [told in page for page in pages] == [True, False]
    restricted = factories.notice(tlp=Tlp.AMBER, audience=Audience(people=[member.pk]))
    grant(restricted, publisher, at, member=stranger)
    assert told in text_of(signed_in(stranger).get(f"/notices/{restricted.number}/"))
