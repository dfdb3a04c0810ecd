"""What was reported, and what does whoever reports it show?"""

from members.models import Member, Report, Reportable, ReportQuerySet, Said, kind_of
from members.policies import reports_visible_to

SHOWN = 200


def reports(viewer: Member) -> ReportQuerySet:
    """Return what waits for an officer, with what was reported and who wrote it, the oldest first, at most 200."""
    return report_known_to(viewer).order_by("pk")[:SHOWN]


def report_known_to(viewer: Member) -> ReportQuerySet:
    """Return what waits for an officer, loaded; nothing for others."""
    introduced = ("introduction__recommendation", "introduction__asker", "introduction__introducer")
    return reports_visible_to(viewer).select_related("by", "message__author", "need__asker", *introduced)


def said_to(viewer: Member, thing: Reportable) -> list[Said]:
    """Return what officers will read if a member reports something."""
    return Report(by=viewer, **{kind_of(thing): thing}).said
