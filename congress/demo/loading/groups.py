"""How do groups, their seats and the terms of those who sit there become rows?"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from congress.core.geography import region_of
from congress.core.roles import Role, Standing
from congress.demo import shapes
from congress.demo.groups import PLANS, Plan
from congress.demo.loading.members import Who
from members.models import Group, Member, Seat, SeatProposal, Term

YEAR = timedelta(days=365)
# Terms end one after the other, the first of them soon: somebody has been reminded, and somebody is to come next.
FIRST_END, APART = timedelta(days=24), timedelta(days=97)


def load_groups(people: Iterable[shapes.Person], who: Who, *, at: datetime) -> None:
    """Found the groups and fill their seats, all but the last of each."""
    members = [person for person in people if person.standing == Standing.MEMBER]
    proposer = next(who.people[person.email] for person in members if Role.ADMINISTRATOR in person.roles)
    for plan in PLANS:
        group = Group.objects.create(name=plan.name, kind=plan.kind, begun_on=plan.begun_on, mandate=plan.mandate)
        seats = Seat.objects.bulk_create(
            Seat(group=group, sector=sector, region=region) for sector, region in plan.seats
        )
        terms = list(_terms(plan, seats, members, who, at))
        Term.objects.bulk_create([*terms, *_before(plan, terms, members, who)])
        _propose_next(terms, proposer, at)


def _terms(plan: Plan, seats: list[Seat], people: list[shapes.Person], who: Who, at: datetime) -> Iterator[Term]:
    """Seat the first who fits, nobody twice; whoever comes first chairs."""
    seated: set[str] = set()
    for number, seat in enumerate(seats[:-1]):
        found = next((p for p in people if p.email not in seated and seat.fits(p.sector, region_of(p.country))), None)
        if found is not None:
            ends_on = at.date() + FIRST_END + number * APART
            member = who.people[found.email]
            begins_on = max(plan.begun_on, ends_on - 2 * YEAR)
            yield _term(seat, member, begins_on, ends_on, is_chair=not seated)
            seated.add(found.email)


def _before(plan: Plan, terms: list[Term], people: list[shapes.Person], who: Who) -> Iterator[Term]:
    """Say who sat on the first seats before, as far as the group is that old."""
    taken = {term.member_id for term in terms}
    for term in terms[:3]:
        fitting = (who.people[p.email] for p in reversed(people) if term.seat.fits(p.sector, region_of(p.country)))
        found = next((member for member in fitting if member.pk not in taken), None)
        if found is not None and term.begins_on > plan.begun_on:
            taken.add(found.pk)
            yield _term(term.seat, found, max(plan.begun_on, term.begins_on - 2 * YEAR), term.begins_on)


def _term(seat: Seat, member: Member, begins_on: date, ends_on: date, *, is_chair: bool = False) -> Term:
    return Term(
        group_id=seat.group_id, seat=seat, member=member, begins_on=begins_on, ends_on=ends_on, is_chair=is_chair
    )


def _propose_next(terms: list[Term], proposer: Member, at: datetime) -> None:
    """Let the chair's own renewal wait for a second administrator, if it is not the proposer's own."""
    first = terms[0]
    if first.member_id != proposer.pk:
        SeatProposal.objects.create(
            seat=first.seat, member=first.member, is_chair=True, begins_on=first.ends_on,
            ends_on=first.ends_on + 2 * YEAR, proposed_by=proposer, proposed_at=at - timedelta(days=1),
        )  # fmt: skip
