"""What does the vetting desk show: the queue, one case with its hints, and what waits for an officer?"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from congress.core.names import folded
from congress.core.paging import Page, page
from members.models import APPLICATION_STATES, Application, Decision, Member, Organisation
from members.policies import applications_visible_to, decidable_by

SHOWN_HINTS = 5
WAITING_SHOWN = 5


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
        for application in _undecided(viewer).order_by("submitted_at", "pk")[:WAITING_SHOWN]
    ]


def _undecided(viewer: Member) -> QuerySet[Application]:
    return decidable_by(viewer).filter(state__in=APPLICATION_STATES.having("decide"))


@dataclass(frozen=True)
class Counts:
    """How many cases there are, and how many of the open ones this viewer may decide."""

    open: int
    closed: int
    mine: int


def vetting_counts(viewer: Member) -> Counts:
    """Return the figures of the desk; one query."""
    is_open = Q(state__in=APPLICATION_STATES.having("decide"))
    numbers = applications_visible_to(viewer).aggregate(
        open=Count("pk", filter=is_open),
        closed=Count("pk", filter=~is_open),
        mine=Count("pk", filter=Q(pk__in=_undecided(viewer))),
    )
    return Counts(**numbers)


def vetting_queue(viewer: Member, *, is_open: bool, after: str = "") -> Page[Application]:
    """Return a page of cases with decisions and officers loaded; three queries at most.

    Open ones come with the longest wait first, closed ones with the latest first. `is_mine` tells whether the
    viewer may decide. Raises: BadCursorError.
    """
    undecided = APPLICATION_STATES.having("decide")
    cases = applications_visible_to(viewer).prefetch_related(_decisions())
    cases = cases.annotate(is_mine=Exists(_undecided(viewer).filter(pk=OuterRef("pk"))))
    if is_open:
        return page(cases.filter(state__in=undecided), order=("submitted_at", "pk"), after=after)
    return page(cases.exclude(state__in=undecided), order=("-closed_at", "-pk"), after=after)


def vetting_cases(viewer: Member) -> QuerySet[Application]:
    """Return the cases that exist for this viewer, decisions with officers loaded, the oldest decision first."""
    return applications_visible_to(viewer).select_related("member").prefetch_related(_decisions())


def _decisions() -> "Prefetch[Any]":
    return Prefetch("decisions", Decision.objects.select_related("officer__organisation").order_by("decided_at"))


@dataclass(frozen=True)
class Hints:
    """What an officer should look at twice. Candidates, never a verdict."""

    body: Organisation | None
    domain_owner: Organisation | None
    likely_members: list[Member] = field(default_factory=list)
    earlier: list[Application] = field(default_factory=list)

    @property
    def domain_is_foreign(self) -> bool:
        """Tell whether the address belongs to another organisation than the one named."""
        return self.domain_owner is not None and self.domain_owner != self.body

    @property
    def domain_fits(self) -> bool:
        """Tell whether the address is one of the organisation named."""
        return self.body is not None and self.domain_owner == self.body

    @property
    def domain_is_unlisted(self) -> bool:
        """Tell whether the organisation named has a list of domains and this one is not on it."""
        return self.body is not None and bool(self.body.mail_domains) and self.domain_owner is None


def hints(application: Application) -> Hints:
    """Return what is known about the organisation, the address and people of the same name; four queries."""
    named = Q(name__iexact=application.organisation_name) | Q(native_name__iexact=application.organisation_name)
    owners = Organisation.objects.filter(mail_domains__overlap=_with_parents(application.mail_domain))
    return Hints(
        body=Organisation.objects.filter(named).order_by("pk").first() if application.organisation_name else None,
        domain_owner=owners.order_by("pk").first(),
        likely_members=list(_namesakes(application)[:SHOWN_HINTS]),
        earlier=list(_earlier(application)[:SHOWN_HINTS]),
    )


def _with_parents(domain: str) -> list[str]:
    parts = domain.split(".")
    return [".".join(parts[start:]) for start in range(len(parts) - 1)]


def _namesakes(application: Application) -> QuerySet[Member]:
    """People of every standing: one who was shut out may come back under a new address."""
    words = folded(application.latin_name or application.native_name).split()
    alike = Q(*(Q(sort_name__contains=word) for word in words)) if words else Q(pk__in=[])
    same = alike | Q(email__iexact=application.email)
    people = Member.objects.filter(same).exclude(application=application)
    return people.select_related("organisation").order_by("sort_name", "pk")


def _earlier(application: Application) -> QuerySet[Application]:
    alike = Q(email__iexact=application.email)
    if application.latin_name:
        alike |= Q(latin_name__iexact=application.latin_name)
    sent = Application.objects.filter(alike, state__in=APPLICATION_STATES.having("read"))
    return sent.exclude(pk=application.pk).order_by("-submitted_at", "-pk")
