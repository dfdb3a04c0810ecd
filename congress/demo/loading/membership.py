"""How do affiliations that ended, suspensions, a proposed role and the modules of a membership become rows?"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from congress.core.roles import Role, Standing
from congress.demo import shapes
from congress.demo.loading.members import Who
from members.actions import renewal
from members.models import Affiliation, Completion, Departure, Member, Module, RoleProposal, Suspension

STAYED = timedelta(days=900)
EXPIRING_IN = timedelta(days=12)
# Every so many members somebody has a module that expires soon.
EXPIRING_EACH = 40


def load_membership(people: Iterable[shapes.Person], who: Who, *, at: datetime) -> None:
    """Let those leave who have left, say why the suspended are, and give everybody else a year."""
    members = [person for person in people if person.email in who.people]
    officer = next(who.people[person.email] for person in members if Role.ADMINISTRATOR in person.roles)
    Suspension.objects.bulk_create(_suspensions(members, who, officer, at))
    for person in members:
        if person.standing == Standing.FORMER:
            _leave(who.people[person.email], person, at)
    _propose(members, who, officer, at)
    renewal.sweep(at=at)
    soon = Completion.objects.filter(module=Module.AFFILIATION, member__in=list(who.people.values())[::EXPIRING_EACH])
    soon.update(expires_on=at.date() + EXPIRING_IN)


def _propose(people: list[shapes.Person], who: Who, officer: Member, at: datetime) -> None:
    """Let a role wait for the second administrator."""
    able = next(person for person in reversed(people) if person.standing == Standing.MEMBER and not person.roles)
    RoleProposal.objects.create(
        member=who.people[able.email],
        role=Role.ANALYST,
        ends_at=at + timedelta(days=365),
        proposed_by=officer,
        proposed_at=at - timedelta(days=1),
    )


def _suspensions(people: list[shapes.Person], who: Who, officer: Member, at: datetime) -> Iterator[Suspension]:
    for person in people:
        if person.standing == Standing.SUSPENDED:
            yield Suspension(
                member=who.people[person.email],
                standing_before=Standing.MEMBER,
                reason="A laptop with an open session was reported stolen.",
                begun_at=at - timedelta(days=3),
                begun_by=officer,
                ends_at=datetime.combine(at.date() + timedelta(days=28), time(), at.tzinfo),
            )


def _leave(member: Member, person: shapes.Person, at: datetime) -> None:
    ended_on = min(person.joined_on + STAYED, at.date())
    Affiliation.objects.present().filter(member=member).update(
        ended_on=ended_on, ended_how=Departure.NO_LONGER_OURS, position=person.position
    )
    member.organisation = None
    member.save(update_fields=["organisation"])
