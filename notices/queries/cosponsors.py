"""Which bodies stand behind a notice, and what has each of them answered?"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core.roles import Permission
from members.models import Member, Organisation
from notices import policies
from notices.models import NOTICE_STATES, Cosponsorship, Notice


@dataclass(frozen=True)
class Answer:
    """What one body says of a notice, in words."""

    body: Organisation
    label: str | Promise
    tone: str
    remark: str


def answers(notice: Notice) -> list[Answer]:
    """Return what each body that was ever asked says, by name; one query."""
    rows = notice.cosponsorships.select_related("organisation").order_by("organisation__name")
    return [_answer(row, notice) for row in rows]


def _answer(row: Cosponsorship, notice: Notice) -> Answer:
    version = notice.edition.version if notice.edition else None
    if row.agreed is None:
        return Answer(row.organisation, _("asked"), "waiting", "")
    if not row.agreed:
        return Answer(row.organisation, _("declined"), "bad", row.remark)
    if row.version != version:
        return Answer(row.organisation, _("asked again, the text was changed"), "waiting", row.remark)
    return Answer(row.organisation, _("agreed"), "good", row.remark)


def cosponsors(notice: Notice) -> list[Organisation]:
    """Return the bodies that stand behind the present text, by name; one query, none if none was asked."""
    return list(_bodies(notice).filter(_has_agreed(notice))) if notice.cosponsors else []


def bodies_missing(notice: Notice) -> list[Organisation]:
    """Return the bodies that were asked and have not agreed to the present text, by name; one query at most."""
    return list(_bodies(notice).exclude(_has_agreed(notice))) if notice.cosponsors else []


def _bodies(notice: Notice) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=notice.cosponsors).order_by("name")


def _has_agreed(notice: Notice) -> Exists:
    version = notice.edition.version if notice.edition else None
    return Exists(notice.cosponsorships.filter(organisation=OuterRef("pk"), agreed=True, version=version))


def to_cosponsor(viewer: Member) -> list[Notice]:
    """Return the notices for which a focal point has still to answer, the longest waiting first; one query at most."""
    body = viewer.organisation_id
    if body is None or not viewer.may(Permission.COSPONSOR_NOTICES):
        return []
    agreed = Cosponsorship.objects.filter(notice=OuterRef("pk"), organisation=body, agreed=True)
    asked = policies.visible_to(viewer).filter(state__in=NOTICE_STATES.having("cosponsor"), cosponsors__contains=[body])
    open_ones = asked.exclude(Exists(agreed.filter(version=OuterRef("edition__version"))))
    rows = open_ones.select_related("edition").order_by("changed_at", "pk")
    return [notice for notice in rows if policies.can_cosponsor(viewer, notice)]
