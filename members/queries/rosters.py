"""Whom does a focal point answer for, and what is known of each?"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, Q

from members.models import Affiliation, MemberQuerySet
from members.models import Member as Person
from members.policies import confirmable_by, fields_shown, roster_of


def roster(viewer: Person, at: datetime) -> MemberQuerySet:
    """Return the people of a focal point's organisation by name, with factor, profile and present affiliation."""
    present = Affiliation.objects.present().select_related("confirmed_by")
    people = fields_shown(viewer, roster_of(viewer).with_rights(at).select_related("profile"))
    people = people.prefetch_related(Prefetch("affiliations", present, to_attr="present"))
    return people.order_by("sort_name", "pk")


def with_addresses_at(viewer: Person, domains: Iterable[str]) -> MemberQuerySet:
    """Return the people of a focal point's organisation whose address is of one of some mail domains, by name."""
    theirs = Q(pk__in=[])
    for domain in domains:
        theirs |= Q(email__iendswith=f"@{domain}") | Q(email__iendswith=f".{domain}")
    return roster_of(viewer).filter(theirs).order_by("sort_name", "pk")


def confirmable(viewer: Person) -> set[int]:
    """Return the ids of those whom a focal point can confirm: everybody of the roster but themselves."""
    return set(confirmable_by(viewer).values_list("pk", flat=True))
