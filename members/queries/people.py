"""What does the page about one member need?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from congress.core.gathered import FACETS, Facet, Line, gathers, lines_of
from congress.core.roles import ROLES, Permission
from congress.core.zones import LocalTime
from members.models import FIELDS, WRITTEN, Member, MemberQuerySet, Profile, RoleGrant, Term
from members.policies import fields_shown, groups_visible_to, shows, visible_to

COLLEAGUES_SHOWN = 6
SIMILAR_SHOWN = 5
# Whoever shares the main fields with somebody is like them; further ones tell little.
MAIN_FIELDS = 2
ROW_FIELDS = (
    "public_id",
    "latin_name",
    "native_name",
    "native_language",
    "sector",
    "country",
    "joined_on",
    "sort_name",
    "organisation__public_id",
    "organisation__name",
    "organisation__native_name",
    "email",
    *(f"profile__{name}" for name in WRITTEN if name != "email"),
    *(f"profile__{name}_audience" for name in FIELDS),
)


def profiles(viewer: Member) -> MemberQuerySet:
    """Return the members who exist for this viewer, with organisation, profile and what they show the viewer of it."""
    return fields_shown(viewer, visible_to(viewer).select_related("organisation", "profile"))


def rows_about(viewer: Member, members: MemberQuerySet) -> MemberQuerySet:
    """Load with these members what a row about somebody says, as far as they show it to this viewer."""
    return fields_shown(viewer, members).select_related("organisation", "profile").only(*ROW_FIELDS)


def holding(permission: Permission, at: datetime) -> MemberQuerySet:
    """Return the members in good standing to whom a role gives this permission now."""
    roles = [role for role, powers in ROLES.items() if permission in powers.permissions]
    held = RoleGrant.objects.in_force(at).filter(role__in=roles)
    return Member.objects.listed().filter(pk__in=held.values("member"))


@dataclass(frozen=True)
class Beside:
    """Who stands beside a member on their profile."""

    colleagues: list[Member]
    similar: list[Member]


def beside(viewer: Member, member: Member) -> Beside:
    """Return some others of the same organisation, by name, and some of other sectors who know the same.

    Those show this viewer the same expertise; the last confirmed come first. At most three queries.
    """
    colleagues, similar = list(_colleagues(viewer, member)), list(_similar(viewer, member))
    # Who it is first, and then what they show: loading what a row says twice took a third longer.
    rows = rows_about(viewer, visible_to(viewer)).in_bulk([*colleagues, *similar])
    return Beside([rows[pk] for pk in colleagues if pk in rows], [rows[pk] for pk in similar if pk in rows])


def _colleagues(viewer: Member, member: Member) -> Iterable[int]:
    if member.organisation_id is None:
        return []
    others = visible_to(viewer).filter(organisation=member.organisation_id).exclude(pk=member.pk)
    return others.order_by("sort_name", "pk").values_list("pk", flat=True)[:COLLEAGUES_SHOWN]


def _similar(viewer: Member, member: Member) -> Iterable[int]:
    main = member.shown.expertise[:MAIN_FIELDS]
    if not main:
        return []
    others = visible_to(viewer).exclude(sector=member.sector).exclude(pk__in=[member.pk, viewer.pk])
    alike = others.filter(shows(viewer, "expertise"), profile__expertise__contains=main)
    last_confirmed = F("profile__confirmed_on").desc(nulls_last=True)
    return alike.order_by(last_confirmed, "pk").values_list("pk", flat=True)[:SIMILAR_SHOWN]


def local_time(viewer: Member, member: Member, at: datetime) -> LocalTime | None:
    """Return what time it is for a loaded member if they show their zone; one query for the viewer's own zone."""
    zone = member.shown.time_zone
    if not zone:
        return None
    if viewer == member:
        return LocalTime(at, zone)
    own = Profile.objects.filter(member=viewer).values_list("time_zone", flat=True).first()
    return LocalTime(at, zone, own or "")


def _held(viewer: Member) -> QuerySet[Term]:
    return Term.objects.in_force().filter(group__in=groups_visible_to(viewer))


def _names(viewer: Member) -> dict[str, str]:
    return dict(groups_visible_to(viewer).order_by("name").values_list("public_id", "name"))


FACETS["seats"] = Facet("group__public_id", _held, _names)


@gathers("seats")
def seats_held(viewer: Member, member: Member, at: datetime) -> Iterable[Line]:
    """Yield the groups in which a member has a seat today, of those that the viewer sees, by name; one query."""
    held = _held(viewer).filter(member=member).select_related("group")
    said = held.only("is_chair", "group__name", "group__public_id")
    for term in said.order_by("group__name"):
        note = str(_("chair")) if term.is_chair else ""
        yield Line(term.group.name, "members:group", {"public_id": term.group.public_id}, note=note)


def gathered(viewer: Member, member: Member, *, at: datetime) -> list[tuple[str, list[Line]]]:
    """Return the lists of a loaded member that are open to the viewer, each with its label; none that is empty."""
    found = [(str(FIELDS[name].label), lines_of(name, viewer, member, at=at)) for name in member.shown.lists]
    return [(label, lines) for label, lines in found if lines]
