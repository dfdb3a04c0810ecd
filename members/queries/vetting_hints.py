"""What should an officer look at twice: the organisation, the address, people who may be the same?"""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from congress.core.names import folded
from members.models import APPLICATION_STATES, Application, Member, Organisation

SHOWN_HINTS = 5


@dataclass(frozen=True)
class Hints:
    """What an officer should look at twice. Candidates, never a verdict."""

    body: Organisation | None
    domain_owner: Organisation | None
    likely_members: list[Member] = field(default_factory=list)
    earlier: list[Application] = field(default_factory=list)

    @property
    def domain_is_foreign(self) -> bool:
        """Tell whether the address belongs to another organisation than the one named."""
        return self.domain_owner is not None and self.domain_owner != self.body

    @property
    def domain_fits(self) -> bool:
        """Tell whether the address is one of the organisation named."""
        return self.body is not None and self.domain_owner == self.body

    @property
    def domain_is_unlisted(self) -> bool:
        """Tell whether the organisation named has a list of domains and this one is not on it."""
        return self.body is not None and bool(self.body.mail_domains) and self.domain_owner is None


def hints(application: Application) -> Hints:
    """Return what is known about the organisation, the address and people of the same name; four queries."""
    named = Q(name__iexact=application.organisation_name) | Q(native_name__iexact=application.organisation_name)
    owners = Organisation.objects.filter(mail_domains__overlap=_with_parents(application.mail_domain))
    return Hints(
        body=Organisation.objects.filter(named).order_by("pk").first() if application.organisation_name else None,
        domain_owner=owners.order_by("pk").first(),
        likely_members=list(_namesakes(application)[:SHOWN_HINTS]),
        earlier=list(_earlier(application)[:SHOWN_HINTS]),
    )


def _with_parents(domain: str) -> list[str]:
    parts = domain.split(".")
    return [".".join(parts[start:]) for start in range(len(parts) - 1)]


def _namesakes(application: Application) -> QuerySet[Member]:
    """People of every standing: one who was shut out may come back under a new address."""
    words = folded(application.latin_name or application.native_name).split()
    alike = Q(*(Q(sort_name__contains=word) for word in words)) if words else Q(pk__in=[])
    same = alike | Q(email__iexact=application.email)
    people = Member.objects.filter(same).exclude(application=application)
    return people.select_related("organisation").order_by("sort_name", "pk")


def _earlier(application: Application) -> QuerySet[Application]:
    alike = Q(email__iexact=application.email)
    if application.latin_name:
        alike |= Q(latin_name__iexact=application.latin_name)
    sent = Application.objects.filter(alike, state__in=APPLICATION_STATES.having("read"))
    return sent.exclude(pk=application.pk).order_by("-submitted_at", "-pk")
