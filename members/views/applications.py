"""How does a stranger begin to apply, follow the application, and see to the sponsors, without an account?"""

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest, open_to
from congress.core.brakes import brake
from congress.core.roles import Standing
from members import policies, queries
from members.actions import applications, sponsors
from members.forms import AnotherSponsorForm, ApplyForm
from members.queries.vetting_case import thread_of
from members.views.answering import attempt, typed
from members.views.private_links import private_link

if TYPE_CHECKING:
    from members.models import Application

HOUR, DAY = 3600, 86400
STAGES = [_("Application"), _("Sponsors"), _("Officers"), _("Decision")]
SENT_AGAIN = _(
    "If an answer of this sponsor can still come, the letter is on its way again. We do not tell who has answered."
)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(Standing.ANYONE, why="strangers ask to join here")
def apply(request: MemberRequest) -> HttpResponse:
    form = ApplyForm(typed(request))
    if form.is_valid():
        email = form.cleaned_data["email"]
        brake("apply.source", get_adapter().get_client_ip(request), limit=20, seconds=HOUR)
        brake("apply.address", email, limit=4, seconds=HOUR)
        applications.knock(email, at=request.at)
        return redirect("members:apply_sent")
    return render(request, "members/apply.html", {"form": form, "stages": STAGES}, status=422 if form.errors else 200)


@require_safe
@open_to(Standing.ANYONE, why="says that a letter is on its way, whoever asked")
def apply_sent(request: MemberRequest) -> HttpResponse:
    return render(request, "members/apply_sent.html", {"stages": STAGES})


@require_safe
@private_link
def application_status(request: MemberRequest, token: str, application: "Application") -> HttpResponse:
    named = queries.sponsors_named(application)
    context = {
        "application": application,
        "token": token,
        "stages": STAGES,
        "sponsors": named,
        "progress": queries.progress(application, named, request.at),
        "thread": thread_of(application),
        "is_under_way": application.allows("sponsor"),
        "may_answer": application.allows("answer"),
        "can_withdraw": policies.can_withdraw(application),
        "can_appeal": policies.can_appeal(application, request.at),
    }
    return render(request, "members/application_status.html", context)


@require_POST
@private_link
def application_verify(request: MemberRequest, token: str, application: "Application") -> HttpResponse:
    applications.verify(application, at=request.at)
    return redirect("members:application_form", token)


@require_POST
@private_link
def application_withdraw(request: MemberRequest, token: str, application: "Application") -> HttpResponse:
    applications.withdraw(application, at=request.at)
    messages.success(request, _("Your application has been withdrawn."))
    return redirect("members:application_status", token)


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def application_sponsor(request: MemberRequest, token: str, application: "Application") -> HttpResponse:
    form = AnotherSponsorForm(typed(request))

    named, status = attempt(form, lambda: sponsors.name_another(application, at=request.at, naming=form.naming))
    if named is not None:
        messages.success(request, _("Thank you. A letter is on its way to your sponsor."))
        return redirect("members:application_status", token)
    context = {"application": application, "token": token, "form": form, "stages": STAGES}
    return render(request, "members/application_sponsor.html", context, status=status)


@require_POST
@private_link
def application_sponsor_again(
    request: MemberRequest, token: str, application: "Application", public_id: str
) -> HttpResponse:
    sponsor = get_object_or_404(application.sponsors.select_related("application"), public_id=public_id)
    brake("sponsor.again", sponsor.public_id, limit=3, seconds=DAY)
    sponsors.ask_again(sponsor, at=request.at)
    messages.success(request, SENT_AGAIN)
    return redirect("members:application_status", token)
