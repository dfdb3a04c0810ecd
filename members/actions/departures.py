"""How does somebody leave: by their own word, their focal point's or an officer's?"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.roles import Standing
from members.actions.search import refresh_search
from members.actions.seats import vacate
from members.actions.shutting_out import shut_out
from members.actions.stages import enter
from members.models import (
    UNDER_WAY,
    Affiliation,
    Application,
    ApplicationState,
    Departure,
    Member,
    Profile,
    Question,
    RoleGrant,
    Suspension,
)
from members.policies import BELONGING, departure_by

LEFT = journal.event("members.member.left", _("A member’s affiliation ended, and with it the membership."))


class NotBelongingError(DomainError):
    """The person has left already, or never came."""

    code = "not_belonging"
    message = _("This person is not a member any more. Nothing was changed.")


@dataclass(frozen=True)
class Words:
    """What is said with a departure: a note for the file, and a new employer that the member names."""

    note: str = ""
    moved_to: str = ""


@transaction.atomic
def end_affiliation(member: Member, *, by: Member, at: datetime, words: Words) -> Member:
    """End a member's affiliation and membership; whatever was given out to them is dead from the commit on.

    Raises: NotPermittedError, NotBelongingError.
    """
    locked = lock_person(member.pk)
    how = departure_by(by, locked, at)
    permit(how is not None)
    if locked.standing not in BELONGING:
        raise NotBelongingError
    close_membership(locked, how or Departure.OFFICER, by=by, at=at, words=words)
    journal.record(LEFT, target=locked, by=by, at=at, how=how)
    return locked


def lock_person(member_id: int) -> Member:
    """Lock somebody's case, then their row: in the order in which officers do who decide on it."""
    list(Application.objects.select_for_update(of=("self",)).filter(member=member_id))
    return Member.objects.select_for_update().get(pk=member_id)


def close_membership(member: Member, how: Departure, *, by: Member, at: datetime, words: Words) -> None:
    """Make a locked member a former one: affiliation, roles, seats, sessions and all that was given out end.

    With it ends a case of theirs that was opened again: nobody decides on somebody who has left.
    """
    for case in Application.objects.filter(member=member, state__in=UNDER_WAY):
        enter(case, ApplicationState.WITHDRAWN, at=at)
    Question.objects.open().filter(application__member=member).update(given_up_at=at)
    _end(member, how, by, at, words)
    Suspension.objects.open().filter(member=member).update(lifted_at=at)
    # Whoever is admitted again one day starts without them.
    RoleGrant.objects.in_force(at).filter(member=member, begins_at__lt=at).update(ends_at=at)
    vacate(member, at=at)
    shut_out(member, Standing.FORMER, at=at)
    refresh_search(Member.objects.filter(pk=member.pk))


def _end(member: Member, how: Departure, by: Member, at: datetime, words: Words) -> None:
    """Close the dated row, if there is one: somebody without an organisation leaves the network all the same."""
    profile = Profile.objects.filter(member=member).first()
    for present in Affiliation.objects.present().filter(member=member):
        present.position = profile.position if profile else ""
        present.ended_on = max(at.date(), present.began_on)
        present.ended_how, present.ended_by = how, by
        present.note, present.moved_to = words.note, words.moved_to
        present.save(update_fields=["position", "ended_on", "ended_how", "ended_by", "note", "moved_to"])
    member.organisation = None
    member.save(update_fields=["organisation"])
