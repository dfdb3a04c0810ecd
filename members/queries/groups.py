"""Which groups are there, who sits where, and is each in balance?"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from congress.core.geography import Region
from congress.core.roles import Role
from congress.core.sectors import Sector
from members.models import Group, Member, RoleGrant, Seat, SeatProposal, Term
from members.policies import can_fill_seats, can_look_after_groups, groups_visible_to, visible_to


def groups(viewer: Member) -> QuerySet[Group]:
    """Return the groups by name, dissolved ones last, with the count of their seats and of those held, and
    `chair_terms`; two queries."""
    held = Term.objects.in_force().filter(seat=OuterRef("seats"))
    chair = Term.objects.in_force().filter(is_chair=True, member__in=visible_to(viewer)).select_related("member")
    counted = groups_visible_to(viewer).annotate(
        seat_count=Count("seats", filter=Q(seats__closed_on=None)),
        held_count=Count("seats", filter=Q(Exists(held), seats__closed_on=None)),
    )
    return counted.prefetch_related(Prefetch("terms", chair, to_attr="chair_terms")).order_by(
        F("dissolved_on").asc(nulls_first=True), "name"
    )


@dataclass(frozen=True)
class Sitting:
    """A term as a viewer may know it: without a name where its holder is not in their directory."""

    term: Term
    holder: Member | None


@dataclass(frozen=True)
class Place:
    """A seat: who sits there today, who is to come, and the seat itself."""

    seat: Seat
    now: Sitting | None
    coming: list[Sitting]


@dataclass(frozen=True)
class Balance:
    """How many seats are meant for one sector or region, and how many of them are held."""

    label: str
    seats: int
    held: int

    @property
    def empty(self) -> int:
        """Return how many wait for somebody."""
        return self.seats - self.held


@dataclass(frozen=True)
class Table:
    """Who sits in a group, who did, and how it is balanced."""

    places: list[Place]
    former: list[Sitting]
    sectors: list[Balance]
    regions: list[Balance]

    @property
    def chair(self) -> Sitting | None:
        """Return who chairs the group today."""
        return next((place.now for place in self.places if place.now and place.now.term.is_chair), None)

    @property
    def terms(self) -> list[Term]:
        """Return the terms of today and those to come."""
        sittings = [each for place in self.places for each in (place.now, *place.coming)]
        return [sitting.term for sitting in sittings if sitting is not None]

    @property
    def empty_count(self) -> int:
        """Return how many seats wait for somebody."""
        return sum(place.now is None for place in self.places)


def group_table(viewer: Member, group: Group) -> Table:
    """Return everything that the page of a group says of its seats; five queries."""
    terms = Term.objects.filter(group=group)
    sitting = visible_to(viewer).filter(pk__in=terms.values("member"))
    known = sitting.select_related("organisation").in_bulk()
    now = {term.seat_id: _sitting(term, known) for term in terms.in_force()}
    former = [_sitting(term, known) for term in terms.former().select_related("seat").order_by("-ends_on", "-pk")]
    coming = [_sitting(term, known) for term in terms.not_over().order_by("begins_on")]
    seats = Seat.objects.open().filter(group=group).order_by("sector", "region", "pk")
    places = [_place(seat, now, coming) for seat in seats]
    return Table(
        places=sorted(places, key=lambda place: not (place.now and place.now.term.is_chair)),
        former=former,
        sectors=_balance(places, Sector, lambda seat: seat.sector),
        regions=_balance(places, Region, lambda seat: seat.region),
    )


def _sitting(term: Term, known: dict[int, Member]) -> Sitting:
    return Sitting(term, known.get(term.member_id))


def _place(seat: Seat, now: dict[int, Sitting], coming: list[Sitting]) -> Place:
    today = now.get(seat.pk)
    later = [each for each in coming if each.term.seat_id == seat.pk and not (today and each.term == today.term)]
    return Place(seat, today, later)


def _balance(
    places: list[Place], kinds: Iterable[Sector] | Iterable[Region], kind_of: Callable[[Seat], str]
) -> list[Balance]:
    seats = Counter(kind_of(place.seat) for place in places)
    held = Counter(kind_of(place.seat) for place in places if place.now)
    return [Balance(str(kind.label), seats[kind], held[kind]) for kind in kinds if seats[kind]]


def seats_of(viewer: Member) -> QuerySet[Seat]:
    """Return the seats that a viewer may be asked about, with their group."""
    return Seat.objects.open().filter(group__in=groups_visible_to(viewer)).select_related("group")


def free_from(seat: Seat, today: date) -> date:
    """Return the day from which on nobody sits on a seat, as far as is known; one query."""
    last = Term.objects.not_over().filter(seat=seat).order_by("-ends_on").values_list("ends_on", flat=True).first()
    return max(last or today, today)


def open_proposals_for(viewer: Member, group: Group) -> QuerySet[SeatProposal]:
    """Return what waits for an administrator, the oldest first: for administrators and the chair."""
    if not can_fill_seats(viewer, group):
        return SeatProposal.objects.none()
    waiting = SeatProposal.objects.filter(seat__group=group, decided_at=None)
    if not can_look_after_groups(viewer):
        waiting = waiting.filter(member__in=visible_to(viewer))
    return waiting.select_related("member__organisation", "proposed_by", "seat__group").order_by("proposed_at", "pk")


def terms_to_end(viewer: Member) -> QuerySet[Term]:
    """Return the terms in force and to come of the groups that a viewer sees, with group and member."""
    return Term.objects.not_over().filter(group__in=groups_visible_to(viewer)).select_related("group", "member")


def rotating(term_id: int) -> Term | None:
    """Return a term of which somebody may be reminded: in force today, of a member in good standing."""
    listed = Member.objects.listed()
    return (
        Term.objects.in_force().filter(pk=term_id, member__in=listed).select_related("group", "member", "seat").first()
    )


def told_of_rotation(term: Term, at: datetime) -> list[int]:
    """Return who hears that a term ends: its member, the chair and the administrators."""
    from_chair = Term.objects.in_force().filter(group=term.group_id, is_chair=True).values("member")
    administrators = RoleGrant.objects.in_force(at).filter(role=Role.ADMINISTRATOR).values("member")
    told = Member.objects.listed().filter(Q(pk=term.member_id) | Q(pk__in=from_chair) | Q(pk__in=administrators))
    return list(told.order_by("pk").values_list("pk", flat=True))
