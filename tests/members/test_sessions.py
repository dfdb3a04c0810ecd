"""Does a member see every place where they are signed in, and end any of them, but nobody else's?"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from congress.core.journal import dispatch
from congress.core.models import Delivery, Entry
from members import queries, tasks
from members.actions import accounts
from members.actions.sessions import SessionEndedError, end_sessions
from members.models import Member
from tests import factories

PAGE = "/members/me/sessions/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"


def now() -> datetime:
    return datetime.now(UTC)


def key(client: Client) -> str:
    return str(client.session.session_key)


def listed(client: Client, person: Member) -> Client:
    """Put a session into the list, as a real sign-in does."""
    UserSession.objects.create(user=person, session_key=key(client), ip="192.0.2.7", user_agent=PHONE)
    return client


def elsewhere(person: Member) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return listed(client, person)


def names(client: Client) -> list[str]:
    return re.findall(r'name="session" value="(\w+)"', client.get(PAGE).content.decode())


def test_sessions_are_listed_with_device_and_the_present_one_named(signed_in, member):
    client, _phone = listed(signed_in(member), member), elsewhere(member)
    page = client.get(PAGE).content.decode()
    assert page.count("This one") == 1
    assert "Safari on iOS" in page
    assert len(names(client)) == 1


def test_sessions_of_others_are_not_listed(signed_in, member, stranger):
    client = signed_in(member)
    elsewhere(stranger)
    assert names(client) == []


def test_sessions_page_costs_the_same_for_one_and_for_three(signed_in, member, django_assert_num_queries):
    client = signed_in(member)
    for more in (0, 2):
        for _ in range(more):
            elsewhere(member)
        with django_assert_num_queries(4):
            client.get(PAGE)


def test_sessions_name_no_cookie(signed_in, member):
    client, phone = signed_in(member), elsewhere(member)
    page = client.get(PAGE).content.decode()
    assert key(phone) not in page
    assert key(client) not in page


def test_sessions_end_ends_the_one_that_was_named(signed_in, member):
    client, phone, tablet = signed_in(member), elsewhere(member), elsewhere(member)
    [named] = [row.name for row in queries.open_sessions(member, None, now()) if row.key == key(phone)]
    assert client.post(f"{PAGE}end/", {"session": named})["Location"] == PAGE
    assert [each.get("/home/").status_code for each in (client, phone, tablet)] == [200, 302, 200]
    assert Entry.objects.get(event="members.member.sessions_ended").data == {"count": 1}


def test_sessions_end_ends_all_others(signed_in, member):
    client, phone, tablet = listed(signed_in(member), member), elsewhere(member), elsewhere(member)
    client.post(f"{PAGE}end/")
    assert [each.get("/home/").status_code for each in (client, phone, tablet)] == [200, 302, 302]


def test_sessions_end_refuses_what_is_over_or_anothers(signed_in, member, stranger):
    client, other = signed_in(member), elsewhere(stranger)
    [theirs] = [row.name for row in queries.open_sessions(stranger, None, now())]
    for name in (theirs, "nothing", ""):
        assert client.post(f"{PAGE}end/", {"session": name}).status_code == 409
    assert other.get("/home/").status_code == 200
    with pytest.raises(SessionEndedError):
        end_sessions([key(other)], by=member, at=now())


def test_sessions_from_before_a_change_of_password_are_not_listed(signed_in, member):
    elsewhere(member)
    member.set_password("an entirely different harbour")
    member.save(update_fields=["password"])
    assert names(signed_in(factories.reloaded(member))) == []


def test_last_seen_is_written_once_in_five_minutes(member):
    phone = elsewhere(member)
    row = UserSession.objects.filter(user=member)
    long_ago = now() - timedelta(hours=3)
    phone.get("/home/")
    row.update(last_seen_at=long_ago)
    phone.get("/home/")
    assert row.get().last_seen_at == long_ago
    cache.clear()
    phone.get("/home/")
    assert now() - row.get().last_seen_at < timedelta(minutes=1)


def woken(person: Member) -> list[str]:
    entries = Entry.objects.filter(event=accounts.FACTOR_WOKE, target_id=person.pk)
    return [entry.data["factor"] for entry in entries]


def test_a_factor_that_was_long_not_used_is_noted_and_told(member):
    Authenticator.objects.filter(user=member).update(created_at=now() - timedelta(days=500))
    accounts.note_sign_in(member, ["password", "totp"], at=now() - timedelta(days=120))
    accounts.note_sign_in(member, ["password", "totp"], at=now() - timedelta(days=119))
    assert woken(member) == ["totp"]
    accounts.note_sign_in(member, ["password", "totp"], at=now())
    assert woken(member) == ["totp", "totp"]
    dispatch(Entry.objects.filter(event=accounts.FACTOR_WOKE).latest("pk"), now())
    letter = tasks.compose_factor_warning(Delivery.objects.get(kind=accounts.FACTOR_WOKE))
    assert letter is not None
    assert "with your authenticator app" in letter.text


def test_a_recovery_code_is_always_told(member):
    accounts.note_sign_in(member, ["password", "recovery_codes"], at=now())
    assert woken(member) == ["recovery_codes"]


def test_a_factor_in_daily_use_is_not_told(member):
    for days in (3, 2, 1):
        accounts.note_sign_in(member, ["password", "totp"], at=now() - timedelta(days=days))
    assert woken(member) == []
