"""How does a stranger apply, by a private link and without an account?"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest, open_to
from congress.core.brakes import brake
from congress.core.roles import Standing
from members import queries
from members.actions import applications
from members.actions.applications import Answers
from members.forms import ApplicationForm, ApplyForm

if TYPE_CHECKING:
    from members.models import Application

HOUR = 3600
STEPS = [_("Address"), _("About you"), _("Decision")]

LinkView = Callable[[MemberRequest, str, "Application"], HttpResponse]


def private_link(view: LinkView) -> Callable[[MemberRequest, str], HttpResponse]:
    """Give a view the application behind its token; a link that leads nowhere gets a page that says so."""

    @never_cache
    @open_to(Standing.ANYONE, why="whoever holds the private link is the applicant; there is no account yet")
    @wraps(view)
    def opened(request: MemberRequest, token: str) -> HttpResponse:
        application = queries.application_behind(token, request.at)
        if application is None:
            return render(request, "members/application_unknown.html", status=HTTPStatus.NOT_FOUND)
        return view(request, token, application)

    return opened


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(Standing.ANYONE, why="strangers ask to join here")
def apply(request: MemberRequest) -> HttpResponse:
    form = ApplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        brake("apply.source", get_adapter().get_client_ip(request), limit=20, seconds=HOUR)
        brake("apply.address", email, limit=4, seconds=HOUR)
        applications.begin(email, at=request.at)
        return redirect("members:apply_sent")
    return render(request, "members/apply.html", {"form": form, "steps": STEPS}, status=422 if form.errors else 200)


@require_safe
@open_to(Standing.ANYONE, why="says that a letter is on its way, whoever asked")
def apply_sent(request: MemberRequest) -> HttpResponse:
    return render(request, "members/apply_sent.html", {"steps": STEPS})


@require_safe
@private_link
def application_status(request: MemberRequest, token: str, application: "Application") -> HttpResponse:
    context = {"application": application, "token": token, "steps": STEPS}
    return render(request, "members/application_status.html", context)


@require_POST
@private_link
def application_verify(request: MemberRequest, token: str, application: "Application") -> HttpResponse:
    applications.verify(application, at=request.at)
    return redirect("members:application_form", token)


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def application_form(request: MemberRequest, token: str, application: "Application") -> HttpResponse:
    if not application.allows("submit"):
        return redirect("members:application_status", token)
    form = ApplicationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        applications.submit(application, at=request.at, answers=Answers(**form.cleaned_data))
        messages.success(request, _("Your application has been sent."))
        return redirect("members:application_status", token)
    context = {"application": application, "form": form, "token": token, "steps": STEPS}
    return render(request, "members/application_form.html", context, status=422 if form.errors else 200)


@require_POST
@private_link
def application_withdraw(request: MemberRequest, token: str, application: "Application") -> HttpResponse:
    applications.withdraw(application, at=request.at)
    messages.success(request, _("Your application has been withdrawn."))
    return redirect("members:application_status", token)
