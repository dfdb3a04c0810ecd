"""How does an applicant tell everything, page by page, forth and back, before it is sent?"""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from congress.core.access import MemberRequest
from congress.core.errors import DomainError
from members import queries
from members.actions import applications, sponsors
from members.forms import STEPS, SponsorsStep, StepForm
from members.views.answering import attempt, typed
from members.views.private_links import private_link

if TYPE_CHECKING:
    from members.models import Application

BACK, LATER = "back", "later"


@require_safe
@private_link
def application_form(request: MemberRequest, token: str, application: "Application") -> HttpResponse:
    if not application.allows("submit"):
        return redirect("members:application_status", token)
    missing = applications.missing_from(application)
    if missing:
        return redirect("members:application_step", token, missing[0])
    return redirect("members:application_check", token)


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def application_step(request: MemberRequest, token: str, application: "Application", step: str) -> HttpResponse:
    if not application.allows("submit"):
        return redirect("members:application_status", token)
    way = _way(application)
    if step not in way:
        raise Http404
    form = _form(request, application, step)
    kept, status = attempt(form, lambda: _keep(form, application, request))
    if kept is not None:
        return _onward(request, token, way, step)
    context = {"application": application, "form": form, "token": token, **_progress(way, step)}
    return render(request, f"members/application_{step}.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def application_check(request: MemberRequest, token: str, application: "Application") -> HttpResponse:
    if not application.allows("submit"):
        return redirect("members:application_status", token)
    refusal: DomainError | None = None
    if request.method == "POST":
        try:
            applications.submit(application, at=request.at)
        except applications.ApplicationIncompleteError as error:
            refusal = error
        else:
            messages.success(request, _("Your application has been sent."))
            return redirect("members:application_status", token)
    return _check(request, token, application, refusal)


def _check(request: MemberRequest, token: str, application: "Application", refusal: DomainError | None) -> HttpResponse:
    way = _way(application)
    context = {
        "application": application,
        "token": token,
        "refusal": refusal,
        "missing": applications.missing_from(application),
        "sponsors": queries.sponsors_named(application),
        **_progress(way, ""),
    }
    return render(request, "members/application_check.html", context, status=refusal.status if refusal else 200)


def _way(application: "Application") -> list[str]:
    """Return the pages in their order; whoever was invited needs no sponsors."""
    return [step for step in STEPS if step != "sponsors" or application.nominated_by_id is None]


def _progress(way: list[str], step: str) -> dict[str, Any]:
    """Return the line at the top: the address was the first page, sending is the last."""
    labels = [_("Address"), *(STEPS[each].label for each in way), _("Send")]
    return {"steps": labels, "current": way.index(step) + 2 if step else len(labels), "is_first": way[0] == step}


def _form(request: MemberRequest, application: "Application", step: str) -> StepForm:
    extra: dict[str, Any] = {}
    if step == "work":
        extra["bodies"] = queries.bodies_of_address(application)
    elif step == "sponsors":
        extra["sponsors"] = queries.sponsors_named(application)
    is_draft = request.POST.get("go") in {BACK, LATER}
    return STEPS[step](typed(request), application=application, is_draft=is_draft, **extra)


def _keep(form: StepForm, application: "Application", request: MemberRequest) -> "Application":
    if isinstance(form, SponsorsStep):
        return sponsors.name_sponsors(application, at=request.at, namings=form.namings)
    return applications.tell(application, at=request.at, answers=form.answers)


def _onward(request: MemberRequest, token: str, way: list[str], step: str) -> HttpResponse:
    here, go = way.index(step), request.POST.get("go")
    if go == LATER or (go == BACK and here == 0):
        messages.success(request, _("Saved. The link in our letter brings you back here."))
        return redirect("members:application_status", token)
    if go == BACK:
        return redirect("members:application_step", token, way[here - 1])
    if here + 1 < len(way):
        return redirect("members:application_step", token, way[here + 1])
    return redirect("members:application_check", token)
