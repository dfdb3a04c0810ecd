"""What becomes of the case, and of the standing, of somebody who was let in when the case is opened again?"""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from congress.core import journal
from congress.core.errors import NotPermittedError
from congress.core.models import Delivery, Entry
from congress.core.roles import Role, Standing
from members.actions import admission, applications, departures, questions, rounds, suspensions, vetting, vetting_night
from members.actions.applications import NoWithdrawalError
from members.actions.roles import LastAdministratorsError
from members.models import Application, Member
from members.policies import applications_visible_to
from members.queries.vetting import case_of
from members.tasks.vetting import compose_staying, compose_welcome
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
    case = groundwork(application(token="newcomer"), officers[0], officers[1])
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


def leave(case: Application, at: datetime) -> None:
    member = factories.reloaded(again(case).member)
    departures.end_affiliation(member, by=member, at=at, words=departures.Words())


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


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.VETTING_LEAD, Role.PUBLISHER])
def test_a_refusal_ends_no_membership_that_the_officer_could_not_end(reopened, officers, role, signed_in):
    factories.grant(reopened.member, role)
    with pytest.raises(NotPermittedError):
        vetting.refuse(reopened, by=officers[3], at=NOW + 17 * DAY, word=word())
    assert (again(reopened).state, standing_of(reopened)) == ("open", Standing.MEMBER)
    assert not reopened.decisions.filter(round=2).exists()
    assert "Refuse and close" not in signed_in(officers[3]).get(f"/members/vetting/{reopened.public_id}/").text


def test_a_refusal_leaves_two_administrators(reopened, at):
    both = [Role.ADMINISTRATOR, Role.VETTING_REVIEWER]
    officer = factories.member("both", roles=both)
    factories.grant(reopened.member, Role.ADMINISTRATOR)
    with pytest.raises(LastAdministratorsError):
        vetting.refuse(reopened, by=officer, at=NOW + 17 * DAY, word=word())
    factories.member(roles=[Role.ADMINISTRATOR])
    vetting.refuse(reopened, by=officer, at=NOW + 17 * DAY, word=word())
    assert standing_of(reopened) == Standing.FORMER


def test_who_left_is_not_looked_at_again_for_a_lost_sponsor(newcomer):
    admission.accept(newcomer, at=NOW + 15 * DAY)
    leave(newcomer, NOW + 16 * DAY)
    assert rounds.lose_sponsor(newcomer, at=NOW + 17 * DAY) is False
    assert (again(newcomer).state, standing_of(newcomer)) == ("approved", Standing.FORMER)


def test_a_departure_ends_a_case_under_way(reopened, officers):
    questions.ask(reopened, by=officers[3], at=NOW + 17 * DAY, text="Where do you work?")
    leave(reopened, NOW + 18 * DAY)
    case = again(reopened)
    assert (case.state, case.questions.open().exists()) == ("withdrawn", False)
    with pytest.raises(vetting.ApplicationDecidedError):
        vetting.approve(case, by=officers[4], at=NOW + 19 * DAY, word=word())


def test_an_appeal_of_who_was_put_out_is_reopened_when_a_sponsor_withdraws(reopened, officers):
    later = NOW + 18 * DAY
    vetting.refuse(reopened, by=officers[3], at=later, word=word())
    rounds.appeal(reopened, at=later, text="You mistook me for another.")
    vetting.approve(groundwork(again(reopened), officers[4]), by=officers[4], at=later, word=word())
    assert rounds.lose_sponsor(reopened, at=later) is True
    assert (again(reopened).state, again(reopened).round) == ("open", 4)


def test_a_newcomer_approved_while_suspended_has_a_new_window(newcomer, officers, administrator):
    rounds.lose_sponsor(newcomer, at=NOW)
    newcomer = groundwork(again(newcomer), officers[3], officers[4])
    suspensions.suspend(newcomer.member, by=administrator, at=NOW, reason="Doubt.", ends_at=NOW + 3 * DAY)
    vetting.approve(newcomer, by=officers[3], at=NOW, word=word())
    assert vetting.approve(newcomer, by=officers[4], at=NOW, word=word(seen=1)).state == "window"
    suspensions.lift_ended(at=NOW + 4 * DAY)
    assert admission.accept(newcomer, at=NOW + 15 * DAY) is True
    assert standing_of(newcomer) == Standing.MEMBER


def test_an_officer_reads_nothing_of_the_own_case(newcomer, signed_in):
    factories.grant(newcomer.member, Role.VETTING_REVIEWER)
    factories.second_factor(newcomer.member)
    admission.accept(newcomer, at=NOW + 15 * DAY)
    officer = factories.reloaded(newcomer.member)
    assert not applications_visible_to(officer).exists()
    assert signed_in(officer).get(f"/members/vetting/{newcomer.public_id}/").status_code == 404


def hear(event: str, at: datetime) -> list[str]:
    """Run the listeners of what happened last, and return the kinds of letters that are queued since."""
    entry = Entry.objects.filter(event=event).latest("pk")
    journal.dispatch(entry, at)
    return list(Delivery.objects.filter(entry=entry).values_list("kind", flat=True))


@pytest.fixture
def returning(newcomer, officers) -> Application:
    """Somebody with a password who was a member, left, and was admitted again on a new application."""
    member = newcomer.member
    admission.accept(newcomer, at=NOW + 15 * DAY)
    member.set_password(factories.PASSWORD)
    member.save(update_fields=["password"])
    leave(newcomer, NOW + 16 * DAY)
    applications.begin(newcomer.email.upper(), at=NOW + 17 * DAY)
    Application.objects.filter(email=newcomer.email, state="unverified").get().delete()
    case = application(email=newcomer.email, organisation_name="Port of Dakar", position="Chemist")
    groundwork(case, officers[3], officers[4])
    vetting.approve(case, by=officers[3], at=NOW + 18 * DAY, word=word())
    return vetting.approve(case, by=officers[4], at=NOW + 18 * DAY, word=word(seen=1))


def test_who_left_is_the_same_person_when_they_come_again(newcomer, returning):
    member = Member.objects.get(email=newcomer.email)
    assert (returning.member, again(newcomer).member) == (member, member)
    assert (member.standing, str(member.organisation), member.profile.position) == (
        Standing.PROVISIONAL, "Port of Dakar", "Chemist",
    )  # fmt: skip
    assert case_of(member) == returning
    assert rounds.lose_sponsor(newcomer, at=NOW + 19 * DAY) is False


def test_who_comes_again_is_told_to_sign_in_as_ever(returning):
    assert hear(admission.ADMITTED, NOW) == ["members.welcome"]
    letter = compose_welcome(Delivery.objects.get(kind="members.welcome"))
    assert letter is not None
    assert "You have a password already" in letter.text
    assert "/accounts/login/" in letter.text


def test_who_stays_a_member_is_told_so(reopened, officers):
    case = groundwork(reopened, officers[3], officers[4])
    vetting.approve(case, by=officers[3], at=NOW + 17 * DAY, word=word())
    vetting.approve(case, by=officers[4], at=NOW + 17 * DAY, word=word(seen=1))
    assert hear(admission.KEPT, NOW) == ["members.staying"]
    letter = compose_staying(Delivery.objects.get(kind="members.staying"))
    assert letter is not None
    assert "You stay a member" in letter.subject


def test_a_member_whose_case_was_opened_again_gets_its_link(reopened):
    applications.begin(reopened.email, at=NOW)
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.target_id) == (applications.BEGUN, reopened.pk)
