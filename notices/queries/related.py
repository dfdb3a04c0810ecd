"""Which other notices speak of the same?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, IntegerField, TextField, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import Member
from notices.models import NOTICE_STATES, Notice
from notices.policies import visible_to
from notices.queries.facets import label_of

SHOWN = 5
# Older ones that share anything are not weighed: among 10,000 notices that took half of the time of a page.
WEIGHED = 200
REASONS = {"chemical": _("Same chemical"), "topic": _("Same topic"), "country": _("Same country")}


@dataclass(frozen=True)
class Related:
    """Another notice in force, and the strongest thing that both speak of."""

    number: str
    title: str
    tlp: str
    published_at: datetime
    reason: str | Promise
    shared: str


def _weight(subjects: list[str]) -> Func:
    """Say how much a row shares: a chemical outweighs any number of topics, a topic any number of countries."""
    return Func(
        F("subjects"),
        Value(subjects, ArrayField(TextField())),
        template="""(
            SELECT sum(CASE split_part(each, ' ', 1) WHEN 'topic' THEN 100 WHEN 'country' THEN 1 ELSE 10000 END)
            FROM (SELECT unnest(%(expressions)s)) AS both_of(each)
        )""",
        arg_joiner=") INTERSECT SELECT unnest(",
        output_field=IntegerField(),
    )


def related(viewer: Member, notice: Notice) -> list[Related]:
    """Return at most five notices in force that a viewer may read, the nearest in subject first; one query.

    The nearest of the newest 200 that share a subject.
    """
    if not notice.subjects:
        return []
    others = visible_to(viewer).filter(state__in=NOTICE_STATES.having("is_current"), subjects__overlap=notice.subjects)
    newest = others.exclude(pk=notice.pk).order_by("-published_at", "-pk")[:WEIGHED]
    weighed = Notice.objects.filter(pk__in=newest.values("pk")).annotate(weight=_weight(notice.subjects))
    near = weighed.order_by("-weight", "-published_at")
    columns = ("number", "edition__title", "tlp", "published_at", "subjects")
    return [
        Related(number, title, tlp, published_at, *_reason(notice, subjects))
        for number, title, tlp, published_at, subjects in near.values_list(*columns)[:SHOWN]
    ]


def _reason(notice: Notice, subjects: Iterable[str]) -> tuple[str | Promise, str]:
    shared = [subject.partition(" ") for subject in notice.subjects if subject in set(subjects)]
    by_kind = {kind: [value for name, _space, value in shared if name == kind] for kind in REASONS}
    if numbers := [value for name, _space, value in shared if name == "cas" and not by_kind["chemical"]]:
        by_kind["chemical"] = [f"CAS {number}" for number in numbers]  # each calls it by another name
    kind = next(kind for kind, values in by_kind.items() if values)
    return REASONS[kind], ", ".join(str(label_of(kind, value)) for value in by_kind[kind])
