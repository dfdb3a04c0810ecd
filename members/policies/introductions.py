"""Which introductions is a member concerned with, and what may they do about them?"""

from django.db.models import Exists, OuterRef, Q

from members.models import Block, Introduction, IntroductionQuerySet, Member
from members.policies.conversations import can_contact


def introductions_of(viewer: Member) -> IntroductionQuerySet:
    """Return what concerns a member, as far as they may know of it, without people whom they blocked.

    With the good standing of any of the three an introduction is gone, for all.
    """
    any_of_them = Q(blocked=OuterRef("asker")) | Q(blocked=OuterRef("introducer")) | Q(blocked=OuterRef("wanted"))
    blocked = Block.objects.filter(any_of_them, member=viewer)
    return Introduction.objects.known_to(viewer).among_members().filter(~Exists(blocked))


def can_ask_for_introduction(viewer: Member, introducer: Member, wanted: Member) -> bool:
    """Whoever may be written to may be asked for, and asked; three people are three."""
    return introducer.pk != wanted.pk and can_contact(viewer, introducer) and can_contact(viewer, wanted)


def can_pass_on(viewer: Member, introduction: Introduction) -> bool:
    """Only whoever was asked to introduce says yes to it."""
    return introduction.introducer_id == viewer.pk


def can_accept(viewer: Member, introduction: Introduction) -> bool:
    """Only whoever is wanted agrees to be introduced."""
    return introduction.wanted_id == viewer.pk


def can_set_aside(viewer: Member, introduction: Introduction) -> bool:
    """Whoever is asked for the next step may leave it."""
    return introduction.awaits(viewer)
