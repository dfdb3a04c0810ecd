"""How does a person come in: provisionally for the time of the objection window, then as a member?"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError
from congress.core.roles import Standing
from congress.core.zones import zone_of
from members.actions.departures import Words, close_membership
from members.actions.roles import require_administrators_besides
from members.actions.search import refresh_search
from members.actions.stages import enter
from members.models import (
    Application,
    ApplicationState,
    Completion,
    Departure,
    Member,
    Objection,
    Organisation,
    Profile,
    Suspension,
)

ADMITTED = journal.event("members.member.admitted", _("A person was admitted as a provisional member."))
KEPT = journal.event("members.member.kept", _("A case that had been opened again was approved: the member stays one."))
ACCEPTED = journal.event(
    "members.member.accepted", _("The objection window closed, and a provisional member became a member.")
)
REFUSED_AFTERWARDS = _("Refused after the case had been opened again.")


class AddressTakenError(DomainError):
    """Somebody became a member with this address by another way."""

    code = "address_taken"
    message = _(
        "There is a member with this address already. Refuse the application, or have the address settled first."
    )


def admit(application: Application, *, by: Member, at: datetime) -> Member:
    """Let the applicant of a locked case in, for the time of the objection window; who is a member already stays one.

    Raises: AddressTakenError.
    """
    known = application.member or _who_left(application)
    if Member.objects.filter(email__iexact=application.email).exclude(pk=known.pk if known else 0).exists():
        raise AddressTakenError
    member = known or _new_member(application, at)
    if member.standing == Standing.FORMER:
        _readmit(member, application)
    application.member = member
    application.save(update_fields=["member"])
    is_provisional = _standing_beneath(member) == Standing.PROVISIONAL
    enter(application, ApplicationState.WINDOW if is_provisional else ApplicationState.APPROVED, at=at)
    refresh_search(Member.objects.filter(pk=member.pk))
    event = ADMITTED if is_provisional else KEPT
    journal.record(event, target=member, by=by, at=at, application=application.pk, is_known=known is not None)
    return member


def _who_left(application: Application) -> Member | None:
    """Return who had this address in the network and left: whoever comes again is the same person."""
    former = Member.objects.select_for_update().filter(standing=Standing.FORMER)
    return former.filter(email__iexact=application.email).first()


def _readmit(member: Member, application: Application) -> None:
    """Take what was vetted now in place of what was so then; roles, seats and modules are begun anew."""
    member.standing, member.organisation = Standing.PROVISIONAL, _organisation_of(application)
    vetted = ["latin_name", "native_name", "sector", "country"]
    for name in vetted:
        setattr(member, name, getattr(application, name))
    member.save(update_fields=["standing", "organisation", *vetted])
    Profile.objects.filter(member=member).update(position=application.position)
    Completion.objects.filter(member=member).delete()


def _standing_beneath(member: Member) -> str:
    """Return what somebody is apart from a suspension: when it is lifted, a provisional member is one still."""
    suspension = Suspension.objects.open().filter(member=member).first()
    return suspension.standing_before if suspension else member.standing


@transaction.atomic
def accept(application: Application, *, at: datetime) -> bool:
    """Make a provisional member a member, if the window is over and no objection is open. No person does.

    Whoever left in the meantime has taken the application back; whoever is suspended waits.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    member = Member.objects.select_for_update().filter(pk=locked.member_id or 0).first()
    is_over = locked.allows("object") and locked.due_on is not None and locked.due_on < at.date()
    if not is_over or member is None or Objection.objects.open().filter(application=locked).exists():
        return False
    if member.standing == Standing.FORMER:
        enter(locked, ApplicationState.WITHDRAWN, at=at)
    if member.standing != Standing.PROVISIONAL:
        return False
    member.standing, member.joined_on = Standing.MEMBER, at.date()
    member.save(update_fields=["standing", "joined_on"])
    enter(locked, ApplicationState.APPROVED, at=at)
    journal.record(ACCEPTED, target=member, by=None, at=at, application=locked.pk)
    return True


def dismiss_member(application: Application, *, by: Member, at: datetime) -> None:
    """End the membership of whoever had been let in before the case was opened again.

    Raises: LastAdministratorsError.
    """
    member = Member.objects.select_for_update().filter(pk=application.member_id or 0).first()
    if member is not None and member.standing != Standing.FORMER:
        require_administrators_besides(member, at=at)
        close_membership(member, Departure.OFFICER, by=by, at=at, words=Words(str(REFUSED_AFTERWARDS)))


def _new_member(application: Application, at: datetime) -> Member:
    """Make the person: identity, organisation, verified address, profile."""
    member = Member(
        email=application.email.lower(),
        latin_name=application.latin_name,
        native_name=application.native_name,
        standing=Standing.PROVISIONAL,
        sector=application.sector,
        country=application.country,
        organisation=_organisation_of(application),
    )
    member.set_unusable_password()
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    _profile(member, application, at).save()
    return member


def _profile(member: Member, application: Application, at: datetime) -> Profile:
    """Return a profile that says what the applicant told."""
    return Profile(
        member=member,
        position=application.position,
        other_names=application.other_names,
        time_zone=zone_of(application.country),
        expertise=application.expertise,
        topics=application.topics,
        languages=[str(each) for each in application.spoken],
        confirmed_on=at.date(),
    )


def _organisation_of(application: Application) -> Organisation:
    """Return the body chosen or named, or a new one.

    Its mail domains stay empty: one address proves no organisation's list.
    """
    if application.organisation is not None:
        return application.organisation
    named = Organisation.objects.called(application.organisation_name).order_by("pk").first()
    return named or _new_organisation(application)


def _new_organisation(application: Application) -> Organisation:
    facts = {"sector": application.sector, "country": application.country}
    body, _made = Organisation.objects.get_or_create(name=application.organisation_name, defaults=facts)
    return body
