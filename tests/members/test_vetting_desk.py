"""Do officers find their cases, look after each in turn, and see what is overdue?"""

from datetime import date, timedelta
from functools import partial

import pytest

from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from congress.core.roles import Role, Standing
from members import queries
from members.actions import applications, vetting, vetting_desk
from members.models import Application, Decision, Member, Objection, Passage, due_on
from members.queries import QueueFilters
from tests import factories
from tests.conftest import NOW
from tests.members.cases import application, groundwork, sponsor, word
from tests.races import all_at_once

DESK = "/members/vetting/"
TODAY = NOW.date()


@pytest.fixture
def lead(db) -> Member:
    return factories.member("lead", roles=[Role.VETTING_LEAD])


def names(viewer: Member, **filters) -> list[str]:
    page = queries.vetting_queue(viewer, QueueFilters(**filters), today=TODAY)
    return [case.latin_name for case in page.rows]


# The clock


@pytest.mark.parametrize(
    ("begun_on", "due"),
    [(date(2026, 11, 23), date(2026, 11, 30)), (date(2026, 11, 27), date(2026, 12, 4)),
     (date(2026, 11, 28), date(2026, 12, 4))],
)  # fmt: skip
def test_officers_have_five_working_days(begun_on, due):
    assert due_on("open", begun_on) == due
    assert due_on("approved", begun_on) is None


def test_each_stage_leaves_its_time_behind(vetter, second_vetter, at):
    case = application(submitted_at=at - timedelta(days=4))
    vetting.approve(groundwork(case, vetter), by=vetter, at=at, word=word())
    vetting.refuse(case, by=second_vetter, at=at + timedelta(days=1), word=word(seen=1))
    rows = Passage.objects.filter(application=case).order_by("entered_at")
    assert [(row.stage, (row.left_at or at) - row.entered_at) for row in rows] == [
        ("open", timedelta(days=4)),
        ("seconded", timedelta(days=1)),
    ]


def test_a_withdrawn_case_has_no_clock(db, at):
    case = applications.withdraw(application(), at=at)
    assert (case.due_on, case.closed_at) == (None, at)
    assert Passage.objects.get(application=case).left_at == at


# Whose case


def test_take_give_back_and_hand_over(vetter, second_vetter, at):
    case = application()
    assert vetting_desk.take(case, by=vetter, at=at).assigned_to == vetter
    assert vetting_desk.hand_over(case, by=vetter, at=at, to=second_vetter).assigned_to == second_vetter
    assert vetting_desk.give_back(case, by=second_vetter, at=at).assigned_to is None
    said = Entry.objects.filter(event=vetting_desk.ASSIGNED).order_by("pk")
    assert [entry.data["to"] for entry in said] == [vetter.pk, second_vetter.pk, None]


@pytest.mark.parametrize(
    ("who", "gives_on"), [("owner", True), ("colleague", False), ("lead", True), ("own_body", False)]
)
def test_hand_over_is_for_whoever_has_it_and_for_leads(vetter, second_vetter, lead, at, who, gives_on):
    case = application(assigned_to=vetter, assigned_at=at)
    own = factories.member(
        roles=[Role.VETTING_LEAD], organisation=factories.organisation(case.organisation_name, mail_domains=[])
    )
    officer = {"owner": vetter, "colleague": second_vetter, "lead": lead, "own_body": own}[who]
    if gives_on:
        assert vetting_desk.give_back(case, by=officer, at=at).assigned_to is None
    else:
        with pytest.raises(NotPermittedError):
            vetting_desk.hand_over(case, by=officer, at=at, to=second_vetter)


def test_hand_over_reaches_nobody_with_a_conflict_and_nobody_outside_the_desk(vetter, member, at):
    case = application(assigned_to=vetter, assigned_at=at)
    body = factories.organisation(case.organisation_name, mail_domains=[])
    own, gone = (
        factories.member(roles=[Role.VETTING_REVIEWER], **facts)
        for facts in ({"organisation": body}, {"standing": Standing.LAPSED})
    )
    for other in (own, gone, member):
        with pytest.raises(vetting_desk.NotAssignableError):
            vetting_desk.hand_over(case, by=vetter, at=at, to=other)


def test_take_is_for_one_and_not_on_closed_cases(vetter, second_vetter, at):
    case = application(assigned_to=second_vetter, assigned_at=at)
    with pytest.raises(vetting_desk.TakenError):
        vetting_desk.take(case, by=vetter, at=at)
    with pytest.raises(vetting_desk.NotUnderWayError):
        vetting_desk.take(application(state="refused"), by=vetter, at=at)


def test_two_officers_take_a_case_at_once_and_one_has_it(committed, at):
    case = application()
    officers = [factories.member(f"officer{n}", roles=[Role.VETTING_REVIEWER]) for n in range(2)]
    calls = [partial(vetting_desk.take, case, by=officer, at=at) for officer in officers]
    assert all_at_once(calls) == {"done": 1, "taken": 1}


# Many at once


def test_take_all_leaves_what_a_colleague_has_and_what_was_closed(vetter, second_vetter, at):
    cases = [application(), application(assigned_to=second_vetter, assigned_at=at), application(state="withdrawn")]
    assert vetting_desk.take_all(cases, by=vetter, at=at) == 1
    owners = [Application.objects.get(pk=case.pk).assigned_to for case in cases]
    assert owners == [vetter, second_vetter, None]


@pytest.mark.parametrize("act", [vetting_desk.take_all, vetting_desk.want_calls])
def test_one_conflict_among_many_stops_all(vetter, at, act):
    cases = [application(), application(organisation_name=vetter.organisation.name)]
    with pytest.raises(NotPermittedError):
        act(cases, by=vetter, at=at)
    assert not Application.objects.filter(assigned_to=vetter).exists()
    assert not Application.objects.filter(call_wanted_at__isnull=False).exists()


def test_want_calls_asks_once(vetter, at):
    case = application()
    assert [vetting_desk.want_calls([case], by=vetter, at=at) for _twice in range(2)] == [1, 0]


# Pages


def test_vetting_queue_filters(vetter, second_vetter, at):
    application(latin_name="Late", due_on=TODAY - timedelta(days=1), assigned_to=vetter, assigned_at=at)
    application(latin_name="Soon", due_on=TODAY, sector="academia", country="FR", call_wanted_at=at)
    later = {"due_on": TODAY + timedelta(days=5), "assigned_to": second_vetter, "assigned_at": at}
    application(latin_name="Later", state="seconded", country="FR", **later)
    assert names(vetter) == ["Late", "Soon", "Later"]
    for filters, found in [
        ({"clock": ("overdue",)}, ["Late"]),
        ({"clock": ("overdue", "soon")}, ["Late", "Soon"]),
        ({"clock": ("call",)}, ["Soon"]),
        ({"owner": ("me",)}, ["Late"]),
        ({"owner": ("nobody", "somebody")}, ["Soon", "Later"]),
        ({"stage": ("seconded",)}, ["Later"]),
        ({"region": ("europe",), "sector": ("academia",)}, ["Soon"]),
    ]:
        assert names(vetter, **filters) == found, filters


def test_vetting_queue_says_overdue_in_words_and_ignores_unknown_filters(signed_in, vetter):
    application(due_on=date(2020, 1, 3))
    page = signed_in(vetter).get(DESK, {"stage": "nonsense", "clock": ["overdue", "x" * 900]}).content.decode()
    assert ("Amina Diallo" in page, "Overdue" in page) == (True, True)
    assert "<strong>1</strong> as filtered" in page


def test_vetting_queue_takes_those_chosen(signed_in, vetter):
    cases = [application(), application()]
    answer = signed_in(vetter).post(f"{DESK}?clock=soon", {"step": "take", "case": [c.public_id for c in cases]})
    assert answer["Location"] == f"{DESK}?clock=soon"
    assert Application.objects.filter(assigned_to=vetter).count() == 2


@pytest.mark.parametrize("data", [{"step": "take"}, {"step": "refuse", "case": "own"}, {"step": "take", "case": "own"}])
def test_vetting_queue_refuses_what_cannot_be_done_and_keeps_the_choice(signed_in, vetter, data):
    application(organisation_name=vetter.organisation.name, public_id="own")
    mine = application()
    chosen = [mine.public_id, *([data["case"]] if "case" in data else [])] if "case" in data else []
    answer = signed_in(vetter).post(DESK, {**data, "case": chosen})
    assert answer.status_code == 422
    assert (f'value="{mine.public_id}" aria-label="Amina Diallo" checked' in answer.content.decode()) is bool(chosen)
    assert not Application.objects.filter(assigned_to=vetter).exists()


def test_vetting_queue_is_no_door_for_members(signed_in, member):
    assert signed_in(member).post(DESK, {"step": "take"}).status_code == 403


@pytest.mark.parametrize(
    ("data", "status"), [({"step": "take"}, 302), ({"step": "hand_over"}, 422), ({"step": "give_back"}, 403)]
)
def test_vetting_assign_answers(signed_in, vetter, data, status):
    case = application()
    assert signed_in(vetter).post(f"{DESK}{case.public_id}/assign/", data).status_code == status


def test_vetting_assign_hands_over(signed_in, vetter, second_vetter, at):
    case = application(assigned_to=vetter, assigned_at=at)
    data = {"step": "hand_over", "officer": second_vetter.public_id}
    assert signed_in(vetter).post(f"{DESK}{case.public_id}/assign/", data).status_code == 302
    assert Application.objects.get(pk=case.pk).assigned_to == second_vetter


# Times


def stay(days: float, country: str = "SN", stage: str = "open") -> None:
    case = application(country=country, vouched=False)
    Passage.objects.filter(application=case).delete()
    left_at = NOW + timedelta(days=days)
    Passage.objects.create(application=case, round=1, stage=stage, entered_at=NOW, left_at=left_at)


def test_vetting_times_gives_median_and_slowest_tenth_by_region(signed_in, lead):
    for days in (1, 2, 3, 4, 10):
        stay(days)
    for days in (1, 5):
        stay(days, country="FR")
    lines = signed_in(lead).get(f"{DESK}times.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "region,stage,cases,median_days,90th_percentile_days"
    assert "Africa,To be checked,5,3.0,7.6" in lines
    # Two cases would tell of two people.
    assert "Europe,To be checked,2,," in lines


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.VETTING_LEAD, 200), (Role.AUDITOR, 200), (Role.VETTING_REVIEWER, 403), (Role.ADMINISTRATOR, 403)],
)
def test_vetting_times_is_for_leads_and_auditors(signed_in, db, role, status):
    assert signed_in(factories.member(roles=[role])).get(f"{DESK}times.csv").status_code == status


# Who decides, in one table


CONFLICTS = {
    "nobody concerned": True,
    "has the case": True,
    "a colleague has the case": True,
    "was asked to vouch": False,
    "invited the applicant": False,
    "works for the same organisation": False,
    "has decided before": False,
    "a colleague has decided": False,
    "refused in an earlier round": False,
    "a colleague refused in an earlier round": False,
    "approved in an earlier round": True,
    "objected": False,
    "has no organisation": False,
}


def concerned(how: str, officer: Member, other: Member) -> Application:
    """Make a case in which an officer, or a colleague of theirs, is concerned in a way."""
    case = groundwork(application(round=2), other)
    colleague = factories.member(roles=[Role.VETTING_REVIEWER], organisation=officer.organisation)
    changes: dict[str, dict[str, object]] = {
        "has the case": {"assigned_to": officer, "assigned_at": NOW},
        "a colleague has the case": {"assigned_to": other, "assigned_at": NOW},
        "invited the applicant": {"nominated_by": officer, "nominated_at": NOW, "organisation": officer.organisation},
        "works for the same organisation": {"organisation_name": str(officer.organisation)},
    }
    Application.objects.filter(pk=case.pk).update(**changes.get(how, {}))
    decided = {"decided before": 2, "colleague has decided": 2, "earlier round": 1}
    for words, number in decided.items():
        if words in how:
            by = colleague if "colleague" in how else officer
            facts = {"round": number, "in_favour": "refused" not in how, "reason": "So.", "decided_at": NOW}
            Decision.objects.create(application=case, officer=by, grounds=["known"], **facts)
    if how == "was asked to vouch":
        sponsor(case, member=officer)
    if how == "objected":
        Objection.objects.create(application=case, round=1, member=officer, text="No.", raised_at=NOW)
    return Application.objects.get(pk=case.pk)


@pytest.mark.parametrize("act", ["approve", "refuse"])
@pytest.mark.parametrize(("how", "decides"), CONFLICTS.items())
def test_conflicts_are_refused_on_page_and_action(signed_in, second_vetter, how, decides, act):
    body = None if how == "has no organisation" else factories.organisation()
    officer = factories.member("concerned", roles=[Role.VETTING_REVIEWER], organisation=body)
    case = concerned(how, officer, second_vetter)
    path = f"{DESK}{case.public_id}/"
    assert ("Your decision" in signed_in(officer).get(path).content.decode()) is decides
    ground = {"approve": "known", "refuse": "outside"}[act]
    seen = case.decisions.filter(round=2).count()
    data = {"decision": act, "grounds": ground, "reason": "Said so.", "seen": seen}
    assert signed_in(officer).post(f"{path}decide/", data).status_code == (302 if decides else 403)
    assert ("Said so." in Decision.objects.values_list("reason", flat=True)) is decides
