"""What do the few pages show that belong to more than one package: landing, about, start, frame?"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from congress.core.access import MemberRequest, open_to
from congress.core.roles import Standing


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what every page's frame needs."""
    return {"frame": {}}


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
