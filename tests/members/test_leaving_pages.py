"""What do the pages say to whoever leaves, suspends, or looks at where somebody works?"""

import pytest

from congress.core.roles import Role, Standing
from members.actions import suspensions
from members.models import Affiliation, Member, Suspension
from tests import factories
from tests.conftest import NOW
from tests.members.test_leaving import LATER, REASON


@pytest.fixture
def lead(db) -> Member:
    return factories.member("lead", roles=[Role.VETTING_LEAD])


@pytest.fixture
def focal_point(member) -> Member:
    return factories.member("focal", roles=[Role.FOCAL_POINT], organisation=member.organisation)


def page(member: Member, name: str) -> str:
    return f"/members/{member.public_id}/{name}/"


def suspended_by(officer: Member, member: Member) -> Suspension:
    return suspensions.suspend(member, by=officer, at=NOW, reason=REASON, ends_at=LATER)


def test_suspensions_lists_who_is_shut_out(signed_in, lead, member):
    assert "Nobody is suspended" in signed_in(lead).get("/members/suspensions/").content.decode()
    suspended_by(lead, member)
    text = signed_in(lead).get("/members/suspensions/").content.decode()
    assert (member.latin_name in text, REASON in text) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_suspensions_costs_three_queries(signed_in, lead, django_assert_num_queries, count):
    for _ in range(count):
        suspended_by(lead, factories.member())
    client = signed_in(lead)
    with django_assert_num_queries(3):
        client.get("/members/suspensions/")


@pytest.mark.parametrize("path", ["/members/suspensions/", "standing", "suspend", "departure"])
def test_pages_about_others_are_refused_to_plain_members(signed_in, stranger, member, path):
    address = path if path.startswith("/") else page(member, path)
    assert signed_in(stranger).get(address).status_code == 403


@pytest.mark.parametrize("name", ["standing", "suspend", "departure"])
def test_pages_about_hidden_people_are_unknown_to_plain_members(signed_in, stranger, lapsed, name):
    client = signed_in(stranger)
    hidden, unknown = client.get(page(lapsed, name)), client.get(f"/members/{'0' * 12}/{name}/")
    assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_standing_shows_a_former_member_with_their_history(signed_in, lead, member):
    body = member.organisation
    signed_in(member).post(page(member, "departure"), {"confirmed": "on", "moved_to": "Port of Oslo"})
    text = signed_in(lead).get(page(member, "standing")).content.decode()
    for words in ("former member", body.name, "Port of Oslo", "said so themselves"):
        assert words in text
    assert "End the membership" not in text


def test_standing_tells_the_member_no_reason_of_a_suspension(signed_in, lead, member):
    suspended_by(lead, member)
    suspensions.reinstate(member, by=lead, at=NOW)
    text = signed_in(factories.reloaded(member)).get(page(member, "standing")).content.decode()
    assert ("I have left" in text, REASON in text) == (True, False)
    assert REASON in signed_in(lead).get(page(member, "standing")).content.decode()


def test_standing_keeps_the_officers_note_from_the_next_employer(signed_in, vetter, member):
    signed_in(vetter).post(page(member, "departure"), {"confirmed": "on", "note": "Dismissed for leaking."})
    body = factories.organisation()
    Member.objects.filter(pk=member.pk).update(standing=Standing.MEMBER, organisation=body)
    focal = factories.member(roles=[Role.FOCAL_POINT], organisation=body)
    shown = {
        who: "Dismissed" in signed_in(who).get(page(member, "standing")).content.decode() for who in (focal, vetter)
    }
    assert shown == {focal: False, vetter: True}


def test_departure_of_oneself_ends_the_session(signed_in, member):
    client = signed_in(member)
    assert "New organisation" in client.get(page(member, "departure")).content.decode()
    assert client.post(page(member, "departure"), {"confirmed": "on"})["Location"] == "/accounts/inactive/"
    assert client.get("/home/").status_code == 302
    assert Member.objects.get(pk=member.pk).standing == Standing.FORMER


def test_departure_by_the_focal_point_signs_the_member_out(signed_in, member, focal_point):
    theirs = signed_in(member)
    assert theirs.get("/home/").status_code == 200
    signed_in(focal_point).post(page(member, "departure"), {"confirmed": "on"})
    assert theirs.get("/home/")["Location"].startswith("/accounts/login/")
    assert Affiliation.objects.get(member=member).ended_how == "no_longer_ours"


@pytest.mark.parametrize("data", [{}, {"confirmed": "on"}, {"note": "Gone."}])
def test_departure_by_an_officer_needs_a_reason_and_a_confirmation(signed_in, vetter, member, data):
    response = signed_in(vetter).post(page(member, "departure"), data)
    assert (response.status_code, Member.objects.get(pk=member.pk).standing) == (422, Standing.MEMBER)
    assert data.get("note", "") in response.content.decode()


def test_departure_comes_too_late(signed_in, vetter, member):
    signed_in(vetter).post(page(member, "departure"), {"confirmed": "on", "note": "Gone."})
    response = signed_in(vetter).post(page(member, "departure"), {"confirmed": "on", "note": "Gone again."})
    assert (response.status_code, "Gone again." in response.content.decode()) == (409, True)


@pytest.mark.usefixtures("clock")
def test_suspend_shuts_out_until_the_day_is_over(signed_in, lead, member):
    client = signed_in(member)
    assert signed_in(lead).get(page(member, "suspend")).status_code == 200
    data = {"reason": REASON, "ends_on": f"{LATER:%Y-%m-%d}"}
    assert signed_in(lead).post(page(member, "suspend"), data)["Location"] == page(member, "standing")
    assert client.get("/home/").status_code == 302
    assert f"{Suspension.objects.get().ends_at:%Y-%m-%d %H:%M}" == "2026-12-08 00:00"


@pytest.mark.parametrize("ends_on", ["", "2020-01-01", "2036-01-01", "soon"])
def test_suspend_needs_a_day_within_a_year(signed_in, lead, member, ends_on):
    response = signed_in(lead).post(page(member, "suspend"), {"reason": REASON, "ends_on": ends_on})
    assert (response.status_code, REASON in response.content.decode()) == (422, True)


def test_reinstate_lets_in_again(signed_in, lead, member):
    suspended_by(lead, member)
    assert signed_in(lead).post(page(member, "reinstate"))["Location"] == page(member, "standing")
    assert signed_in(factories.reloaded(member)).get("/home/").status_code == 200
    assert signed_in(lead).post(page(member, "reinstate")).status_code == 409
