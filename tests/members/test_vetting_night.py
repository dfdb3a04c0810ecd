"""Is everybody reminded in time, once, and never twice a day; is nothing forgotten that a missed night left?"""

from collections import Counter
from datetime import timedelta

import pytest

from congress.core import journal, mail
from congress.core.models import Delivery, Entry
from congress.core.roles import Role
from members.actions import admission, questions, vetting, vetting_night
from members.models import Application
from members.tasks.vetting import compose_acceptance, compose_overdue, compose_welcome, vet_nightly
from tests import factories
from tests.conftest import NOW
from tests.members.cases import application, groundwork, word

DAY = timedelta(days=1)
EVENTS = [
    vetting_night.REMINDED, vetting_night.CLOSED, vetting_night.ESCALATED, admission.ACCEPTED, questions.ASKED,
]  # fmt: skip


def told() -> list[tuple[int, str]]:
    """Return what happened, and on which day after today."""
    rows = Entry.objects.filter(event__in=EVENTS).order_by("pk")
    return [((row.at.date() - NOW.date()).days, row.event.rpartition(".")[2]) for row in rows]


def test_a_year_of_one_case_brings_each_thing_once_and_never_two_on_a_day(vetter):
    case = application(submitted_at=NOW)
    for day in range(12):
        vetting_night.sweep(at=NOW + day * DAY)
    questions.ask(case, by=vetter, at=NOW + 12 * DAY, text="Which port?")
    for day in range(13, 365):
        vetting_night.sweep(at=NOW + day * DAY)
    assert told() == [(8, "escalated"), (12, "asked"), (26, "reminded"), (40, "closed")]
    assert max(Counter(day for day, _what in told()).values()) == 1
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("closed", None)


def test_a_year_of_an_admitted_case_ends_with_a_member(vetter, second_vetter):
    case = groundwork(application(submitted_at=NOW), vetter, second_vetter)
    vetting.approve(case, by=vetter, at=NOW, word=word())
    vetting.approve(case, by=second_vetter, at=NOW + DAY, word=word(seen=1))
    for day in range(1, 365):
        vetting_night.sweep(at=NOW + day * DAY)
    assert told() == [(16, "accepted")]


def test_nights_that_were_missed_are_made_up_for_and_nobody_is_closed_unreminded(vetter):
    questions.ask(application(), by=vetter, at=NOW, text="Which port?")
    for day in (1, 60, 61, 73, 74, 75):
        vetting_night.sweep(at=NOW + day * DAY)
    assert told() == [(0, "asked"), (60, "reminded"), (74, "closed")]


def test_answered_questions_are_neither_reminded_nor_closed(vetter, second_vetter):
    case = application()
    questions.ask(case, by=vetter, at=NOW, text="Which port?")
    vetting_night.sweep(at=NOW + 15 * DAY)
    questions.answer(case, at=NOW + 16 * DAY, text="Dakar.")
    vetting_night.sweep(at=NOW + 40 * DAY)
    assert [what for _day, what in told()] == ["asked", "reminded", "escalated"]


def test_the_leads_hear_of_all_that_is_late_in_one_letter(vetter):
    lead = factories.member("lead", roles=[Role.VETTING_LEAD])
    factories.member("gone", roles=[Role.VETTING_LEAD], standing="lapsed")
    late = [application(latin_name=f"Late {n}", due_on=NOW.date() - 9 * DAY) for n in range(2)]
    application(latin_name="In Time", due_on=NOW.date())
    assert vetting_night.sweep(at=NOW)["escalated"] == 2
    journal.dispatch(Entry.objects.get(event=vetting_night.ESCALATED), NOW)
    row = Delivery.objects.get(kind="members.vetting_overdue")
    letter = compose_overdue(row)
    assert (row.member, letter is not None) == (lead, True)
    assert letter is not None
    assert [name in letter.text for name in ("Late 0", "Late 1", "In Time")] == [True, True, False]
    Application.objects.filter(pk__in=[case.pk for case in late]).update(state="withdrawn", closed_at=NOW, due_on=None)
    assert compose_overdue(row) is None
    assert vetting_night.sweep(at=NOW + DAY)["escalated"] == 1


@pytest.mark.parametrize(("event", "kind"), [("asked", "question"), ("reminded", "question"), ("closed", "closed")])
def test_the_applicant_gets_a_letter_without_internal_words(vetter, event, kind):
    case = application()
    questions.ask(case, by=vetter, at=NOW, text="Which port?")
    for day in (14, 28):
        if event != "asked" and (event, day) != ("reminded", 28):
            vetting_night.sweep(at=NOW + day * DAY)
    journal.dispatch(Entry.objects.filter(event=f"members.application.{event}").get(), NOW)
    letter = mail.unsealed(Delivery.objects.get(address=case.email))
    assert ("Which port?" in letter.text) is (kind == "question")
    assert ("/apply/status/" in letter.text) is (kind == "question")
    assert str(vetter) not in letter.text + letter.html


def test_newcomers_hear_until_when_and_that_they_are_members(vetter, second_vetter, at):
    case = groundwork(application(), vetter, second_vetter)
    vetting.approve(case, by=vetter, at=at, word=word())
    admitted = vetting.approve(case, by=second_vetter, at=at, word=word(seen=1)).member
    journal.dispatch(Entry.objects.get(event=admission.ADMITTED), at)
    letter = compose_welcome(Delivery.objects.get(kind="members.welcome", member=admitted))
    assert letter is not None
    assert "Until 7 December 2026" in letter.text
    vetting_night.sweep(at=at + 15 * DAY)
    journal.dispatch(Entry.objects.get(event=admission.ACCEPTED), at)
    letter = compose_acceptance(Delivery.objects.get(kind="members.acceptance", member=admitted))
    assert letter is not None
    assert "You are a member now" in letter.text


def test_the_task_does_each_night_once(db):
    application(due_on=NOW.date() - 900 * DAY)
    assert vet_nightly()["escalated"] == 1
    assert vet_nightly() == {}
