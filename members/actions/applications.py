"""What can an applicant do, before anybody decides?

Applicants are no members, so their actions have no `by`: whoever holds the private link acts.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.identifiers import secret_token, token_digest
from members.actions.stages import enter
from members.models import APPLICATION_STATES, LINK_LIFETIME, UNDER_WAY, UNSENT, Application, ApplicationState, Member

BEGUN = journal.event(
    "members.application.begun", _("Somebody gave an address to apply with, or asked for the link again.")
)
MEMBER_APPLIED = journal.event("members.member.applied", _("Somebody gave the address of a member to apply with."))
VERIFIED = journal.event(
    "members.application.verified",
    _("An applicant proved the address."),
    silent="the applicant is at the next page already",
)
SUBMITTED = journal.event("members.application.submitted", _("An applicant sent the application."))
WITHDRAWN = journal.event(
    "members.application.withdrawn", _("An applicant withdrew the application."), silent="the applicant sees it at once"
)


@dataclass(frozen=True)
class Answers:
    """What an applicant says about themselves."""

    latin_name: str
    native_name: str
    sector: str
    country: str
    organisation_name: str
    position: str
    motivation: str


@transaction.atomic
def begin(email: str, *, at: datetime) -> None:
    """Let an address apply, or get its link again. Whoever asks learns nothing: the answer goes to the address.

    The private link is made by the listener, when it writes the letter; until then there is none.
    """
    member = Member.objects.filter(email__iexact=email).first()
    if member is not None:
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
    journal.record(BEGUN, target=application, by=None, at=at)


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
def submit(application: Application, *, at: datetime, answers: Answers) -> Application:
    """Send the application to the officers. Raises: IllegalTransitionError."""
    locked = _locked(application)
    for name, value in asdict(answers).items():
        setattr(locked, name, value)
    locked.submitted_at = at
    locked.save(update_fields=["submitted_at", *asdict(answers)])
    enter(locked, ApplicationState.OPEN, at=at)
    journal.record(SUBMITTED, target=locked, by=None, at=at)
    return locked


@transaction.atomic
def withdraw(application: Application, *, at: datetime) -> Application:
    """Take the application back. Raises: IllegalTransitionError."""
    locked = _locked(application)
    enter(locked, ApplicationState.WITHDRAWN, at=at)
    journal.record(WITHDRAWN, target=locked, by=None, at=at)
    return locked


def _locked(application: Application) -> Application:
    return Application.objects.select_for_update().get(pk=application.pk)


def forget_unfinished(*, at: datetime) -> int:
    """Delete applications that were begun and not sent within the link's lifetime; returns how many.

    Nobody asked the network for anything yet, so there is no reason to keep the address.
    """
    unfinished: QuerySet[Application] = Application.objects.filter(
        state__in=APPLICATION_STATES.having("expire"), begun_at__lte=at - LINK_LIFETIME
    )
    return unfinished.delete()[0]
