"""What is in one's own list of conversations, what was said, and what was reported?"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from congress.core.paging import Page, page
from members.models import CALLED_BY, Block, Conversation, ConversationQuerySet, Member, Message, Report
from members.policies import conversations_of
from members.queries.vetting import Waiting

MESSAGES_SHOWN = 200
WAITING_SHOWN = 10


def conversations(viewer: Member, after: str = "") -> Page[Conversation]:
    """Return one page of a member's conversations with both people loaded, the latest first. Raises: BadCursorError."""
    return page(_loaded(viewer), order=("-last_at", "-pk"), after=after)


def conversation_known_to(viewer: Member) -> ConversationQuerySet:
    """Return a member's conversations, with both people and where they work loaded."""
    return _loaded(viewer)


def messages_of(conversation: Conversation) -> list[Message]:
    """Return what was said, the oldest first, the last 200 of it; one query."""
    reported = Exists(Report.objects.filter(message=OuterRef("pk")))
    newest = conversation.messages.select_related("author").annotate(is_reported=reported).order_by("-pk")
    return list(reversed(newest[:MESSAGES_SHOWN]))


def begun_with(viewer: Member, member: Member) -> Conversation | None:
    """Return the conversation that there is between two people, as far as the viewer may know of it."""
    between = Q(opener=viewer, answerer=member) | Q(opener=member, answerer=viewer)
    return conversations_of(viewer).filter(between).first()


def reader_of_news(conversation: int) -> Member | None:
    """Return who of the two has something to read in a conversation, if anybody; one query."""
    found = Conversation.objects.select_related("opener", "answerer").filter(pk=conversation).first()
    if found is None or not (found.opener_news or found.answerer_news):
        return None
    return found.answerer if found.answerer_news else found.opener


def waiting_messages(viewer: Member) -> list[Waiting]:
    """Return the conversations that hold something new, the latest first, at most ten; one query."""
    said = [f"{person}__{column}" for person in ("opener", "answerer") for column in (*CALLED_BY, "organisation__name")]
    unread = _loaded(viewer).unread_by(viewer).only("public_id", "last_at", *said)
    return [_line(found, found.other(viewer)) for found in unread.order_by("-last_at", "-pk")[:WAITING_SHOWN]]


def _line(found: Conversation, other: Member) -> Waiting:
    meta = other.organisation.name if other.organisation else ""
    return Waiting("members:conversation", {"public_id": found.public_id}, str(other), meta, found.last_at)


def blocks_of(viewer: Member) -> "QuerySet[Block]":
    """Return whom a member has blocked, by name."""
    return Block.objects.filter(member=viewer).select_related("blocked").order_by("blocked__sort_name", "pk")


def _loaded(viewer: Member) -> ConversationQuerySet:
    return conversations_of(viewer).select_related("opener__organisation", "answerer__organisation")
