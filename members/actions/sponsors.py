"""How does an applicant ask people to vouch, and what do these say?

Sponsors may be no members: whoever holds the private link answers, then there is no `by`. The applicant never learns
what was said, nor by whom: only that another sponsor is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.brakes import brake
from congress.core.errors import DomainError, permit
from congress.core.identifiers import secret_token, token_digest
from congress.core.states import IllegalTransitionError
from members.actions.naming import Naming, SponsorRefusedError, troubles
from members.models import (
    SPONSOR_STATES,
    SPONSORS_AT_MOST,
    Application,
    Member,
    Sponsor,
    SponsorState,
)
from members.policies import can_answer, needs_another_sponsor

DAY = 24 * 3600

NAMED = journal.event(
    "members.application.sponsors_named",
    _("An applicant named sponsors in an application that was not sent yet."),
    silent="nobody is asked before the application is sent",
)
ASKED = journal.event("members.sponsor.asked", _("Somebody was asked to vouch for an applicant."))
ASKED_AGAIN = journal.event("members.sponsor.asked_again", _("An applicant had a sponsor’s letter sent again."))
ATTESTED = journal.event(
    "members.sponsor.attested",
    _("A sponsor vouched for an applicant."),
    silent="the desk shows it; the applicant is not to know who answered",
)
DECLINED = journal.event("members.sponsor.declined", _("A sponsor declined, in confidence."))
WITHDREW = journal.event("members.sponsor.withdrew", _("A sponsor took back what they had said."))


class NoMoreSponsorsError(DomainError):
    """Two sponsors are there or still have time to answer, or too many were named already."""

    code = "no_more_sponsors"
    message = _("No further sponsor is needed at the moment.")


class SponsorTooLateError(DomainError):
    """The time to answer is over, or the application is closed."""

    code = "sponsor_too_late"
    message = _("The time to answer is over, or the application has been closed. Nothing was recorded.")


@dataclass(frozen=True)
class Statement:
    """What a sponsor ticks and writes."""

    attestations: list[str]
    comment: str


@transaction.atomic
def name_sponsors(application: Application, *, at: datetime, namings: Sequence[Naming]) -> Application:
    """Keep whom an applicant wants to name, in place of those kept before; gaps are filled in later.

    Raises: IllegalTransitionError, SponsorRefusedError.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if not locked.allows("submit"):
        raise IllegalTransitionError
    _refuse_troubles(locked, namings)
    locked.sponsors.all().delete()
    Sponsor.objects.bulk_create(_row(locked, naming) for naming in namings)
    journal.record(NAMED, target=locked, by=None, at=at)
    return locked


def ask_sponsors(application: Application, *, at: datetime) -> None:
    """Ask those named in an application that is being sent; the caller has locked it. Raises: TooManyRequestsError."""
    for sponsor in application.sponsors.filter(state=SponsorState.NAMED).order_by("pk"):
        _ask(sponsor, at)


@transaction.atomic
def name_another(application: Application, *, at: datetime, naming: Naming) -> Sponsor:
    """Name and ask one more, because two of those named before can no longer be had.

    Raises: NoMoreSponsorsError, SponsorRefusedError, TooManyRequestsError.
    """
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    named = list(locked.sponsors.order_by("pk"))
    if len(named) >= SPONSORS_AT_MOST or not needs_another_sponsor(locked, at):
        raise NoMoreSponsorsError
    _refuse_troubles(locked, [naming], named)
    sponsor = _row(locked, naming)
    sponsor.save()
    _ask(sponsor, at)
    return sponsor


def _refuse_troubles(applicant: Application, namings: Sequence[Naming], named: Sequence[Sponsor] = ()) -> None:
    for trouble in troubles(applicant, namings, named):
        raise SponsorRefusedError(trouble.sentence, field=trouble.part)


def _row(application: Application, naming: Naming) -> Sponsor:
    return Sponsor(
        application=application,
        name=naming.name,
        organisation_name=naming.organisation_name,
        email=naming.email.lower(),
    )


def _ask(sponsor: Sponsor, at: datetime) -> None:
    SPONSOR_STATES.require(sponsor.state, SponsorState.ASKED)
    _write_seldom(sponsor)
    sponsor.state, sponsor.asked_at = SponsorState.ASKED, at
    sponsor.save(update_fields=["state", "asked_at"])
    journal.record(ASKED, target=sponsor, by=None, at=at)


def _write_seldom(sponsor: Sponsor) -> None:
    """Write to one address ten times a day at the most, whoever names it: strangers choose whom we write to."""
    brake("sponsor.address", sponsor.email.lower(), limit=10, seconds=DAY)


@transaction.atomic
def ask_again(sponsor: Sponsor, *, at: datetime) -> None:
    """Have the letter sent again. Whether there is anything to ask is the listener's matter: nothing shows here.

    Raises: IllegalTransitionError, TooManyRequestsError.
    """
    if not sponsor.application.allows("sponsor"):
        raise IllegalTransitionError
    _write_seldom(sponsor)
    journal.record(ASKED_AGAIN, target=sponsor, by=None, at=at)


def issue_sponsor_link(sponsor: Sponsor, *, at: datetime) -> str:
    """Give a sponsor a fresh private link, which takes an answer for 14 days; its token.

    For the listener: here, out of sight of whoever waits for a page, it is found out who is a member. The date moves
    also for those who get no letter, so that the applicant cannot tell from it who answered.
    """
    sponsor.asked_at = at
    sponsor.member = sponsor.member or Member.objects.filter(email__iexact=sponsor.email).first()
    sponsor.save(update_fields=["asked_at", "member"])
    return renew_sponsor_link(sponsor)


def renew_sponsor_link(sponsor: Sponsor) -> str:
    """Give a sponsor another private link for the time that the one before had; that one ends.

    Returns nothing for those who answered already, who are shut out, or whose case is closed: they get no letter.
    """
    if not (sponsor.allows("answer") and sponsor.application.allows("sponsor") and can_answer(sponsor, sponsor.member)):
        return ""
    token = secret_token()
    sponsor.token_digest = token_digest(token)
    sponsor.authz_epoch = sponsor.member.authz_epoch if sponsor.member else None
    sponsor.save(update_fields=["token_digest", "authz_epoch"])
    return token


@transaction.atomic
def attest(sponsor: Sponsor, *, by: Member | None, at: datetime, statement: Statement) -> Sponsor:
    """Vouch for the applicant. Raises: NotPermittedError, IllegalTransitionError, SponsorTooLateError."""
    locked = _answered(sponsor, by, at, SponsorState.ATTESTED)
    locked.attestations, locked.comment = statement.attestations, statement.comment
    locked.save(update_fields=["state", "answered_at", "attestations", "comment"])
    journal.record(ATTESTED, target=locked, by=by, at=at)
    return locked


@transaction.atomic
def decline(sponsor: Sponsor, *, by: Member | None, at: datetime, statement: Statement) -> Sponsor:
    """Decline in confidence. Raises: NotPermittedError, IllegalTransitionError, SponsorTooLateError."""
    locked = _answered(sponsor, by, at, SponsorState.DECLINED)
    locked.comment = statement.comment
    locked.save(update_fields=["state", "answered_at", "comment"])
    journal.record(DECLINED, target=locked, by=by, at=at)
    return locked


@transaction.atomic
def take_back(sponsor: Sponsor, *, by: Member | None, at: datetime, reason: str) -> Sponsor:
    """Withdraw what was said, also after the applicant was admitted.

    Raises: NotPermittedError, IllegalTransitionError.
    """
    locked = _moved(sponsor, by, SponsorState.WITHDRAWN)
    locked.withdrawn_at, locked.withdrawal_reason = at, reason
    locked.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
    journal.record(WITHDREW, target=locked, by=by, at=at)
    return locked


def _answered(sponsor: Sponsor, by: Member | None, at: datetime, after: SponsorState) -> Sponsor:
    locked = _moved(sponsor, by, after)
    expires_at = locked.expires_at
    if not locked.application.allows("sponsor") or expires_at is None or at >= expires_at:
        raise SponsorTooLateError
    locked.answered_at = at
    return locked


def _moved(sponsor: Sponsor, by: Member | None, after: SponsorState) -> Sponsor:
    """Lock the case, so that no officer decides at the same time, then the sponsor, and ask everything of that row."""
    Application.objects.select_for_update(of=("self",)).get(pk=sponsor.application_id)
    rows = Sponsor.objects.select_for_update(of=("self",)).select_related("application", "member")
    locked = rows.get(pk=sponsor.pk)
    permit(can_answer(locked, by))
    SPONSOR_STATES.require(locked.state, after)
    locked.state = after
    return locked
