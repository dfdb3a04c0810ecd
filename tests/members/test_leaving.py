"""Who may say that somebody left or shut them out, what is kept of it, and how does it end?"""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from congress.core import journal
from congress.core.errors import NotPermittedError
from congress.core.models import Delivery, Entry
from congress.core.roles import Role, Standing
from members import tasks
from members.actions import departures, suspensions
from members.actions.departures import Words
from members.models import Affiliation, Departure, Member, Suspension
from members.policies import can_suspend, departure_by, known_to, roster_of
from members.tasks import membership
from tests import factories
from tests.conftest import NOW

LATER = NOW + timedelta(days=14)
REASON = "An inquiry is under way."
OFFICERS = {"reviewer": Role.VETTING_REVIEWER, "lead": Role.VETTING_LEAD, "administrator": Role.ADMINISTRATOR}


def person(name: str, body=None, **fields) -> Member:
    """Make somebody whose name is their role, or `plain`; of an organisation of their own if none is given."""
    roles = [OFFICERS[name]] if name in OFFICERS else [Role.FOCAL_POINT] if "focal" in name else []
    return factories.member(roles=roles, **({"organisation": body} if body else {}), **fields)


def suspend(who: Member, by: Member, **more) -> Suspension:
    return suspensions.suspend(who, by=by, at=NOW, reason=REASON, ends_at=LATER, **more)


def leave(who: Member, by: Member, **words) -> Member:
    return departures.end_affiliation(who, by=by, at=NOW, words=Words(**words))


# Policies: who may suspend whom, who may end whose affiliation

SUSPENDS = {
    "plain": set(),
    "focal_point": set(),
    "reviewer": set(),
    "lead": {"plain", "focal_point", "reviewer"},
    "administrator": {"plain", "focal_point", "reviewer", "lead", "administrator"},
}
ENDS = {
    "plain": set(),
    "focal_point": set(),
    "reviewer": {"plain", "reviewer"},
    "lead": {"plain", "reviewer"},
    "administrator": set(),
}


@pytest.mark.parametrize("target", SUSPENDS)
@pytest.mark.parametrize("officer", SUSPENDS)
def test_can_suspend_never_upward(db, officer, target):
    assert can_suspend(person(officer), person(target), NOW) is (target in SUSPENDS[officer])


@pytest.mark.parametrize("officer", SUSPENDS)
def test_can_suspend_never_oneself(db, officer):
    who = person(officer)
    assert can_suspend(who, who, NOW) is False


@pytest.mark.parametrize("target", ENDS)
@pytest.mark.parametrize("officer", ENDS)
def test_departure_by_officers(db, officer, target):
    expected = Departure.OFFICER if target in ENDS[officer] else None
    assert departure_by(person(officer), person(target), NOW) is expected


@pytest.mark.parametrize(
    ("viewer", "same_body", "expected"),
    [("focal_point", True, Departure.NO_LONGER_OURS), ("focal_point", False, None), ("plain", True, None)],
)
def test_departure_by_the_focal_point_of_the_same_organisation_only(db, member, viewer, same_body, expected):
    assert departure_by(person(viewer, member.organisation if same_body else None), member, NOW) is expected


def test_departure_by_oneself(member):
    assert departure_by(member, member, NOW) is Departure.LEFT


@pytest.mark.parametrize("standing", [s for s in Standing if s not in {Standing.ANYONE, Standing.APPLICANT}])
def test_roster_is_of_the_own_organisation_and_of_those_who_belong(db, standing):
    body = factories.organisation()
    focal, theirs, other = person("focal_point", body), person("plain", body, standing=standing), person("plain")
    belongs = {theirs.pk} if standing != Standing.FORMER else set()
    assert set(roster_of(focal).values_list("pk", flat=True)) == {focal.pk} | belongs
    assert not roster_of(theirs).exists()
    assert other not in roster_of(focal)


@pytest.mark.parametrize("viewer", SUSPENDS)
def test_known_to_officers_are_those_outside_the_directory(db, viewer):
    hidden = person("plain", standing=Standing.SUSPENDED)
    assert known_to(person(viewer)).filter(pk=hidden.pk).exists() is (viewer in OFFICERS)


# Affiliations


def test_everybody_has_an_affiliation_from_the_first_day(member):
    present = Affiliation.objects.get(member=member)
    assert (present.organisation, present.began_on, present.ended_on) == (member.organisation, date(2020, 1, 1), None)


def test_another_organisation_is_another_affiliation(member):
    first, second = member.organisation, factories.organisation()
    Member.objects.filter(pk=member.pk).update(organisation=second)
    rows = Affiliation.objects.filter(member=member).order_by("pk")
    assert [(row.organisation, row.ended_on is None) for row in rows] == [(first, False), (second, True)]


def test_the_database_refuses_an_affiliation_that_is_not_the_members(member):
    present = Affiliation.objects.filter(member=member)
    present.update(ended_on=NOW.date(), ended_how=Departure.LEFT)
    with pytest.raises(IntegrityError, match="present affiliation"), transaction.atomic():
        connection.check_constraints()
    present.update(ended_on=None, ended_how="")


def test_end_affiliation_closes_the_row_and_makes_a_former_member(member):
    body = member.organisation
    member.profile.position = "Inspector"
    member.profile.save()
    left = leave(member, member, note="A new post.", moved_to="Port of Oslo")
    row = Affiliation.objects.get(member=member)
    assert (left.standing, left.organisation, row.organisation) == (Standing.FORMER, None, body)
    assert (row.ended_on, row.ended_how, row.ended_by, row.position) == (NOW.date(), "left", member, "Inspector")
    assert row.moved_to == "Port of Oslo"
    assert Entry.objects.get(event=departures.LEFT).data == {"how": "left"}


def test_end_affiliation_ends_roles_and_suspension(db, administrator):
    officer = person("reviewer")
    suspend(officer, administrator)
    leave(factories.reloaded(officer), person("reviewer"))
    assert not officer.role_grants.in_force(NOW).exists()
    assert Suspension.objects.get().lifted_at == NOW


@pytest.mark.parametrize("who", ["plain", "focal_point", "administrator"])
def test_end_affiliation_is_refused_to_others(db, member, who):
    with pytest.raises(NotPermittedError):
        leave(member, person(who))
    assert Affiliation.objects.get(member=member).ended_on is None


def test_end_affiliation_happens_once(member):
    leave(member, member)
    with pytest.raises(departures.NotBelongingError):
        leave(member, member)


# Suspensions


@pytest.mark.parametrize("standing", [Standing.PROVISIONAL, Standing.MEMBER, Standing.LAPSED])
def test_suspend_and_reinstate_gives_the_standing_back(db, administrator, standing):
    who = person("plain", standing=standing)
    made = suspend(who, administrator)
    assert (made.reason, Member.objects.get(pk=who.pk).standing) == (REASON, Standing.SUSPENDED)
    assert suspensions.reinstate(who, by=administrator, at=NOW).standing == standing
    assert Suspension.objects.get().lifted_by == administrator


@pytest.mark.parametrize("standing", [Standing.APPLICANT, Standing.SUSPENDED, Standing.FORMER])
def test_suspend_needs_somebody_who_may_come_in(db, administrator, standing):
    with pytest.raises(suspensions.NotSuspendableError):
        suspend(person("plain", standing=standing), administrator)


@pytest.mark.parametrize("act", [suspend, suspensions.reinstate])
def test_suspend_and_reinstate_are_refused_upward(db, administrator, act):
    lead = person("lead")
    with pytest.raises(NotPermittedError):
        act(administrator, by=lead, **({"at": NOW} if act is suspensions.reinstate else {}))


def test_reinstate_needs_a_suspension(member, administrator):
    with pytest.raises(suspensions.NotSuspendedError):
        suspensions.reinstate(member, by=administrator, at=NOW)


def test_lift_ended_lifts_on_its_day_and_once(member, administrator):
    suspend(member, administrator)
    assert [suspensions.lift_ended(at=LATER + timedelta(seconds=each)) for each in (-1, 0, 1)] == [0, 1, 0]
    assert Member.objects.get(pk=member.pk).standing == Standing.MEMBER
    assert Entry.objects.get(event=suspensions.REINSTATED).by is None


def test_the_task_lifts_what_is_over(member, administrator):
    suspensions.suspend(
        member, by=administrator, at=NOW - timedelta(days=9000), reason=REASON, ends_at=NOW - timedelta(days=8000)
    )
    assert tasks.lift_ended_suspensions() == 1


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (departures.LEFT, "members.member.left"),
        (suspensions.SUSPENDED, "members.member.suspended"),
        (suspensions.REINSTATED, "members.member.reinstated"),
    ],
)
def test_who_is_concerned_gets_a_letter_that_names_no_reason(member, administrator, event, kind, settings):
    if event == departures.LEFT:
        leave(member, member)
    else:
        suspend(member, administrator)
    if event == suspensions.REINSTATED:
        suspensions.reinstate(member, by=administrator, at=NOW)
    journal.dispatch(Entry.objects.get(event=event), NOW)
    letter = membership.compose(Delivery.objects.get(kind=kind, state="queued"))
    assert letter is not None
    assert REASON not in letter.text + letter.html
    Member.objects.filter(pk=member.pk).update(standing=Standing.APPLICANT)
    assert membership.compose(Delivery.objects.select_related("member").get(kind=kind, state="queued")) is None
