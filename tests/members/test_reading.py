"""Is whoever reads everything stopped, do auditors hear of it, and who may let them read on?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.test import Client

from congress.core import journal, mail
from congress.core.budgets import BUDGETS, STOPPED, Budget
from congress.core.errors import NotPermittedError
from congress.core.models import Delivery, Entry
from congress.core.roles import Role
from members.actions import reading as actions
from members.models import Member, Organisation
from members.tasks import reading as tasks
from tests import factories
from tests.conftest import NOW

PER_HOUR = BUDGETS[Budget.PROFILES][0].limit


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.READING_FACTOR = 1


@pytest.fixture
def auditor(db) -> Member:
    return factories.member("auditor", roles=[Role.AUDITOR])


@pytest.fixture
def everybody(member) -> list[str]:
    body = Organisation.objects.get(pk=member.organisation_id)
    people = [Member(email=f"m{n}@x.example", latin_name=f"M {n}", standing="member", sector="industry", country="FR",
                     joined_on=NOW.date(), organisation=body) for n in range(PER_HOUR + 20)]  # fmt: skip
    return [person.public_id for person in Member.objects.bulk_create(people)]


def sessions(member: Member, addresses: list[str]) -> list[Client]:
    found = [Client(headers={"host": "localhost"}, REMOTE_ADDR=address) for address in addresses]
    for client in found:
        client.force_login(member)
    return found


def test_harvester_is_stopped_over_sessions_addresses_and_channels(member, everybody):
    clients, got_out = sessions(member, ["192.0.2.1", "192.0.2.2", "2001:db8::1"]), set()
    for turn, public_id in enumerate(everybody * 2):
        path = f"/members/{public_id}" + (".vcf" if turn % 2 else "/")
        if clients[turn % 3].get(path).status_code == 200:
            got_out.add(public_id)
    assert len(got_out) == PER_HOUR


def test_stopped_member_is_told_clearly(member, everybody):
    (client,) = sessions(member, ["192.0.2.1"])
    answers = [client.get(f"/members/{public_id}/") for public_id in everybody[: PER_HOUR + 1]]
    last = answers[-1]
    assert (last.status_code, 0 < int(last.headers["Retry-After"]) <= 3600) == (429, True)
    assert "/members/me/reading/" in last.content.decode()
    assert client.get("/members/me/reading/").status_code == 200


def test_alarm_reaches_auditors_and_names_nobody(member, auditor, everybody):
    (client,) = sessions(member, ["192.0.2.1"])
    for public_id in everybody[: PER_HOUR + 2]:
        client.get(f"/members/{public_id}/")
    entry = Entry.objects.get(event=STOPPED)
    journal.dispatch(entry, entry.at)
    mail.send(mail.claim(entry.at + timedelta(seconds=1)), lambda: entry.at)
    (letter,) = outbox.outbox
    assert Delivery.objects.get().kind == tasks.ALARM
    assert (letter.to, "/members/reading/" in letter.body) == ([auditor.email], True)
    assert member.latin_name not in str(letter.message())


def test_my_reading_shows_what_is_used_and_whom_to_ask(signed_in, member, organiser):
    client = signed_in(member)
    client.get(f"/members/{organiser.public_id}/")
    text = client.get("/members/me/reading/").content.decode()
    assert ("1 of 60" in text, organiser.latin_name in text) == (True, True)


def test_reading_lists_who_was_stopped(signed_in, member, auditor):
    client = signed_in(auditor)
    assert "Nobody has reached a limit" in client.get("/members/reading/").content.decode()
    journal.record(STOPPED, target=member, by=None, at=datetime.now(UTC), budget="names", seconds=1)
    text = client.get("/members/reading/").content.decode()
    assert (member.latin_name in text, "people seen in lists" in text) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_five_queries(signed_in, auditor, django_assert_num_queries, count):
    now = datetime.now(UTC)
    for _ in range(count):
        journal.record(STOPPED, target=factories.member(), by=None, at=now, budget="names", seconds=1)
    client = signed_in(auditor)
    with django_assert_num_queries(5):
        client.get("/members/reading/")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MEMBER])
def test_only_organisers_and_auditors_let_others_read_on(signed_in, member, role):
    client, may = signed_in(factories.member(roles=[role])), role in {Role.ORGANISER, Role.AUDITOR}
    path = f"/members/{member.public_id}/reading/"
    assert client.get("/members/reading/").status_code == (200 if may else 403)
    assert client.post(path, {"reason": "A report for the board"}).status_code == (302 if may else 403)


def test_reading_lift_refuses_an_empty_reason_and_keeps_what_was_typed(signed_in, member, auditor):
    client, path = signed_in(auditor), f"/members/{member.public_id}/reading/"
    assert client.post(path, {"reason": "  "}).status_code == 422
    assert client.post(path, {"reason": "x" * 501}).content.decode().count("x" * 501) == 1
    assert client.post(path, {"reason": "Report"}).status_code == 302
    assert client.post(path, {"reason": "Report"}).status_code == 409


def test_lift_budgets_records_who_lifted(member, auditor):
    made = actions.lift_budgets(member, by=auditor, at=NOW, reason="Report")
    entry = Entry.objects.get(event=actions.LIFTED)
    assert (entry.by, entry.target_id, made.ends_at) == (auditor, member.pk, NOW + timedelta(days=1))
    assert "Report" not in str(entry.data)


def test_lift_budgets_is_never_for_oneself(auditor):
    with pytest.raises(NotPermittedError):
        actions.lift_budgets(auditor, by=auditor, at=NOW, reason="Report")


def test_lifted_member_hears_of_it(member, auditor):
    actions.lift_budgets(member, by=auditor, at=NOW, reason="Report")
    journal.dispatch(Entry.objects.get(event=actions.LIFTED), NOW)
    mail.send(mail.claim(NOW + timedelta(seconds=1)), lambda: NOW)
    assert [(letter.to, "Report" in letter.body) for letter in outbox.outbox] == [([member.email], False)]
