"""Which conversations are whose, and who may say what in them?"""

from django.db.models import Exists, OuterRef, Q

from congress.core.roles import STANDINGS, Permission, Standing
from members.models import Block, Conversation, ConversationQuerySet, Member


def conversations_of(viewer: Member) -> ConversationQuerySet:
    """Return a member's own conversations, without people whom they blocked, who are not told.

    With the good standing of either of the two a conversation is gone, for both.
    """
    if not viewer.may(Permission.BROWSE_MEMBERS):
        return Conversation.objects.none()
    either_of_them = Q(blocked=OuterRef("opener")) | Q(blocked=OuterRef("answerer"))
    blocked = Block.objects.filter(either_of_them, member=viewer)
    return Conversation.objects.of(viewer).among_members().filter(~Exists(blocked))


def can_contact(viewer: Member, member: Member) -> bool:
    """Whoever is listed may be written to, never oneself."""
    is_listed = STANDINGS[Standing(member.standing)].is_listed
    return viewer.pk != member.pk and is_listed and viewer.may(Permission.BROWSE_MEMBERS)


def can_say_more(viewer: Member, conversation: Conversation) -> bool:
    """Whoever was written to answers; whoever wrote first waits for that."""
    return viewer.pk in {conversation.opener_id, conversation.answerer_id} and conversation.takes_words_of(viewer)
