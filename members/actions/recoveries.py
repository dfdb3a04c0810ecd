"""How does somebody come in again who lost their second factor: a code in parts, a day to say no, enrolment anew?"""

from collections.abc import Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.identifiers import random_code, secret_token, token_digest
from congress.core.roles import Standing
from members.actions.shutting_out import shut_out
from members.models import WRONG_AT_MOST, Member, Recovery, RecoveryEnding, RecoveryQuerySet, RecoveryShare
from members.policies import ADMINISTRATORS_NEEDED, can_show_part, helpers_for, needs_administrators

ASKED = journal.event("members.recovery.asked", _("A member asked for help with a lost second factor."))
SHOWN = journal.event(
    "members.recovery.shown", _("A helper was shown their part of the code."), silent="they hand it over by voice"
)
PROVED = journal.event("members.recovery.proved", _("The whole code was typed; the day to say no began."))
REMINDED = journal.event("members.recovery.reminded", _("Half of the day to say no is over."))
STOPPED = journal.event("members.recovery.stopped", _("A recovery was stopped, or failed."))
COMPLETED = journal.event("members.recovery.completed", _("A member’s second factors were taken away."))
EXPIRED = journal.event(
    "members.recovery.expired", _("Nobody typed the code in time."), silent="the member can ask again"
)

PART_LENGTH = 8
# Letters that the alphabet leaves out because they are misheard and misread.
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "-": "", " ": ""})


class RecoveryRunningError(DomainError):
    """There is one already."""

    code = "recovery_running"
    message = _("A request is under way already.")


class NoHelperError(DomainError):
    """The person chosen does not vouch for the member, or not any more."""

    code = "no_helper"
    message = _("Choose somebody from the list.")
    status = 422
    field = "helper"


class RecoveryOverError(DomainError):
    """It was stopped, or the time is over."""

    code = "recovery_over"
    message = _("This request is over: it was stopped, or its time ran out. Nothing was changed.")


class WrongCodeError(DomainError):
    """One of the parts is wrong."""

    code = "wrong_code"
    message = _("At least one part of the code is wrong. After five wrong attempts the request ends.")
    status = 422


@transaction.atomic
def ask_for_recovery(member: Member, *, helper: Member | None, at: datetime) -> Recovery:
    """Begin, on the word of somebody who has shown the password; officers name no helper, two administrators help.

    Raises: RecoveryRunningError, NoHelperError.
    """
    locked = Member.objects.select_for_update().get(pk=member.pk)
    expire_overdue(at=at, member=locked)
    if Recovery.objects.filter(member=locked, ended_at=None).exists():
        raise RecoveryRunningError
    chosen: list[Member | None] = [helper]
    if needs_administrators(locked, at):
        chosen = [None] * ADMINISTRATORS_NEEDED
    elif helper is None or not helpers_for(locked, at).filter(pk=helper.pk).exists():
        raise NoHelperError
    made = Recovery.objects.create(member=locked, epoch=locked.authz_epoch, asked_at=at)
    RecoveryShare.objects.bulk_create([RecoveryShare(recovery=made, helper=each) for each in chosen])
    journal.record(ASKED, target=locked, by=None, at=at, recovery=made.pk)
    return made


def issue_mailed_part(recovery: Recovery) -> str:
    """Give a recovery a fresh mailed part, which ends the one before, and return it."""
    part = random_code(PART_LENGTH)
    recovery.mailed_digest = _digest(recovery, part)
    recovery.save(update_fields=["mailed_digest"])
    return part


def issue_stop_link(recovery: Recovery) -> str:
    """Give a recovery one more link that stops it, and return its token."""
    token = secret_token()
    recovery.stop_digests = [*recovery.stop_digests, token_digest(token)]
    recovery.save(update_fields=["stop_digests"])
    return token


@transaction.atomic
def show_part(share: RecoveryShare, *, by: Member, at: datetime) -> str:
    """Return a fresh part of the code to its helper; the one that they were shown before is dead.

    Raises: NotPermittedError.
    """
    Recovery.objects.select_for_update().get(pk=share.recovery_id)
    locked = RecoveryShare.objects.select_for_update().get(pk=share.pk)
    permit(can_show_part(by, locked))
    part = random_code(PART_LENGTH)
    locked.helper, locked.shown_at, locked.digest = by, at, _digest(locked.recovery, part)
    locked.save(update_fields=["helper", "shown_at", "digest"])
    journal.record(SHOWN, target=locked.recovery.member, by=by, at=at, recovery=locked.recovery_id)
    return part


def prove(recovery: Recovery, parts: Sequence[str], *, at: datetime) -> Recovery:
    """Take the whole code: the mailed part first, then the helpers' in any order; the day to say no begins.

    Raises: RecoveryOverError, WrongCodeError, which is counted.
    """
    tried = _try(recovery, parts, at)
    if tried.proved_at is None:
        raise WrongCodeError
    return tried


@transaction.atomic
def _try(recovery: Recovery, parts: Sequence[str], at: datetime) -> Recovery:
    locked = _locked(recovery)
    if locked.proved_at is not None:
        raise RecoveryOverError
    if _fits(locked, parts):
        locked.proved_at = at
        locked.save(update_fields=["proved_at"])
        journal.record(PROVED, target=locked.member, by=None, at=at, recovery=locked.pk)
        return locked
    locked.wrong_count += 1
    locked.save(update_fields=["wrong_count"])
    if locked.wrong_count >= WRONG_AT_MOST:
        _stop(locked, RecoveryEnding.FAILED, None, at)
    return locked


def _fits(recovery: Recovery, parts: Sequence[str]) -> bool:
    typed = [_digest(recovery, part.upper().translate(_MISREAD)) for part in parts]
    wanted = [recovery.mailed_digest, *sorted(recovery.shares.values_list("digest", flat=True))]
    if len(typed) != len(wanted) or "" in wanted:
        return False
    return constant_time_compare(" ".join([*typed[:1], *sorted(typed[1:])]), " ".join(wanted))


@transaction.atomic
def stop(recovery: Recovery, *, by: Member | None, at: datetime) -> Recovery:
    """Say no: by a mailed link without signing in, or signed in as the member. Raises: RecoveryOverError."""
    locked = _locked(recovery)
    permit(by is None or by.pk == locked.member_id)
    return _stop(locked, RecoveryEnding.CANCELLED, by, at)


def advance(*, at: datetime) -> int:
    """Send the second notices, take the factors away where the day is over, forget what is overdue; returns how many
    recoveries moved. No person does."""
    moved = sum(_remind(pk, at) for pk in _keys(Recovery.objects.to_remind(at)))
    moved += sum(_complete(pk, at) for pk in _keys(Recovery.objects.to_complete(at)))
    return moved + expire_overdue(at=at)


@transaction.atomic
def expire_overdue(*, at: datetime, member: Member | None = None) -> int:
    """End what nobody finished in time, of one member or of all; returns how many."""
    overdue = Recovery.objects.overdue(at).select_for_update(of=("self",)).select_related("member")
    rows = list(overdue.filter(member=member) if member else overdue)
    for row in rows:
        _end(row, RecoveryEnding.EXPIRED, at)
        journal.record(EXPIRED, target=row.member, by=None, at=at, recovery=row.pk)
    return len(rows)


@transaction.atomic
def _remind(pk: int, at: datetime) -> bool:
    locked = Recovery.objects.to_remind(at).select_for_update(of=("self",)).filter(pk=pk).first()
    if locked is None:
        return False
    locked.reminded_at = at
    locked.save(update_fields=["reminded_at"])
    journal.record(REMINDED, target=locked.member, by=None, at=at, recovery=locked.pk)
    return True


@transaction.atomic
def _complete(pk: int, at: datetime) -> bool:
    """Take factors and password away: the way back in begins at the mailbox, not at a password that was stolen."""
    locked = Recovery.objects.to_complete(at).select_for_update().select_related("member").filter(pk=pk).first()
    if locked is None:
        return False
    _end(locked, RecoveryEnding.DONE, at)
    member = locked.member
    Authenticator.objects.filter(user=member).delete()
    member.set_unusable_password()
    member.save(update_fields=["password"])
    shut_out(member, Standing(member.standing), at=at)
    journal.record(COMPLETED, target=member, by=None, at=at, recovery=locked.pk)
    return True


def _keys(recoveries: RecoveryQuerySet) -> list[int]:
    return list(recoveries.order_by("pk").values_list("pk", flat=True))


def _locked(recovery: Recovery) -> Recovery:
    rows = Recovery.objects.running().select_for_update(of=("self",)).select_related("member")
    locked = rows.filter(pk=recovery.pk).first()
    if locked is None:
        raise RecoveryOverError
    return locked


def _stop(recovery: Recovery, ending: RecoveryEnding, by: Member | None, at: datetime) -> Recovery:
    _end(recovery, ending, at)
    journal.record(STOPPED, target=recovery.member, by=by, at=at, recovery=recovery.pk, how=ending)
    return recovery


def _end(recovery: Recovery, ending: RecoveryEnding, at: datetime) -> None:
    recovery.ended_at, recovery.ending = at, ending
    recovery.save(update_fields=["ended_at", "ending"])


def _digest(recovery: Recovery, part: str) -> str:
    """A part is short enough to be told by voice, so that its hash takes a key: a dump alone opens nothing."""
    return salted_hmac("members.recovery", f"{recovery.pk} {part}", algorithm="sha256").hexdigest()
