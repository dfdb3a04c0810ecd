"""Do two officers without a conflict decide, each once, and does nobody else?"""

from datetime import date, timedelta
from functools import partial

import pytest
from allauth.account.models import EmailAddress

from congress.core import journal, mail
from congress.core.errors import NotPermittedError
from congress.core.models import Delivery, Entry
from congress.core.names import sounds_of
from congress.core.roles import Role, Standing
from members import queries, tasks
from members.actions import admission, refresh_search, vetting
from members.models import CHECKLIST, Application, Member, Organisation
from members.policies import applications_visible_to, can_decide, can_see_vetting_desk
from tests import factories
from tests.members.cases import application, decision, groundwork, word
from tests.races import all_at_once

REASON = "Known from joint training."


def decide(act, case: Application, by: Member, at, seen: int = 0):
    if not case.checks.exists():
        groundwork(case, by)
    if seen:
        case.checks.filter(item__in=CHECKLIST["seconded"]).update(officer=by)
    return act(case, by=by, at=at, word=word(REASON, seen=seen))


# Policies


@pytest.fixture
def customs(db) -> Organisation:
    return factories.organisation("Customs of Senegal", native_name="Douanes", mail_domains=["customs.example"])


def officer_of(body: Organisation | None, name: str = "") -> Member:
    return factories.member(name, roles=[Role.VETTING_REVIEWER], organisation=body)


@pytest.mark.parametrize(
    ("case", "answer"),
    [
        ({}, True),
        ({"organisation_name": "port of oslo", "email": "a@port.example"}, False),
        ({"organisation_name": "Oslo havn"}, False),
        ({"email": "a@oslo.example"}, False),
        ({"email": "a@mail.oslo.example"}, False),
        ({"email": "a@notoslo.example"}, True),
        ({"email": "a@oslo.example.com"}, True),
    ],
)
def test_can_decide_not_on_ones_own_organisation(db, case, answer):
    body = factories.organisation("Port of Oslo", native_name="Oslo havn", mail_domains=["oslo.example"])
    assert can_decide(officer_of(body), application(**case)) is answer


def test_can_decide_once_and_not_after_a_colleague(vetter, second_vetter):
    case = application()
    colleague = officer_of(vetter.organisation)
    assert [can_decide(who, case) for who in (vetter, colleague, second_vetter)] == [True, True, True]
    decision(case, vetter)
    assert [can_decide(who, case) for who in (vetter, colleague, second_vetter)] == [False, False, True]


def test_can_decide_needs_an_organisation(db):
    assert can_decide(officer_of(None), application()) is False


@pytest.mark.parametrize(
    ("role", "answer"),
    [(role, role in {Role.VETTING_REVIEWER, Role.VETTING_LEAD}) for role in Role if role != Role.MEMBER]
    + [("", False)],
)
def test_the_desk_is_for_vetting_officers(db, role, answer):
    case = application()
    person = factories.member(roles=[role] if role else [])
    assert can_see_vetting_desk(person) is answer
    assert can_decide(person, case) is answer
    assert applications_visible_to(person).exists() is answer


@pytest.mark.parametrize("standing", [s for s in Standing if s not in {Standing.ANYONE, Standing.MEMBER}])
def test_officers_who_are_no_members_decide_nothing(db, standing):
    officer = factories.member(roles=[Role.VETTING_REVIEWER], standing=standing)
    assert can_decide(officer, application()) is False


@pytest.mark.parametrize(
    ("state", "answer"),
    [("unverified", False), ("verified", False), ("open", True), ("approved", True), ("refused", True)],
)
def test_officers_see_only_what_was_sent(vetter, state, answer):
    application(state=state)
    assert applications_visible_to(vetter).exists() is answer


# Actions


def test_approve_once_waits_for_a_second_officer(vetter, at):
    case = decide(vetting.approve, application(), vetter, at)
    assert (case.state, case.due_on) == ("seconded", date(2026, 11, 30))
    assert [(e.event, e.by_id) for e in Entry.objects.all()] == [("members.application.supported", vetter.pk)]
    assert not Member.objects.filter(email=case.email).exists()


def test_approve_twice_admits(vetter, second_vetter, at, customs):
    case = application(email="Amina@customs.example", languages=[["fr", "native"], ["en", "working"]])
    decide(vetting.approve, case, vetter, at)
    admitted = decide(vetting.approve, case, second_vetter, at, seen=1).member
    assert (admitted.email, admitted.standing, admitted.joined_on) == ("amina@customs.example", "provisional", None)
    case.refresh_from_db()
    assert (case.member, case.state, case.due_on) == (admitted, "window", date(2026, 12, 7))
    assert (admitted.sector, admitted.country, admitted.organisation) == ("law_enforcement", "SN", customs)
    assert admitted.profile.time_zone == "Africa/Dakar"
    assert (admitted.profile.position, admitted.profile.languages) == ("Inspector", ["fr:native", "en:working"])
    assert EmailAddress.objects.get(user=admitted).verified
    assert not admitted.has_usable_password()
    admitted.refresh_from_db()
    assert "customs of senegal" in admitted.search_text
    assert Entry.objects.filter(event="members.member.admitted", target_id=admitted.pk, by=second_vetter).count() == 1


def test_approve_finds_one_of_two_organisations_that_differ_in_capitals(vetter, second_vetter, at):
    older = factories.organisation("Customs Of Mali")
    factories.organisation("customs of mali")
    case = application(organisation_name="CUSTOMS OF MALI")
    decide(vetting.approve, case, vetter, at)
    assert decide(vetting.approve, case, second_vetter, at, seen=1).member.organisation == older


def test_a_body_is_found_by_its_name_in_its_own_script(vetter, second_vetter, at):
    body = factories.organisation("Customs of Japan", native_name="税関")
    case = application(organisation_name="税関")
    assert queries.hints(vetter, case).body == body
    decide(vetting.approve, case, vetter, at)
    assert decide(vetting.approve, case, second_vetter, at, seen=1).member.organisation == body


def test_approve_makes_an_organisation_that_is_new(vetter, second_vetter, at):
    case = application(organisation_name="New Institute")
    decide(vetting.approve, case, vetter, at)
    body = decide(vetting.approve, case, second_vetter, at, seen=1).member.organisation
    assert (body.name, body.country, body.mail_domains) == ("New Institute", "SN", [])


def test_refuse_ends_the_application_at_once(vetter, at):
    case = decide(vetting.refuse, application(), vetter, at)
    assert (case.state, case.closed_at, case.decisions.get().reason) == ("refused", at, REASON)
    journal.dispatch(Entry.objects.get(event="members.application.refused"), at)
    letter = mail.unsealed(Delivery.objects.get(kind="members.application_refused"))
    assert REASON not in letter.text + letter.html


@pytest.mark.parametrize("act", [vetting.approve, vetting.refuse])
def test_decisions_with_a_conflict_are_not_permitted(vetter, customs, at, act):
    case = application()
    decision(case, vetter)
    for officer in (vetter, officer_of(vetter.organisation), officer_of(customs), factories.member()):
        with pytest.raises(NotPermittedError):
            decide(act, case, officer, at, seen=1)
    assert case.decisions.count() == 1


@pytest.mark.parametrize("act", [vetting.approve, vetting.refuse])
@pytest.mark.parametrize("state", ["approved", "refused", "withdrawn"])
def test_decisions_come_too_late_on_a_closed_application(vetter, at, act, state):
    with pytest.raises(vetting.ApplicationDecidedError):
        decide(act, application(state=state), vetter, at)


@pytest.mark.parametrize("act", [vetting.approve, vetting.refuse])
def test_decisions_are_made_with_all_others_in_sight(vetter, second_vetter, at, act):
    case = application()
    decision(case, vetter)
    with pytest.raises(vetting.DecidedMeanwhileError):
        decide(act, case, second_vetter, at, seen=0)


def test_approve_refuses_an_address_that_became_a_members(vetter, second_vetter, member, at):
    case = application(email=member.email.upper())
    decide(vetting.approve, case, vetter, at)
    with pytest.raises(admission.AddressTakenError):
        decide(vetting.approve, case, second_vetter, at, seen=1)
    assert case.decisions.count() == 1


def test_the_welcome_leads_to_a_password_and_is_composed_when_sent(vetter, second_vetter, at, client, settings):
    case = application()
    decide(vetting.approve, case, vetter, at)
    admitted = decide(vetting.approve, case, second_vetter, at, seen=1).member
    journal.dispatch(Entry.objects.get(event="members.member.admitted"), at)
    row = Delivery.objects.get(kind="members.welcome", member=admitted)
    letter = tasks.compose_welcome(row)
    assert letter is not None
    path = letter.text.split(settings.SITE_URL)[1].split()[0]
    form = client.get(path, headers={"host": "localhost"})
    assert form.status_code == 302
    admitted.set_password("an entirely new harbour")
    admitted.save()
    assert tasks.compose_welcome(Delivery.objects.get(pk=row.pk)) is None


def test_two_officers_at_the_same_instant_one_is_told(committed, at):
    officers = [officer_of(factories.organisation(), f"officer{n}") for n in range(2)]
    case = groundwork(application(), officers[0])
    calls = [partial(decide, vetting.approve, case, officer, at) for officer in officers]
    assert all_at_once(calls) == {"done": 1, "decided_meanwhile": 1}
    assert case.decisions.count() == 1


def test_ten_second_approvals_at_once_admit_one_member(committed, at):
    case = application()
    first = officer_of(factories.organisation(), "first")
    decision(groundwork(case, first), first)
    officers = [officer_of(factories.organisation(), f"officer{n}") for n in range(10)]
    calls = [partial(decide, vetting.approve, case, officer, at, seen=1) for officer in officers]
    # The second officer's word on the checklist is one person's: whose is overwritten is told to give it again.
    outcomes = all_at_once(calls)
    assert (outcomes["done"], set(outcomes) - {"done", "application_decided", "unchecked"}) == (1, set())
    assert Member.objects.filter(email=case.email).count() == 1


# Pages


def test_vetting_queue_shows_the_longest_wait_first(signed_in, vetter, at):
    application(latin_name="Second Person", submitted_at=at - timedelta(days=1))
    application(latin_name="First Person", submitted_at=at - timedelta(days=9))
    application(latin_name="Closed Person", state="refused")
    page = signed_in(vetter).get("/members/vetting/").content.decode()
    assert page.index("First Person") < page.index("Second Person")
    assert "Closed Person" not in page
    assert "<strong>2</strong> applications wait for your decision" in page
    closed = signed_in(vetter).get("/members/vetting/?state=closed").content.decode()
    assert "Closed Person" in closed
    assert "First Person" not in closed


@pytest.mark.parametrize("count", [1, 3])
def test_vetting_queue_costs_six_queries(signed_in, vetter, second_vetter, django_assert_num_queries, count):
    for _ in range(count):
        decision(application(), second_vetter)
    client = signed_in(vetter)
    with django_assert_num_queries(5):
        client.get("/members/vetting/")


def test_vetting_queue_is_closed_to_members(signed_in, member):
    assert signed_in(member).get("/members/vetting/").status_code == 403


def test_vetting_case_is_unknown_to_members(signed_in, member):
    case = application()
    client = signed_in(member)
    hidden, unknown = (client.get(f"/members/vetting/{i}/") for i in (case.public_id, "0" * 12))
    assert (hidden.status_code, hidden.content) == (404, unknown.content)
    assert client.post(f"/members/vetting/{case.public_id}/decide/").status_code == 404


def test_vetting_case_shows_facts_decisions_and_buttons(signed_in, vetter, second_vetter):
    case = application()
    decision(case, second_vetter)
    page = signed_in(vetter).get(f"/members/vetting/{case.public_id}/").content.decode()
    for words in (
        "Amina Diallo",
        "We control the port of Dakar.",
        "Says Second Vetter.",
        "Approve and admit provisionally",
    ):
        assert words in page
    assert "Refuse and close the application" in page


def test_vetting_case_has_no_buttons_for_those_with_a_conflict(signed_in, vetter):
    case = application()
    decision(case, vetter)
    page = signed_in(vetter).get(f"/members/vetting/{case.public_id}/").content.decode()
    assert "Refuse and close" not in page
    assert "Others decide on this one" in page


def test_vetting_case_hints_at_namesakes_and_foreign_addresses(signed_in, vetter, customs):
    twin = factories.member("diallo_amina", standing=Standing.FORMER)
    refresh_search(Member.objects.filter(pk=twin.pk))
    old = application(state="refused", email="old@customs.example")
    hints = queries.hints(vetter, application(organisation_name="Port of Dakar"))
    assert (hints.body, hints.domain_owner, hints.domain_is_foreign) == (None, customs, True)
    assert [(like.row, like.why) for like in hints.likely_members] == [(twin, "a name that sounds alike")]
    assert [(like.row, like.why) for like in hints.earlier] == [(old, "same name")]


def test_vetting_case_hints_at_the_same_name_in_another_spelling(vetter, at):
    facts = {"latin_name": "Yuri Shcherbakov", "email": "y@one.example", "sounds": sounds_of("Yuri Shcherbakov")}
    old = application(state="refused", **facts)
    new = application(latin_name="Щербаков Юрий", sounds=sounds_of("Щербаков Юрий"))
    assert [(like.row, like.why) for like in queries.hints(vetter, new).earlier] == [(old, "a name that sounds alike")]


def test_vetting_case_says_when_the_address_fits(vetter, customs):
    hints = queries.hints(vetter, application(email="amina@dakar.customs.example"))
    assert (hints.domain_fits, hints.domain_is_foreign, hints.domain_is_unlisted) == (True, False, False)
    hints = queries.hints(vetter, application(email="amina@mail.example"))
    assert (hints.domain_fits, hints.domain_is_foreign, hints.domain_is_unlisted) == (False, False, True)


@pytest.mark.parametrize(
    ("outcome", "ground", "state"), [("approve", "known", "seconded"), ("refuse", "outside", "refused")]
)
def test_vetting_decide_records_and_says_so(signed_in, vetter, outcome, ground, state):
    case = groundwork(application(), vetter)
    response = signed_in(vetter).post(
        f"/members/vetting/{case.public_id}/decide/",
        {"decision": outcome, "reason": REASON, "seen": 0, "grounds": [ground]},
    )
    assert response["Location"] == f"/members/vetting/{case.public_id}/"
    case.refresh_from_db()
    assert case.state == state


@pytest.mark.parametrize(
    "data",
    [{"decision": "approve"}, {"decision": "perhaps"}, {"decision": "approve", "seen": "x"}, {"reason": "x" * 2001}],
)
def test_vetting_decide_needs_a_reason(signed_in, vetter, data):
    case = application()
    path = f"/members/vetting/{case.public_id}/decide/"
    assert signed_in(vetter).post(path, {"reason": "", "seen": 0, **data}).status_code == 422
    assert not case.decisions.exists()


def test_vetting_decide_too_late_shows_why_and_keeps_the_reason(signed_in, vetter, second_vetter):
    case = application()
    decision(case, second_vetter)
    response = signed_in(vetter).post(
        f"/members/vetting/{case.public_id}/decide/",
        {"decision": "approve", "reason": REASON, "seen": 0, "grounds": "known"},
    )
    page = response.content.decode()
    assert response.status_code == 409
    for words in ("A colleague has decided while you were reading", "Says Second Vetter.", REASON):
        assert words in page
    assert 'name="seen" value="1"' in page


def test_vetting_decide_twice_is_forbidden(signed_in, vetter):
    case = application()
    decision(case, vetter)
    path = f"/members/vetting/{case.public_id}/decide/"
    response = signed_in(vetter).post(path, {"decision": "approve", "reason": REASON, "seen": 1, "grounds": "known"})
    assert response.status_code == 403


def test_waiting_for_lists_what_is_mine_to_decide(vetter, second_vetter, member):
    mine = application(latin_name="Mine")
    decision(application(latin_name="Done"), vetter)
    application(latin_name="Own body", organisation_name=vetter.organisation.name)
    application(latin_name="Closed", state="withdrawn")
    assert [(row.title, row.url_kwargs) for row in queries.waiting_for(vetter)] == [
        ("Mine", {"public_id": mine.public_id})
    ]
    assert queries.waiting_for(member) == []
