"""How would others see a member's own profile?"""

from django.db.models import Q, QuerySet

from members.models import FieldAudience, Group, Member, Shown
from members.policies import fields_shown, groups_visible_to, visible_to
from members.queries.finding import IN_PROFILE, NEAREST_FIRST, found, nearest_first, search


def trustable_groups(viewer: Member) -> QuerySet[Group]:
    """Return the groups that a member may open a field to, by name."""
    return groups_visible_to(viewer).open().order_by("name")


def nearest_named(viewer: Member, name: str) -> Member | None:
    """Return whom of the viewer's directory a name means most likely, without roles; three queries."""
    asked = search(viewer, name)
    others = nearest_first(found(visible_to(viewer), asked), asked).exclude(pk=viewer.pk)
    return others.filter(Q(distance__lt=IN_PROFILE)).order_by(*NEAREST_FIRST).first()


def seen_by_audience(member: Member, audience: FieldAudience) -> Shown:
    """Return what a member shows to somebody of one audience; officers belong to each."""
    is_officer = audience is FieldAudience.OFFICERS
    return member.shown_to(FieldAudience.values if is_officer else [FieldAudience.NETWORK, audience])


def seen_by_person(member: Member, viewer: Member) -> Shown:
    """Return what a member shows to one other person, whose offices and meetings are left out.

    Who holds an office, or a seat at a meeting, is not for everybody, and the difference would tell it.
    """
    plain = Member.objects.seated().get(pk=viewer.pk)
    return fields_shown(plain, Member.objects.select_related("profile")).get(pk=member.pk).shown
