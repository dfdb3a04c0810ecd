"""Who gets a seat, who is refused, and what is recorded?"""

from datetime import timedelta

import pytest

from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from congress.core.states import IllegalTransitionError
from events.actions import approve, refuse, register, withdraw
from events.actions.registration import (
    AlreadyRegisteredError,
    MeetingFullError,
    MeetingOverError,
    NobodyChosenError,
    RegistrationClosedError,
)
from events.models import REGISTRATION_STATES, Registration, RegistrationState
from tests import factories
from tests.events.factories import registration
from tests.factories import LONG_AGO

MACHINE = """
    applied:   confirmed refused waiting withdrawn
    eligible:  confirmed offered refused waiting withdrawn
    offered:   confirmed declined withdrawn
    confirmed: absent attended refused withdrawn
    waiting:   confirmed offered refused withdrawn
    declined:
    withdrawn:
    refused:
    attended:
    absent:
"""


def entries() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


def test_machine_leads_from_state_to_state_as_written():
    written = dict(line.split(":") for line in MACHINE.split("\n") if line.strip())
    assert {name.strip(): set(after.split()) for name, after in written.items()} == {
        name: set(state.leads_to) for name, state in REGISTRATION_STATES.states.items()
    }
    assert set(REGISTRATION_STATES.states) == set(RegistrationState.values)


def test_machine_holds_seats_in_these_states():
    assert REGISTRATION_STATES.having("holds_seat") == ("offered", "confirmed", "attended", "absent")


def test_register_applies_for_a_seat(plenary, member, at):
    made = register(plenary, needs="Halal food", by=member, at=at)
    assert (made.state, made.needs, made.applied_at) == ("applied", "Halal food", at)
    entry = Entry.objects.get()
    assert (entry.event, entry.by, entry.data) == ("events.registration.applied", member, {"meeting": plenary.pk})
    plenary.refresh_from_db()
    assert plenary.seats_taken == 0


def test_register_waits_when_all_seats_are_taken(plenary, member, at):
    plenary.capacity = plenary.seats_taken = 3
    plenary.save()
    assert register(plenary, needs="", by=member, at=at).state == "waiting"
    assert entries() == ["events.registration.waitlisted"]


def test_register_twice_is_refused(plenary, member, at):
    register(plenary, needs="", by=member, at=at)
    with pytest.raises(AlreadyRegisteredError):
        register(plenary, needs="", by=member, at=at)
    assert Registration.objects.count() == 1


@pytest.mark.parametrize("state", ["withdrawn", "refused", "declined"])
def test_register_again_after_the_first_one_ended(plenary, member, at, state):
    registration(plenary, member, state)
    assert register(plenary, needs="", by=member, at=at).state == "applied"


@pytest.mark.parametrize("days", [-1, 1])
def test_register_outside_the_window_is_refused(plenary, member, at, days):
    plenary.registration_opens_at = at + timedelta(days=days)
    plenary.registration_closes_at = plenary.registration_opens_at + timedelta(hours=1)
    plenary.save()
    with pytest.raises(RegistrationClosedError):
        register(plenary, needs="", by=member, at=at)


def test_register_is_for_those_who_take_part(plenary, lapsed, at):
    with pytest.raises(NotPermittedError):
        register(plenary, needs="", by=lapsed, at=at)


def test_approve_gives_seats_in_the_order_of_application(plenary, organiser, at):
    plenary.capacity = 2
    plenary.save()
    people = [factories.member(f"delegate{number}") for number in range(4)]
    rows = [
        registration(plenary, person, applied_at=LONG_AGO - timedelta(days=number))
        for number, person in enumerate(people)
    ]
    decisions = approve(plenary, [row.public_id for row in rows], by=organiser, at=at)
    assert [row.pk for row in decisions.done] == [rows[3].pk, rows[2].pk]
    assert (decisions.without_seat_count, decisions.other_count) == (2, 0)
    plenary.refresh_from_db()
    assert plenary.seats_taken == 2
    assert entries() == ["events.registration.confirmed"] * 2


def test_approve_without_a_free_seat_changes_nothing(plenary, organiser, member, at):
    plenary.capacity = plenary.seats_taken = 1
    plenary.save()
    row = registration(plenary, member)
    with pytest.raises(MeetingFullError):
        approve(plenary, [row.public_id], by=organiser, at=at)
    row.refresh_from_db()
    assert (row.state, row.decided_at, entries()) == ("applied", None, [])


def test_approve_is_for_organisers(plenary, member, stranger, at):
    row = registration(plenary, stranger)
    with pytest.raises(NotPermittedError):
        approve(plenary, [row.public_id], by=member, at=at)


def test_approve_of_oneself_is_refused(plenary, organiser, at):
    row = registration(plenary, organiser)
    with pytest.raises(NotPermittedError):
        approve(plenary, [row.public_id], by=organiser, at=at)


@pytest.mark.parametrize("state", ["offered", "confirmed", "withdrawn", "refused", "declined", "attended", "absent"])
def test_approve_of_what_is_decided_is_refused(plenary, organiser, member, at, state):
    row = registration(plenary, member, state)
    with pytest.raises(IllegalTransitionError):
        approve(plenary, [row.public_id], by=organiser, at=at)


def test_approve_of_another_meetings_delegate_reaches_nobody(plenary, organiser, member, at):
    row = registration(factories.meeting("plenary-2028"), member)
    with pytest.raises(NobodyChosenError):
        approve(plenary, [row.public_id], by=organiser, at=at)


def test_approve_leaves_out_what_cannot_be_approved(plenary, organiser, member, stranger, at):
    rows = [registration(plenary, member), registration(plenary, stranger, "withdrawn")]
    decisions = approve(plenary, [row.public_id for row in rows], by=organiser, at=at)
    assert (len(decisions.done), decisions.without_seat_count, decisions.other_count) == (1, 0, 1)


def test_refuse_gives_the_reason_and_frees_the_seat(plenary, organiser, member, at):
    row = registration(plenary, member, "confirmed")
    refuse(plenary, [row.public_id], reason="The visa was refused.", by=organiser, at=at)
    row.refresh_from_db()
    plenary.refresh_from_db()
    assert (row.state, row.reason, row.decided_at, plenary.seats_taken) == ("refused", "The visa was refused.", at, 0)
    entry = Entry.objects.get()
    assert (entry.event, entry.data) == (
        "events.registration.refused", {"meeting": plenary.pk, "before": "confirmed"}
    )  # fmt: skip


def test_refuse_is_for_organisers(plenary, member, stranger, at):
    row = registration(plenary, stranger)
    with pytest.raises(NotPermittedError):
        refuse(plenary, [row.public_id], reason="No", by=member, at=at)


@pytest.mark.parametrize(("state", "seats"), [("applied", 0), ("waiting", 0), ("confirmed", 0), ("offered", 0)])
def test_withdraw_frees_the_seat(plenary, member, at, state, seats):
    row = registration(plenary, member, state)
    assert withdraw(row, by=member, at=at).state == "withdrawn"
    plenary.refresh_from_db()
    assert plenary.seats_taken == seats
    assert entries() == ["events.registration.withdrawn"]


def test_withdraw_is_for_the_person_concerned(plenary, member, organiser, at):
    with pytest.raises(NotPermittedError):
        withdraw(registration(plenary, member), by=organiser, at=at)


@pytest.mark.parametrize("state", ["declined", "withdrawn", "refused", "attended", "absent"])
def test_withdraw_of_what_has_ended_is_refused(plenary, member, at, state):
    with pytest.raises(IllegalTransitionError):
        withdraw(registration(plenary, member, state), by=member, at=at)


def test_withdraw_after_the_meeting_is_refused(plenary, member, at):
    row = registration(plenary, member, "confirmed")
    with pytest.raises(MeetingOverError):
        withdraw(row, by=member, at=at + timedelta(days=365))
