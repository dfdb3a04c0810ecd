"""Does a year bring every letter in its order, each once, and nobody two of them on one day?"""

from collections import Counter

import pytest

from congress.core.roles import Role, Standing
from members.actions import questions
from members.models import Application, Member
from tests import factories
from tests.conftest import NOW
from tests.members.cases import application, sponsor
from tests.members.year import DAY, heard_by, live_through, moment

# The day on which something is due, with its neighbours; of the rest every hundredth.
DUE = (0, 10, 14, 21, 28, 110, 170, 335, 351, 362, 365)
DAYS = sorted({*range(0, 400, 100), *(day + near for day in DUE for near in (-1, 0, 1) if day + near >= 0)})


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


def comes_in(member: Member, day: int) -> Application:
    """Somebody for whom this member's organisation vouched is let in."""
    newcomer = factories.member(standing=Standing.PROVISIONAL)
    case = application(state="window", member=newcomer, stage_since=moment(day), due_on=(NOW + (day + 14) * DAY).date())
    colleague = factories.member(organisation=member.organisation)
    sponsor(case, member=colleague, asked_at=moment(day), answered_at=moment(day))
    return case


@pytest.fixture
def year(cast) -> dict[str, list[tuple[int, str]]]:
    """Everything that our cast heard in 400 days; on the day of a warning the member could hear of a newcomer too."""
    member = Member.objects.get(email=cast["member"])
    live_through(DAYS, {351: lambda _at: comes_in(member, 351)})
    return {name: heard_by(email) for name, email in cast.items()}


def test_a_year_in_its_order_each_once_and_never_two_on_one_day(year):
    assert year["applicant"] == [(0, "application_question"), (15, "application_question"), (29, "application_closed")]
    assert year["sponsor"] == [(10, "sponsor_reminded"), (11, "sponsor_reminded")]
    assert year["member"] == [
        (110, "seat_ending"),
        (170, "seat_ending"),
        (335, "expiry_warning"),
        (336, "sponsor_reminded"),
        (351, "expiry_warning"),
        (352, "newcomers"),
        (362, "expiry_warning"),
        (365, "membership_lapsed"),
    ]
    assert year["lead"][:1] == [(21, "vetting_overdue")]
    assert all(max(Counter(day for day, _kind in letters).values()) == 1 for letters in year.values())
    assert Member.objects.get(latin_name="Amina").standing == Standing.LAPSED
    assert set(Application.objects.values_list("state", flat=True)) == {"approved", "closed", "open"}
