"""How does a member ask to be forgotten, and take that back?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from congress.core.access import SIGNED_IN, MemberRequest, open_to
from congress.core.personal import HOLDINGS
from congress.core.step_up import steps_up
from members import queries
from members.actions.erasures import ask_for_erasure, cancel_erasure
from members.forms.erasure import ErasureForm
from members.views.answering import attempt, typed

OWN = "whoever is in may ask to be forgotten"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*SIGNED_IN, why=OWN)
@steps_up
def erasure(request: MemberRequest) -> HttpResponse:
    form = ErasureForm(typed(request))
    asked, status = attempt(form, lambda: ask_for_erasure(by=request.user, at=request.at))
    if asked:
        messages.success(request, _("You are erased in fourteen days, unless you take it back."))
        return redirect("members:erasure")
    context = {
        "form": form,
        "erasure": queries.open_erasure(request.user),
        "staying": [each for each in HOLDINGS.values() if each.erased is None],
    }
    return render(request, "members/erasure.html", context, status=status)


@require_POST
@open_to(*SIGNED_IN, why=OWN)
def erasure_cancel(request: MemberRequest) -> HttpResponse:
    cancel_erasure(by=request.user, at=request.at)
    messages.success(request, _("Taken back. Nothing is erased."))
    return redirect("members:erasure")
