"""How does a publisher let somebody read a notice for a time, or keep somebody from it?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError
from congress.core.labels import Tlp
from congress.core.states import IllegalTransitionError
from members.models import Member, Organisation
from notices.actions.gating import check_text
from notices.actions.locking import locked_for
from notices.models import AccessException, Effect, Notice
from notices.queries import touched_by

EXCEPTION_MADE = journal.event("notices.exception.made", _("An exception was made: who reads it has changed."))
EXCEPTION_ENDED = journal.event(
    "notices.exception.ended",
    _("An exception was ended: who reads it has changed."),
    silent="whoever loses it is told nothing, whoever gains it back finds it in the list",
)

LONGEST = timedelta(days=366)


class RedForPeopleError(DomainError):
    """TLP:RED is for people, by exception too. Source: FIRST TLP 2.0."""

    code = "red_for_people"
    message = _("TLP:RED is for people named one by one: grant it to a person, not to a body or a country.")
    status = 422
    field = "effect"


class ExceptionEndError(DomainError):
    """An exception without an end is a rule."""

    code = "exception_end"
    message = _("An exception ends: choose a day that lies ahead, and at most 12 months from now.")
    status = 422
    field = "until"


class NoDifferenceError(DomainError):
    """A grant that lets nobody read would lie in wait until the audience shrinks."""

    code = "no_difference"
    message = _("Nobody would gain by this: they read it anyway, they are kept from it, or they are in no directory.")
    status = 422
    field = "effect"


class OwnGainError(DomainError):
    """Nobody gives themselves something to read."""

    code = "own_gain"
    message = _("You would gain by this yourself. Another publisher has to decide it.")
    status = 403
    field = "effect"


@dataclass(frozen=True)
class Terms:
    """What an exception is to be: for one person, or one body, or one country; until an instant, for a reason."""

    effect: str
    reason: str
    until: datetime
    member: Member | None = None
    organisation: Organisation | None = None
    country: str = ""

    def on(self, notice: Notice) -> AccessException:
        """Return the exception to a notice that it would be, not saved."""
        return AccessException(
            notice=notice,
            effect=self.effect,
            member=self.member,
            organisation=self.organisation,
            country=self.country,
            reason=self.reason,
            until=self.until,
        )


def check_exception(notice: Notice, terms: Terms, *, by: Member, at: datetime) -> None:
    """Go on only if an exception may be made and makes a difference; a denial may also come before it is needed.

    Raises: ExceptionEndError, RedForPeopleError, OwnGainError, NoDifferenceError.
    """
    if not at < terms.until <= at + LONGEST:
        raise ExceptionEndError
    if terms.effect == Effect.DENY:
        return
    if notice.tlp == Tlp.RED and terms.member is None:
        raise RedForPeopleError
    gaining = touched_by(terms.on(notice))
    if gaining.filter(pk=by.pk).exists():
        raise OwnGainError
    if not gaining.exists():
        raise NoDifferenceError


@transaction.atomic
def make_exception(notice: Notice, terms: Terms, *, by: Member, at: datetime) -> AccessException:
    """Let a person, a body or a country read a notice in spite of its audience, or keep them from it, for a time.

    It works from the next request on, and ends by itself. The label outweighs it.
    Raises: NotPermittedError, IllegalTransitionError, RecipeInRemarkError, and what `check_exception` raises.
    """
    notice = locked_for("except", notice, by)
    check_exception(notice, terms, by=by, at=at)
    check_text(terms.reason, field="reason")
    made = terms.on(notice)
    made.made_by, made.made_at = by, at
    made.save()
    journal.record(EXCEPTION_MADE, target=notice, by=by, at=at, **_facts(made))
    return made


@transaction.atomic
def end_exception(exception: AccessException, *, by: Member, at: datetime) -> AccessException:
    """End an exception before its time.

    Raises: NotPermittedError, OwnGainError, and IllegalTransitionError if it has ended already.
    """
    notice = locked_for("except", exception.notice, by)
    now = AccessException.objects.in_force().select_related("notice").filter(pk=exception.pk).first()
    if now is None:
        raise IllegalTransitionError
    if now.effect == Effect.DENY and touched_by(now).filter(pk=by.pk).exists():
        raise OwnGainError
    now.ended_by, now.ended_at = by, at
    now.save(update_fields=["ended_by", "ended_at"])
    journal.record(EXCEPTION_ENDED, target=notice, by=by, at=at, **_facts(now))
    return now


def _facts(exception: AccessException) -> dict[str, object]:
    whom = {
        "member": exception.member_id,
        "organisation": exception.organisation_id,
        "country": exception.country or None,
    }
    named = {kind: value for kind, value in whom.items() if value is not None}
    until = exception.until.isoformat()
    return {"exception": exception.pk, "effect": str(exception.effect), "until": until, **named}
