"""What does one person hear, from the first day of an application to the day on which the membership lapses?"""

from collections import Counter
from datetime import datetime

import pytest

from members.actions import applications, questions, sponsors, vetting
from members.actions.sponsors import Statement
from members.models import NEEDED_ATTESTATIONS, Application, Member
from tests.members.cases import ANSWERS, NAMINGS, groundwork, sponsor, word
from tests.members.test_year import comes_in
from tests.members.year import heard_by, live_through

AMINA = "amina@customs.example"
# What time brings, with its neighbours.
DAYS = [0, 1, 13, 14, 15, 16, 18, 19, 33, 34, 35, 368, 369, 370, 371, 385, 396, 398, 399]


def applies(at: datetime) -> None:
    applications.begin(AMINA, at=at)
    case = applications.verify(Application.objects.get(), at=at)
    told = applications.tell(
        case, at=at, answers={**ANSWERS, "expertise": ["detection"], "languages": [["en", "fluent"]]}
    )
    applications.submit(sponsors.name_sponsors(told, at=at, namings=NAMINGS), at=at)


def one_vouches(at: datetime) -> None:
    first = Application.objects.get().sponsors.order_by("pk").first()
    sponsors.attest(first, by=None, at=at, statement=Statement(NEEDED_ATTESTATIONS, ""))


@pytest.fixture
def acts(vetter, second_vetter):
    """What people do, by day: one sponsor stays silent, and an officer asks so that two letters are due on one day."""

    def is_asked(at: datetime) -> None:
        applies(at)
        one_vouches(at)
        questions.ask(Application.objects.get(), by=vetter, at=at, text="Which port?")

    def answers(at: datetime) -> None:
        questions.answer(Application.objects.get(), at=at, text="Dakar.")
        sponsor(Application.objects.get())

    def is_let_in(at: datetime) -> None:
        case = groundwork(Application.objects.get(), vetter, second_vetter)
        vetting.approve(case, by=vetter, at=at, word=word())
        vetting.approve(case, by=second_vetter, at=at, word=word(seen=1))

    def colleague_comes(_at: datetime) -> None:
        comes_in(Member.objects.get(email=AMINA), 369)

    return {0: is_asked, 18: answers, 19: is_let_in, 369: colleague_comes}


def test_one_person_hears_everything_in_its_order_and_of_time_never_twice_on_one_day(acts):
    live_through(DAYS, acts)
    letters = heard_by(AMINA)
    assert letters == [
        (0, "application_link"),
        (0, "application_received"),
        (0, "application_question"),
        (14, "application_question"),
        (15, "another_sponsor"),
        (19, "welcome"),
        (34, "acceptance"),
        (369, "expiry_warning"),
        (370, "newcomers"),
        (385, "expiry_warning"),
        (396, "expiry_warning"),
        (399, "membership_lapsed"),
    ]
    assert max(Counter(day for day, _kind in letters if day).values()) == 1
