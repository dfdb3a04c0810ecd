"""What does a provisional member meet, and how does somebody object to one in confidence?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congress.core.access import MemberRequest, open_to
from congress.core.roles import Standing
from members.actions import rounds
from members.forms.vetting import ObjectionForm
from members.queries import vetting as rows
from members.views.answering import attempt, typed


@require_safe
@open_to(Standing.PROVISIONAL, why="a provisional member is told until when that lasts")
def provisional(request: MemberRequest) -> HttpResponse:
    return render(request, "members/provisional.html", {"application": rows.case_of(request.user)})


@require_safe
def newcomers(request: MemberRequest) -> HttpResponse:
    return render(request, "members/newcomers.html", {"newcomers": rows.newcomers(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def newcomer(request: MemberRequest, public_id: str) -> HttpResponse:
    application = get_object_or_404(rows.newcomers(request.user), public_id=public_id)
    form = ObjectionForm(typed(request))
    made, status = attempt(
        form,
        lambda: rounds.object_to(application, by=request.user, at=request.at, text=form.cleaned_data["text"]),
    )
    if made:
        messages.success(request, _("Your objection is with the vetting officers, in confidence."))
        return redirect("members:newcomers")
    return render(request, "members/newcomer.html", {"application": application, "form": form}, status=status)
