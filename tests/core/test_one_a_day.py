"""Does a letter that may wait leave on a day on which time writes nothing else?"""

from datetime import timedelta

import pytest

from congress.core import journal, mail, one_a_day
from congress.core.models import Delivery, Lane
from tests.conftest import NOW

PATIENT, PRESSING, ACT = "tests.patient", "tests.pressing", "tests.act"
MIDNIGHT = NOW.replace(hour=0, minute=10)
MORNING, DAY = timedelta(hours=8), timedelta(days=1)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    monkeypatch.setitem(journal.EVENTS, PATIENT, journal.Event(PATIENT, "X.", "test"))
    for kind in (PATIENT, PRESSING, ACT):
        monkeypatch.setitem(mail.COMPOSERS, kind, lambda _e, _m: lambda _d: mail.Letter("S", "T"))
    monkeypatch.setitem(one_a_day.TIMED, PATIENT, True)
    monkeypatch.setitem(one_a_day.TIMED, PRESSING, False)


def announced(member, kind, at) -> Delivery:
    entry = journal.record(PATIENT, target=None, by=None, at=at)
    mail.announce(entry, [member.pk], kind=kind, lane=Lane.EVENT, at=at)
    return Delivery.objects.get(entry=entry)


def sent(at) -> list[str]:
    before = set(Delivery.objects.filter(state="sent").values_list("pk", flat=True))
    mail.send(mail.claim(at), lambda: at)
    return list(Delivery.objects.filter(state="sent").exclude(pk__in=before).values_list("kind", flat=True))


def test_a_patient_letter_leaves_in_the_morning(member):
    announced(member, PATIENT, MIDNIGHT)
    assert [sent(MIDNIGHT), sent(MIDNIGHT + MORNING)] == [[], [PATIENT]]


@pytest.mark.parametrize(("kind", "same_day"), [(PRESSING, []), (PATIENT, []), (ACT, [PATIENT])])
def test_a_patient_letter_waits_for_a_day_without_another_of_time(member, kind, same_day):
    announced(member, kind, MIDNIGHT - (MORNING if kind == PATIENT else timedelta()))
    sent(MIDNIGHT + timedelta(hours=7) if kind == PATIENT else MIDNIGHT)
    announced(member, PATIENT, MIDNIGHT)
    assert sent(MIDNIGHT + MORNING) == same_day
    assert sent(MIDNIGHT + DAY + MORNING) == ([] if same_day else [PATIENT])


def test_a_patient_letter_waits_for_one_that_is_tried_again_later(member):
    announced(member, PRESSING, MIDNIGHT + timedelta(hours=12))
    announced(member, PATIENT, MIDNIGHT)
    assert sent(MIDNIGHT + MORNING) == []
    assert Delivery.objects.get(kind=PATIENT).due_at == NOW.replace(hour=6) + DAY


def test_a_patient_letter_of_late_in_the_evening_leaves_in_the_morning_too(member):
    late = announced(member, PATIENT, NOW.replace(hour=23, minute=30))
    assert late.due_at == NOW.replace(hour=6, minute=0) + DAY


def test_two_senders_at_once_send_one_letter(member):
    for _letter in range(2):
        announced(member, PATIENT, MIDNIGHT)
    first, second = mail.claim(MIDNIGHT + MORNING, 1), mail.claim(MIDNIGHT + MORNING + timedelta(seconds=1), 1)
    sent = [mail.send(rows, lambda: MIDNIGHT + MORNING + timedelta(seconds=2)) for rows in (second, first)]
    assert sent == [0, 1]


def test_a_patient_letter_waits_for_a_week_at_most(member):
    for _letter in range(10):
        announced(member, PATIENT, MIDNIGHT)
    assert [len(sent(MIDNIGHT + MORNING + number * DAY)) for number in range(9)] == [1, 1, 1, 1, 1, 1, 1, 3, 0]


def test_one_persons_letter_is_nobody_elses(member, stranger):
    announced(stranger, PRESSING, MIDNIGHT)
    sent(MIDNIGHT)
    announced(member, PATIENT, MIDNIGHT)
    assert sent(MIDNIGHT + MORNING) == [PATIENT]
