"""How do officers decide on an application, and how does a person come in?

Two officers of different organisations, neither of them the applicant's, must be in favour; one who is against ends it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.roles import Standing
from members.actions.casework import require_groundwork
from members.actions.search import refresh_search
from members.actions.stages import enter
from members.models import Application, ApplicationState, Decision, Member, Organisation, Profile
from members.policies import can_decide, is_vouched_for

APPROVALS_NEEDED = 2

SUPPORTED = journal.event(
    "members.application.supported",
    _("An officer decided in favour of an application."),
    silent="the desk shows it to the next officer; the applicant hears the outcome only",
)
REFUSED = journal.event("members.application.refused", _("An officer refused an application."))
ADMITTED = journal.event("members.member.admitted", _("A person was admitted as a member."))

CONFLICT = _(
    "You can’t decide on this application: it comes from your own organisation, or you or a colleague of your "
    "organisation have decided on it already."
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


class AddressTakenError(DomainError):
    """Somebody became a member with this address by another way."""

    code = "address_taken"
    message = _(
        "There is a member with this address already. Refuse the application, or have the address settled first."
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
    """Decide in favour; the second officer who does so admits the applicant.

    Raises: NotPermittedError, ApplicationDecidedError, DecidedMeanwhileError, NotVouchedForError, UncheckedError,
    NotCalledBackError, AddressTakenError.
    """
    locked = _locked_case(application, by, word.seen)
    if not is_vouched_for(locked):
        raise NotVouchedForError
    require_groundwork(locked)
    _record(locked, by, at, word, in_favour=True)
    journal.record(SUPPORTED, target=locked, by=by, at=at)
    if word.seen + 1 >= APPROVALS_NEEDED:
        _admit(locked, by=by, at=at)
    else:
        enter(locked, ApplicationState.SECONDED, at=at)
    return locked


@transaction.atomic
def refuse(application: Application, *, by: Member, at: datetime, word: Word) -> Application:
    """Decide against, which ends the application.

    Raises: NotPermittedError, ApplicationDecidedError, DecidedMeanwhileError.
    """
    locked = _locked_case(application, by, word.seen)
    _record(locked, by, at, word, in_favour=False)
    enter(locked, ApplicationState.REFUSED, at=at)
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


def _admit(application: Application, *, by: Member, at: datetime) -> Member:
    """Make the applicant a member: organisation, identity, verified address, profile."""
    if Member.objects.filter(email__iexact=application.email).exists():
        raise AddressTakenError
    member = _new_member(application, at)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    _profile(member, application, at).save()
    refresh_search(Member.objects.filter(pk=member.pk))
    application.member = member
    application.save(update_fields=["member"])
    enter(application, ApplicationState.APPROVED, at=at)
    journal.record(ADMITTED, target=member, by=by, at=at, application=application.pk)
    return member


def _profile(member: Member, application: Application, at: datetime) -> Profile:
    """Return a profile that says what the applicant told."""
    return Profile(
        member=member,
        position=application.position,
        other_names=application.other_names,
        expertise=application.expertise,
        topics=application.topics,
        languages=[code for code, _level in application.languages],
        confirmed_on=at.date(),
    )


def _new_member(application: Application, at: datetime) -> Member:
    member = Member(
        email=application.email.lower(),
        latin_name=application.latin_name,
        native_name=application.native_name,
        standing=Standing.MEMBER,
        sector=application.sector,
        country=application.country,
        organisation=_organisation_of(application),
        joined_on=at.date(),
    )
    member.set_unusable_password()
    member.save()
    return member


def _organisation_of(application: Application) -> Organisation:
    """Return the body chosen or named, or a new one.

    Its mail domains stay empty: one address proves no organisation's list.
    """
    if application.organisation is not None:
        return application.organisation
    named = Organisation.objects.filter(name__iexact=application.organisation_name).order_by("pk").first()
    return named or _new_organisation(application)


def _new_organisation(application: Application) -> Organisation:
    facts = {"sector": application.sector, "country": application.country}
    body, _made = Organisation.objects.get_or_create(name=application.organisation_name, defaults=facts)
    return body
