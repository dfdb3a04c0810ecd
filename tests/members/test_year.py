"""Does a year bring every letter in its order, each once, and nobody two of them on one day?"""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine

from congress.core import journal
from congress.core.models import Delivery, Entry
from congress.core.roles import Role, Standing
from members.actions import questions
from members.models import Application, Member
from members.tasks import groups, renewal, sponsors, vetting
from tests import factories
from tests.conftest import NOW
from tests.members.cases import application, sponsor

DAY = timedelta(days=1)
NIGHTS = (vetting.vet_nightly, renewal.renew_nightly, groups.remind_of_rotation, sponsors.watch_sponsors)
# The day on which something is due, with the day before and after; of the rest every fortieth.
DUE = (0, 10, 14, 21, 28, 110, 170, 335, 351, 362, 365)
DAYS = sorted({*range(0, 400, 40), *(day + near for day in DUE for near in (-1, 0, 1) if day + near >= 0)})


@pytest.fixture
def cast(vetter) -> dict[str, str]:
    """A case that waits for its applicant, one that nobody takes up, somebody whom both name, a member with a seat whom
    one of them names late, and a lead: by address."""
    asked, late = application(), application(due_on=(NOW + 20 * DAY).date())
    questions.ask(asked, by=vetter, at=NOW, text="Which port?")
    named = [sponsor(case, state="asked", email="boris@tox.example", asked_at=NOW) for case in (asked, late)]
    member = factories.member("amina", joined_on=NOW.date())
    sponsor(late, state="asked", email=member.email, member=member, asked_at=NOW + 325 * DAY)
    seat = factories.term(member, factories.group())
    type(seat).objects.filter(pk=seat.pk).update(ends_on=(NOW + 200 * DAY).date())
    lead = factories.member("lead", roles=[Role.VETTING_LEAD], joined_on=NOW.date() + 30 * DAY)
    assert late.pk != asked.pk
    return {"applicant": asked.email, "lead": lead.email, "member": member.email, "sponsor": named[0].email}


def one_day(number: int) -> list[tuple[int, str, str]]:
    """Let a day pass, each task asked twice and every listener heard; return who was written to, and of what."""
    entries, letters = _last(Entry) if number else 0, _last(Delivery)
    with time_machine.travel(NOW + number * DAY, tick=False):
        for _each in range(2):
            for night in NIGHTS:
                night()
                for entry in Entry.objects.filter(pk__gt=entries).order_by("pk"):
                    journal.dispatch(entry, NOW + number * DAY)
    made = Delivery.objects.filter(pk__gt=letters).select_related("member").order_by("pk")
    return [(number, row.address or row.member.email, row.kind.removeprefix("members.")) for row in made]


def _last(model: type[Entry] | type[Delivery]) -> int:
    return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@pytest.fixture
def year(cast) -> list[tuple[int, str, str]]:
    """Everything that our cast heard in 400 days, in its order: the day, who, and what."""
    names = {email: name for name, email in cast.items()}
    heard = [row for number in DAYS for row in one_day(number)]
    return [(day, names[email], kind) for day, email, kind in heard if email in names]


def test_a_year_in_its_order_each_once_and_never_two_on_one_day(year):
    assert [row for row in year if row[1] != "lead"] == [
        (0, "applicant", "application_question"),
        (10, "sponsor", "sponsor_reminded"),
        (11, "sponsor", "sponsor_reminded"),
        (14, "applicant", "application_question"),
        (28, "applicant", "application_closed"),
        (110, "member", "seat_ending"),
        (170, "member", "seat_ending"),
        (335, "member", "expiry_warning"),
        (336, "member", "sponsor_reminded"),
        (351, "member", "expiry_warning"),
        (362, "member", "expiry_warning"),
        (365, "member", "membership_lapsed"),
    ]
    assert [(day, kind) for day, who, kind in year if who == "lead"][:1] == [(21, "vetting_overdue")]
    assert max(Counter((day, who) for day, who, _kind in year).values()) == 1
    assert Member.objects.get(latin_name="Amina").standing == Standing.LAPSED
    assert set(Application.objects.values_list("state", flat=True)) == {"closed", "open"}
