"""Who may help a member who lost their second factor, and who may stop that?"""

from datetime import datetime

from django.db.models import Q, QuerySet

from congress.core.roles import Permission, Role, Standing
from members.models import Member, MemberQuerySet, Recovery, RecoveryShare, RoleGrant, Sponsor

ADMINISTRATORS_NEEDED = 2


def needs_administrators(member: Member, at: datetime) -> bool:
    """Whoever holds a role can do harm with it, so that two administrators vouch instead of one helper."""
    return RoleGrant.objects.in_force(at).filter(member=member).exists()


def helpers_for(member: Member, at: datetime) -> MemberQuerySet:
    """Return those among whom a member chooses: their sponsors, who invited them, the focal points of their
    organisation; the vetting leads where there is nobody else."""
    sponsors = Sponsor.objects.counting().filter(application__member=member).values("member")
    inviting = Member.objects.filter(nominations__member=member).values("pk")
    focal_points = _holding(Role.FOCAL_POINT, at).filter(member__organisation=member.organisation_id).values("member")
    others = Member.objects.filter(standing=Standing.MEMBER).exclude(pk=member.pk)
    near = others.filter(Q(pk__in=sponsors) | Q(pk__in=inviting) | Q(pk__in=focal_points))
    return near if near.exists() else others.filter(pk__in=_holding(Role.VETTING_LEAD, at).values("member"))


def _holding(role: Role, at: datetime) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.in_force(at).filter(role=role)


def shares_visible_to(viewer: Member) -> QuerySet[RecoveryShare]:
    """Return the parts that a viewer may hand over: those that name them, and for administrators those that name
    nobody, of others, and one of each."""
    waiting = RecoveryShare.objects.filter(recovery__in=Recovery.objects.running(), recovery__proved_at__isnull=True)
    named = Q(helper=viewer)
    if viewer.may(Permission.GRANT_ROLES):
        taken = RecoveryShare.objects.filter(helper=viewer).values("recovery")
        named |= Q(helper__isnull=True) & ~Q(recovery__in=taken)
    return waiting.filter(named).exclude(recovery__member=viewer)


def can_show_part(viewer: Member, share: RecoveryShare) -> bool:
    """Return whether a viewer may hand over this part, as the row is now; one query."""
    return viewer.standing == Standing.MEMBER and shares_visible_to(viewer).filter(pk=share.pk).exists()


def own_recoveries(viewer: Member) -> QuerySet[Recovery]:
    """Return what is under way for this person: whoever is signed in may stop it."""
    return Recovery.objects.running().filter(member=viewer)


def possible_helpers(recovery: Recovery, at: datetime) -> MemberQuerySet:
    """Return those who are asked: the one who was chosen, or every administrator but the member themselves."""
    named = recovery.shares.filter(helper__isnull=False).values("helper")
    if named.exists():
        return Member.objects.filter(pk__in=named)
    administrators = _holding(Role.ADMINISTRATOR, at).values("member")
    return Member.objects.filter(pk__in=administrators, standing=Standing.MEMBER).exclude(pk=recovery.member_id)


def vetting_leads(at: datetime) -> MemberQuerySet:
    """Return those who answer for the vetting desk at the moment."""
    return Member.objects.filter(standing=Standing.MEMBER, pk__in=_holding(Role.VETTING_LEAD, at).values("member"))
