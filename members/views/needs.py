"""How does a member ask the network, and answer it?"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.errors import permit
from members import policies, queries
from members.actions import needs as actions
from members.forms import read_filters
from members.forms.needs import NeedAnswerForm, NeedForm, TakeNeedAwayForm, asked_for
from members.queries.needs import answers_to, in_words, matching
from members.views.answering import attempt, typed

if TYPE_CHECKING:
    from members.models import Need


@require_safe
def needs(request: MemberRequest) -> HttpResponse:
    context = {"needs": queries.needs(request.user), "today": request.at.date()}
    return render(request, "members/needs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def need_new(request: MemberRequest) -> HttpResponse:
    """Show how many match; a second press, on the button that says how many, sends it."""
    permit(policies.can_ask_network(request.user))
    found_nobody = asked_for(read_filters(request.GET).filters)
    form = NeedForm(typed(request), today=request.at.date(), initial=found_nobody)
    if "send" in request.POST:
        made, status = attempt(
            form, lambda: actions.ask_network(form.said, form.wanted, by=request.user, at=request.at)
        )
        if made:
            messages.success(request, _("Your need goes to the members who match with their next digest."))
            return redirect("members:need", made.public_id)
    else:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and not form.is_valid() else HTTPStatus.OK
    count = matching(request.user, form.wanted).count() if form.is_bound and form.is_valid() else None
    return render(request, "members/need_new.html", {"form": form, "count": count}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def need(request: MemberRequest, public_id: str) -> HttpResponse:
    found = _known(request, public_id)
    form = NeedAnswerForm(typed(request))
    begun, status = attempt(
        form, lambda: actions.answer_need(found, by=request.user, at=request.at, text=form.cleaned_data["text"])
    )
    if begun:
        return redirect("members:conversation", begun.public_id)
    context = {
        "need": found,
        "words": in_words(found),
        "form": form,
        "is_own": found.asker_id == request.user.pk,
        "is_over": found.ends_on < request.at.date(),
        "answers": [(each, each.other(request.user)) for each in answers_to(found, request.user)],
        "may_answer": policies.can_answer_need(request.user, found),
        "may_take_away": policies.needs_reported_to(request.user).filter(pk=found.pk).exists(),
    }
    return render(request, "members/need.html", context, status=status)


@require_POST
def need_close(request: MemberRequest, public_id: str) -> HttpResponse:
    actions.close_need(_known(request, public_id), by=request.user, at=request.at)
    messages.success(request, _("It is closed: nobody is asked any more."))
    return redirect("members:needs")


@require_http_methods(["GET", "HEAD", "POST"])
def need_take_away(request: MemberRequest, public_id: str) -> HttpResponse:
    found = _known(request, public_id)
    permit(policies.can_take_need_away(request.user, found))
    form = TakeNeedAwayForm(typed(request))
    taken, status = attempt(
        form, lambda: actions.take_need_away(found, by=request.user, at=request.at, reason=form.cleaned_data["reason"])
    )
    if taken:
        messages.success(request, _("It is taken away. Whoever asked is told, with your reason."))
        return redirect("members:reports")
    return render(request, "members/need_take_away.html", {"form": form, "need": found}, status=status)


def _known(request: MemberRequest, public_id: str) -> "Need":
    return get_object_or_404(queries.need_known_to(request.user), public_id=public_id)
