"""Is everybody warned in time, once, never twice a day; does nobody lapse unwarned; is renewing one page?"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from congress.core import journal
from congress.core.errors import NotPermittedError
from congress.core.models import Delivery, Entry
from congress.core.roles import Standing
from members import queries, tasks
from members.actions import renewal, suspensions
from members.models import Affiliation, Completion, Member, Module
from members.tasks import renewal as letters
from tests import factories
from tests.conftest import NOW

TODAY = NOW.date()
YEAR = timedelta(days=365)
PATH = "/members/me/membership/"


def night(after: int) -> datetime:
    """Return the round's instant so many days after today."""
    return NOW + timedelta(days=after)


def due_in(member: Member, days: int, module: Module | None = None) -> None:
    """Let a member's modules, or one of them, expire in so many days."""
    renewal.sweep(at=NOW - timedelta(days=400))
    rows = Completion.objects.filter(member=member, **({"module": module} if module else {}))
    rows.update(expires_on=TODAY + timedelta(days=days), warned_days=None)


def told(member: Member) -> list[tuple[int, str]]:
    """Return what a member was told, and on which day after today."""
    warned = Entry.objects.filter(event=renewal.WARNED, data__members__contains=member.pk)
    happened = [((entry.at.date() - TODAY).days, str(entry.data["days"])) for entry in warned]
    lapsed = Entry.objects.filter(event=renewal.LAPSED, target_id=member.pk)
    return sorted(happened + [((entry.at.date() - TODAY).days, "lapsed") for entry in lapsed])


# The night


def test_everybody_begins_at_the_last_anniversary_and_nobody_is_due_at_once(db, at):
    old, new = (factories.member(joined_on=day) for day in (date(2019, 11, 25), date(2026, 11, 20)))
    renewal.sweep(at=at)
    first, second = (Completion.objects.filter(member=who) for who in (old, new))
    assert {row.module for row in first} == {row.module for row in second} == set(Module)
    assert {row.expires_on for row in first} == {TODAY + timedelta(days=31)}
    assert {row.completed_at.date() for row in first} == {date(2025, 11, 25)}
    assert {row.expires_on for row in second} == {date(2027, 11, 20)}


@pytest.mark.parametrize("standing", [s for s in Standing if s not in {Standing.ANYONE, Standing.MEMBER}])
def test_only_members_in_good_standing_have_modules_warnings_and_lapses(db, at, standing):
    who = factories.member(standing=standing)
    renewal.sweep(at=at)
    assert not Completion.objects.filter(member=who).exists()
    Completion.objects.create(member=who, module=Module.PROFILE, completed_at=at, expires_on=TODAY)
    assert set(renewal.sweep(at=at).values()) == {0}
    assert Member.objects.get(pk=who.pk).standing == standing


def test_a_year_brings_each_warning_once_then_the_lapse(member):
    due_in(member, 60)
    for day in range(100):
        renewal.sweep(at=night(day))
    assert told(member) == [(30, "30"), (46, "14"), (57, "3"), (60, "lapsed")]


def test_a_whole_year_for_many_members_never_tells_anybody_twice_on_a_day(db):
    people = [factories.member(joined_on=date(2020, 1, 1) + timedelta(days=19 * n), factor=False) for n in range(20)]
    for day in range(400):
        renewal.sweep(at=night(day))
    for who in people:
        days = Counter(day for day, _what in told(who))
        assert [what for _day, what in told(who)] == ["30", "14", "3", "lapsed"]
        assert max(days.values()) == 1
    assert not Member.objects.filter(standing=Standing.MEMBER).exists()


def test_nights_that_were_missed_are_made_up_for_and_nobody_lapses_unwarned(member):
    due_in(member, 30)
    for day in (0, 45, 46, 47, 48, 49):
        renewal.sweep(at=night(day))
    assert told(member) == [(0, "30"), (45, "3"), (48, "lapsed")]


def test_a_suspension_that_lasted_beyond_the_day_gives_three_days(member, administrator):
    due_in(member, 2)
    suspensions.suspend(member, by=administrator, at=NOW, reason="Inquiry.", ends_at=night(10))
    renewal.sweep(at=night(5))
    suspensions.lift_ended(at=night(10))
    for day in range(11, 16):
        renewal.sweep(at=night(day))
    assert told(member) == [(11, "3"), (14, "lapsed")]


def test_modules_that_expire_together_are_one_letter(member):
    due_in(member, 14)
    due_in(member, 20, Module.PROFILE)
    renewal.sweep(at=NOW)
    entry = Entry.objects.get(event=renewal.WARNED)
    for _twice in range(2):
        journal.dispatch(entry, NOW)
        letters.warn_members(entry)
    row = Delivery.objects.get(kind=letters.WARNING)
    letter = letters.warning_composer(entry, [member.pk])(row)
    assert letter is not None
    assert letter.subject == "Renew your membership before 7 December 2026"
    assert ("Profile: 13 December 2026" in letter.text, PATH in letter.text) == (True, True)


def test_no_letter_goes_to_who_renewed_in_the_meantime(member):
    due_in(member, 14)
    renewal.sweep(at=NOW)
    entry = Entry.objects.get(event=renewal.WARNED)
    letters.warn_members(entry)
    renewal.renew(member, by=member, at=NOW, version="1")
    assert letters.warning_composer(entry, [member.pk])(Delivery.objects.get(kind=letters.WARNING)) is None


def test_a_new_code_of_conduct_gives_thirty_days_once(member, monkeypatch):
    due_in(member, 200)
    monkeypatch.setattr(renewal, "CODE_VERSION", "2")
    for day in range(3):
        renewal.sweep(at=night(day))
    code = Completion.objects.get(member=member, module=Module.CODE_OF_CONDUCT)
    assert (code.expires_on, told(member)) == (TODAY + timedelta(days=30), [(0, "30")])


def test_who_lapsed_hears_of_it_until_they_renew(member):
    due_in(member, 0)
    for day in range(4):
        renewal.sweep(at=night(day))
    journal.dispatch(Entry.objects.get(event=renewal.LAPSED_TOGETHER), NOW)
    row = Delivery.objects.get(kind=letters.LAPSE)
    letter = letters.compose_lapse(row)
    assert letter is not None
    assert PATH in letter.text
    Member.objects.filter(pk=member.pk).update(standing=Standing.MEMBER)
    assert letters.compose_lapse(Delivery.objects.get(pk=row.pk)) is None


def test_the_task_does_each_night_once(member):
    due_in(member, 0)
    assert tasks.renew_nightly() != {}
    assert tasks.renew_nightly() == {}


# Renewing


@pytest.mark.parametrize("standing", [Standing.MEMBER, Standing.LAPSED])
def test_renew_completes_every_module_for_a_year(db, at, standing):
    who = factories.member(standing=standing)
    assert renewal.renew(who, by=who, at=at, version="1").standing == Standing.MEMBER
    rows = Completion.objects.filter(member=who)
    assert {(row.module, row.expires_on, row.completed_by) for row in rows} == {
        (module, TODAY + YEAR, who) for module in Module
    }
    assert Affiliation.objects.get(member=who).confirmed_on == TODAY
    assert Entry.objects.get(event=renewal.RENEWED).data == {"was_lapsed": standing == Standing.LAPSED}


def test_renew_for_an_organisation_that_asks_more_often(member, at):
    body = member.organisation
    body.proof_days = 90
    body.save()
    renewal.renew(member, by=member, at=at, version="1")
    assert Completion.objects.get(member=member, module="affiliation").expires_on == TODAY + timedelta(days=90)


def test_renew_is_for_oneself_with_a_second_factor(member, stranger, at):
    for by in (stranger, Member.objects.get(pk=member.pk)):
        with pytest.raises(NotPermittedError):
            renewal.renew(member, by=by, at=at, version="1")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"standing": Standing.SUSPENDED}, renewal.NotRenewableError),
        ({"standing": Standing.FORMER}, renewal.NotRenewableError),
        ({"standing": Standing.PROVISIONAL}, renewal.NotRenewableError),
        ({"organisation": None}, renewal.NothingToConfirmError),
    ],
)
def test_renew_is_refused_in_other_states(member, at, change, error):
    Member.objects.filter(pk=member.pk).update(**change)
    with pytest.raises(error):
        renewal.renew(member, by=member, at=at, version="1")


def test_renew_needs_the_code_that_is_in_force(member, at):
    with pytest.raises(renewal.CodeChangedError):
        renewal.renew(member, by=member, at=at, version="0")


# The page


@pytest.mark.usefixtures("clock")
def test_membership_shows_each_module_with_its_day(signed_in, member):
    due_in(member, 10)
    text = signed_in(member).get(PATH).content.decode()
    for line in queries.modules_of(member, TODAY):
        assert str(line.module.label) in text
    assert ("Expires soon" in text, member.organisation.name in text) == (True, True)


def test_membership_of_the_lapsed_opens_everything_again(signed_in, lapsed):
    client = signed_in(lapsed)
    assert client.get("/notices/")["Location"] == PATH
    assert "has lapsed" in client.get(PATH).content.decode()
    assert client.post(PATH, {"version": "1", "agrees": "on"})["Location"] == PATH
    assert client.get("/notices/").status_code == 200


@pytest.mark.parametrize(
    ("data", "status"), [({}, 422), ({"version": "1"}, 422), ({"version": "0", "agrees": "on"}, 409)]
)
def test_membership_is_not_renewed_without_the_code(signed_in, lapsed, data, status):
    assert signed_in(lapsed).post(PATH, data).status_code == status
    assert Member.objects.get(pk=lapsed.pk).standing == Standing.LAPSED


def test_membership_costs_four_queries(signed_in, member, django_assert_num_queries):
    renewal.sweep(at=datetime.now(UTC))
    client = signed_in(member)
    with django_assert_num_queries(4):
        client.get(PATH)
