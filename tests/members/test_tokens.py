"""Does a token open what its member may read, and nothing once either is over?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction

from congress.core import journal, mail
from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from congress.core.roles import Role, Standing
from members.actions import suspensions
from members.actions import tokens as actions
from members.models import ApiToken, Member, Scope
from members.queries import bearer
from members.tasks import tokens as tasks
from tests import factories
from tests.conftest import NOW

LIST = "/members/me/tokens/"
FORM = {"name": "Contact list", "scopes": [Scope.DIRECTORY], "days": "30"}


def make(member: Member, at=NOW, scopes=tuple(Scope), days: int = 30) -> tuple[ApiToken, str]:
    return actions.make_token(member, by=member, at=at, name="Program", scopes=scopes, days=days)


def test_tokens_shows_a_token_once_and_keeps_its_digest_only(signed_in, member):
    client = signed_in(member)
    answer = client.post(LIST, FORM)
    token = answer.context["made"][1]
    assert (answer.status_code, answer.content.decode().count(token)) == (201, 1)
    assert token not in client.get(LIST).content.decode()
    assert token not in str(ApiToken.objects.values())
    assert bearer(token, datetime.now(UTC)).member == member


@pytest.mark.parametrize("wrong", [{"days": "91"}, {"days": "0"}, {"scopes": []}, {"scopes": ["all"]}, {"name": " "}])
def test_tokens_refuses_what_makes_no_sense(signed_in, member, wrong):
    assert signed_in(member).post(LIST, {**FORM, **wrong}).status_code == 422
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("days", [0, 91])
def test_database_refuses_a_token_without_a_near_end(member, days):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(member, days=days)


def test_token_ends_with_its_day(member):
    _row, token = make(member, days=1)
    assert bearer(token, NOW + timedelta(hours=23)) is not None
    assert bearer(token, NOW + timedelta(hours=24)) is None


def test_token_revoke_ends_it_at_once_and_once(signed_in, member, stranger):
    made, token = make(member, at=datetime.now(UTC))
    path = f"{LIST}{made.public_id}/revoke/"
    assert [signed_in(who).post(path).status_code for who in (stranger, member, member)] == [404, 302, 409]
    assert bearer(token, datetime.now(UTC)) is None


def test_token_dies_with_a_suspension_and_stays_dead(member):
    _row, token = make(member)
    lead = factories.member("lead", roles=[Role.VETTING_LEAD])
    suspensions.suspend(member, by=lead, at=NOW, reason="x", ends_at=NOW + timedelta(days=1))
    assert bearer(token, NOW) is None
    suspensions.reinstate(member, by=lead, at=NOW)
    assert bearer(token, NOW) is None


@pytest.mark.parametrize("standing", sorted(set(Standing.values) - {"member", "anyone"}))
def test_token_opens_nothing_outside_good_standing(member, standing):
    _row, token = make(member)
    Member.objects.filter(pk=member.pk).update(standing=standing)
    assert bearer(token, NOW) is None


def test_token_dies_with_the_password_and_with_the_second_factor(member):
    _row, token = make(member)
    member.authenticator_set.all().delete()
    assert bearer(token, NOW) is None
    factories.second_factor(member)
    assert bearer(token, NOW) is not None
    member.set_password("another quiet harbour")
    member.save()
    assert bearer(token, NOW) is None


def test_make_token_stops_at_ten(member):
    for _ in range(10):
        make(member)
    with pytest.raises(actions.TooManyTokensError):
        make(member)
    make(member, at=NOW + timedelta(days=31))


def test_make_token_is_for_oneself(member, administrator):
    with pytest.raises(NotPermittedError):
        actions.make_token(member, by=administrator, at=NOW, name="x", scopes=[Scope.NETWORK], days=1)


def test_new_token_is_told_by_mail_without_it(member):
    _row, token = make(member)
    journal.dispatch(Entry.objects.get(event=actions.MADE), NOW)
    mail.send(mail.claim(NOW + timedelta(seconds=1)), lambda: NOW)
    (letter,) = outbox.outbox
    assert journal.LISTENERS[actions.MADE] == {"members.tasks.tokens.warn_member": tasks.warn_member}
    assert (letter.to, token in str(letter.message())) == ([member.email], False)


def test_note_use_writes_once_a_minute(member):
    made, _token = make(member)
    for seconds in (0, 30, 61):
        actions.note_use(made, at=NOW + timedelta(seconds=seconds), address=f"192.0.2.{seconds}")
        made.refresh_from_db()
    assert (made.last_used_at, made.last_used_from) == (NOW + timedelta(seconds=61), "192.0.2.61")
