"""Who may answer for an applicant, and is that enough?"""

from datetime import datetime

from django.db.models import Count, Max, Q

from congress.core.roles import Permission
from members.models import (
    SPONSOR_LIFETIME,
    SPONSOR_STATES,
    SPONSORS_NEEDED,
    Application,
    Member,
    Sponsor,
    SponsorState,
    of_different_bodies,
)
from members.models.sponsors import SponsorQuerySet


def sponsorships_of(member: Member) -> SponsorQuerySet:
    """Return the applicants' wishes that were sent to this member."""
    return Sponsor.objects.exclude(state=SponsorState.NAMED).filter(member=member)


def can_answer(sponsor: Sponsor, member: Member | None) -> bool:
    """Whoever holds the mailed link answers; a member who came in answers for themselves only."""
    return not sponsor.is_shut_out and (member is None or sponsor.member_id == member.pk)


def can_see_sponsors(viewer: Member) -> bool:
    """What sponsors said is for vetting officers; the applicant never reads it."""
    return viewer.may(Permission.DECIDE_APPLICATIONS)


def is_vouched_for(application: Application) -> bool:
    """Return whether two people of different organisations vouch, or a focal point invited; one query."""
    if application.nominated_by is not None:
        return application.nominated_by.is_active
    return len(vouching_for(application)) >= SPONSORS_NEEDED


def vouching_for(application: Application) -> list[Sponsor]:
    """Return those whose word counts, one of each organisation, the first who answered first; one query."""
    counting = application.sponsors.counting().select_related("member")
    return of_different_bodies(counting.order_by("answered_at", "pk"))


def needs_another_sponsor(application: Application, at: datetime) -> bool:
    """Return whether the applicant has to name somebody else. Never says in whose place; two queries at most.

    Answers that are still awaited count as if they came, also of those who get no letter. One clock for all, that of
    the newest letter: with one for each, asking somebody again would tell whether they have answered.
    """
    if application.nominated_by_id is not None or not application.allows("sponsor"):
        return False
    silent = Count("pk", filter=Q(state__in=SPONSOR_STATES.having("answer")))
    letters = application.sponsors.aggregate(newest=Max("asked_at"), silent=silent)
    is_time_left = letters["newest"] is not None and at < letters["newest"] + SPONSOR_LIFETIME
    awaited = letters["silent"] if is_time_left else 0
    return len(vouching_for(application)) + awaited < SPONSORS_NEEDED
