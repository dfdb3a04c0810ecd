"""What does a membership rest on, and how is it renewed in one page?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from congress.core.access import MemberRequest, open_to
from congress.core.roles import Standing
from members import queries
from members.actions.renewal import renew
from members.forms.membership import RenewalForm
from members.views.answering import attempt, typed


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(Standing.MEMBER, Standing.LAPSED, why="whoever lapsed signs in to renew, and for nothing else")
def membership(request: MemberRequest) -> HttpResponse:
    form = RenewalForm(typed(request))
    renewed, status = attempt(form, lambda: renew(request.user, by=request.user, at=request.at, **form.agreed))
    if renewed:
        messages.success(request, _("Thank you. Your membership is renewed."))
        return redirect("members:membership")
    context = {
        "form": form,
        "member": request.user,
        "lines": queries.modules_of(request.user, request.at.date()),
        "is_lapsed": request.user.standing == Standing.LAPSED,
        "own": queries.profiles(request.user).get(pk=request.user.pk).shown,
    }
    return render(request, "members/membership.html", context, status=status)
