"""Whom does a notice reach, who would gain or lose it by a change, and does that fit its label?

Counted as the portal: an exception that its reader may not see still counts, and a number names nobody.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core import wall
from congress.core.labels import Audience, Tlp
from congress.core.paging import Page, page
from congress.core.roles import Role
from members.models import Member, RoleGrant
from members.policies import visible_to
from notices import policies
from notices.models import Effect, Notice

SHOWN_NAMES = 50
FEW_NAMES = 8
SHOWN_COUNTRIES = 8
# More people than this, each told by name that nobody else may know, are seldom meant.
MANY_FOR_RED = 25
_RED_IS_FOR_FEW = _("TLP:RED is for people who each must know it themselves. %(count)s people would read this.")
_STRICT_IS_FOR_ONE_BODY = _(
    "TLP:AMBER+STRICT stays inside each organisation that gets it. People of %(count)s organisations would read this."
)
_EVERYBODY = _("Everybody in the network would read this. %(label)s says that only some need to know.")
WHY = "whom a notice reaches is counted for those who may not see each reader"


@dataclass(frozen=True)
class Reach:
    """How many listed members some rows are, by sector and by country, the largest first."""

    count: int
    sectors: list[tuple[str, int]]
    countries: list[tuple[str, int]]

    @property
    def main_countries(self) -> list[tuple[str, int]]:
        """Return the countries that are shown at once."""
        return self.countries[:SHOWN_COUNTRIES]

    @property
    def more_countries(self) -> list[tuple[str, int]]:
        """Return the countries that fold away."""
        return self.countries[SHOWN_COUNTRIES:]


def reach(notice: Notice) -> Reach:
    """Count who reads a notice with its present text, by the rule that decides who reads; one query."""
    with wall.reading_as_portal(WHY):
        return _counted(_reading(notice))


def _reading(notice: Notice) -> QuerySet[Member]:
    """Return who reads a notice once its present text is in force: an update keeps the exceptions of its notice."""
    return policies.readers(_in_force(notice), _audience(notice))


def _in_force(notice: Notice) -> Notice:
    return notice.updates or notice


def _audience(notice: Notice) -> Audience:
    return notice.edition.audience if notice.edition else Audience()


def _counted(members: QuerySet[Member]) -> Reach:
    sectors, countries = Counter[str](), Counter[str]()
    for sector, country, count in members.order_by().values_list("sector", "country").annotate(count=Count("pk")):
        sectors[sector] += count
        countries[country] += count
    return Reach(sectors.total(), sectors.most_common(), countries.most_common())


@dataclass(frozen=True)
class People:
    """Some members: how many, where they are, and those of them whom a viewer finds in the directory, the first few."""

    reach: Reach
    shown: list[Member]

    @property
    def is_few(self) -> bool:
        """Tell whether a page may name them all at once."""
        return self.reach.count <= FEW_NAMES

    @property
    def more_count(self) -> int:
        """Return how many are not named here."""
        return self.reach.count - len(self.shown)


def people(viewer: Member, members: QuerySet[Member]) -> People:
    """Count some members and name the first of them, as far as they are in the viewer's directory; two queries."""
    return People(_counted(members), list(_known_to(viewer, members)[:SHOWN_NAMES]))


def _known_to(viewer: Member, members: QuerySet[Member]) -> QuerySet[Member]:
    known = visible_to(viewer).filter(pk__in=members.values("pk")).select_related("organisation")
    return known.order_by("sort_name", "pk")


@dataclass(frozen=True)
class Shift:
    """Who gains and who loses a notice by a change."""

    gained: People
    lost: People


def shift(viewer: Member, notice: Notice) -> Shift | None:
    """Compare the readers of an update with those of the edition in force; None if it is no update. Four queries."""
    if notice.updates_id is None:
        return None
    return Shift(people(viewer, _gaining(notice)), people(viewer, _losing(notice)))


def _gaining(update: Notice) -> QuerySet[Member]:
    now = policies.readers(_in_force(update)).values("pk")
    return strangers_to(_in_force(update), policies.readers(_in_force(update), _audience(update))).exclude(pk__in=now)


def _losing(update: Notice) -> QuerySet[Member]:
    then = policies.readers(_in_force(update), _audience(update)).values("pk")
    return strangers_to(_in_force(update), policies.readers(_in_force(update))).exclude(pk__in=then)


def strangers_to(notice: Notice, members: QuerySet[Member]) -> QuerySet[Member]:
    """Leave out those who know a notice by their part in it, whoever else reads."""
    return members.exclude(pk__in=[person for person in notice.people_of_record if person is not None])


def named_readers(viewer: Member, notice: Notice, who: str = "", after: str = "") -> Page[Member]:
    """Return a page of the people whom a notice reaches, or who gain or lose it by an update, by name; one query.

    Only those in the viewer's directory. Raises: BadCursorError.
    """
    chosen = {"gained": _gaining, "lost": _losing}.get(who if notice.updates_id else "", _reading)
    with wall.reading_as_portal(WHY):
        return page(_known_to(viewer, chosen(notice)), order=("sort_name", "pk"), after=after)


@dataclass(frozen=True)
class Part:
    """What some of those who know a notice can do with it, and how many they are."""

    label: str | Promise
    count: int


def _parts(notice: Notice, reading: int, at: datetime) -> list[Part]:
    granted = _in_force(notice).exceptions.in_force().filter(effect=Effect.GRANT)
    excepted = _reading(notice).filter(policies.meant_by(granted)).exclude(policies.named_in(_audience(notice))).count()
    grants = RoleGrant.objects.filter(role=Role.PUBLISHER, member__in=Member.objects.listed())
    return [
        Part(_("read it"), reading),
        Part(_("of them by an exception only"), excepted),
        Part(_("wrote, checked or approved it so far"), len(notice.people_of_record - {None})),
        Part(_("may take it back, without reading it for that"), grants.in_force(at).count()),
    ]


def _cautions(notice: Notice, reached: Reach) -> Iterator[str]:
    """Say where the label says one thing and the reach another."""
    label = Tlp(notice.edition.tlp if notice.edition else Tlp.RED)
    if label is Tlp.RED and reached.count > MANY_FOR_RED:
        yield str(_RED_IS_FOR_FEW) % {"count": reached.count}
    if label is Tlp.AMBER_STRICT and (bodies := _body_count(notice)) > 1:
        yield str(_STRICT_IS_FOR_ONE_BODY) % {"count": bodies}
    if label.rank >= Tlp.AMBER.rank and reached.count and reached.count == Member.objects.listed().count():
        yield str(_EVERYBODY) % {"label": label}


def _body_count(notice: Notice) -> int:
    bodies = _reading(notice).order_by().aggregate(count=Count("organisation", distinct=True))
    return int(bodies["count"])


@dataclass(frozen=True)
class Preview:
    """What somebody looks at before they submit, clear or publish: whom it reaches, who gains, what does not fit."""

    readers: People
    parts: list[Part]
    shift: Shift | None
    cautions: list[str]


def preview(viewer: Member, notice: Notice, at: datetime) -> Preview:
    """Return whom a notice will reach with its present text; up to twelve queries, whatever the size of the network."""
    with wall.reading_as_portal(WHY):
        readers = people(viewer, _reading(notice))
        found = list(_cautions(notice, readers.reach))
        return Preview(readers, _parts(notice, readers.reach.count, at), shift(viewer, notice), found)
