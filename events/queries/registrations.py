"""Who wants a seat? What organisers see of a meeting's delegates, and what waits for their decision."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise

from congress.core.geography import country_name
from congress.core.names import folded
from congress.core.paging import Page, page
from congress.core.roles import Permission
from congress.core.sectors import Sector
from events.models import REGISTRATION_STATES, Meeting, Registration, RegistrationState
from events.policies import can_register, registrations_visible_to, visible_to
from members.models import Member, before_mark

PAGE_SIZE = 50
# The facets of the delegates' desk: the name in the address, and the column.
FACETS = {"state": "state", "sector": "member__sector", "country": "member__country"}


@dataclass(frozen=True)
class WaitingMeeting:
    """A meeting with registrations that wait for an organiser's decision."""

    slug: str
    title: str
    count: int
    since: datetime


def registrations_waiting_for(viewer: Member, at: datetime) -> list[WaitingMeeting]:
    """Return the meetings ahead on which an organiser has to decide, the longest wait first. At most one query."""
    if not viewer.may(Permission.ORGANISE_MEETINGS):
        return []
    undecided = Q(registrations__state__in=[RegistrationState.APPLIED, RegistrationState.ELIGIBLE])
    others = undecided & ~Q(registrations__member=viewer)
    rows = (
        visible_to(viewer)
        .ahead(at)
        .annotate(waiting=Count("registrations", filter=others), since=Min("registrations__applied_at", filter=others))
        .filter(waiting__gt=0)
        .order_by("since", "pk")
    )
    return [WaitingMeeting(*row) for row in rows.values_list("slug", "title", "waiting", "since")]


def registration_window(meeting: Meeting, at: datetime) -> str:
    """Return where registration stands: over, open, ahead, closed or unset."""
    if meeting.is_over(at):
        return "over"
    if meeting.takes_registrations(at):
        return "open"
    if meeting.registration_opens_at is None:
        return "unset"
    return "ahead" if at < meeting.registration_opens_at else "closed"


def newest_registration(viewer: Member, meeting: Meeting) -> Registration | None:
    """Return a member's own registration for a meeting: the open one, or else the last one that ended."""
    return meeting.registrations.filter(member=viewer).order_by("-pk").first()


def may_register_now(viewer: Member, meeting: Meeting, own: Registration | None, at: datetime) -> bool:
    """Tell whether a member would get a registration at this instant; `own` is the newest one."""
    is_registered = own is not None and own.is_open
    return can_register(viewer, meeting) and meeting.takes_registrations(at) and not is_registered


@dataclass(frozen=True)
class Option:
    """One choice of a facet."""

    value: str
    label: str | Promise
    count: int
    selected: bool


@dataclass(frozen=True)
class DelegateFilter:
    """What the delegates' desk is narrowed to; nothing chosen in a facet means all of it."""

    text: str = ""
    state: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    country: tuple[str, ...] = ()

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return what is chosen in one facet."""
        return tuple(getattr(self, facet))


@dataclass(frozen=True)
class Delegates:
    """One page of the delegates' desk."""

    page: Page[Registration]
    count: int
    facets: dict[str, list[Option]]


def delegates(
    viewer: Member, meeting: Meeting, wanted: DelegateFilter, *, after: str = "", language: str = "en"
) -> Delegates:
    """Return registrations in the order of application, members and organisations loaded, with facet counts.

    Each facet is counted with the other filters on and its own off. Two queries. Raises: BadCursorError.
    """
    found = _matching(registrations_visible_to(viewer).filter(meeting=meeting), wanted.text)
    # All combinations at once: at most some hundred groups, from which every facet is added up.
    groups = list(found.order_by().values_list(*FACETS.values()).annotate(Count("pk")))
    narrowed = found.filter(**{f"{FACETS[f]}__in": wanted.chosen(f) for f in FACETS if wanted.chosen(f)})
    rows = page(
        narrowed.select_related("member__organisation"), order=("applied_at", "pk"), after=after, size=PAGE_SIZE
    )
    count = sum(number for *values, number in groups if _fits(values, wanted))
    return Delegates(rows, count, {facet: _options(facet, groups, wanted, language) for facet in FACETS})


def _matching(registrations: QuerySet[Registration], text: str) -> QuerySet[Registration]:
    # Delegates are looked for by who they are, not by what they wrote.
    called = registrations.alias(called=before_mark("member__search_text"))
    return called.filter(*(Q(called__contains=word) for word in folded(text).split()))


def _fits(values: list[Any], wanted: DelegateFilter, but: str = "") -> bool:
    return all(
        facet == but or not wanted.chosen(facet) or value in wanted.chosen(facet)
        for facet, value in zip(FACETS, values, strict=True)
    )


def _options(facet: str, groups: list[tuple[Any, ...]], wanted: DelegateFilter, language: str) -> list[Option]:
    counts: Counter[str] = Counter()
    position = list(FACETS).index(facet)
    for *values, number in groups:
        if _fits(values, wanted, but=facet):
            counts[values[position]] += number
    label = _labels(language)[facet]
    shown = set(counts) | set(wanted.chosen(facet))
    options = [Option(value, label(value), counts[value], value in wanted.chosen(facet)) for value in shown]
    return sorted(options, key=lambda option: (-option.count, str(option.label)))


def _labels(language: str) -> Mapping[str, Callable[[str], str | Promise]]:
    return {
        "state": lambda value: REGISTRATION_STATES.states[value].label,
        "sector": lambda value: Sector(value).label,
        "country": lambda value: country_name(value, language),
    }
