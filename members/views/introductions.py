"""How do members meet through a third?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.budgets import Budget, spend
from congress.core.errors import permit
from members import policies, queries
from members.actions import introductions as actions
from members.forms.introductions import IntroductionForm, RecommendationForm
from members.views.answering import attempt, typed

if TYPE_CHECKING:
    from members.models import Introduction, Member


@require_http_methods(["GET", "HEAD", "POST"])
def introduction_ask(request: MemberRequest, public_id: str) -> HttpResponse:
    wanted: Member = get_object_or_404(queries.profiles(request.user), public_id=public_id)
    permit(policies.can_contact(request.user, wanted))
    form = IntroductionForm(typed(request), viewer=request.user, wanted=wanted)
    if not form.is_valid():
        spend(request.user, Budget.NAMES, [person.pk for person in form.candidates], at=request.at)
    made, status = attempt(
        form, lambda: actions.ask_for_introduction(wanted, by=request.user, at=request.at, **form.cleaned_data)
    )
    if made:
        messages.success(request, _("Your wish waits for %(name)s.") % {"name": made.introducer})
        return redirect("members:introductions")
    return render(request, "members/introduction_ask.html", {"form": form, "wanted": wanted}, status=status)


@require_safe
def introductions(request: MemberRequest) -> HttpResponse:
    return render(request, "members/introductions.html", {"introductions": queries.introductions(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: MemberRequest, public_id: str) -> HttpResponse:
    found = _own(request, public_id)
    form = RecommendationForm(typed(request))
    done, status = attempt(
        form, lambda: actions.pass_on(found, by=request.user, at=request.at, text=form.cleaned_data["text"])
    )
    if done:
        messages.success(request, _("%(name)s now reads who asks, and your line.") % {"name": found.wanted})
        return redirect("members:introductions")
    context = {
        "introduction": found,
        "form": form,
        "is_asker": found.asker_id == request.user.pk,
        "may_pass_on": found.allows("pass_on") and policies.can_pass_on(request.user, found),
        "may_accept": found.allows("accept") and policies.can_accept(request.user, found),
    }
    return render(request, "members/introduction.html", context, status=status)


@require_POST
def introduction_accept(request: MemberRequest, public_id: str) -> HttpResponse:
    begun = actions.accept(_own(request, public_id), by=request.user, at=request.at)
    return redirect("members:conversation", begun.public_id)


@require_POST
def introduction_set_aside(request: MemberRequest, public_id: str) -> HttpResponse:
    actions.set_aside(_own(request, public_id), by=request.user, at=request.at)
    messages.success(request, _("It is put aside. Nobody is told."))
    return redirect("members:introductions")


def _own(request: MemberRequest, public_id: str) -> "Introduction":
    return get_object_or_404(queries.introduction_known_to(request.user), public_id=public_id)
