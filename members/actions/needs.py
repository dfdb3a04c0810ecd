"""How does a member ask the network, who answers, and how does that end?"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from members.actions.conversations import connect
from members.actions.reports import settle_all_of
from members.models import NEED_STATES, Conversation, Member, MemberQuerySet, Need, NeedAddressee, NeedState
from members.policies import can_answer_need, can_ask_network, can_close_need, can_take_need_away, needs_reported_to
from members.queries.needs import Wanted, matching

ASKED_IN_A_WEEK = 3
WEEK = timedelta(days=7)
BATCH = 1000

ASKED = journal.event("members.need.asked", _("A member asked the network."), silent="the next digest says it")
ANSWERED = journal.event(
    "members.need.answered", _("A member answered a need."), silent="the conversation that begins with it is told of"
)
CLOSED = journal.event("members.need.closed", _("A member closed a need."), silent="they did it themselves")
TAKEN = journal.event("members.need.taken", _("An officer took a need away."))


class TooManyNeedsError(DomainError):
    """The network is no billboard."""

    code = "too_many_needs"
    message = _("You have asked the network 3 times within a week, and that is the most. Ask again in a few days.")
    status = 429


class NobodyMatchesError(DomainError):
    """It would go to nobody."""

    code = "nobody_matches"
    message = _("Nobody whom you can find fits this. Choose more topics, fields, places or languages.")


class NeedAnsweredError(DomainError):
    """A second answer belongs into the conversation that began with the first."""

    code = "need_answered"
    message = _("You have answered this already. Go on in your conversation.")


class NeedOverError(DomainError):
    """It was closed, taken away, or let stand in the meantime."""

    code = "need_over"
    message = _("This is over already. Nothing was changed.")


@dataclass(frozen=True)
class NeedText:
    """What somebody needs, and until when."""

    title: str
    text: str
    ends_on: date


@transaction.atomic
def ask_network(said: NeedText, wanted: Wanted, *, by: Member, at: datetime) -> Need:
    """Send a need to everybody who matches now, except those who want none; nobody learns who they are.

    Raises: NotPermittedError, TooManyNeedsError, NobodyMatchesError.
    """
    permit(can_ask_network(by))
    locked = Member.objects.select_for_update().get(pk=by.pk)
    if Need.objects.filter(asker=locked, opened_at__gt=at - WEEK).count() >= ASKED_IN_A_WEEK:
        raise TooManyNeedsError
    found = matching(by, wanted)
    if not (count := found.count()):
        raise NobodyMatchesError
    lists = {name: list(values) for name, values in asdict(wanted).items()}
    made = Need.objects.create(asker=locked, opened_at=at, match_count=count, **asdict(said), **lists)
    _address(made, found.exclude(mail_choice__takes_needs=False))
    journal.record(ASKED, target=made, by=by, at=at, match_count=count)
    return made


@transaction.atomic
def answer_need(need: Need, *, by: Member, at: datetime, text: str) -> Conversation:
    """Answer: a conversation begins, in which both may write. Raises: NotPermittedError, NeedAnsweredError."""
    permit(can_answer_need(by, need))
    addressed = NeedAddressee.objects.select_for_update().get(need=need, member=by)
    if addressed.answered_at is not None:
        raise NeedAnsweredError
    addressed.answered_at = at
    addressed.save(update_fields=["answered_at"])
    journal.record(ANSWERED, target=need, by=by, at=at)
    return connect(by, need.asker, by=by, at=at, text=text)


@transaction.atomic
def close_need(need: Need, *, by: Member, at: datetime) -> Need:
    """Say that it is enough. Raises: NotPermittedError, IllegalTransitionError."""
    locked = Need.objects.select_for_update().get(pk=need.pk)
    permit(can_close_need(by, locked))
    NEED_STATES.require(locked.state, NeedState.CLOSED)
    locked.state = NeedState.CLOSED
    locked.save(update_fields=["state"])
    journal.record(CLOSED, target=locked, by=by, at=at)
    return locked


@transaction.atomic
def take_need_away(need: Need, *, by: Member, at: datetime, reason: str) -> Need:
    """Take a reported need away from everybody, with a reason that its asker reads.

    Raises: NotPermittedError, NeedOverError, IllegalTransitionError.
    """
    locked = _reported(need, by)
    NEED_STATES.require(locked.state, NeedState.TAKEN)
    locked.state, locked.taken_by, locked.taken_reason = NeedState.TAKEN, by, reason
    locked.save(update_fields=["state", "taken_by", "taken_reason"])
    settle_all_of(locked, by=by, at=at)
    journal.record(TAKEN, target=locked, by=by, at=at)
    return locked


def _address(need: Need, members: MemberQuerySet) -> None:
    """Write down to whom it goes, a thousand at a time: a wide need may mean half the network."""
    ids = members.values_list("pk", flat=True).iterator(BATCH)
    while batch := [NeedAddressee(need=need, member_id=pk) for pk in islice(ids, BATCH)]:
        NeedAddressee.objects.bulk_create(batch)


def _reported(need: Need, by: Member) -> Need:
    locked = Need.objects.select_for_update().get(pk=need.pk)
    permit(can_take_need_away(by, locked))
    if not needs_reported_to(by).filter(pk=locked.pk).exists():
        raise NeedOverError
    return locked
