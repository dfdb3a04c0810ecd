"""Whom does a need mean, what went to a member, and what does a digest say of it?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language

from congress.core.geography import Region, countries_of, country_name
from congress.core.languages import language_name, writings_of
from congress.core.topics import Expertise, Topic
from members.models import CALLED_BY, Block, Conversation, Member, MemberQuerySet, Need, NeedAddressee, NeedQuerySet
from members.policies import (
    conversations_of,
    needs_addressed_to,
    needs_visible_to,
    own_needs,
    shows,
    visible_to,
)
from members.queries.vetting import Waiting

LIST_SHOWN = 50
WAITING_SHOWN = 10
IN_DIGEST = 10


@dataclass(frozen=True)
class Wanted:
    """Whom somebody asks: people of one of these topics or fields, from there, who speak one of these languages."""

    topics: tuple[str, ...] = ()
    expertise: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Needs:
    """What stands on a member's page of needs, the newest first of each kind."""

    addressed: list[Need]
    own: list[Need]


@dataclass(frozen=True)
class NeedLine:
    """A need as a digest names it: TLP:GREEN, without who asks."""

    public_id: str
    title: str
    ends_on: date


def matching(asker: Member, wanted: Wanted) -> MemberQuerySet:
    """Return whom an asker means among those whom they see, by what each shows to them. Source: decision 0025."""
    known = Q(pk__in=[])
    for name, values in (("topics", wanted.topics), ("expertise", wanted.expertise)):
        if values:
            known |= shows(asker, name) & Q(**{f"profile__{name}__overlap": list(values)})
    found = visible_to(asker).exclude(pk=asker.pk).filter(known)
    if wanted.regions or wanted.countries:
        found = found.filter(country__in=[*wanted.countries, *chain.from_iterable(map(countries_of, wanted.regions))])
    if wanted.languages:
        spoken = list(chain.from_iterable(writings_of(code) for code in wanted.languages))
        found = found.filter(shows(asker, "languages"), profile__languages__overlap=spoken)
    return found


def needs(viewer: Member) -> Needs:
    """Return what concerns a member, at most fifty of each kind; two queries."""
    return Needs(
        addressed=list(_loaded(needs_addressed_to(viewer))[:LIST_SHOWN]),
        own=list(_loaded(own_needs(viewer))[:LIST_SHOWN]),
    )


def need_known_to(viewer: Member) -> NeedQuerySet:
    """Return the needs that exist for a member, with who asks."""
    return _loaded(needs_visible_to(viewer))


def answers_to(need: Need, viewer: Member) -> list[Conversation]:
    """Return the conversations that its asker had with those who answered, the newest first; nothing to others."""
    if need.asker_id != viewer.pk:
        return []
    answered = NeedAddressee.objects.filter(need=need, answered_at__isnull=False).values("member")
    with_them = Q(opener__in=answered, answerer=viewer) | Q(opener=viewer, answerer__in=answered)
    found = conversations_of(viewer).filter(with_them).select_related("opener", "answerer")
    return list(found.order_by("-last_at", "-pk"))


def waiting_needs(viewer: Member) -> list[Waiting]:
    """Return the open needs that went to a member and that they did not answer, the newest first; one query."""
    answered = NeedAddressee.objects.filter(member=viewer, answered_at__isnull=False).values("need")
    rows = needs_addressed_to(viewer).exclude(pk__in=answered).select_related("asker").order_by("-pk")
    asked = rows.only("public_id", "title", "opened_at", *(f"asker__{column}" for column in CALLED_BY))
    return [_waiting(row) for row in asked[:WAITING_SHOWN]]


def _waiting(need: Need) -> Waiting:
    return Waiting("members:need", {"public_id": need.public_id}, need.title, str(need.asker), need.opened_at)


def needs_for_each(members: Iterable[int], *, since: datetime, until: datetime) -> dict[int, tuple[NeedLine, ...]]:
    """Return the needs of a window that went to each member and are for them now, at most ten; one query."""
    blocked = Block.objects.filter(member=OuterRef("member"), blocked=OuterRef("need__asker"))
    fresh = Need.objects.open().filter(opened_at__gt=since, opened_at__lte=until)
    rows = NeedAddressee.objects.filter(member__in=list(members), need__in=fresh, answered_at__isnull=True)
    wanted = rows.exclude(member__mail_choice__takes_needs=False).exclude(Exists(blocked)).order_by("-need")
    lines: dict[int, list[NeedLine]] = defaultdict(list)
    told = wanted.values_list("member", "need__public_id", "need__title", "need__ends_on")
    for member, public_id, title, ends_on in told:
        lines[member].append(NeedLine(public_id, title, ends_on))
    return {member: tuple(found[:IN_DIGEST]) for member, found in lines.items()}


def in_words(need: Need) -> dict[str, list[str]]:
    """Return whom a need means, in the reader's language: about what, from where, in which languages."""
    reader = get_language() or "en"
    topics, fields = ([Topic(each) for each in need.topics], [Expertise(each) for each in need.expertise])
    countries = [country_name(code, reader) for code in need.countries]
    return {
        "about": [str(each.label) for each in (*topics, *fields)],
        "places": [*(str(Region(each).label) for each in need.regions), *countries],
        "languages": [language_name(code, reader) for code in need.languages],
    }


def _loaded(rows: NeedQuerySet) -> NeedQuerySet:
    return rows.select_related("asker__organisation").order_by("-pk")
