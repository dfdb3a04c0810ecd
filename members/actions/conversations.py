"""How do members write to each other, and how does somebody end it?"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from members.models import Block, Conversation, Member, Message
from members.policies import can_contact, can_say_more, conversations_of

NEW_IN_A_DAY = 10
DAY = timedelta(days=1)

_QUIET = "the person concerned sees it in their own list; nobody else is told"
OPENED = journal.event("members.conversation.opened", _("A member wrote to another for the first time."))
ANSWERED = journal.event("members.conversation.answered", _("Another message was written in a conversation."))
DECLINED = journal.event(
    "members.conversation.declined", _("A member put a conversation aside."), silent="a refusal is silent"
)
SHOWN = journal.event("members.conversation.address_shown", _("A member agreed to show their address."), silent=_QUIET)
BLOCKED = journal.event("members.member.blocked", _("A member blocked another."), silent="a refusal is silent")
UNBLOCKED = journal.event("members.member.unblocked", _("A member lifted a block."), silent=_QUIET)


class WrittenAlreadyError(DomainError):
    """There is a conversation with this person: a second one would be a way around waiting."""

    code = "written_already"
    message = _("You have written to this person already. The conversation is in your list; wait for an answer there.")


class TooManyConversationsError(DomainError):
    """So many strangers in a day are a mailing."""

    code = "too_many_conversations"
    message = _("You have begun 10 conversations within a day, and that is the most. Write to this person tomorrow.")
    status = 429


class NotYourTurnError(DomainError):
    """The other has not answered."""

    code = "not_your_turn"
    message = _("You can write more as soon as there is an answer.")


@transaction.atomic
def open_conversation(member: Member, *, by: Member, at: datetime, text: str) -> Conversation:
    """Write to a member for the first time. Whoever is blocked by them is not told, and nobody reads it.

    Raises: NotPermittedError, WrittenAlreadyError, TooManyConversationsError.
    """
    permit(can_contact(by, member))
    locked = Member.objects.select_for_update().get(pk=by.pk)
    between = Q(opener=locked, answerer=member) | Q(opener=member, answerer=locked)
    # Every conversation, also one that the own block hides: the database keeps one between two.
    if Conversation.objects.filter(between).exists():
        raise WrittenAlreadyError
    if Conversation.objects.filter(opener=locked, opened_at__gt=at - DAY).count() >= NEW_IN_A_DAY:
        raise TooManyConversationsError
    made = Conversation.objects.create(opener=locked, answerer=member, opened_at=at, last_at=at)
    Message.objects.create(conversation=made, author=locked, text=text, sent_at=at)
    journal.record(OPENED, target=made, by=by, at=at)
    return made


@transaction.atomic
def connect(author: Member, other: Member, *, by: Member, at: datetime, text: str) -> Conversation:
    """Bring two members together who have both agreed to it, one of whom acts; the other one is told.

    A conversation that there is goes on, also one that was put aside before.
    """
    Member.objects.select_for_update().get(pk=author.pk)
    between = Q(opener=author, answerer=other) | Q(opener=other, answerer=author)
    found = Conversation.objects.select_for_update().filter(between).order_by("pk").first()
    made = found or Conversation(opener=author, answerer=other, opened_at=at)
    made.answered_at, made.declined_at, made.last_at = made.answered_at or at, None, at
    made.opener_news, made.answerer_news = not made.is_opened_by(by), made.is_opened_by(by)
    made.save()
    Message.objects.create(conversation=made, author=author, text=text, sent_at=at)
    journal.record(ANSWERED, target=made, by=by, at=at)
    return made


@transaction.atomic
def say(conversation: Conversation, *, by: Member, at: datetime, text: str) -> Message:
    """Write another message. Raises: NotPermittedError, NotYourTurnError."""
    locked = _locked(conversation, by)
    if not can_say_more(by, locked):
        raise NotYourTurnError
    made = Message.objects.create(conversation=locked, author=by, text=text, sent_at=at)
    is_opener = locked.is_opened_by(by)
    locked.answered_at = locked.answered_at or at
    locked.last_at = at
    locked.opener_news, locked.answerer_news = not is_opener, is_opener
    locked.save(update_fields=["answered_at", "last_at", "opener_news", "answerer_news"])
    journal.record(ANSWERED, target=locked, by=by, at=at)
    return made


@transaction.atomic
def decline(conversation: Conversation, *, by: Member, at: datetime) -> Conversation:
    """Put a conversation aside for good: it leaves the list of whoever was written to. Raises: NotPermittedError."""
    locked = _locked(conversation, by)
    permit(not locked.is_opened_by(by))
    locked.declined_at = at
    locked.save(update_fields=["declined_at"])
    journal.record(DECLINED, target=locked, by=by, at=at)
    return locked


@transaction.atomic
def show_address(conversation: Conversation, *, by: Member, at: datetime) -> Conversation:
    """Agree to show one's address; it is, once the other agrees too. Raises: NotPermittedError, NotYourTurnError."""
    locked = _locked(conversation, by)
    if locked.answered_at is None:
        raise NotYourTurnError
    name = "opener_shows_address" if locked.is_opened_by(by) else "answerer_shows_address"
    setattr(locked, name, True)
    locked.save(update_fields=[name])
    journal.record(SHOWN, target=locked, by=by, at=at)
    return locked


@transaction.atomic
def block(member: Member, *, by: Member, at: datetime) -> Block:
    """Hear and see nothing more from a member, who is not told. Raises: NotPermittedError."""
    permit(by.pk != member.pk)
    made, _is_new = Block.objects.get_or_create(member=by, blocked=member, defaults={"at": at})
    journal.record(BLOCKED, target=None, by=by, at=at)
    return made


@transaction.atomic
def unblock(member: Member, *, by: Member, at: datetime) -> int:
    """Lift one's own block of a member, and see again what they wrote; returns whether there was one."""
    count = Block.objects.filter(member=by, blocked=member).delete()[0]
    if count:
        journal.record(UNBLOCKED, target=None, by=by, at=at)
    return count


@transaction.atomic
def mark_read(conversation: Conversation, *, by: Member) -> None:
    """Note that a member has opened a conversation. Nobody else is told, and the journal keeps no reading."""
    name = "opener_news" if conversation.is_opened_by(by) else "answerer_news"
    conversations_of(by).filter(pk=conversation.pk).update(**{name: False})


def _locked(conversation: Conversation, by: Member) -> Conversation:
    locked = conversations_of(by).select_for_update(of=("self",)).filter(pk=conversation.pk).first()
    permit(locked is not None)
    return locked or conversation
