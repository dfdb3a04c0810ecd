"""Which needs exist for a member, and what may they do about them?"""

from django.db.models import Q

from congress.core.roles import Permission
from members.models import Block, Member, Need, NeedAddressee, NeedQuerySet
from members.policies.reports import needs_reported_to


def needs_addressed_to(viewer: Member) -> NeedQuerySet:
    """Return the open needs that went to a member, without people whom they blocked; nothing to who wants none."""
    if not viewer.may(Permission.BROWSE_MEMBERS):
        return Need.objects.none()
    addressed = NeedAddressee.objects.filter(member=viewer).exclude(member__mail_choice__takes_needs=False)
    blocked = Block.objects.filter(member=viewer).values("blocked")
    return Need.objects.open().filter(pk__in=addressed.values("need")).exclude(asker__in=blocked)


def own_needs(viewer: Member) -> NeedQuerySet:
    """Return what a member asked for, also what is over."""
    return Need.objects.filter(asker=viewer)


def needs_visible_to(viewer: Member) -> NeedQuerySet:
    """Return the needs that exist for a member: their own, those that went to them, those shown to them as officer."""
    shown = Q(asker=viewer)
    for needs in (needs_addressed_to(viewer), needs_reported_to(viewer)):
        shown |= Q(pk__in=needs.values("pk"))
    return Need.objects.filter(shown)


def can_ask_network(viewer: Member) -> bool:
    """Whoever may write to members may ask them."""
    return viewer.may(Permission.BROWSE_MEMBERS)


def can_answer_need(viewer: Member, need: Need) -> bool:
    """Those to whom it went answer, as long as it is open."""
    return needs_addressed_to(viewer).filter(pk=need.pk).exists()


def can_close_need(viewer: Member, need: Need) -> bool:
    """Whoever asked says that it is enough."""
    return need.asker_id == viewer.pk
