"""What does the portal keep about the reader, how long, and how do they get it?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from congress.core.access import SIGNED_IN, MemberRequest, open_to
from congress.core.personal import HOLDINGS
from congress.core.step_up import steps_up
from members import policies
from members.actions.copies import ask_for_copy, fetch_copy

OWN = "everybody may have what is kept about them"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*SIGNED_IN, why=OWN)
@steps_up
def own_data(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        ask_for_copy(by=request.user, at=request.at)
        messages.success(request, _("Your copy is being prepared. A letter brings you the link."))
        return redirect("members:own_data")
    context = {
        "holdings": sorted(HOLDINGS.values(), key=lambda each: each.table),
        "waiting": policies.own_copies(request.user).waiting(request.at).first(),
        "member": request.user,
    }
    return render(request, "members/own_data.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*SIGNED_IN, why=OWN)
@steps_up
def own_data_copy(request: MemberRequest, token: str) -> HttpResponse:
    """Ask for a click: a copy is fetched once, and a link is opened by many programs."""
    if request.method != "POST":
        return render(request, "members/own_data_copy.html")
    text = fetch_copy(token, by=request.user, at=request.at)
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return HttpResponse(text, content_type="application/json", headers=headers)
