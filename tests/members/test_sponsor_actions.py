"""Can an applicant name two people, and do these answer once, in time, in confidence?"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from congress import celery_app
from congress.core import journal, mail
from congress.core.errors import NotPermittedError
from congress.core.identifiers import token_digest
from congress.core.models import Delivery, Entry, Lane
from congress.core.roles import Standing
from congress.core.states import IllegalTransitionError
from members import tasks
from members.actions import sponsor_clock, sponsors
from members.actions.naming import Naming, SponsorRefusedError, troubles
from members.actions.sponsors import Statement
from members.actions.stages import enter
from members.models import NEEDED_ATTESTATIONS, Member, Sponsor
from tests import factories
from tests.members.cases import application, sponsor

celery_app.loader.import_default_modules()

AROHA = Naming("Aroha Ngata", "Port Authority", "aroha@port.example")
BORIS = Naming("Boris Petrov", "Institute of Toxicology", "boris@tox.example")
YES, NO = Statement(NEEDED_ATTESTATIONS, "Known for years."), Statement([], "")


def changed(naming: Naming, **parts: str) -> Naming:
    return Naming(**{**vars(naming), **parts})


def hear(at) -> None:
    for entry in Entry.objects.order_by("pk"):
        journal.dispatch(entry, at)


def letters(kind: str) -> list[str]:
    return list(Delivery.objects.filter(kind=f"members.{kind}").values_list("address", flat=True))


# Naming


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"email": "AMINA.diallo+x@gmail.example"}, ["email"]),
        ({"email": "aminadiallo@another.example"}, ["email"]),
        ({"email": "diallo_amina@another.example"}, ["email"]),
        ({"email": "aroha@mailinator.com"}, ["email"]),
        ({"name": "diallo AMINA"}, ["name"]),
        ({"name": "Амина Диалло"}, ["name"]),
        ({"organisation_name": "institute of  Toxicology"}, ["organisation_name"]),
        ({"email": "aroha@mail.tox.example"}, ["email"]),
        ({"email": "Bo.Ris+1@tox.example"}, ["email"]),
        ({}, []),
    ],
)
def test_troubles_with_sponsors_are_found(db, parts, where):
    applicant = application(email="amina.diallo@gmail.example", native_name="Амина Диалло")
    found = list(troubles(applicant, [BORIS, changed(AROHA, **parts)]))
    assert [(trouble.number, trouble.part) for trouble in found] == [(1, part) for part in where]


def test_troubles_say_nothing_of_who_is_known(db):
    body = factories.organisation("Port Authority", mail_domains=["port.example"])
    for naming in (AROHA, BORIS):
        factories.member(organisation=body, email=naming.email)
    assert list(troubles(application(), [AROHA, BORIS])) == []


def test_name_sponsors_keeps_the_last_word_and_writes_to_nobody(db, at):
    case = application(state="verified")
    sponsors.name_sponsors(case, at=at, namings=[AROHA, Naming("", "", "")])
    sponsors.name_sponsors(case, at=at, namings=[BORIS, AROHA])
    hear(at)
    named = Sponsor.objects.order_by("pk").values_list("name", "state")
    assert list(named) == [("Boris Petrov", "named"), ("Aroha Ngata", "named")]
    assert not Delivery.objects.exists()


def test_name_sponsors_refuses_what_is_wrong_and_what_was_sent(db, at):
    with pytest.raises(SponsorRefusedError) as refused:
        sponsors.name_sponsors(application(state="verified"), at=at, namings=[AROHA, AROHA])
    assert (refused.value.status, refused.value.field) == (422, "email")
    with pytest.raises(IllegalTransitionError):
        sponsors.name_sponsors(application(), at=at, namings=[AROHA, BORIS])


def test_name_another_takes_the_place_of_nobody_in_particular(db, at):
    case = application(vouched=False)
    declined = sponsor(case, state="declined", email="x@tox.example", organisation_name="Other")
    sponsor(case)
    with pytest.raises(SponsorRefusedError):  # also of a body whose sponsor declined: that would tell which one did
        sponsors.name_another(case, at=at, naming=BORIS)
    asked = sponsors.name_another(case, at=at, naming=AROHA)
    assert (asked.state, asked.asked_at, declined.state) == ("asked", at, "declined")
    with pytest.raises(sponsors.NoMoreSponsorsError):
        sponsors.name_another(case, at=at, naming=changed(BORIS, email="y@z.example"))


def test_name_another_ends_after_six(db, at):
    case = application(vouched=False)
    for _ in range(6):
        sponsor(case, state="declined")
    with pytest.raises(sponsors.NoMoreSponsorsError):
        sponsors.name_another(case, at=at, naming=AROHA)


# Letters and links


def asked(at, **fields: Any) -> tuple[Sponsor, str]:
    """Ask a sponsor and return them with the token of the letter."""
    row = sponsor(application(vouched=False), state="asked", asked_at=at, **fields)
    token = sponsors.issue_sponsor_link(row, at=at)
    return row, token


def test_asking_sends_a_link_that_is_stored_as_a_hash_only(db, at):
    case = application(state="verified")
    sponsors.name_sponsors(case, at=at, namings=[AROHA, BORIS])
    sponsors.ask_sponsors(case, at=at)
    case.submitted_at = at
    case.save(update_fields=["submitted_at"])
    enter(case, "open", at=at)
    hear(at)
    assert sorted(letters("sponsor_asked")) == [AROHA.email, BORIS.email]
    assert all(len(digest) == 64 for digest in Sponsor.objects.values_list("token_digest", flat=True))


@pytest.mark.parametrize(("state", "count"), [("asked", 1), ("attested", 0), ("declined", 0), ("withdrawn", 0)])
def test_asking_again_writes_to_those_only_who_have_not_answered(db, at, state, count):
    row = sponsor(application(vouched=False), state=state, token="old")
    before = row.token_digest
    sponsors.ask_again(row, at=at)
    hear(at)
    row.refresh_from_db()
    assert len(letters("sponsor_asked")) == count
    assert (row.token_digest != before) is bool(count)


def test_who_is_shut_out_gets_no_letter(suspended, at):
    assert asked(at, member=suspended) == (Sponsor.objects.get(), "")


@pytest.mark.parametrize("state", ["approved", "refused", "withdrawn"])
def test_asking_again_is_over_with_the_case(db, at, state):
    with pytest.raises(IllegalTransitionError):
        sponsors.ask_again(sponsor(application(state=state, vouched=False), state="asked"), at=at)


# Answers


def test_attest_and_take_back(member, at):
    row, _token = asked(at, member=member)
    assert sponsors.attest(row, by=member, at=at, statement=YES).state == "attested"
    taken = sponsors.take_back(row, by=None, at=at, reason="I was mistaken.")
    assert (taken.state, taken.attestations, taken.withdrawn_at) == ("withdrawn", NEEDED_ATTESTATIONS, at)
    entries = Entry.objects.order_by("pk").values_list("event", "by_id")
    assert list(entries) == [("members.sponsor.attested", member.pk), ("members.sponsor.withdrew", None)]


def test_declining_tells_the_applicant_that_another_is_needed_and_no_name(db, at):
    row, _token = asked(at)
    sponsor(row.application)
    sponsors.decline(row, by=None, at=at, statement=NO)
    hear(at)
    assert letters("another_sponsor") == [row.application.email]


@pytest.mark.parametrize("act", [sponsors.attest, sponsors.decline])
@pytest.mark.parametrize("state", ["named", "attested", "declined", "withdrawn"])
def test_answers_are_given_once(db, at, act, state):
    with pytest.raises(IllegalTransitionError):
        act(sponsor(application(vouched=False), state=state), by=None, at=at, statement=YES)


@pytest.mark.parametrize("act", [sponsors.attest, sponsors.decline])
def test_answers_come_too_late_after_fourteen_days_or_on_a_closed_case(db, at, act):
    row, _token = asked(at)
    closed = sponsor(application(state="refused", vouched=False), state="asked")
    for late, when in ((row, at + timedelta(days=14)), (closed, at)):
        with pytest.raises(sponsors.SponsorTooLateError):
            act(late, by=None, at=when, statement=YES)


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.FORMER])
def test_answers_of_others_and_of_those_shut_out_are_not_permitted(member, stranger, at, standing):
    row, _token = asked(at, member=member)
    with pytest.raises(NotPermittedError):
        sponsors.attest(row, by=stranger, at=at, statement=YES)
    Member.objects.filter(pk=member.pk).update(standing=standing)
    with pytest.raises(NotPermittedError):
        sponsors.attest(row, by=None, at=at, statement=YES)


@pytest.mark.parametrize(("state", "round_number"), [("open", 1), ("seconded", 2), ("window", 2), ("approved", 2)])
def test_a_word_taken_back_opens_a_case_that_was_decided_on_it(db, at, state, round_number):
    case = application(state=state, vouched=False)
    sponsor(case)
    sponsors.take_back(sponsor(case), by=None, at=at, reason="I was mistaken.")
    hear(at)
    hear(at)
    case.refresh_from_db()
    assert (case.state, case.round) == ("open", round_number)
    assert letters("another_sponsor") == [case.email]


def reminded(at, days: int, hour: int = 9) -> list[str]:
    """Let the hour of a later day come, and return who was reminded by then."""
    then = at.replace(hour=hour) + timedelta(days=days)
    with time_machine.travel(then, tick=False):
        sponsor_clock.remind(at=then)
        hear(then)
    return letters("sponsor_reminded")


@pytest.mark.parametrize(("days", "hour", "count"), [(9, 9, 0), (10, 5, 0), (10, 9, 1), (13, 9, 1), (14, 9, 0)])
def test_a_sponsor_is_reminded_after_ten_days_once(db, at, days, hour, count):
    row, token = asked(at.replace(hour=5))
    assert [len(reminded(at, days, hour)) for _each in range(2)] == [count] * 2
    assert (Sponsor.objects.get(pk=row.pk).asked_at, bool(by_token(token))) == (row.asked_at, count == 0)


def by_token(token: str) -> Sponsor | None:
    return Sponsor.objects.filter(token_digest=token_digest(token)).first()


@pytest.mark.parametrize("case", ["declined", "shut out", "closed"])
def test_a_sponsor_who_has_nothing_to_say_any_more_is_not_reminded(db, at, case):
    member = factories.member("boris")
    row, _token = asked(at, member=member)
    if case == "declined":
        sponsors.decline(row, by=None, at=at, statement=NO)
    elif case == "shut out":
        Member.objects.filter(pk=member.pk).update(standing=Standing.SUSPENDED)
    else:
        enter(row.application, "withdrawn", at=at)
    assert reminded(at, 10) == []


def test_a_sponsor_of_three_applicants_is_reminded_of_one_a_day(db, at):
    for days in range(3):
        asked(at + timedelta(hours=days), email="aroha@port.example")
    assert [len(reminded(at, days)) for days in (10, 10, 11, 12, 13)] == [1, 1, 2, 3, 3]


def test_a_sponsor_who_got_another_letter_today_is_reminded_tomorrow(db, at, member):
    asked(at, member=member)
    entry = journal.record(sponsors.DECLINED, target=None, by=None, at=at)
    mail.announce(entry, [member.pk], kind="members.erasure_asked", lane=Lane.EVENT, at=at + timedelta(days=10))
    assert [len(reminded(at, days)) for days in (10, 11)] == [0, 1]


@pytest.mark.usefixtures("clock")
def test_note_overdue_tells_the_applicant_once_for_each_time_of_asking(db, at):
    late = {"state": "asked", "asked_at": at - timedelta(days=14)}
    case = application(vouched=False)
    waiting = sponsor(case, **late)
    sponsor(application(), **late)  # two others vouched
    sponsor(application(state="refused", vouched=False), **late)
    sponsor(application(vouched=False), state="asked", asked_at=at - timedelta(days=13))
    assert [sponsor_clock.note_overdue(at=at + timedelta(hours=n)) for n in range(3)] == [1, 0, 0]
    hear(at)
    assert letters("another_sponsor") == [case.email]
    Sponsor.objects.filter(pk=waiting.pk).update(asked_at=at + timedelta(days=1))
    assert [sponsor_clock.note_overdue(at=at + timedelta(days=n)) for n in (14, 15, 16)] == [1, 1, 0]


@pytest.mark.usefixtures("clock")
def test_watch_sponsors_runs_by_the_clock(db, at):
    sponsor(application(vouched=False), state="asked", asked_at=at - timedelta(days=30))
    assert tasks.watch_sponsors() == 1
