"""Who may say that somebody left, who may shut whom out, and whose people are a focal point's?"""

from datetime import datetime

from django.db.models import Q

from congress.core.roles import Permission, Standing, out_of_reach
from members.models import Departure, Member, MemberQuerySet, Organisation, RoleGrant
from members.policies.people import visible_to

BELONGING = (Standing.PROVISIONAL, Standing.MEMBER, Standing.LAPSED, Standing.SUSPENDED)
RENEWABLE = (Standing.MEMBER, Standing.LAPSED)


def roster_of(focal_point: Member) -> MemberQuerySet:
    """Return the people of a focal point's own organisation; nobody's for anybody else."""
    if not focal_point.may(Permission.CONFIRM_PEOPLE) or focal_point.organisation_id is None:
        return Member.objects.none()
    return Member.objects.filter(organisation=focal_point.organisation_id, standing__in=BELONGING)


def can_see_roster(viewer: Member) -> bool:
    """The page is for focal points of an organisation."""
    return viewer.may(Permission.CONFIRM_PEOPLE) and viewer.organisation_id is not None


def confirmable_by(focal_point: Member) -> MemberQuerySet:
    """Return those whom a focal point can confirm: their own people, never themselves."""
    return roster_of(focal_point).exclude(pk=focal_point.pk)


def can_set_terms(viewer: Member, organisation: Organisation) -> bool:
    """The rules of an organisation are its own focal point's."""
    return can_see_roster(viewer) and viewer.organisation_id == organisation.pk


def can_nominate(viewer: Member) -> bool:
    """A focal point invites to their own organisation, and to no other."""
    return can_see_roster(viewer)


def known_to(viewer: Member) -> MemberQuerySet:
    """Return the members whom this viewer may be asked about by name: also those outside the directory."""
    if can_read_notes(viewer):
        return Member.objects.exclude(standing=Standing.APPLICANT)
    return Member.objects.filter(Q(pk__in=visible_to(viewer)) | Q(pk__in=roster_of(viewer)))


def can_see_standing(viewer: Member, member: Member) -> bool:
    """Return whether a viewer sees since when somebody works where, and why they are shut out; one query at most."""
    return can_read_notes(viewer) or viewer.pk == member.pk or roster_of(viewer).filter(pk=member.pk).exists()


def can_read_notes(viewer: Member) -> bool:
    """What was said at a departure is for the officers' eyes: not the next employer's, nor the person's."""
    return viewer.may(Permission.END_AFFILIATIONS) or viewer.may(Permission.SUSPEND_MEMBERS)


def can_see_suspensions(viewer: Member) -> bool:
    """The list is for those who suspend."""
    return viewer.may(Permission.SUSPEND_MEMBERS)


def departure_by(viewer: Member, member: Member, at: datetime) -> Departure | None:
    """Return in which capacity a viewer may say that a member left, or None; one query at most."""
    if viewer.pk == member.pk:
        return Departure.LEFT
    if roster_of(viewer).filter(pk=member.pk).exists():
        return Departure.NO_LONGER_OURS
    if viewer.may(Permission.END_AFFILIATIONS) and _within_reach(viewer, member, at, for_good=True):
        return Departure.OFFICER
    return None


def can_suspend(officer: Member, member: Member, at: datetime) -> bool:
    """Return whether an officer may shut a member out for a time, or let them in again; one query."""
    return officer.may(Permission.SUSPEND_MEMBERS) and _within_reach(officer, member, at, for_good=False)


def _within_reach(officer: Member, member: Member, at: datetime, *, for_good: bool) -> bool:
    """Never oneself, never somebody above."""
    above = out_of_reach(officer.granted_roles, for_good=for_good)
    held = RoleGrant.objects.in_force(at).filter(member=member, role__in=above)
    return officer.pk != member.pk and not held.exists()


def can_renew(viewer: Member, member: Member) -> bool:
    """A membership is renewed by the person whose it is, with a second factor set."""
    return viewer.pk == member.pk and viewer.has_second_factor
