"""Are groups seen by members, founded by administrators, and never given two people for one seat?"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from congress.core import wall
from congress.core.labels import Audience
from congress.core.models import Entry
from congress.core.roles import Role, Standing
from members import queries
from members.actions import dissolving, seats
from members.actions import groups as actions
from members.models import Group, Seat, SeatProposal, Term
from members.queries.naming import groups_to_name
from members.queries.visibility import trustable_groups
from notices.models import Notice
from notices.policies import visible_to
from tests import factories
from tests.conftest import NOW

DAY = timedelta(days=1)
TODAY = NOW.date()
CHARTER: dict[str, Any] = {
    "name": "Industry advisers",
    "kind": "advisory",
    "mandate": "Says what industry can do.",
    "begun_on": TODAY,
}


@pytest.fixture
def group(db) -> Group:
    return factories.group("Steering committee")


@pytest.fixture
def chair(group):
    person = factories.member("chair")
    factories.term(person, group, is_chair=True)
    return person


# What the database itself refuses


def overlapping(kind: str, term: Term) -> Term:
    other, home = factories.member(), factories.group()
    rows: dict[str, dict[str, Any]] = {
        "one person twice in a group": {"group": term.group, "member": term.member},
        "two people on one seat": {"group": term.group, "member": other, "seat": term.seat},
        "two chairs": {"group": term.group, "member": other, "is_chair": True},
        "a seat of another group": {"group": home, "member": other, "seat": term.seat},
        "an end before the beginning": {"group": home, "member": other, "ends_on": term.begins_on - DAY},
    }
    span = {"begins_on": term.ends_on - DAY, "ends_on": term.ends_on + DAY}
    values = {**span, **rows[kind]}
    return Term.objects.create(**{"seat": Seat.objects.create(group=values["group"]), **values})


def refused_at_once(kind: str, term: Term) -> None:
    overlapping(kind, term)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "kind",
    [
        "one person twice in a group",
        "two people on one seat",
        "two chairs",
        "a seat of another group",
        "an end before the beginning",
    ],
)
def test_the_database_refuses(group, chair, kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        refused_at_once(kind, chair.terms.get())


def test_one_term_may_begin_on_the_day_on_which_the_other_ends(group, chair):
    before = chair.terms.get()
    again = {"begins_on": before.ends_on, "ends_on": before.ends_on + DAY, "seat": before.seat, "is_chair": True}
    assert Term.objects.create(group=group, member=chair, **again).pk


# Who founds, and who sees


@pytest.mark.parametrize("role", ["", *(role for role in Role if role not in {Role.MEMBER, Role.ADMINISTRATOR})])
def test_only_administrators_look_after_groups(group, signed_in, role):
    client = signed_in(factories.member(roles=[role] if role else []))
    seat = Seat.objects.create(group=group)
    paths = ["new/", f"{group.public_id}/edit/", f"{group.public_id}/seats/"]
    assert {client.get(f"/groups/{path}").status_code for path in paths} == {403}
    assert client.post("/groups/new/", CHARTER).status_code == 403
    assert client.post(f"/groups/{group.public_id}/seats/{seat.public_id}/close/").status_code == 403
    assert client.post(f"/groups/{group.public_id}/dissolve/").status_code == 403
    assert Group.objects.open().exists()
    assert (Group.objects.count(), Seat.objects.open().count()) == (1, 1)


def test_groups_and_group_offer_administrators_what_they_may_do(group, chair, administrator, signed_in):
    Seat.objects.create(group=group)
    client = signed_in(administrator)
    assert "Found a group" in client.get("/groups/").text
    page = client.get(f"/groups/{group.public_id}/").text
    offered = ("Add seats", "Change the mandate", "Propose somebody", "End it today", "Close it")
    assert [words for words in offered if words not in page] == []


def test_group_shows_what_waits_to_those_who_may_decide(group, chair, administrator, member, signed_in):
    seat, row = Seat.objects.create(group=group), {"begins_on": TODAY, "ends_on": TODAY + DAY, "proposed_at": NOW}
    SeatProposal.objects.create(seat=seat, member=member, proposed_by=chair, **row)
    shown = {who: signed_in(who).get(f"/groups/{group.public_id}/").text for who in (administrator, chair, member)}
    assert [("Confirm" in shown[who], "Decline" in shown[who]) for who in shown] == [(1, 1), (0, 1), (0, 0)]


def test_group_names_nobody_to_its_chair_who_was_shut_out(group, chair, administrator, signed_in):
    shut_out = factories.member("zyxnominee", standing=Standing.SUSPENDED)
    row = {"begins_on": TODAY, "ends_on": TODAY + DAY, "proposed_at": NOW, "proposed_by": chair}
    SeatProposal.objects.create(seat=Seat.objects.create(group=group), member=shut_out, **row)
    shown = {who: signed_in(who).get(f"/groups/{group.public_id}/").text for who in (administrator, chair)}
    assert ["Zyxnominee" in shown[who] for who in shown] == [True, False]


def test_group_new_founds_a_group_and_leads_to_its_seats(administrator, signed_in):
    answer = signed_in(administrator).post("/groups/new/", CHARTER)
    made = Group.objects.get(name="Industry advisers")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/groups/{made.public_id}/seats/")
    assert Entry.objects.get(event=actions.FOUNDED).target_id == made.pk


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "STEERING committee"}, "a group of this name already"),
        ({"kind": "secret"}, "Select a valid choice"),
        ({"mandate": ""}, "This field is required"),
        ({"begun_on": "soon"}, "Enter a valid date"),
    ],
)
def test_group_new_says_what_is_wrong_and_keeps_what_was_typed(group, administrator, signed_in, changes, message):
    answer = signed_in(administrator).post("/groups/new/", {**CHARTER, "mandate": "Kept words.", **changes})
    assert answer.status_code == (409 if "group of this name" in message else 422)
    assert message in answer.text
    assert ("Kept words." in answer.text) is ("mandate" not in changes)


def test_group_edit_changes_the_mandate(group, administrator, signed_in):
    address = f"/groups/{group.public_id}/edit/"
    client = signed_in(administrator)
    assert "To advise." in client.get(address).text
    assert client.post(address, CHARTER).status_code == 302
    assert Group.objects.get().mandate == "Says what industry can do."
    changed = Entry.objects.get(event=actions.CHANGED).data["changed"]
    assert sorted(changed) == ["begun_on", "kind", "mandate", "name"]


def test_seats_add_adds_some_of_one_kind(group, administrator, signed_in):
    address = f"/groups/{group.public_id}/seats/"
    client = signed_in(administrator)
    assert client.post(address, {"sector": "industry", "region": "", "count": 3}).status_code == 302
    assert [seat.meant_for for seat in Seat.objects.all()] == ["Industry"] * 3
    for count in ("0", "21", "many"):
        assert client.post(address, {"count": count}).status_code == 422
    assert Seat.objects.count() == 3


def test_seat_close_keeps_the_history_and_waits_for_the_term(group, chair, administrator, signed_in):
    client, held, empty = signed_in(administrator), chair.terms.get().seat, Seat.objects.create(group=group)
    address = f"/groups/{group.public_id}/seats/{{}}/close/"
    assert client.post(address.format(held.public_id)).status_code == 409
    assert client.post(address.format(empty.public_id)).status_code == 302
    assert client.post(address.format(empty.public_id)).status_code == 404
    assert list(Seat.objects.open()) == [held]


# The end of a group


@pytest.fixture
def dissolved(group, chair, member, administrator, signed_in) -> Group:
    """A group that had somebody in the chair, somebody to come, an empty seat and a proposal."""
    factories.term(factories.member("successor"), group, begins_on=TODAY + DAY)
    row = {"begins_on": TODAY, "ends_on": TODAY + DAY, "proposed_at": NOW, "proposed_by": chair}
    SeatProposal.objects.create(seat=Seat.objects.create(group=group), member=member, **row)
    assert signed_in(administrator).post(f"/groups/{group.public_id}/dissolve/").status_code == 302
    return Group.objects.get(pk=group.pk)


def test_group_dissolve_ends_terms_seats_and_proposals_and_keeps_the_history(dissolved, chair, member, signed_in):
    assert dissolved.dissolved_on is not None
    assert not Term.objects.not_over().exists()
    assert not Seat.objects.open().exists()
    assert not SeatProposal.objects.filter(decided_at=None).exists()
    assert Entry.objects.filter(event=seats.ENDED).count() == 2
    page = signed_in(member).get(f"/groups/{dissolved.public_id}/").text
    assert ("Dissolved" in page, "Chair" in page, "No chair" in page, "No seats yet" in page) == (1, 1, 0, 0)
    assert "Dissolved" in signed_in(member).get("/groups/").text


def test_a_dissolved_group_reaches_nobody(group, chair, administrator, signed_in):
    factories.notice(audience=Audience(groups=[group.pk]))

    def reads() -> tuple[bool, bool]:
        with wall.reading_as(chair.pk):
            return Notice.objects.exists(), visible_to(factories.reloaded(chair)).exists()

    assert reads() == (True, True)
    signed_in(administrator).post(f"/groups/{group.public_id}/dissolve/")
    assert reads() == (False, False)
    assert (list(groups_to_name(administrator)), list(trustable_groups(administrator))) == ([], [])


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("dissolve/", {}, 409),
        ("edit/", CHARTER, 409),
        ("seats/", {"sector": "", "region": "", "count": 1}, 409),
        ("seats/{seat}/propose/", {"member": "member", "begins_on": TODAY, "ends_on": TODAY}, 404),
        ("seats/{seat}/close/", {}, 404),
        ("proposals/{proposal}/confirm/", {}, 404),
    ],
)
def test_nothing_is_done_to_a_dissolved_group(dissolved, administrator, signed_in, path, data, status):
    ids = {"seat": Seat.objects.last().public_id, "proposal": SeatProposal.objects.get().public_id}
    answer = signed_in(administrator).post(f"/groups/{dissolved.public_id}/{path.format(**ids)}", data)
    assert answer.status_code == status
    assert (Group.objects.get().name, Seat.objects.open().count()) == ("Steering committee", 0)


def test_a_group_can_be_dissolved_before_its_first_day(administrator):
    coming = factories.group(begun_on=TODAY + DAY)
    assert dissolving.dissolve_group(coming, by=administrator, at=NOW).dissolved_on == TODAY + DAY


# What the pages show


def test_groups_lists_chair_and_seats(group, chair, member, signed_in):
    Seat.objects.create(group=group)
    Seat.objects.create(group=group, closed_on=TODAY)
    page = signed_in(member).get("/groups/").text
    assert "Steering committee" in page
    assert "Chair</a>" in page or "Chair</bdi>" in page
    assert "1 of 2" in page


def test_groups_are_for_members(group, lapsed, signed_in, client):
    assert client.get("/groups/").status_code == 302
    assert signed_in(lapsed).get(f"/groups/{group.public_id}/").status_code == 302
    provisional = signed_in(factories.member(standing=Standing.PROVISIONAL))
    assert provisional.get("/groups/").headers["Location"] == "/members/me/provisional/"


def test_groups_costs_the_same_for_one_and_for_three(group, chair, member, signed_in, django_assert_max_num_queries):
    client = signed_in(member)
    with django_assert_max_num_queries(20) as one:
        client.get("/groups/")
    for _each in range(2):
        factories.term(factories.member(), factories.group(), is_chair=True)
    with django_assert_max_num_queries(len(one)):
        client.get("/groups/")


def test_group_shows_seats_balance_and_history(group, chair, member, signed_in):
    Seat.objects.create(group=group, sector="industry", region="africa")
    factories.term(factories.member("once_there"), group, days=0)
    page = signed_in(member).get(f"/groups/{group.public_id}/").text
    assert all(text in page for text in ("To advise.", "Industry, Africa", "Empty", "Once There", "By region"))
    assert "Propose somebody" not in page


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.FORMER, Standing.LAPSED])
def test_group_names_nobody_who_is_not_in_the_directory(group, member, signed_in, standing):
    for days, name in ((30, "zyxnow"), (-5, "zyxonce")):
        factories.term(factories.member(name, standing=standing), group, days=days, is_chair=days > 0)
    client = signed_in(member)
    page = client.get(f"/groups/{group.public_id}/").text
    shown = page + client.get("/groups/").text
    assert not any(name in shown for name in ("Zyxnow", "Zyxonce"))
    assert page.count("Somebody who is not in your directory") == 2


def test_group_table_costs_five_queries_whatever_its_size(group, chair, member, django_assert_num_queries):
    for days in (10, 20, 0, -10):
        factories.term(factories.member(), group, days=days)
    with django_assert_num_queries(5):
        table = queries.group_table(member, group)
    assert (len(table.places), len(table.former), table.empty_count) == (5, 2, 2)


def test_group_that_does_not_exist_is_like_every_other_page(member, signed_in):
    assert signed_in(member).get("/groups/000000000000/").status_code == 404
    assert SeatProposal.objects.count() == 0
