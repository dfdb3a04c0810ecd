"""How does a member come to know another through a third, and how is that refused without a sign?"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from members.actions.conversations import WrittenAlreadyError, connect
from members.models import (
    INTRODUCTION_STATES,
    Block,
    Conversation,
    Introduction,
    IntroductionState,
    Member,
    Recommendation,
)
from members.policies import (
    can_accept,
    can_ask_for_introduction,
    can_pass_on,
    can_set_aside,
    conversations_of,
    introductions_of,
)

NEW_IN_A_DAY = 5
DAY = timedelta(days=1)

ASKED = journal.event("members.introduction.asked", _("A member asked another for an introduction."))
PASSED_ON = journal.event("members.introduction.passed_on", _("A member passed a wish for an introduction on."))
ACCEPTED = journal.event(
    "members.introduction.accepted",
    _("A member agreed to be introduced."),
    silent="the conversation that begins with it is told of",
)
SET_ASIDE = journal.event(
    "members.introduction.set_aside", _("A member put an introduction aside."), silent="a refusal is silent"
)


class BlockedByYouError(DomainError):
    """Nothing could come back from somebody whom one blocked."""

    code = "blocked_by_you"
    message = _("You have blocked one of the two. Lift the block on the page of your conversations first.")


class AskedAlreadyError(DomainError):
    """Asking again, through whomever, would press; and would tell a refusal from silence."""

    code = "asked_already"
    message = _("You have asked to be introduced to this person already. You can ask again 60 days after that.")


class TooManyIntroductionsError(DomainError):
    """So many in a day are a mailing."""

    code = "too_many_introductions"
    message = _("You have asked for 5 introductions within a day, and that is the most. Ask again tomorrow.")
    status = 429


@transaction.atomic
def ask_for_introduction(wanted: Member, *, by: Member, at: datetime, introducer: Member, reason: str) -> Introduction:
    """Ask a member to introduce oneself to another. Whoever is blocked by one of them is not told.

    Raises: NotPermittedError, BlockedByYouError, WrittenAlreadyError, AskedAlreadyError, TooManyIntroductionsError.
    """
    permit(can_ask_for_introduction(by, introducer, wanted))
    locked = Member.objects.select_for_update().get(pk=by.pk)
    if Block.objects.filter(member=locked, blocked__in=[introducer, wanted]).exists():
        raise BlockedByYouError
    between = Q(opener=locked, answerer=wanted) | Q(opener=wanted, answerer=locked)
    if conversations_of(by).filter(between).exists():
        raise WrittenAlreadyError
    if Introduction.objects.filter(asker=locked, wanted=wanted).exists():
        raise AskedAlreadyError
    if Introduction.objects.filter(asker=locked, asked_at__gt=at - DAY).count() >= NEW_IN_A_DAY:
        raise TooManyIntroductionsError
    made = Introduction.objects.create(asker=locked, introducer=introducer, wanted=wanted, reason=reason, asked_at=at)
    journal.record(ASKED, target=made, by=by, at=at)
    return made


@transaction.atomic
def pass_on(introduction: Introduction, *, by: Member, at: datetime, text: str) -> Introduction:
    """Tell the third member who asks and why, with a line of one's own.

    Raises: NotPermittedError, IllegalTransitionError.
    """
    locked = _locked(introduction, by)
    permit(can_pass_on(by, locked))
    _move(locked, IntroductionState.PASSED_ON)
    Recommendation.objects.create(introduction=locked, by=by, text=text, at=at)
    journal.record(PASSED_ON, target=locked, by=by, at=at)
    return locked


@transaction.atomic
def accept(introduction: Introduction, *, by: Member, at: datetime) -> Conversation:
    """Agree to be introduced: a conversation begins with what was asked, in which both may write.

    Raises: NotPermittedError, IllegalTransitionError.
    """
    locked = _locked(introduction, by)
    permit(can_accept(by, locked))
    _move(locked, IntroductionState.ACCEPTED)
    journal.record(ACCEPTED, target=locked, by=by, at=at)
    return connect(locked.asker, by, by=by, at=at, text=locked.reason)


@transaction.atomic
def set_aside(introduction: Introduction, *, by: Member, at: datetime) -> Introduction:
    """Refuse without a sign to anybody. Raises: NotPermittedError."""
    locked = _locked(introduction, by)
    permit(can_set_aside(by, locked))
    _move(locked, IntroductionState.SET_ASIDE)
    journal.record(SET_ASIDE, target=None, by=by, at=at)
    return locked


def _locked(introduction: Introduction, by: Member) -> Introduction:
    locked = introductions_of(by).select_for_update(of=("self",)).filter(pk=introduction.pk).first()
    permit(locked is not None)
    return locked or introduction


def _move(introduction: Introduction, state: IntroductionState) -> None:
    INTRODUCTION_STATES.require(introduction.state, state)
    introduction.state = state
    introduction.save(update_fields=["state"])
