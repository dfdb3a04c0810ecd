"""Who may see the network's groups, and who says who sits in them? A chair proposes, an administrator confirms."""

from congress.core.roles import Permission
from members.models import Group, GroupQuerySet, Member, SeatProposal, Term


def groups_visible_to(viewer: Member) -> GroupQuerySet:
    """Return the groups that exist for this viewer: whoever browses the directory sees all of them."""
    return Group.objects.all() if viewer.may(Permission.BROWSE_MEMBERS) else Group.objects.none()


def can_look_after_groups(viewer: Member) -> bool:
    """Administrators found groups, say what each is for and which seats it has: none of that gives anybody a right."""
    return viewer.may(Permission.SEAT_MEMBERS)


def chairs(viewer: Member, group: Group) -> bool:
    """Return whether somebody sits in the chair of a group today; one query."""
    return Term.objects.in_force().filter(group=group, member=viewer, is_chair=True).exists()


def can_fill_seats(viewer: Member, group: Group) -> bool:
    """Administrators and the chair of the group propose, and see what is proposed; one query at most."""
    if not viewer.may(Permission.BROWSE_MEMBERS):
        return False
    return viewer.may(Permission.SEAT_MEMBERS) or chairs(viewer, group)


def can_propose_for_seat(viewer: Member, group: Group, member: Member) -> bool:
    """Nobody proposes themselves; one query at most."""
    return viewer.pk != member.pk and can_fill_seats(viewer, group)


def can_confirm_seat(viewer: Member, proposal: SeatProposal) -> bool:
    """Confirming takes an administrator who neither proposed nor is to sit there."""
    return viewer.may(Permission.SEAT_MEMBERS) and viewer.pk not in {proposal.proposed_by_id, proposal.member_id}


def can_decline_seat(viewer: Member, proposal: SeatProposal) -> bool:
    """Any administrator declines, and whoever proposed takes it back: that takes nothing but the proposal away."""
    return viewer.may(Permission.SEAT_MEMBERS) or viewer.pk == proposal.proposed_by_id


def can_end_term(viewer: Member, term: Term) -> bool:
    """Whoever sits there gives the seat up; one administrator ends any: taking away needs no second pair of eyes."""
    return viewer.may(Permission.SEAT_MEMBERS) or viewer.pk == term.member_id
