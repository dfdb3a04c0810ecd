"""Is everything that was given out to somebody dead within two seconds of a suspension or a departure, for good?"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import mail as outbox
from django.test import Client

from congress.core import journal, mail, wall
from congress.core.labels import Audience
from congress.core.models import Delivery, Lane
from events.actions.feeds import make_feed
from members.actions import suspensions, tokens
from members.actions.departures import Words, end_affiliation
from members.actions.devices import remember_device
from members.models import MailChoice, Member, Scope
from members.queries import bearer, digest_stop_links
from notices.models import Notice
from notices.policies import visible_to
from tests import factories, passkeys
from tests.members.test_sign_in import CODE, sign_in, totp
from tests.passkeys import Passkey

KIND = "tests.killed"
NEW_PASSWORD = "an entirely different harbour"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def _browsers_are_remembered(settings):
    settings.REMEMBER_BROWSERS = True


@pytest.fixture(autouse=True)
def _letter_kind(monkeypatch):
    """A kind of letter whose composer asks nothing: what drops it is the departure alone."""
    monkeypatch.setitem(mail.COMPOSERS, KIND, lambda _e, _m: lambda _d: mail.Letter("S", "T"))
    # Into the one table: what a page imports at its first request declares its events there, and keeps them.
    monkeypatch.setitem(journal.EVENTS, KIND, journal.Event(KIND, "X.", "test"))


@dataclass
class Saved:
    """Something that was given out: what it is, and whether it still works."""

    name: str
    works: Callable[[], bool]


def new_client() -> Client:
    return Client(headers={"host": "localhost"})


def opens_home(client: Client) -> bool:
    return client.get("/home/").status_code == 200


def session(member: Member) -> Saved:
    client = new_client()
    sign_in(client, member)
    client.post(CODE, {"code": totp()})
    return Saved("session", lambda: opens_home(client))


def remembered_cookie(member: Member) -> Saved:
    """A cookie whose session is not in the list of sessions that a member can end."""
    client = new_client()
    client.force_login(member)
    UserSession.objects.filter(user=member).delete()
    return Saved("unlisted session", lambda: opens_home(client))


def half_open(member: Member) -> Saved:
    client = new_client()
    sign_in(client, member)

    def finish() -> bool:
        client.post(CODE, {"code": totp()})
        return opens_home(client)

    return Saved("sign-in between two factors", finish)


def recovery_code(member: Member) -> Saved:
    codes = RecoveryCodes.activate(member).get_unused_codes()
    client = new_client()
    sign_in(client, member)

    def finish() -> bool:
        client.post(CODE, {"code": codes[0]})
        return opens_home(client)

    return Saved("sign-in with a recovery code", finish)


def passkey(member: Member) -> Saved:
    """A challenge that was signed before; it is sent afterwards."""
    client = new_client()
    answer = Passkey(member).asked(client)

    def finish() -> bool:
        passkeys.sign_in(client, answer)
        return opens_home(client)

    return Saved("signed passkey", finish)


def remembered_browser(member: Member) -> Saved:
    """A browser that signs in with the password alone."""
    client = new_client()
    client.cookies["device"] = remember_device(member, at=now(), user_agent="")

    def finish() -> bool:
        sign_in(client, member)
        return opens_home(client)

    return Saved("remembered browser", finish)


def api_token(member: Member) -> Saved:
    _row, token = tokens.make_token(member, by=member, at=now(), name="Program", scopes=list(Scope), days=30)
    return Saved("API token", lambda: bearer(token, now()) is not None)


def seat(member: Member) -> Saved:
    """A seat in a group reads what is for the group, in the first wall and in the second."""
    group = factories.group()
    factories.term(member, group)
    factories.notice(audience=Audience(groups=[group.pk]))

    def reads() -> bool:
        person = factories.reloaded(member)
        with wall.reading_as(member.pk):
            return visible_to(person).exists()

    return Saved("seat in a group", reads)


def _reset_path(member: Member) -> str:
    token = default_token_generator.make_token(member)
    return f"/accounts/password/reset/key/{user_pk_to_url_str(member)}-{token}/"


def reset_link(member: Member) -> Saved:
    path = _reset_path(member)
    return Saved("password link", lambda: new_client().get(path).status_code == 302)


def opened_reset(member: Member) -> Saved:
    client = new_client()
    form = client.get(_reset_path(member))["Location"]

    def finish() -> bool:
        client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
        return Member.objects.get(pk=member.pk).check_password(NEW_PASSWORD)

    return Saved("opened password form", finish)


def _sent(member: Member) -> bool:
    outbox.outbox.clear()
    mail.send(mail.claim(now()), now)
    return any(member.email in letter.to[0].lower() for letter in outbox.outbox)


def queued_letter(member: Member) -> Saved:
    entry = journal.record(KIND, target=None, by=None, at=now())
    mail.announce(entry, [member.pk], kind=KIND, lane=Lane.URGENT, at=now())
    return Saved("queued letter", lambda: _sent(member))


def sealed_letter(member: Member) -> Saved:
    mail.post(member.email.upper(), mail.Letter("S", "T"), kind=KIND, lane=Lane.ACCOUNT, at=now())
    return Saved("sealed letter", lambda: _sent(member))


def claimed_letter(member: Member) -> Saved:
    queued_letter(member)
    rows = mail.claim(now())

    def finish() -> bool:
        outbox.outbox.clear()
        return mail.send(rows, now) > 0

    return Saved("letter that a sender holds", finish)


def unsubscribe_link(member: Member) -> Saved:
    link = digest_stop_links([member])[member.pk].removeprefix(settings.SITE_URL)

    def ends_the_digest() -> bool:
        new_client().post(link, {"List-Unsubscribe": "One-Click"})
        return MailChoice.objects.filter(member=member, takes_digest=False).exists()

    return Saved("link that ends the digest", ends_the_digest)


def calendar(member: Member) -> Saved:
    _row, token = make_feed(member, by=member, at=now(), name="Telephone")
    return Saved("calendar address", lambda: new_client().get(f"/meetings/my-calendar/{token}.ics").status_code == 200)


def stream(member: Member) -> Saved:
    rows = wall.kept(member.pk, iter(range(10_000)))
    next(rows)

    def goes_on() -> bool:
        time.sleep(wall.ASKED_AGAIN_SECONDS + 0.1)
        try:
            return next(rows) > 0
        except wall.NoReaderError:
            return False

    return Saved("running stream", goes_on)


def row_security(member: Member) -> Saved:
    factories.notice(audience=None, author=member)

    def reads() -> bool:
        with wall.reading_as(member.pk):
            return Notice.objects.exists()

    return Saved("row security", reads)


GIVEN_OUT = [
    session, remembered_cookie, half_open, recovery_code, passkey, remembered_browser, api_token, seat, reset_link,
    opened_reset,
    queued_letter, sealed_letter, claimed_letter, unsubscribe_link, calendar,
    stream, row_security,
]  # fmt: skip
# What is asked anew at each use.
COMES_BACK = {row_security, stream, seat}


def suspend(member: Member, officer: Member) -> None:
    ends_at = now() + timedelta(days=7)
    suspensions.suspend(member, by=officer, at=now(), reason="Lost laptop.", ends_at=ends_at)


def leave(member: Member, officer: Member) -> None:
    end_affiliation(member, by=member, at=now(), words=Words())


@pytest.mark.parametrize("give", GIVEN_OUT)
def test_what_was_given_out_works_while_nothing_happens(member, give):
    assert give(member).works()


@pytest.mark.parametrize("end", [suspend, leave])
@pytest.mark.parametrize("give", GIVEN_OUT)
def test_what_was_given_out_is_dead_within_two_seconds(member, administrator, give, end):
    saved = give(member)
    end(member, administrator)
    ended_at = time.monotonic()
    assert not saved.works()
    assert time.monotonic() - ended_at < 2


@pytest.mark.parametrize("give", [each for each in GIVEN_OUT if each not in COMES_BACK])
def test_what_was_given_out_stays_dead_when_the_member_is_let_in_again(member, administrator, give):
    saved = give(member)
    suspend(member, administrator)
    suspensions.reinstate(member, by=administrator, at=now())
    assert not saved.works()
    assert not Delivery.objects.filter(kind=KIND, state="queued").exists()


def test_who_is_let_in_again_signs_in_anew(member, administrator):
    suspend(member, administrator)
    suspensions.reinstate(member, by=administrator, at=now())
    assert session(factories.reloaded(member)).works()
