"""How does a member show the officers what was sent to them, and how do officers look at it?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.errors import permit
from members import policies, queries
from members.actions import reports as actions
from members.forms.reports import ReportForm
from members.views.answering import attempt, typed

if TYPE_CHECKING:
    from members.models import Report, Reportable

_LISTS = {"message": "members:conversations", "need": "members:needs", "introduction": "members:introductions"}


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: MemberRequest, kind: str, public_id: str) -> HttpResponse:
    """Ask what is wrong with a message, a need or an introduction."""
    thing: Reportable = get_object_or_404(policies.sent_to(request.user, kind), public_id=public_id)
    form = ReportForm(typed(request))
    made, status = attempt(
        form, lambda: actions.report(thing, by=request.user, at=request.at, reason=form.cleaned_data["reason"])
    )
    if made:
        messages.success(request, _("Thank you. Officers look at it."))
        return redirect(_LISTS[kind])
    context = {"form": form, "back": reverse(_LISTS[kind]), "said": queries.said_to(request.user, thing)}
    return render(request, "members/report.html", context, status=status)


@require_safe
def reports(request: MemberRequest) -> HttpResponse:
    permit(policies.can_see_reports(request.user))
    return render(request, "members/reports.html", {"reports": queries.reports(request.user)})


@require_POST
def report_settle(request: MemberRequest, public_id: str) -> HttpResponse:
    found: Report = get_object_or_404(queries.report_known_to(request.user), public_id=public_id)
    actions.settle_report(found, by=request.user, at=request.at)
    messages.success(request, _("The report is settled."))
    return redirect("members:reports")
