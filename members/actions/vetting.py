"""How do officers decide on an application, and how does a person come in?

Two officers of different organisations, neither of them the applicant's, must be in favour; one who is against ends it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from members.actions.admission import admit, dismiss_member
from members.actions.casework import require_groundwork
from members.actions.stages import enter
from members.models import Application, ApplicationState, Decision, Member
from members.policies import can_decide, can_put_out, is_vouched_for

APPROVALS_NEEDED = 2

SUPPORTED = journal.event(
    "members.application.supported",
    _("An officer decided in favour of an application."),
    silent="the desk shows it to the next officer; the applicant hears the outcome only",
)
REFUSED = journal.event("members.application.refused", _("An officer refused an application."))

CONFLICT = _(
    "You can’t decide on this application: it comes from your own organisation, or you or a colleague of your "
    "organisation have decided on it already."
)


OUT_OF_REACH = _(
    "You can’t refuse this person: they have been let in, and they hold a role with powers that you lack. An "
    "administrator ends the role first. Your decision was not recorded."
)


class ApplicationDecidedError(DomainError):
    """The case was closed before this decision came."""

    code = "application_decided"
    message = _(
        "This application has been closed in the meantime. Your decision was not recorded; the outcome stands below."
    )


class DecidedMeanwhileError(DomainError):
    """Another officer decided while this one was reading."""

    code = "decided_meanwhile"
    message = _(
        "A colleague has decided while you were reading. Your decision was not recorded: read theirs below, then "
        "decide again."
    )


class NotVouchedForError(DomainError):
    """Not two people of different organisations vouch for the applicant, and no focal point invited them."""

    code = "not_vouched_for"
    message = _(
        "Two sponsors of different organisations have to vouch for this person first. Your decision was not recorded."
    )


@dataclass(frozen=True)
class Word:
    """What an officer says: reasons from the list and in their own words, and how many decisions they had in sight."""

    grounds: Sequence[str]
    reason: str
    seen: int


@transaction.atomic
def approve(application: Application, *, by: Member, at: datetime, word: Word) -> Application:
    """Decide in favour; the second officer who does so admits the applicant provisionally.

    Raises: NotPermittedError, ApplicationDecidedError, DecidedMeanwhileError, NotVouchedForError, UncheckedError,
    NotCalledBackError, AddressTakenError.
    """
    locked = _locked_case(application, by, word.seen)
    if not is_vouched_for(locked):
        raise NotVouchedForError
    require_groundwork(locked, by=by)
    _record(locked, by, at, word, in_favour=True)
    journal.record(SUPPORTED, target=locked, by=by, at=at)
    if word.seen + 1 >= APPROVALS_NEEDED:
        admit(locked, by=by, at=at)
    else:
        enter(locked, ApplicationState.SECONDED, at=at)
    return locked


@transaction.atomic
def refuse(application: Application, *, by: Member, at: datetime, word: Word) -> Application:
    """Decide against, which ends the application.

    Raises: NotPermittedError, ApplicationDecidedError, DecidedMeanwhileError, LastAdministratorsError.
    """
    locked = _locked_case(application, by, word.seen)
    permit(can_put_out(by, locked, at), OUT_OF_REACH)
    _record(locked, by, at, word, in_favour=False)
    enter(locked, ApplicationState.REFUSED, at=at)
    dismiss_member(locked, by=by, at=at)
    journal.record(REFUSED, target=locked, by=by, at=at)
    return locked


def _locked_case(application: Application, officer: Member, seen: int) -> Application:
    """Lock the case, then ask everything of the locked row."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    permit(can_decide(officer, locked), CONFLICT)
    if not locked.allows("decide"):
        raise ApplicationDecidedError
    if locked.decisions.filter(round=locked.round).count() != seen:
        raise DecidedMeanwhileError
    return locked


def _record(application: Application, officer: Member, at: datetime, word: Word, *, in_favour: bool) -> None:
    Decision.objects.create(
        application=application,
        round=application.round,
        officer=officer,
        in_favour=in_favour,
        grounds=list(word.grounds),
        reason=word.reason,
        decided_at=at,
    )
