"""Where is a member signed in, and how do they end that?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from congress.core.access import SIGNED_IN, MemberRequest, open_to
from members import queries
from members.actions.devices import forget_device
from members.actions.sessions import end_sessions
from members.queries.devices import remembered_devices

OWN = "everybody may end their own sessions"


@require_safe
@open_to(*SIGNED_IN, why=OWN)
def sessions(request: MemberRequest) -> HttpResponse:
    context = {"sessions": _open(request), "devices": remembered_devices(request.user, request.at)}
    return render(request, "members/sessions.html", context)


@require_POST
@open_to(*SIGNED_IN, why=OWN)
def sessions_end(request: MemberRequest) -> HttpResponse:
    """End the session that the form names, or all but this one."""
    name = request.POST.get("session", "")
    keys = [each.key for each in _open(request) if not each.is_current and name in {"", each.name}]
    count = end_sessions(keys, by=request.user, at=request.at)
    said = ngettext("%(count)d session has ended.", "%(count)d sessions have ended.", count)
    messages.success(request, said % {"count": count})
    return redirect("members:sessions")


@require_POST
@open_to(*SIGNED_IN, why="everybody may have their own browsers forgotten")
def device_forget(request: MemberRequest) -> HttpResponse:
    forget_device(request.POST.get("device", ""), by=request.user, at=request.at)
    messages.success(request, _("The browser is forgotten. It will be asked for the second factor."))
    return redirect("members:sessions")


def _open(request: MemberRequest) -> list[queries.OpenSession]:
    return queries.open_sessions(request.user, request.session.session_key, request.at)
