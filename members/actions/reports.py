"""How does a member show officers what was sent to them, and how is that settled?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from members.models import Member, Need, Report, Reportable, kind_of
from members.policies import can_report, can_settle_report

MADE = journal.event("members.report.made", _("A member reported to the officers what was sent to them."))
SETTLED = journal.event("members.report.settled", _("An officer settled a report."), silent="their list shows it")


class ReportedAlreadyError(DomainError):
    """They have reported the same thing before."""

    code = "reported_already"
    message = _("You have reported this already. Officers look at it, or have let it stand.")


class ReportSettledError(DomainError):
    """A colleague was faster."""

    code = "report_settled"
    message = _("This report is settled already. Nothing was changed.")


@transaction.atomic
def report(thing: Reportable, *, by: Member, at: datetime, reason: str) -> Report:
    """Show the officers one thing that was sent to oneself. Raises: NotPermittedError, ReportedAlreadyError."""
    locked = Member.objects.select_for_update().get(pk=by.pk)
    permit(can_report(by, thing))
    what = {kind_of(thing): thing}
    if Report.objects.filter(by=locked, **what).exists():
        raise ReportedAlreadyError
    made = Report.objects.create(by=locked, reason=reason, at=at, **what)
    journal.record(MADE, target=made, by=by, at=at)
    return made


@transaction.atomic
def settle_report(found: Report, *, by: Member, at: datetime) -> Report:
    """Note that a report was looked at. Raises: NotPermittedError, ReportSettledError."""
    locked = Report.objects.select_for_update().get(pk=found.pk)
    permit(can_settle_report(by, locked))
    if locked.settled_at is not None:
        raise ReportSettledError
    locked.settled_at, locked.settled_by = at, by
    locked.save(update_fields=["settled_at", "settled_by"])
    journal.record(SETTLED, target=locked, by=by, at=at)
    return locked


def settle_all_of(need: Need, *, by: Member, at: datetime) -> None:
    """Settle what waits about a need that goes, as part of the act that takes it away."""
    Report.objects.waiting().filter(need=need).update(settled_at=at, settled_by=by)
