"""How is somebody forgotten: a wish, fourteen days to take it back, then every personal field is emptied?"""

import logging
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError
from congress.core.models import Delivery
from congress.core.personal import HOLDINGS
from members.actions.departures import Words, close_membership, lock_person
from members.models import Departure, ErasedKey, Erasure, Member, RoleGrant
from members.queries.erasures import digests_of

log = logging.getLogger(__name__)

ASKED = journal.event("members.erasure.asked", _("A member asked to be erased."))
CANCELLED = journal.event(
    "members.erasure.cancelled", _("A member took the wish to be erased back."), silent="they have just done it"
)
DONE = journal.event("members.erasure.done", _("A member was erased."), silent="there is no address any more")


class ErasureAskedError(DomainError):
    """The wish is known."""

    code = "erasure_asked"
    message = _("You asked for this already.")


class RolesHeldError(DomainError):
    """Somebody with a role answers for something."""

    code = "roles_held"
    message = _("You hold a role. Ask an administrator to end it first, so that somebody else can take it over.")


class NoErasureError(DomainError):
    """It was taken back, or is done."""

    code = "no_erasure"
    message = _("There is nothing to take back.")


@transaction.atomic
def ask_for_erasure(*, by: Member, at: datetime) -> Erasure:
    """Wish to be forgotten in fourteen days. Raises: ErasureAskedError, RolesHeldError."""
    locked = Member.objects.select_for_update().get(pk=by.pk)
    if Erasure.objects.open().filter(member=locked).exists():
        raise ErasureAskedError
    if RoleGrant.objects.in_force(at).filter(member=locked).exists():
        raise RolesHeldError
    made = Erasure.objects.create(member=locked, asked_at=at)
    journal.record(ASKED, target=locked, by=by, at=at, erasure=made.pk)
    return made


@transaction.atomic
def cancel_erasure(*, by: Member, at: datetime) -> Erasure:
    """Take the wish back. Raises: NoErasureError."""
    found = Erasure.objects.open().select_for_update().filter(member=by).first()
    if found is None:
        raise NoErasureError
    found.cancelled_at = at
    found.save(update_fields=["cancelled_at"])
    journal.record(CANCELLED, target=by, by=by, at=at, erasure=found.pk)
    return found


def erase_due(*, at: datetime) -> int:
    """Erase those whose fourteen days are over, each in a transaction of its own; returns how many. No person does."""
    return sum(_erased(pk, at) for pk in list(Erasure.objects.due(at).order_by("pk").values_list("pk", flat=True)))


def _erased(pk: int, at: datetime) -> bool:
    """One that fails must not keep those behind it from being forgotten; the next night tries again."""
    try:
        return _erase(pk, at)
    except DatabaseError:
        log.exception("An erasure failed: %s", pk)
        return False


@transaction.atomic
def _erase(pk: int, at: datetime) -> bool:
    """The journal stays as it is: it holds numbers, and the row that they lead to is empty now."""
    erasure = Erasure.objects.due(at).select_for_update(of=("self",)).filter(pk=pk).first()
    if erasure is None or RoleGrant.objects.in_force(at).filter(member=erasure.member_id).exists():
        return False
    member = lock_person(erasure.member_id)
    close_membership(member, Departure.LEFT, by=member, at=at, words=Words())
    _keep_keys(member, at)
    # Letters to an address that had no account yet name nobody but the address.
    Delivery.objects.filter(address__iexact=member.email).delete()
    for holding in HOLDINGS.values():
        holding.erase(member.pk)
    erasure.done_at = at
    erasure.save(update_fields=["done_at"])
    journal.record(DONE, target=member, by=None, at=at, erasure=erasure.pk)
    return True


def _keep_keys(member: Member, at: datetime) -> None:
    profile = getattr(member, "profile", None)
    names = [member.latin_name, member.native_name, *(profile.other_names if profile else [])]
    rows = [ErasedKey(digest=digest, noted_at=at) for digest in digests_of(member.email, names)]
    ErasedKey.objects.bulk_create(rows, ignore_conflicts=True)
