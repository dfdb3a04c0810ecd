"""Which reports are an officer's to look at?"""

from congress.core.roles import Permission
from members.models import Member, Need, NeedQuerySet, Report, ReportQuerySet


def can_see_reports(viewer: Member) -> bool:
    """Those who may shut somebody out look at what was reported."""
    return viewer.may(Permission.SUSPEND_MEMBERS)


def reports_visible_to(viewer: Member) -> ReportQuerySet:
    """Return what waits for an officer, never of something in which they have a part; nothing to others."""
    if not can_see_reports(viewer):
        return Report.objects.none()
    return Report.objects.waiting().apart_from(viewer)


def can_settle_report(viewer: Member, report: Report) -> bool:
    """Nobody settles what was said of their own words, or of an introduction that concerns them."""
    return can_see_reports(viewer) and Report.objects.apart_from(viewer).filter(pk=report.pk).exists()


def needs_reported_to(viewer: Member) -> NeedQuerySet:
    """Return the needs that wait for an officer."""
    return Need.objects.filter(pk__in=reports_visible_to(viewer).filter(need__isnull=False).values("need"))


def can_take_need_away(viewer: Member, need: Need) -> bool:
    """Officers take a need away that was reported, never their own."""
    return can_see_reports(viewer) and need.asker_id != viewer.pk
