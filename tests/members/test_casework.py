"""Is nobody approved unchecked and without a call, and do officers keep what they found?"""

from datetime import timedelta

import pytest

from congress.core import mail
from congress.core.errors import NotPermittedError
from congress.core.models import Delivery, Entry
from congress.core.roles import Role
from members.actions import casework, vetting
from members.actions.casework import Call, NotCalledBackError, UncheckedError
from members.actions.vetting_desk import NotUnderWayError
from members.models import AGAINST, TOLD, Callback, Check, Ground
from members.queries.vetting_case import checklist, history
from members.tasks.vetting import tell_refused
from tests import factories
from tests.conftest import NOW
from tests.members.cases import application, decision, groundwork, word

OPEN_ITEMS = {"identity": "yes", "body": "yes", "address": "no", "namesakes": "yes", "task": "beside"}


def call(**facts) -> Call:
    return Call(**{
        "reached": "The switchboard", "number": "+221 33 555 0100", "number_source": "public",
        "outcome": "confirmed", "called_at": NOW, **facts,
    })  # fmt: skip


# Actions


def test_approve_needs_the_checklist_of_the_stage_and_a_call(vetter, second_vetter, at):
    case = application()
    for refusal in (UncheckedError, NotCalledBackError):
        with pytest.raises(refusal):
            vetting.approve(case, by=vetter, at=at, word=word())
        casework.check(case, by=vetter, at=at, answers=OPEN_ITEMS)
    casework.call_back(case, by=vetter, at=at, call=call())
    vetting.approve(case, by=vetter, at=at, word=word())
    with pytest.raises(UncheckedError):
        vetting.approve(case, by=second_vetter, at=at, word=word(seen=1))


@pytest.mark.parametrize("facts", [{"number_source": "applicant"}, {"outcome": "not_reached"}, {"outcome": "denied"}])
def test_calls_that_confirm_nothing_do_not_count(vetter, at, facts):
    case = application()
    casework.check(case, by=vetter, at=at, answers=OPEN_ITEMS)
    casework.call_back(case, by=vetter, at=at, call=call(**facts))
    with pytest.raises(NotCalledBackError):
        vetting.approve(case, by=vetter, at=at, word=word())


def test_checks_and_calls_of_an_earlier_round_do_not_count(vetter, at):
    case = groundwork(application(), vetter)
    case.round = 2
    case.save()
    with pytest.raises(UncheckedError):
        vetting.approve(case, by=vetter, at=at, word=word())
    assert [line.check for line in checklist(case)] == [None] * 5
    assert [(moment.kind, moment.round) for moment in history(case)] == [("check", 1)] * 7 + [("call", 1)]


def test_refuse_needs_no_groundwork(vetter, at):
    assert vetting.refuse(application(), by=vetter, at=at, word=word()).state == "refused"


def test_check_keeps_who_gave_the_present_answer(vetter, second_vetter, at):
    case = application()
    casework.check(case, by=vetter, at=at, answers=OPEN_ITEMS)
    casework.check(case, by=second_vetter, at=at, answers={**OPEN_ITEMS, "address": "yes", "call": "yes"})
    rows = {row.item: (row.answer, row.officer) for row in Check.objects.filter(application=case)}
    assert (rows["address"], rows["identity"]) == (("yes", second_vetter), ("yes", vetter))
    assert "call" not in rows


def test_the_first_officer_does_not_answer_for_the_second(vetter, second_vetter, at):
    case = application()
    decision(case, vetter)
    with pytest.raises(NotPermittedError):
        casework.check(case, by=vetter, at=at, answers={"independent": "yes"})
    casework.check(case, by=second_vetter, at=at, answers={"independent": "yes"})
    assert Check.objects.get(application=case).officer == second_vetter


def test_a_third_officer_does_not_answer_for_the_second(vetter, second_vetter, at):
    third = factories.member(roles=[Role.VETTING_REVIEWER])
    case = groundwork(application(), vetter, third)
    vetting.approve(case, by=vetter, at=at, word=word())
    with pytest.raises(UncheckedError):
        vetting.approve(case, by=second_vetter, at=at, word=word(seen=1))
    casework.check(case, by=second_vetter, at=at, answers={"independent": "yes", "call": "yes"})
    assert vetting.approve(case, by=second_vetter, at=at, word=word(seen=1)).state == "window"


def test_call_back_answers_the_wish_for_one(vetter, at):
    case = application(call_wanted_at=at)
    made = casework.call_back(case, by=vetter, at=at, call=call())
    made.application.refresh_from_db()
    assert made.application.call_wanted_at is None


@pytest.mark.parametrize("state", ["approved", "refused", "withdrawn"])
def test_closed_cases_are_not_worked_on(vetter, at, state):
    case = application(state=state)
    with pytest.raises(NotUnderWayError):
        casework.check(case, by=vetter, at=at, answers=OPEN_ITEMS)
    with pytest.raises(NotUnderWayError):
        casework.call_back(case, by=vetter, at=at, call=call())


def test_who_has_a_conflict_writes_a_note_and_nothing_else(db, member, at):
    case = application()
    body = factories.organisation(case.organisation_name, mail_domains=[])
    own = factories.member(roles=[Role.VETTING_REVIEWER], organisation=body)
    for act in (
        lambda: casework.check(case, by=own, at=at, answers=OPEN_ITEMS),
        lambda: casework.call_back(case, by=own, at=at, call=call()),
        lambda: casework.note(case, by=member, at=at, text="I know her."),
    ):
        with pytest.raises(NotPermittedError):
            act()
    casework.note(case, by=own, at=at, text="She left us in May.")
    assert [(moment.kind, moment.by) for moment in history(case)] == [("note", own)]


# What the applicant hears


@pytest.mark.parametrize("ground", [*AGAINST])
def test_the_letter_says_the_lists_sentence_and_never_the_officers(vetter, at, ground):
    case = vetting.refuse(application(), by=vetter, at=at, word=word("Lied twice.", grounds=(ground,)))
    tell_refused(Entry.objects.get(event=vetting.REFUSED))
    letter = mail.unsealed(Delivery.objects.get(address=case.email))
    said = {each for each, sentence in TOLD.items() if str(sentence) in letter.text}
    assert said == ({ground} if ground in TOLD else set())
    assert ("Lied twice." in letter.text + letter.html, str(Ground(ground).label) in letter.text) == (False, False)


# Pages


def path(case, step: str) -> str:
    return f"/members/vetting/{case.public_id}/{step}/"


def test_vetting_check_keeps_answers(signed_in, vetter):
    case = application()
    assert signed_in(vetter).post(path(case, "check"), OPEN_ITEMS).status_code == 302
    assert Check.objects.filter(application=case).count() == 5
    assert signed_in(vetter).post(path(case, "check"), {"identity": "perhaps"}).status_code == 422


CALL = {"number": "+221 33", "number_source": "public", "outcome": "confirmed", "reached": "Ms Fall"}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 302),
        ({"reached": ""}, 422),
        ({"called_at": (NOW + timedelta(days=9000)).strftime("%Y-%m-%dT%H:%M")}, 422),
        ({"called_at": "yesterday"}, 422),
        ({"number_source": "a friend"}, 422),
        ({"number": "+" * 41}, 422),
    ],
)
def test_vetting_call_takes_what_is_whole(signed_in, vetter, change, status):
    case = application()
    data = {**CALL, "called_at": "2026-11-20T10:30", **change}
    assert signed_in(vetter).post(path(case, "call"), data).status_code == status
    assert Callback.objects.filter(application=case).exists() is (status == 302)


@pytest.mark.parametrize(("text", "status"), [("Rang twice.", 302), ("", 422), ("x" * 2001, 422)])
def test_vetting_note_keeps_a_note(signed_in, vetter, text, status):
    case = application()
    answer = signed_in(vetter).post(path(case, "note"), {"text": text})
    assert (answer.status_code, case.notes.exists()) == (status, status == 302)


@pytest.mark.parametrize("step", ["check", "call", "note", "assign", "decide"])
def test_steps_on_a_case_are_unknown_to_members(signed_in, member, step):
    assert signed_in(member).post(path(application(), step), {}).status_code == 404


def test_vetting_case_says_what_is_missing_and_keeps_the_words(signed_in, vetter):
    case = application()
    data = {"decision": "approve", "grounds": "known", "reason": "Known from training.", "seen": 0}
    answer = signed_in(vetter).post(path(case, "decide"), data)
    assert answer.status_code == 409
    assert "Answer every item of the checklist first" in answer.content.decode()
    assert "Known from training." in answer.content.decode()


@pytest.mark.parametrize("data", [{"grounds": "outside"}, {"grounds": []}, {"grounds": "known", "seen": -1}])
def test_vetting_decide_takes_the_reasons_of_its_own_list(signed_in, vetter, data):
    case = groundwork(application(), vetter)
    whole = {"decision": "approve", "reason": "Known.", "seen": 0, **data}
    assert signed_in(vetter).post(path(case, "decide"), whole).status_code == 422
    assert not case.decisions.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_vetting_case_costs_the_same_however_much_was_done(
    signed_in, vetter, second_vetter, django_assert_num_queries, count
):
    case = groundwork(application(), vetter)
    decision(case, second_vetter)
    for n in range(count):
        casework.note(case, by=vetter, at=NOW, text=f"Note {n}.")
    client = signed_in(vetter)
    with django_assert_num_queries(21):
        client.get(f"/members/vetting/{case.public_id}/")
