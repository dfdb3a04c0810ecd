"""Which introductions wait for a member, and which did they ask for or make?"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from members.models import CALLED_BY, Introduction, IntroductionQuerySet, Member
from members.policies import introductions_of
from members.queries.vetting import Waiting

WAITING_SHOWN = 10
LIST_SHOWN = 100
PEOPLE = ("asker", "introducer", "wanted")


@dataclass(frozen=True)
class Introductions:
    """What concerns one member, the newest first of each kind."""

    waiting: list[Introduction]
    asked: list[Introduction]
    made: list[Introduction]


def introductions(viewer: Member) -> Introductions:
    """Return what concerns a member, at most the newest hundred; one query."""
    rows = list(introduction_known_to(viewer).order_by("-pk")[:LIST_SHOWN])
    return Introductions(
        waiting=[row for row in rows if row.awaits(viewer)],
        asked=[row for row in rows if row.asker_id == viewer.pk],
        made=[row for row in rows if row.introducer_id == viewer.pk and not row.awaits(viewer)],
    )


def introduction_known_to(viewer: Member) -> IntroductionQuerySet:
    """Return what concerns a member, with the three people, where they work, and the recommendation loaded."""
    working = [f"{person}__organisation" for person in PEOPLE]
    return introductions_of(viewer).select_related("recommendation", *working)


def waiting_introductions(viewer: Member) -> list[Waiting]:
    """Return the introductions whose next step is this member's, the newest first, at most ten; one query."""
    rows = introductions_of(viewer).waiting_for(viewer).select_related(*PEOPLE)
    called = [f"{person}__{column}" for person in PEOPLE for column in CALLED_BY]
    return list(_lines(rows.only("public_id", "state", "asked_at", *called).order_by("-pk")[:WAITING_SHOWN]))


def _lines(rows: "QuerySet[Introduction]") -> Iterable[Waiting]:
    for row in rows:
        meta = _("wants to meet %(name)s") if row.allows("pass_on") else _("through %(name)s")
        name = row.wanted if row.allows("pass_on") else row.introducer
        yield Waiting(
            "members:introduction", {"public_id": row.public_id}, str(row.asker), meta % {"name": name}, row.asked_at
        )
