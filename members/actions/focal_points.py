"""What does a focal point answer for: who works there, how often they say so, and which addresses are theirs?"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from members.actions.renewal import complete
from members.models import Member, Module, Organisation
from members.policies import can_set_terms, confirmable_by
from members.queries.rosters import with_addresses_at

CONFIRMED = journal.event(
    "members.people.confirmed",
    _("A focal point confirmed who works at the organisation."),
    silent="each of them sees it on the page of their membership",
)
TERMS_SET = journal.event(
    "members.organisation.terms_set",
    _("A focal point set how often people confirm, or which addresses are the organisation’s."),
    silent="the page shows it; officers see the domains beside each application",
)


class DomainTakenError(DomainError):
    """Another organisation has the domain on its list."""

    code = "domain_taken"
    message = _("One of these domains is another organisation’s. Write to the secretariat if that is wrong.")
    field = "mail_domains"


class DomainInUseError(DomainError):
    """Somebody of the organisation has such an address: without the domain it looks like a stranger's."""

    code = "domain_in_use"
    message = _("Some of your people have an address of a domain that you take away. Look at the list below.")
    field = "mail_domains"


@transaction.atomic
def confirm_people(people: Collection[Member], *, by: Member, at: datetime) -> int:
    """Confirm that all of these work at the focal point's organisation, or none; returns how many.

    Raises: NotPermittedError, also when one of them is oneself or of another organisation.
    """
    ids = {person.pk for person in people}
    locked = list(confirmable_by(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)))
    permit(len(locked) == len(ids))
    for person in locked:
        complete(person, Module.AFFILIATION, by=by, at=at)
    journal.record(CONFIRMED, target=by.organisation, by=by, at=at, members=sorted(ids))
    return len(locked)


@transaction.atomic
def set_terms(
    organisation: Organisation,
    *,
    by: Member,
    at: datetime,
    proof_days: int,
    mail_domains: list[str],
    removes: bool = False,
) -> Organisation:
    """Say how often the people of an organisation confirm that they work there, and which mail domains count.

    What was confirmed before keeps its day. `removes`: also where people have such an address.
    Raises: NotPermittedError, DomainTakenError, DomainInUseError.
    """
    permit(can_set_terms(by, organisation))
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    new, gone = set(mail_domains) - set(locked.mail_domains), set(locked.mail_domains) - set(mail_domains)
    if not removes and with_addresses_at(by, gone).exists():
        raise DomainInUseError
    if Organisation.objects.exclude(pk=locked.pk).filter(mail_domains__overlap=sorted(new)).exists():
        raise DomainTakenError
    locked.proof_days, locked.mail_domains = proof_days, mail_domains
    locked.save(update_fields=["proof_days", "mail_domains"])
    journal.record(TERMS_SET, target=locked, by=by, at=at, proof_days=proof_days, mail_domains=mail_domains)
    return locked
