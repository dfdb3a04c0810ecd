"""How much has one read, who has read a great deal, and who lets them read on?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from congress.core import budgets
from congress.core.access import MemberRequest
from congress.core.errors import permit
from members import policies, queries
from members.actions.reading import lift_budgets
from members.forms.reading import LiftForm
from members.views.answering import attempt, typed

if TYPE_CHECKING:
    from members.models import Member


@require_safe
def my_reading(request: MemberRequest) -> HttpResponse:
    context = {
        "uses": list(budgets.used(request.user, at=request.at)),
        "officers": queries.written_to(request.user, request.at),
    }
    return render(request, "members/my_reading.html", context)


@require_safe
def reading(request: MemberRequest) -> HttpResponse:
    permit(policies.can_see_stops(request.user))
    stops = queries.reading_stops(request.at)
    rows = [(stop, policies.can_lift_budgets(request.user, stop.member)) for stop in stops]
    return render(request, "members/reading.html", {"stops": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def reading_lift(request: MemberRequest, public_id: str) -> HttpResponse:
    member: Member = get_object_or_404(queries.people_known_to(request.user), public_id=public_id)
    permit(policies.can_lift_budgets(request.user, member))
    form = LiftForm(typed(request))
    made, status = attempt(
        form, lambda: lift_budgets(member, by=request.user, at=request.at, reason=form.cleaned_data["reason"])
    )
    if made:
        messages.success(request, _("%(name)s may read on for a day.") % {"name": member})
        return redirect("members:reading")
    return render(request, "members/reading_lift.html", {"form": form, "member": member}, status=status)
