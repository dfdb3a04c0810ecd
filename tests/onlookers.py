"""Who looks at a profile? One kind of viewer for each audience, and those whose office is none of it."""

from datetime import UTC, date, datetime, timedelta

from congress.core.sectors import Sector
from events.models import Meeting, Registration, RegistrationState
from members.models import FieldAudience, Group, Member, Profile, Seat, Term
from tests import factories

NETWORK, SECTOR, COUNTRY, MEETING, GROUPS, OFFICERS = FieldAudience
ALL = set(FieldAudience)
TODAY = datetime.now(UTC).date()
HOME, AWAY = {"sector": Sector.ACADEMIA, "country": "UA"}, {"sector": Sector.INDUSTRY, "country": "PE"}
# To which audiences each belongs of those who are at home, besides the network.
ONLOOKERS: dict[str, set[FieldAudience]] = {
    "stranger": set(),
    "colleague": {SECTOR},
    "neighbour": {COUNTRY},
    "delegate": {MEETING},
    "committee": {GROUPS},
    "former_committee": set(),
    "vetting_reviewer": ALL,
    "vetting_lead": ALL,
    "administrator": ALL,
    "other_office": set(),
}
OFFICES: dict[str, list[str]] = {
    **{officer: [officer] for officer in ("vetting_reviewer", "vetting_lead", "administrator")},
    "other_office": ["focal_point", "organiser", "auditor", "analyst", "compliance_officer", "publisher"],
}


def onlookers(*at_home: Member) -> dict[str, Member]:
    """Make one of each; those at home sat with the delegate and name the group of the committee."""
    group = Group.objects.create(name="Steering", kind="steering", mandate="Steers.", begun_on=TODAY)
    Profile.objects.filter(member__in=at_home).update(trusted_groups=[group.pk])
    people = {name: factories.member(name, roles=roles, **AWAY) for name, roles in OFFICES.items()}
    people |= {name: factories.member(name, **AWAY) for name in ("stranger", "delegate")}
    people["colleague"] = factories.member("colleague", **{**AWAY, "sector": HOME["sector"]})
    people["neighbour"] = factories.member("neighbour", **{**AWAY, "country": HOME["country"]})
    people["committee"] = sitting(factories.member("committee", **AWAY), group, ends_on=TODAY + timedelta(days=1))
    people["former_committee"] = sitting(factories.member("former_committee", **AWAY), group, ends_on=TODAY)
    meeting = factories.meeting()
    for person in (*at_home, people["delegate"]):
        seated(person, meeting)
    return {name: factories.reloaded(person) for name, person in people.items()}


def sitting(person: Member, group: Group, *, ends_on: date) -> Member:
    """Give a person a seat in a group that has lasted for long."""
    place = Seat.objects.create(group=group)
    Term.objects.create(group=group, seat=place, member=person, begins_on=date(2020, 1, 1), ends_on=ends_on)
    return person


def seated(person: Member, meeting: Meeting, state: str = RegistrationState.ATTENDED) -> None:
    """Let a person have registered for a meeting."""
    Registration.objects.create(meeting=meeting, member=person, state=state, applied_at=factories.LONG_AGO)
