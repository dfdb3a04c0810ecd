"""Who may say that somebody left, who may shut whom out, and whose people are a focal point's?"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from congress.core.roles import Permission, Role, Standing
from members.models import Departure, Member, MemberQuerySet, Organisation, RoleGrant
from members.policies.people import visible_to

BELONGING = (Standing.PROVISIONAL, Standing.MEMBER, Standing.LAPSED, Standing.SUSPENDED)
RENEWABLE = (Standing.MEMBER, Standing.LAPSED)
# Nobody stands above administrators, so they suspend each other; nobody else reaches them, or a vetting lead.
OUT_OF_REACH = (Role.VETTING_LEAD, Role.ADMINISTRATOR)


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
    if viewer.may(Permission.END_AFFILIATIONS) and within_reach(viewer, at).filter(pk=member.pk).exists():
        return Departure.OFFICER
    return None


def within_reach(officer: Member, at: datetime) -> MemberQuerySet:
    """Return the others whom an officer's word can shut out: never oneself, never somebody above."""
    others = Member.objects.exclude(pk=officer.pk)
    if Role.ADMINISTRATOR in officer.granted_roles:
        return others
    above = RoleGrant.objects.in_force(at).filter(member=OuterRef("pk"), role__in=OUT_OF_REACH)
    return others.exclude(Exists(above))


def can_suspend(officer: Member, member: Member, at: datetime) -> bool:
    """Return whether an officer may shut a member out for a time, or let them in again; one query."""
    return officer.may(Permission.SUSPEND_MEMBERS) and within_reach(officer, at).filter(pk=member.pk).exists()


def can_renew(viewer: Member, member: Member) -> bool:
    """A membership is renewed by the person whose it is, with a second factor set."""
    return viewer.pk == member.pk and viewer.has_second_factor
