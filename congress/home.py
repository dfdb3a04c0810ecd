"""What do the few pages show that belong to more than one package: landing, about, start, frame?"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from congress.core.access import MemberRequest, open_to
from congress.core.roles import Permission, Standing
from members.models import Member

SECTIONS = [
    (_("Start"), "home", "house"),
    (_("Members"), "members:directory", "people"),
    (_("Meetings"), "events:meetings", "calendar-event"),
    (_("Notices"), "notices:notices", "file-earmark-text"),
]
DESKS = [
    (_("Vetting desk"), "members:vetting_queue", Permission.DECIDE_APPLICATIONS),
    (_("New notice"), "notices:notice_new", Permission.DRAFT_NOTICES),
]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what every page's frame needs; costs no query."""
    user = getattr(request, "user", None)
    member = user if user is not None and user.is_authenticated else None
    return {
        "frame": {
            "member": member,
            "sections": _sections(request) if member and member.has_second_factor else [],
            "desks": _desks(member) if member and member.has_second_factor else [],
            "demonstration": settings.DEMONSTRATION,
        }
    }


def _sections(request: HttpRequest) -> list[dict[str, Any]]:
    found = [{"label": label, "url": _url(name), "icon": icon} for label, name, icon in SECTIONS]
    return [{**section, "current": request.path.startswith(section["url"])} for section in found]


def _desks(member: Member) -> list[dict[str, Any]]:
    return [{"label": label, "url": _url(name)} for label, name, permission in DESKS if member.may(permission)]


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return "/"


@require_safe
@open_to(Standing.ANYONE, why="the network introduces itself")
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    return render(request, "public/landing.html")


@require_safe
@open_to(Standing.ANYONE, why="the network introduces itself")
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html")


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    return render(request, "home.html")
