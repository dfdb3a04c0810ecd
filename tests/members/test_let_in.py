"""What becomes of the case, and of the standing, of somebody who was let in when the case is opened again?"""

from datetime import timedelta

import pytest
from django.test import Client

from congress.core.roles import Role, Standing
from members.actions import admission, applications, questions, rounds, vetting, vetting_night
from members.actions.applications import NoWithdrawalError
from members.models import Application, Member
from tests import factories
from tests.conftest import NOW
from tests.members.cases import application, groundwork, word

DAY = timedelta(days=1)


@pytest.fixture
def officers(db: None) -> list[Member]:
    return [factories.member(f"officer{n}", roles=[Role.VETTING_REVIEWER]) for n in range(5)]


@pytest.fixture
def newcomer(officers, at) -> Application:
    """A provisional member, admitted by the first two officers."""
    case = groundwork(application(token="newcomer"), officers[0])
    vetting.approve(case, by=officers[0], at=at, word=word())
    return vetting.approve(case, by=officers[1], at=at, word=word(seen=1))


@pytest.fixture
def reopened(newcomer) -> Application:
    """The case of a member, opened again because a sponsor took back a word."""
    admission.accept(newcomer, at=NOW + 15 * DAY)
    rounds.lose_sponsor(newcomer, at=NOW + 16 * DAY)
    return again(newcomer)


def again(case: Application) -> Application:
    return Application.objects.select_related("member").get(pk=case.pk)


def standing_of(case: Application) -> str:
    return Member.objects.get(pk=case.member_id).standing


def test_who_was_let_in_does_not_end_the_case_by_withdrawing(newcomer, at):
    with pytest.raises(NoWithdrawalError):
        applications.withdraw(newcomer, at=at)
    rounds.lose_sponsor(newcomer, at=at)
    with pytest.raises(NoWithdrawalError):
        applications.withdraw(newcomer, at=at)
    assert again(newcomer).state == "open"


def test_the_page_of_the_private_link_does_not_offer_to_withdraw_to_who_was_let_in(reopened):
    client = Client(headers={"host": "localhost"})
    assert b"Withdraw" not in client.get("/apply/status/newcomer/").content
    assert client.post("/apply/status/newcomer/withdraw/").status_code == 409
    application(token="stranger")
    assert b"Withdraw" in client.get("/apply/status/stranger/").content


@pytest.mark.parametrize(("decided", "state"), [(False, "open"), (True, "seconded")])
def test_who_was_let_in_does_not_end_the_case_by_silence(reopened, officers, decided, state):
    if decided:
        vetting.approve(groundwork(reopened, officers[3]), by=officers[3], at=NOW + 17 * DAY, word=word())
    questions.ask(reopened, by=officers[4], at=NOW + 18 * DAY, text="Where do you work?")
    for day in range(19, 60):
        vetting_night.sweep(at=NOW + day * DAY)
    case = again(reopened)
    assert (case.state, standing_of(case)) == (state, Standing.MEMBER)
    assert not case.questions.open().exists()
