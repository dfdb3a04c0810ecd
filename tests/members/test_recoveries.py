"""Does somebody without a second factor come in again, with a helper and a day to say no, and nobody else?"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from congress.core import mail
from congress.core.errors import NotPermittedError
from congress.core.journal import dispatch
from congress.core.models import Delivery, Entry
from congress.core.roles import Role
from members import policies, queries, tasks
from members.actions import recoveries, suspensions
from members.models import Member, Recovery, RecoveryShare
from tests import factories
from tests.members.test_sign_in import sign_in

LOST = "/accounts/lost/"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def helper(member) -> Member:
    """The focal point of the member's organisation."""
    return factories.member("helper", roles=[Role.FOCAL_POINT], organisation=member.organisation)


def letters(kind: str) -> list[mail.Letter]:
    rows = Delivery.objects.filter(kind=f"members.{kind}").exclude(sealed_letter="").order_by("pk")
    return [mail.unsealed(row) for row in rows]


def heard() -> None:
    for entry in Entry.objects.filter(event__startswith="members.recovery.").order_by("pk"):
        dispatch(entry, entry.at)


def asked(member: Member, helper: Member | None, at: datetime = START) -> Recovery:
    return recoveries.ask_for_recovery(member, helper=helper, at=at)


def parts(recovery: Recovery, *helpers: Member) -> list[str]:
    """Return the whole code, from the issuing of the mailed part to the last helper."""
    code = [recoveries.issue_mailed_part(recovery)]
    for each in helpers:
        share = queries.parts_to_hand_over(each).get(recovery=recovery)
        code.append(recoveries.show_part(share, by=each, at=START))
    return code


def proved(member: Member, helper: Member) -> Recovery:
    recovery = asked(member, helper)
    return recoveries.prove(recovery, parts(recovery, helper), at=START)


def test_lost_factor_leads_whoever_showed_no_password_to_the_sign_in(client, member, helper):
    assert client.get(LOST)["Location"] == "/accounts/login/"
    sign_in(client, member, "wrong password here")
    assert client.get(LOST)["Location"] == "/accounts/login/"
    assert client.post(LOST, {"helper": helper.public_id})["Location"] == "/accounts/login/"
    assert not Recovery.objects.exists()


def test_lost_factor_is_closed_to_who_was_shut_out_in_between(client, member, helper, administrator):
    sign_in(client, member)
    at = datetime.now(UTC)
    suspensions.suspend(member, by=administrator, at=at, reason="Lost laptop.", ends_at=at + 9 * HOUR)
    assert client.get(LOST)["Location"] == "/accounts/login/"
    suspensions.reinstate(member, by=administrator, at=at)
    assert client.get(LOST)["Location"] == "/accounts/login/"


def test_lost_factor_goes_all_the_way_through_pages_and_letters(client, signed_in, member, helper):
    sign_in(client, member)
    assert str(helper) in client.get(LOST).content.decode()
    assert client.post(LOST, {"helper": helper.public_id})["Location"] == LOST
    heard()
    [letter] = letters("recovery_asked")
    mailed = re.findall(r"^\w{4}-\w{4}$", letter.text, re.M)[0]
    page = signed_in(helper).post(f"/members/recoveries/{Recovery.objects.get().public_id}/").content.decode()
    told = re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", page)[0]
    assert client.post(LOST, {"part0": mailed.lower(), "part1": "0000-0000"}).status_code == 422
    assert client.post(LOST, {"part0": mailed.lower(), "part1": told.replace("0", "O")})["Location"] == LOST
    assert Recovery.objects.get().proved_at is not None
    assert "Now a day passes" in client.get(LOST).content.decode()


def test_a_recovery_takes_factors_and_password_after_a_day_and_two_letters(member, helper, signed_in):
    client, recovery = signed_in(member), proved(member, helper)
    moves = {hours: recoveries.advance(at=START + hours * HOUR) for hours in (1, 11, 12, 13, 23, 24, 25)}
    assert moves == {1: 0, 11: 0, 12: 1, 13: 0, 23: 0, 24: 1, 25: 0}
    after = factories.reloaded(member)
    assert (after.has_second_factor, after.has_usable_password(), after.is_active) == (False, False, True)
    assert client.get("/home/").status_code == 302
    recovery.refresh_from_db()
    assert (recovery.ending, recovery.ended_at) == ("done", START + 24 * HOUR)
    heard()
    [row] = Delivery.objects.filter(kind="members.recovery.completed")
    completed = tasks.recoveries.compose_completed(row)
    assert completed is not None
    assert "/accounts/password/reset/key/" in completed.text


def test_a_recovery_waits_twelve_hours_after_a_second_letter_that_was_late(member, helper):
    proved(member, helper)
    assert [recoveries.advance(at=START + hours * HOUR) for hours in (30, 31, 41, 42)] == [1, 0, 0, 1]


def stop_path(letter: mail.Letter) -> str:
    return str(re.findall(r"http://[^/]+(/accounts/lost/stop/\S+)", letter.text)[0])


@pytest.mark.parametrize("which", [0, 1, 2])
def test_recovery_stop_works_from_each_letter(client, member, helper, which):
    asked(member, helper)
    heard()
    recoveries.prove(Recovery.objects.get(), parts(Recovery.objects.get(), helper), at=START)
    recoveries.advance(at=START + 12 * HOUR)
    heard()
    path = stop_path([*letters("recovery_asked"), *letters("recovery_warning")][which])
    assert client.get(path).status_code == 200
    assert Recovery.objects.get().ended_at is None
    assert "Stopped" in client.post(path).content.decode()
    assert recoveries.advance(at=START + 48 * HOUR) == 0
    assert Authenticator.objects.filter(user=member).exists()
    assert client.get(path).status_code == 404


def test_a_stopped_recovery_alerts_the_vetting_leads_without_a_name(member, helper):
    lead = factories.member("lead", roles=[Role.VETTING_LEAD])
    recoveries.stop(proved(member, helper), by=None, at=START + HOUR)
    heard()
    [row] = Delivery.objects.filter(kind=tasks.recoveries.ALERT)
    letter = tasks.recoveries.compose_alert(row)
    assert (row.member, letter is None) == (lead, False)
    assert member.public_id in letter.text
    assert str(member) not in letter.text


def test_own_recovery_stop_by_whoever_is_signed_in(signed_in, member, helper):
    recovery = proved(member, helper)
    client = signed_in(member)
    assert "about to take away your second factor" in client.get("/home/").content.decode()
    assert client.get("/members/me/recovery/stop/").status_code == 200
    assert client.post("/members/me/recovery/stop/").status_code == 302
    recovery.refresh_from_db()
    assert recovery.ending == "cancelled"
    assert "about to take away" not in client.get("/home/").content.decode()
    assert signed_in(helper).post("/members/me/recovery/stop/").status_code == 404


def test_five_wrong_codes_end_a_recovery(member, helper):
    recovery = asked(member, helper)
    code = parts(recovery, helper)
    for _ in range(5):
        with pytest.raises(recoveries.WrongCodeError):
            recoveries.prove(recovery, [code[0], "00000000"], at=START)
    with pytest.raises(recoveries.RecoveryOverError):
        recoveries.prove(recovery, code, at=START)
    recovery.refresh_from_db()
    assert recovery.ending == "failed"


@pytest.mark.parametrize("given", [[0], [1], [1, 0], [0, 0], [0, 1, 1]])
def test_no_part_alone_opens_anything(member, helper, given):
    recovery = asked(member, helper)
    code = parts(recovery, helper)
    with pytest.raises(recoveries.WrongCodeError):
        recoveries.prove(recovery, [code[number] for number in given], at=START)


def test_a_code_of_empty_parts_opens_nothing(member, helper):
    with pytest.raises(recoveries.WrongCodeError):
        recoveries.prove(asked(member, helper), ["", ""], at=START)


def test_a_code_is_forgotten_after_a_week(member, helper):
    recovery = asked(member, helper)
    assert recoveries.advance(at=START + timedelta(days=6)) == 0
    assert recoveries.advance(at=START + timedelta(days=7)) == 1
    recovery.refresh_from_db()
    assert recovery.ending == "expired"


def test_a_suspension_ends_a_recovery_for_good(member, helper, administrator):
    recovery = proved(member, helper)
    at = datetime.now(UTC)
    suspensions.suspend(member, by=administrator, at=at, reason="Lost laptop.", ends_at=at + 9 * HOUR)
    suspensions.reinstate(member, by=administrator, at=at)
    recoveries.advance(at=START + timedelta(days=3))
    recovery.refresh_from_db()
    assert recovery.ending == "expired"
    assert Authenticator.objects.filter(user=member).exists()


def test_only_one_recovery_at_a_time(member, helper):
    asked(member, helper)
    with pytest.raises(recoveries.RecoveryRunningError):
        asked(member, helper)


def test_only_who_vouches_can_help(member, helper, stranger):
    with pytest.raises(recoveries.NoHelperError):
        asked(member, stranger)
    with pytest.raises(recoveries.NoHelperError):
        asked(member, None)


def test_vetting_leads_help_whoever_has_nobody(member):
    lead = factories.member("lead", roles=[Role.VETTING_LEAD])
    assert list(policies.helpers_for(member, START)) == [lead]


def test_recoveries_are_shown_to_their_helper_only(signed_in, member, helper, stranger, administrator):
    public_id = asked(member, helper).public_id
    for other in (stranger, administrator):
        page = signed_in(other).get("/members/recoveries/").content.decode()
        assert "Nobody asks for your help" in page
        assert signed_in(other).post(f"/members/recoveries/{public_id}/").status_code == 404
    assert str(member) in signed_in(helper).get("/members/recoveries/").content.decode()


def test_recovery_part_is_new_each_time_and_kept_as_a_hash(signed_in, member, helper):
    recovery = asked(member, helper)
    share = recovery.shares.get()
    first, second = (recoveries.show_part(share, by=helper, at=START) for _ in range(2))
    assert first != second
    assert second not in str(RecoveryShare.objects.values().get())
    mailed = recoveries.issue_mailed_part(recovery)
    with pytest.raises(recoveries.WrongCodeError):
        recoveries.prove(recovery, [mailed, first], at=START)
    recoveries.prove(recovery, [mailed, second], at=START)


def test_officers_need_two_administrators_who_are_two_people(author, administrator, helper):
    other = factories.member("other", roles=[Role.ADMINISTRATOR])
    recovery = asked(author, helper)
    share = queries.parts_to_hand_over(administrator).first()
    assert share is not None
    recoveries.show_part(share, by=administrator, at=START)
    [mine] = queries.parts_to_hand_over(administrator)
    assert mine == share
    with pytest.raises(NotPermittedError):
        recoveries.show_part(recovery.shares.get(helper=None), by=administrator, at=START)
    code = parts(recovery, administrator, other)
    assert recoveries.prove(recovery, [code[0], code[2], code[1]], at=START).proved_at == START


def test_an_administrator_does_not_help_themselves(administrator):
    recovery = asked(administrator, None)
    assert not queries.parts_to_hand_over(administrator).exists()
    with pytest.raises(NotPermittedError):
        recoveries.show_part(recovery.shares.first(), by=administrator, at=START)


def test_helpers_are_written_to_without_a_name(member, helper):
    asked(member, helper)
    heard()
    [row] = Delivery.objects.filter(kind=tasks.recoveries.HELP)
    letter = tasks.recoveries.compose_help(row)
    assert (row.member, letter is None) == (helper, False)
    assert str(member) not in letter.text + letter.html
