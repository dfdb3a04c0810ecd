"""What does the vetting desk show: the queue, one case, and what waits for an officer?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from congress.core.geography import REGION_BY_COUNTRY
from congress.core.paging import Page, page
from members.models import APPLICATION_STATES, WORKING_DAYS, Application, Decision, Member, MemberQuerySet
from members.policies import (
    applications_visible_to,
    can_see_vetting_desk,
    decidable_by,
    objectable_by,
    vetting_officers,
    workable_by,
)

WAITING_SHOWN = 5
# Opening them costs time, and no row of the queue shows them.
SEALED = ("motivation", "supervisor_name", "supervisor_contact")
SOON = timedelta(days=2)
# The stages in which the network owes the next step.
CLOCKED = tuple(WORKING_DAYS)


@dataclass(frozen=True)
class Waiting:
    """One thing on the start page: the view it leads to, what it is, since when it waits."""

    view: str
    url_kwargs: dict[str, str]
    title: str
    meta: str
    since: datetime


def waiting_for(viewer: Member) -> list[Waiting]:
    """Return the applications that wait for this viewer's decision, the longest wait first; one query."""
    return [
        Waiting(
            view="members:vetting_case",
            url_kwargs={"public_id": application.public_id},
            title=str(application),
            meta=application.organisation_name,
            since=application.submitted_at or application.begun_at,
        )
        for application in _undecided(viewer).defer(*SEALED).order_by("submitted_at", "pk")[:WAITING_SHOWN]
    ]


def _undecided(viewer: Member) -> QuerySet[Application]:
    return decidable_by(viewer).filter(state__in=APPLICATION_STATES.having("decide"))


@dataclass(frozen=True)
class QueueFilters:
    """What an officer looks for: alternatives within a filter, all filters together; an empty one leaves all in."""

    is_open: bool = True
    stage: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    region: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counts:
    """How many cases there are, how many of them match, and how many of the open ones this viewer may decide."""

    open: int
    closed: int
    mine: int
    matching: int


def vetting_counts(viewer: Member, filters: QueueFilters, *, today: date) -> Counts:
    """Return the figures of the desk; one query."""
    is_open = Q(state__in=APPLICATION_STATES.having("work"))
    numbers = applications_visible_to(viewer).aggregate(
        open=Count("pk", filter=is_open),
        closed=Count("pk", filter=~is_open),
        mine=Count("pk", filter=Q(pk__in=_undecided(viewer))),
        matching=Count("pk", filter=_matching(viewer, filters, today) & (is_open if filters.is_open else ~is_open)),
    )
    return Counts(**numbers)


def vetting_queue(viewer: Member, filters: QueueFilters, *, today: date, after: str = "") -> Page[Application]:
    """Return a page of cases with owner, decisions and officers loaded; two queries.

    Open ones come with the first due first, closed ones with the latest first. `is_mine` tells whether the viewer may
    decide, `is_workable` whether there is no conflict. Raises: BadCursorError.
    """
    cases = applications_visible_to(viewer).filter(_matching(viewer, filters, today)).defer(*SEALED)
    cases = cases.select_related("assigned_to").prefetch_related(_decisions())
    cases = cases.annotate(
        is_mine=Exists(_undecided(viewer).filter(pk=OuterRef("pk"))),
        is_workable=Exists(workable_by(viewer).filter(pk=OuterRef("pk"))),
    )
    under_way = APPLICATION_STATES.having("work")
    if filters.is_open:
        return page(cases.filter(state__in=under_way), order=("due_on", "pk"), after=after)
    return page(cases.exclude(state__in=under_way), order=("-closed_at", "-pk"), after=after)


def _matching(viewer: Member, filters: QueueFilters, today: date) -> Q:
    owners = {
        "me": Q(assigned_to=viewer),
        "nobody": Q(assigned_to__isnull=True),
        "somebody": Q(assigned_to__isnull=False) & ~Q(assigned_to=viewer),
    }
    clocks = {
        "overdue": Q(due_on__lt=today, state__in=CLOCKED),
        "soon": Q(due_on__gte=today, due_on__lte=today + SOON, state__in=CLOCKED),
        "call": Q(call_wanted_at__isnull=False),
    }
    matching = _any(owners, filters.owner) & _any(clocks, filters.clock)
    if filters.stage:
        matching &= Q(state__in=filters.stage)
    if filters.sector:
        matching &= Q(sector__in=filters.sector)
    if filters.region:
        matching &= Q(country__in=[code for code, region in REGION_BY_COUNTRY.items() if region in filters.region])
    return matching


def _any(conditions: dict[str, Q], chosen: tuple[str, ...]) -> Q:
    found = Q()
    for name in chosen:
        found |= conditions[name]
    return found


def vetting_cases(viewer: Member) -> QuerySet[Application]:
    """Return the cases that exist for this viewer, decisions with officers loaded, the oldest decision first."""
    return applications_visible_to(viewer).select_related("member", "assigned_to").prefetch_related(_decisions())


def workable_cases(viewer: Member) -> QuerySet[Application]:
    """Return the cases under way that this viewer may look after."""
    return workable_by(viewer).filter(state__in=APPLICATION_STATES.having("work"))


def officers_for(application: Application, at: datetime) -> MemberQuerySet:
    """Return the officers to whom a case can be handed over, by name; whether they have a conflict is asked then."""
    others = vetting_officers(at).select_related("organisation").order_by("sort_name", "pk")
    return others.exclude(pk=application.assigned_to_id) if application.assigned_to_id else others


def _decisions() -> "Prefetch[Any]":
    decisions = Decision.objects.filter(round=F("application__round")).select_related("officer__organisation")
    return Prefetch("decisions", decisions.order_by("decided_at"))


def overdue_among(viewer: Member, ids: Iterable[int], *, today: date) -> list[Application]:
    """Return those of these cases that are overdue still, the most overdue first; one query."""
    late = applications_visible_to(viewer).filter(pk__in=list(ids), due_on__lt=today)
    return list(late.filter(state__in=CLOCKED).order_by("due_on", "pk"))


def newcomers(viewer: Member) -> QuerySet[Application]:
    """Return the provisional members to whom this viewer may object, the first who become members first."""
    return objectable_by(viewer).select_related("member").order_by("due_on", "pk")


def newcomers_among(viewer: Member, ids: Iterable[int]) -> list[Application]:
    """Return those of these newcomers to whom a viewer may object and has not; none for officers, who see the queue."""
    if can_see_vetting_desk(viewer):
        return []
    return list(newcomers(viewer).filter(pk__in=list(ids)).exclude(objections__member=viewer))


def newcomers_for(viewer: Member, *, since: date) -> list[Waiting]:
    """Return the newcomers of whom a member should hear on the start page; one query.

    Officers find them in their queue.
    """
    if can_see_vetting_desk(viewer):
        return []
    expected = objectable_by(viewer).filter(stage_since__isnull=False, due_on__gte=since).order_by("due_on", "pk")
    lines = expected.only("public_id", "latin_name", "organisation_name", "stage_since")
    return [
        Waiting("members:newcomer", {"public_id": each.public_id}, str(each), each.organisation_name, each.stage_since)
        for each in lines[:WAITING_SHOWN]
        if each.stage_since is not None
    ]


def case_of(member: Member) -> Application | None:
    """Return the case by which a member came in the last time, if it was here."""
    return Application.objects.filter(member=member).order_by("-pk").first()
