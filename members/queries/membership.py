"""What do the pages show about where somebody works, whether they may come in, and who is shut out?"""

from dataclasses import dataclass

from django.db.models import QuerySet

from members.models import Affiliation, Member, MemberQuerySet, Suspension
from members.policies import can_see_suspensions, fields_shown, known_to


@dataclass(frozen=True)
class Standing:
    """A member's way through the network: affiliations and suspensions, each the latest first."""

    affiliations: list[Affiliation]
    suspensions: list[Suspension]

    @property
    def suspension(self) -> Suspension | None:
        """Return the one in force."""
        return next((each for each in self.suspensions if each.lifted_at is None), None)


def people_known_to(viewer: Member) -> MemberQuerySet:
    """Return whom a viewer may be asked about by name, with organisation, profile and what is shown of it loaded."""
    return fields_shown(viewer, known_to(viewer).select_related("organisation", "profile"))


def standing_of(member: Member) -> Standing:
    """Return where a member worked and when they were shut out; two queries."""
    affiliations = member.affiliations.select_related("organisation", "ended_by", "confirmed_by")
    suspensions = member.suspensions.select_related("begun_by", "lifted_by")
    return Standing(list(affiliations.order_by("-began_on", "-pk")), list(suspensions.order_by("-begun_at")))


def suspensions(viewer: Member) -> "QuerySet[Suspension]":
    """Return the suspensions in force, the first to end first, with the people loaded."""
    if not can_see_suspensions(viewer):
        return Suspension.objects.none()
    return Suspension.objects.open().select_related("member__organisation", "begun_by").order_by("ends_at", "pk")
