"""Is an applicant asked, heard and judged anew by others, and does whatever was decided before stay as it was?"""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from congress.core.roles import Role, Standing
from congress.core.states import IllegalTransitionError
from members.actions import admission, questions, rounds, sponsors, vetting
from members.actions.rounds import NoAppealError, NotInWindowError, ObjectedBeforeError, SettledError
from members.models import Affiliation, Application, Member, Objection, Question
from members.policies import can_decide, objectable_by, objectors_to
from members.queries.vetting_case import history, thread_of
from members.tasks.sponsors import lose_sponsor
from tests import factories
from tests.conftest import NOW
from tests.members.cases import application, decision, groundwork, sponsor, word
from tests.races import all_at_once

DAY = timedelta(days=1)


@pytest.fixture
def officers(db) -> list[Member]:
    return [factories.member(f"officer{n}", roles=[Role.VETTING_REVIEWER]) for n in range(5)]


@pytest.fixture
def newcomer(officers, at) -> Application:
    """A provisional member, admitted by the first two officers."""
    case = groundwork(application(), officers[0], officers[1])
    vetting.approve(case, by=officers[0], at=at, word=word())
    return vetting.approve(case, by=officers[1], at=at, word=word(seen=1))


def again(case: Application) -> Application:
    return Application.objects.get(pk=case.pk)


# Questions


@pytest.mark.parametrize("before", ["open", "seconded"])
def test_ask_stops_the_clock_until_the_answer(officers, at, before):
    case = application()
    if before == "seconded":
        decision(case, officers[0])
    questions.ask(case, by=officers[1], at=at, text="Which port?")
    asked = again(case)
    assert (asked.state, asked.due_on) == ("asked", date(2026, 12, 21))
    with pytest.raises(vetting.ApplicationDecidedError):
        vetting.refuse(case, by=officers[2], at=at, word=word(seen=int(before == "seconded")))
    questions.answer(case, at=at + 3 * DAY, text="Dakar.")
    assert (again(case).state, [row.answer for row in thread_of(case)]) == (before, ["Dakar."])


def test_answer_comes_once_and_only_to_a_question(officers, at):
    case = application()
    for _nothing_asked in range(2):
        with pytest.raises(questions.NothingAskedError):
            questions.answer(case, at=at, text="Hello?")
    questions.ask(case, by=officers[0], at=at, text="Which port?")
    questions.answer(case, at=at, text="Dakar.")
    with pytest.raises(questions.NothingAskedError):
        questions.answer(case, at=at, text="Or Thiès.")


def test_go_on_gives_the_question_up(officers, at):
    case = application()
    questions.ask(case, by=officers[0], at=at, text="Which port?")
    with pytest.raises(IllegalTransitionError):
        questions.ask(case, by=officers[1], at=at, text="And which ship?")
    assert questions.go_on(case, by=officers[1], at=at).state == "open"
    assert Question.objects.get().given_up_at == at
    with pytest.raises(IllegalTransitionError):
        questions.go_on(case, by=officers[1], at=at)


# The objection window


def test_a_provisional_member_signs_in_sees_nobody_and_becomes_a_member_unopposed(newcomer):
    member = newcomer.member
    assert (member.standing, member.is_active, member.permissions) == (Standing.PROVISIONAL, True, frozenset())
    assert admission.accept(newcomer, at=NOW + 14 * DAY) is False
    assert admission.accept(newcomer, at=NOW + 15 * DAY) is True
    member = Member.objects.get(pk=member.pk)
    assert (member.standing, member.joined_on) == (Standing.MEMBER, date(2026, 12, 8))
    assert again(newcomer).state == "approved"
    assert admission.accept(newcomer, at=NOW + 16 * DAY) is False


def test_an_open_objection_holds_a_newcomer_back(newcomer, officers, at):
    objection = rounds.object_to(newcomer, by=officers[2], at=at, text="Not who they say.")
    assert admission.accept(newcomer, at=NOW + 20 * DAY) is False
    rounds.dismiss(objection, by=officers[3], at=at, reason="Another person of that name.")
    assert admission.accept(newcomer, at=NOW + 20 * DAY) is True


def test_an_upheld_objection_is_a_new_round_and_the_history_stays(newcomer, officers, at):
    objection = rounds.object_to(newcomer, by=officers[2], at=at, text="Not who they say.")
    rounds.uphold(objection, by=officers[3], at=at, reason="The photograph differs.")
    case = again(newcomer)
    assert (case.state, case.round, case.assigned_to, case.closed_at) == ("open", 2, None, None)
    kinds = {moment.kind for moment in history(case)}
    assert kinds == {"decision", "check", "call", "objection", "reopening"}
    # Whoever approved before may look again; whoever objected may not.
    assert [can_decide(officer, case) for officer in officers] == [True, True, False, True, True]


def test_refused_after_all_a_provisional_member_is_out_at_once(newcomer, officers, at):
    objection = rounds.object_to(newcomer, by=officers[2], at=at, text="Not who they say.")
    rounds.uphold(objection, by=officers[3], at=at, reason="The photograph differs.")
    epoch = newcomer.member.authz_epoch
    vetting.refuse(again(newcomer), by=officers[4], at=at, word=word())
    member = Member.objects.get(pk=newcomer.member.pk)
    assert (member.standing, member.organisation, member.authz_epoch) == (Standing.FORMER, None, epoch + 1)
    assert Affiliation.objects.get(member=member).ended_on is not None


def test_approved_anew_a_provisional_member_has_a_new_window(newcomer, officers, at):
    objection = rounds.object_to(newcomer, by=officers[2], at=at, text="Not who they say.")
    rounds.uphold(objection, by=officers[3], at=at, reason="To be asked again.")
    case = groundwork(again(newcomer), officers[3], officers[4])
    later = at + 9 * DAY
    vetting.approve(case, by=officers[3], at=later, word=word())
    case = vetting.approve(case, by=officers[4], at=later, word=word(seen=1))
    assert (case.state, case.member, case.due_on) == ("window", newcomer.member, (later + 14 * DAY).date())


@pytest.mark.parametrize(("who", "answer"), [("approved", False), ("objected", False), ("another", True)])
def test_objections_are_settled_by_others_than_those_concerned(newcomer, officers, at, who, answer):
    officer = {"approved": officers[0], "objected": officers[2], "another": officers[3]}[who]
    objection = rounds.object_to(newcomer, by=officers[2], at=at, text="Not who they say.")
    if answer:
        assert rounds.dismiss(objection, by=officer, at=at, reason="Wrong.").settled_by == officer
        with pytest.raises(SettledError):
            rounds.uphold(objection, by=officers[4], at=at, reason="Right.")
    else:
        with pytest.raises(NotPermittedError):
            rounds.dismiss(objection, by=officer, at=at, reason="Wrong.")


def test_objections_come_once_from_each_and_within_the_window(newcomer, officers, at):
    rounds.object_to(newcomer, by=officers[2], at=at, text="Not who they say.")
    with pytest.raises(ObjectedBeforeError):
        rounds.object_to(newcomer, by=officers[2], at=at, text="Really.")
    with pytest.raises(NotInWindowError):
        rounds.object_to(application(), by=officers[2], at=at, text="Not who they say.")


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("officer", True),
        ("sponsors_colleague", True),
        ("own_focal_point", True),
        ("own_colleague", False),
        ("declined", False),
        ("stranger", False),
    ],
)
def test_objectable_by_officers_and_the_sponsors_bodies(newcomer, officers, stranger, who, answer):
    vouching, declining = factories.member(), factories.member()
    sponsor(newcomer, member=vouching)
    sponsor(newcomer, state="declined", member=declining)
    viewer = {
        "officer": officers[3],
        "sponsors_colleague": factories.member(organisation=vouching.organisation),
        "own_focal_point": factories.member(roles=[Role.FOCAL_POINT], organisation=newcomer.member.organisation),
        "own_colleague": factories.member(organisation=newcomer.member.organisation),
        "declined": factories.member(organisation=declining.organisation),
        "stranger": stranger,
    }[who]
    assert objectable_by(viewer).exists() is answer
    told = objectors_to([newcomer.pk], datetime.now(UTC)).filter(pk=viewer.pk)
    assert told.exists() is (answer and who != "officer")


def test_whoever_left_within_the_window_took_the_application_back(newcomer, at):
    Member.objects.filter(pk=newcomer.member.pk).update(standing=Standing.FORMER)
    assert admission.accept(newcomer, at=NOW + 20 * DAY) is False
    assert again(newcomer).state == "withdrawn"


# A sponsor who takes back their word


@pytest.mark.parametrize(("days", "standing"), [(1, Standing.PROVISIONAL), (15, Standing.MEMBER)])
def test_a_lost_sponsor_opens_the_case_of_whoever_was_let_in(newcomer, officers, at, days, standing):
    admission.accept(newcomer, at=NOW + days * DAY)
    assert rounds.lose_sponsor(newcomer, at=NOW + 16 * DAY) is True
    case = again(newcomer)
    assert (case.state, case.round, case.member.standing) == ("open", 2, standing)
    assert rounds.lose_sponsor(newcomer, at=NOW + 16 * DAY) is False


def test_a_lost_sponsor_of_a_case_that_waits_begins_a_round_and_leaves_the_question(officers, at):
    case = application()
    vetting.approve(groundwork(case, officers[0]), by=officers[0], at=at, word=word())
    questions.ask(again(case), by=officers[1], at=at, text="Which port?")
    due_on = again(case).due_on
    assert rounds.lose_sponsor(case, at=NOW + DAY) is True
    assert (again(case).state, again(case).round, again(case).due_on) == ("asked", 2, due_on)
    questions.answer(case, at=NOW + 2 * DAY, text="Dakar.")
    assert again(case).state == "open"
    assert case.passages.get(left_at=None).round == 2


def test_a_lost_sponsor_of_a_case_that_waits_undecided_changes_nothing(officers, at):
    case = application()
    questions.ask(case, by=officers[1], at=at, text="Which port?")
    assert rounds.lose_sponsor(case, at=NOW + DAY) is False
    assert again(case).round == 1


def test_a_member_approved_anew_stays_a_member(newcomer, officers, at):
    admission.accept(newcomer, at=NOW + 15 * DAY)
    rounds.lose_sponsor(newcomer, at=NOW + 16 * DAY)
    case = groundwork(again(newcomer), officers[3], officers[4])
    vetting.approve(case, by=officers[3], at=NOW + 17 * DAY, word=word())
    case = vetting.approve(case, by=officers[4], at=NOW + 17 * DAY, word=word(seen=1))
    assert (case.state, Member.objects.get(pk=case.member_id).standing) == ("approved", Standing.MEMBER)


def test_who_takes_back_a_word_is_heard(newcomer, at):
    case = sponsors.take_back(newcomer.sponsors.first(), by=None, at=at, reason="I was wrong.").application
    lose_sponsor(Entry.objects.get(event=sponsors.WITHDREW))
    assert again(case).round == 2


# Appeal


def test_appeal_goes_to_others_once(officers, at):
    case = application()
    vetting.refuse(case, by=officers[0], at=at, word=word())
    colleague = factories.member(roles=[Role.VETTING_REVIEWER], organisation=officers[0].organisation)
    rounds.appeal(case, at=at + 29 * DAY, text="You mistook me for another.")
    case = again(case)
    assert [can_decide(who, case) for who in (officers[0], colleague, officers[1])] == [False, False, True]
    vetting.refuse(case, by=officers[1], at=at + 30 * DAY, word=word())
    with pytest.raises(NoAppealError):
        rounds.appeal(case, at=at + 31 * DAY, text="Once more.")


def test_appeal_is_for_the_refused_within_thirty_days_and_not_beside_a_new_application(officers, at):
    case = application()
    with pytest.raises(NoAppealError):
        rounds.appeal(case, at=at, text="Not refused yet.")
    vetting.refuse(case, by=officers[0], at=at, word=word())
    with pytest.raises(NoAppealError):
        rounds.appeal(case, at=at + 30 * DAY, text="Too late.")
    application(email=case.email.upper())
    with pytest.raises(NoAppealError):
        rounds.appeal(case, at=at, text="Twice at once.")


def test_no_word_of_the_desk_is_in_the_thread(officers, at):
    case = application()
    questions.ask(case, by=officers[0], at=at, text="Which port?")
    assert {type(row) for row in thread_of(case)} == {Question}
    assert not Objection.objects.exists()


@pytest.mark.parametrize("first", [rounds.uphold, rounds.dismiss])
@pytest.mark.parametrize("second", [rounds.uphold, rounds.dismiss])
def test_two_officers_settle_one_objection_at_once_and_one_is_told(committed, first, second):
    officers = [factories.member(f"officer{n}", roles=[Role.VETTING_REVIEWER]) for n in range(5)]
    case = application(state="window", member=factories.member(standing=Standing.PROVISIONAL))
    for officer in officers[:2]:
        decision(case, officer)
    objection = rounds.object_to(case, by=officers[2], at=NOW, text="Not who they say.")
    acts = [(first, officers[3]), (second, officers[4])]
    calls = [partial(act, objection, by=officer, at=NOW, reason="Asked around.") for act, officer in acts]
    assert all_at_once(calls) == {"done": 1, "settled": 1}
    assert again(case).round == (2 if Objection.objects.get().is_upheld else 1)


@pytest.mark.parametrize("step", ["uphold", "dismiss"])
def test_vetting_settle_says_who_was_faster(signed_in, newcomer, officers, step):
    objection = rounds.object_to(newcomer, by=officers[2], at=NOW, text="Not who they say.")
    (rounds.uphold if step == "uphold" else rounds.dismiss)(objection, by=officers[3], at=NOW, reason="Asked around.")
    data = {"objection": objection.pk, "step": "uphold", "settlement": "Seen elsewhere."}
    answer = signed_in(officers[4]).post(f"/members/vetting/{newcomer.public_id}/settle/", data)
    page = answer.content.decode()
    assert (answer.status_code, "settled in the meantime" in page, str(officers[3]) in page) == (409, True, True)


def test_vetting_settle_tells_once_what_is_missing(signed_in, newcomer, officers):
    objection = rounds.object_to(newcomer, by=officers[2], at=NOW, text="Not who they say.")
    data = {"objection": objection.pk, "step": "uphold", "settlement": " "}
    answer = signed_in(officers[4]).post(f"/members/vetting/{newcomer.public_id}/settle/", data)
    assert (answer.status_code, answer.content.decode().count('class="error-summary"')) == (422, 1)
