"""What should an officer look at twice: the organisation, the address, people who may be the same?"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core.addresses import with_parents
from congress.core.names import folded, keys
from congress.core.names.likeness import Sought
from members.models import Application, Member, Organisation
from members.policies import applications_visible_to, names_on_file, on_file
from members.queries.erasures import was_erased
from members.queries.namesakes import nearest
from members.queries.refusals import keys_kept, shares_address, shares_name

SHOWN_HINTS = 5
SAME_ADDRESS, SAME_NAME, OTHER_SPELLING = _("same address"), _("same name"), _("a name that sounds alike")


@dataclass(frozen=True)
class Likeness:
    """Somebody, or an earlier case, that may be the same person, and why."""

    row: "Member | Application"
    why: str | Promise


@dataclass(frozen=True)
class Hints:
    """What an officer should look at twice. Candidates, never a verdict."""

    body: Organisation | None
    domain_owner: Organisation | None
    likely_members: list[Likeness] = field(default_factory=list)
    earlier: list[Likeness] = field(default_factory=list)
    was_erased: bool = False

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


def hints(viewer: Member, application: Application) -> Hints:
    """Return what is known about the organisation, the address and people of the same name; seven queries at most."""
    owners = Organisation.objects.filter(mail_domains__overlap=with_parents(application.mail_domain))
    return Hints(
        body=Organisation.objects.called(application.organisation_name).order_by("pk").first(),
        domain_owner=owners.order_by("pk").first(),
        likely_members=list(_namesakes(viewer, application)),
        was_erased=was_erased(application),
        earlier=[Likeness(row, _why_again(row, application)) for row in _earlier(viewer, application)[:SHOWN_HINTS]],
    )


def _namesakes(viewer: Member, application: Application) -> Iterator[Likeness]:
    """People of every standing, the nearest first: one who was shut out may come back under a new address."""
    sought = Sought(keys(application.latin_name or application.native_name))
    namesakes = [each.member for each in nearest(names_on_file(viewer), sought)[: SHOWN_HINTS + 1]]
    same = Q(pk__in=namesakes) | Q(email__iexact=application.email)
    others = on_file(viewer).filter(same).exclude(applications=application).select_related("organisation")
    people = {row.pk: row for row in others}
    for pk in dict.fromkeys([*(pk for pk in people if pk not in namesakes), *namesakes]):
        if pk in people:
            yield Likeness(people[pk], _why(people[pk], application))


def _earlier(viewer: Member, application: Application) -> QuerySet[Application]:
    same = Q(email__iexact=application.email) | Q(sounds__overlap=application.sounds)
    same |= Q(kept_keys__overlap=keys_kept(application))
    if application.latin_name:
        same |= Q(latin_name__iexact=application.latin_name)
    return applications_visible_to(viewer).filter(same).exclude(pk=application.pk).order_by("-submitted_at", "-pk")


def _why_again(earlier: Application, application: Application) -> str | Promise:
    if not earlier.is_forgotten:
        return _why(earlier, application)
    if shares_address(earlier.kept_keys, application):
        return SAME_ADDRESS
    return SAME_NAME if shares_name(earlier.kept_keys, application) else OTHER_SPELLING


def _why(other: "Member | Application", application: Application) -> str | Promise:
    if other.email.lower() == application.email.lower():
        return SAME_ADDRESS
    same = {folded(name) for name in (application.latin_name, application.native_name) if name}
    return SAME_NAME if same & {folded(other.latin_name), folded(other.native_name)} else OTHER_SPELLING
