"""What can an applicant do, before anybody decides?

Applicants are no members, so their actions have no `by`: whoever holds the private link acts.
"""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError
from congress.core.identifiers import secret_token, token_digest
from congress.core.roles import Standing
from congress.core.states import IllegalTransitionError
from members.actions.naming import Naming, troubles
from members.actions.nominating import take_invitation
from members.actions.sponsors import ask_sponsors
from members.actions.stages import enter
from members.models import (
    APPLICATION_STATES,
    LINK_LIFETIME,
    SPONSORS_NEEDED,
    UNDER_WAY,
    UNSENT,
    Application,
    ApplicationState,
    Knock,
    Member,
    Purpose,
)
from members.policies import can_withdraw

KNOCKED = journal.event("members.application.asked_for", _("Somebody gave an address on the application page."))
BEGUN = journal.event(
    "members.application.begun", _("Somebody gave an address to apply with, or asked for the link again.")
)
MEMBER_APPLIED = journal.event("members.member.applied", _("Somebody gave the address of a member to apply with."))
VERIFIED = journal.event(
    "members.application.verified",
    _("An applicant proved the address."),
    silent="the applicant is at the next page already",
)
TOLD_MORE = journal.event(
    "members.application.told_more", _("An applicant filled in a page of the application."), silent="a draft"
)
SUBMITTED = journal.event("members.application.submitted", _("An applicant sent the application."))
WITHDRAWN = journal.event(
    "members.application.withdrawn", _("An applicant withdrew the application."), silent="the applicant sees it at once"
)


# What nobody can decide without, by the page that asks for it.
NEEDED = {
    "name": ("latin_name", "name_order"),
    "work": ("organisation_name", "position", "sector", "country"),
    "reasons": ("motivation",),
}
TOLD = frozenset(
    {
        *("latin_name", "native_name", "name_order", "other_names"),
        *("organisation", "organisation_name", "position", "sector", "country"),
        *("supervisor_name", "supervisor_contact", "expertise", "topics", "languages", "motivation", "consents"),
    }
)


class ApplicationIncompleteError(DomainError):
    """Something is missing that officers or sponsors need."""

    code = "application_incomplete"
    message = _("Something is missing still. The pages that lack it are marked below.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NoWithdrawalError(DomainError):
    """The case is closed, or the person has been let in."""

    code = "no_withdrawal"
    message = _(
        "This application can’t be withdrawn any more: it is closed, or you have been let in. Whoever has been let in "
        "leaves the network by signing in."
    )


@transaction.atomic
def knock(email: str, *, at: datetime) -> Knock:
    """Note that somebody wants to apply with an address, whoever it is: known and unknown ones cost the same."""
    made = Knock.objects.create(email=email.lower(), knocked_at=at)
    journal.record(KNOCKED, target=made, by=None, at=at)
    return made


@transaction.atomic
def answer_knock(heard: Knock, *, at: datetime) -> None:
    """Let the address apply, and forget the knock; for the listener."""
    heard.delete()
    begin(heard.email, at=at, invited_by=heard.invited_by)


@transaction.atomic
def begin(email: str, *, at: datetime, invited_by: Member | None = None) -> None:
    """Let an address apply, or get its link again. Whoever asks learns nothing: the answer goes to the address.

    The private link is made by the listener, when it writes the letter; until then there is none.
    """
    member = Member.objects.filter(email__iexact=email).exclude(standing=Standing.FORMER).first()
    # A member whose case was opened again answers by its link, and loses it as anybody does.
    is_looked_at = Application.objects.filter(email__iexact=email, state__in=UNDER_WAY).exists()
    if member is not None and not is_looked_at:
        journal.record(MEMBER_APPLIED, target=member, by=None, at=at)
        return
    application, is_new = Application.objects.get_or_create(
        email__iexact=email,
        state__in=[*UNSENT, *UNDER_WAY],
        defaults={"email": email.lower(), "token_digest": token_digest(secret_token()), "begun_at": at},
    )
    if not is_new and application.allows("expire"):
        application.begun_at = at
        application.save(update_fields=["begun_at"])
    if invited_by is not None:
        take_invitation(application, by=invited_by, at=at)
    journal.record(BEGUN, target=application, by=invited_by, at=at)


def issue_link(application: Application) -> str:
    """Give an application a fresh private link, which ends the one before, and return its token."""
    token = secret_token()
    application.token_digest = token_digest(token)
    application.save(update_fields=["token_digest"])
    return token


@transaction.atomic
def verify(application: Application, *, at: datetime) -> Application:
    """Take it that the holder of the link reads the address. Raises: IllegalTransitionError."""
    locked = _locked(application)
    enter(locked, ApplicationState.VERIFIED, at=at)
    journal.record(VERIFIED, target=locked, by=None, at=at)
    return locked


@transaction.atomic
def tell(application: Application, *, at: datetime, answers: Mapping[str, Any]) -> Application:
    """Keep what an applicant said on one page; gaps are filled in later. Raises: IllegalTransitionError."""
    locked = _locked(application)
    if not locked.allows("submit"):
        raise IllegalTransitionError
    told = {name: answers[name] for name in TOLD.intersection(answers)}
    for name, value in told.items():
        setattr(locked, name, value)
    locked.save(update_fields=[*told])
    journal.record(TOLD_MORE, target=locked, by=None, at=at, fields=sorted(told))
    return locked


def missing_from(application: Application) -> list[str]:
    """Return the pages that an application cannot be sent without and that have gaps, in their order; one query."""
    missing = [page for page, names in NEEDED.items() if not all(getattr(application, name) for name in names)]
    if set(application.consents) != set(Purpose.values):
        missing.append("reasons")
    if application.nominated_by_id is None and not _names_two_sponsors(application):
        missing.append("sponsors")
    return list(dict.fromkeys(missing))


def _names_two_sponsors(application: Application) -> bool:
    namings = [Naming(row.name, row.organisation_name, row.email) for row in application.sponsors.order_by("pk")]
    is_whole = len(namings) == SPONSORS_NEEDED and all(naming.is_whole for naming in namings)
    return is_whole and not any(troubles(application, namings))


@transaction.atomic
def submit(application: Application, *, at: datetime) -> Application:
    """Send the application to the officers, and ask the sponsors.

    Raises: IllegalTransitionError, ApplicationIncompleteError, TooManyRequestsError.
    """
    locked = _locked(application)
    if not locked.allows("submit"):
        raise IllegalTransitionError
    if missing_from(locked):
        raise ApplicationIncompleteError
    locked.submitted_at = at
    locked.save(update_fields=["submitted_at"])
    enter(locked, ApplicationState.OPEN, at=at)
    journal.record(SUBMITTED, target=locked, by=None, at=at)
    ask_sponsors(locked, at=at)
    return locked


@transaction.atomic
def withdraw(application: Application, *, at: datetime) -> Application:
    """Take the application back. Raises: NoWithdrawalError."""
    locked = _locked(application)
    if not can_withdraw(locked):
        raise NoWithdrawalError
    enter(locked, ApplicationState.WITHDRAWN, at=at)
    journal.record(WITHDRAWN, target=locked, by=None, at=at)
    return locked


def _locked(application: Application) -> Application:
    return Application.objects.select_for_update().get(pk=application.pk)


def forget_unfinished(*, at: datetime) -> int:
    """Delete applications that were begun and not sent within the link's lifetime; returns how many rows went.

    Nobody asked the network for anything yet, so there is no reason to keep the address. The same goes for knocks that
    nobody heard.
    """
    Knock.objects.filter(knocked_at__lte=at - LINK_LIFETIME).delete()
    unfinished: QuerySet[Application] = Application.objects.filter(
        state__in=APPLICATION_STATES.having("expire"), begun_at__lte=at - LINK_LIFETIME
    )
    return unfinished.delete()[0]
