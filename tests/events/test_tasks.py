"""Who is told what about a seat, and when is it not true any more?"""

from datetime import datetime

import pytest
from django.core import mail as outbox

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from congress.core.roles import Standing
from events import tasks
from events.actions import approve, refuse, register, withdraw
from events.models import Meeting, Registration
from members.models import Member
from tests.events.factories import registration


def told(at: datetime) -> list[Delivery]:
    """Let the listeners hear every entry, twice, and return what they queued."""
    for entry in [*Entry.objects.order_by("pk"), *Entry.objects.order_by("pk")]:
        journal.dispatch(entry, at)
    return list(Delivery.objects.order_by("pk"))


def letter(at: datetime) -> mail.Letter:
    written = tasks.compose(told(at)[-1])
    assert written is not None
    return written


def test_tell_delegate_queues_one_letter_for_the_person(plenary, member, at):
    register(plenary, needs="", by=member, at=at)
    [delivery] = told(at)
    assert (delivery.member, delivery.lane, delivery.kind) == (member, Lane.EVENT, "events.registration.applied")


def test_compose_says_that_the_registration_has_come(plenary, member, at):
    register(plenary, needs="", by=member, at=at)
    written = letter(at)
    assert written.subject == "Plenary plenary-2027: we have your registration"
    for part in (written.text, written.html):
        assert "/meetings/plenary-2027/registration/" in part
        assert "do not book travel" in part


def test_compose_says_that_the_person_waits(plenary, member, at):
    plenary.capacity = plenary.seats_taken = 1
    plenary.save()
    register(plenary, needs="", by=member, at=at)
    assert letter(at).subject == "Plenary plenary-2027: you are on the waiting list"


def test_compose_says_that_there_is_a_seat(plenary, member, organiser, at):
    approve(plenary, [registration(plenary, member).public_id], by=organiser, at=at)
    assert letter(at).subject == "Plenary plenary-2027: you have a seat"


def test_compose_gives_the_reason_as_it_was_typed(plenary, member, organiser, at):
    reason = 'The ministry\'s visa <office> said "no"'
    refuse(plenary, [registration(plenary, member).public_id], reason=reason, by=organiser, at=at)
    written = letter(at)
    assert reason in written.text
    assert "&lt;office&gt;" in written.html


def test_compose_has_nothing_to_say_when_the_registration_moved_on(plenary, member, at):
    withdraw(register(plenary, needs="", by=member, at=at), by=member, at=at)
    assert tasks.compose(told(at)[0]) is None


def test_compose_has_nothing_to_say_to_somebody_shut_out(plenary, member, at):
    register(plenary, needs="", by=member, at=at)
    Member.objects.filter(pk=member.pk).update(standing=Standing.SUSPENDED)
    assert tasks.compose(told(at)[0]) is None


@pytest.mark.parametrize("title", ["Plenary\r\nBcc: everybody@members.example", "Plenary & <friends>"])
def test_compose_keeps_the_subject_in_one_line(plenary, member, at, title):
    Meeting.objects.update(title=title)
    register(plenary, needs="", by=member, at=at)
    assert letter(at).subject == f"{' '.join(title.split())}: we have your registration"


def test_letters_leave_the_house(plenary, member, at):
    register(plenary, needs="", by=member, at=at)
    told(at)
    assert mail.send(mail.claim(at), lambda: at) == 1
    assert [message.to for message in outbox.outbox] == [[member.email]]
    assert Registration.objects.get().state == "applied"
