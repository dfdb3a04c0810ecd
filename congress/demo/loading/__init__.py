"""How does the demonstration network become rows? In one transaction, by the application's own database role."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.roles import Role
from congress.demo.loading.applications import load_applications
from congress.demo.loading.around import load_cosponsors, load_exceptions
from congress.demo.loading.groups import load_groups
from congress.demo.loading.meetings import load_meetings
from congress.demo.loading.members import Who, load_members
from congress.demo.loading.membership import load_membership
from congress.demo.loading.notices import load_notices
from congress.demo.loading.reaching import load_reaching
from congress.demo.shapes import Network
from members.models import Member

__all__ = ["LOADED", "load"]

LOADED = journal.event(
    "demo.network.loaded",
    _("The demonstration network was loaded."),
    silent="it fills an empty portal; nobody is there to be told",
)


@transaction.atomic
def load(network: Network, *, at: datetime) -> None:
    """Fill an empty portal. What is checked elsewhere by actions was made consistent by the generators."""
    who = load_members(network.organisations, network.people)
    load_membership(network.people, who, at=at)
    load_groups(network.people, who, at=at)
    load_reaching(network.reaching, who, officer=_lead(network, who))
    load_applications(network.applications, who)
    load_meetings(network.meetings, network.people, who)
    notices = load_notices(network.notices, who, today=at.date())
    load_cosponsors(notices, network.people, who)
    load_exceptions(notices, network.people, who, at=at)
    figures = {"members": len(who.people), "meetings": len(network.meetings), "notices": len(network.notices)}
    journal.record(LOADED, target=None, by=None, at=at, **figures)


def _lead(network: Network, who: Who) -> Member:
    return next(who.people[person.email] for person in network.people if Role.VETTING_LEAD in person.roles)
