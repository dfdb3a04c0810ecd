"""What have others sent to a member, who may show it to the officers?"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from members.models import IntroductionQuerySet, Member, Message, Report, Reportable, kind_of
from members.policies.conversations import conversations_of
from members.policies.introductions import introductions_of
from members.policies.needs import needs_addressed_to


def messages_sent_to(viewer: Member) -> "QuerySet[Message]":
    """Return the messages that others wrote to a member."""
    return Message.objects.filter(conversation__in=conversations_of(viewer)).exclude(author=viewer)


def introductions_sent_to(viewer: Member) -> IntroductionQuerySet:
    """Return what a member was asked to pass on, or to agree to."""
    return introductions_of(viewer).exclude(asker=viewer)


_SENT: dict[str, Callable[[Member], "QuerySet[Any]"]] = {
    "message": messages_sent_to,
    "need": needs_addressed_to,
    "introduction": introductions_sent_to,
}


def sent_to(viewer: Member, kind: str) -> "QuerySet[Any]":
    """Return what was sent to a member, of one kind that can be reported; nothing of an unknown kind."""
    return _SENT[kind](viewer) if kind in _SENT else Report.objects.none()


def can_report(viewer: Member, thing: Reportable) -> bool:
    """What was sent to a member is reported by them, as long as it is theirs to see."""
    return sent_to(viewer, kind_of(thing)).filter(pk=thing.pk).exists()
