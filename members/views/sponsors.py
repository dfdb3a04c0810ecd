"""How does a sponsor answer, by a private link without an account, or as a member?"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest, open_to
from congress.core.roles import Standing
from members import queries
from members.actions import sponsors
from members.forms import StatementForm, TakingBackForm
from members.views.answering import attempt, typed

if TYPE_CHECKING:
    from members.models import Member, Sponsor

ACTIONS = {StatementForm.ATTEST: sponsors.attest, StatementForm.DECLINE: sponsors.decline}
SAID = {
    StatementForm.ATTEST: _("Thank you. Your word was recorded."),
    StatementForm.DECLINE: _("Thank you. That you declined was recorded, in confidence."),
}

LinkView = Callable[[MemberRequest, "Sponsor", "Member | None"], HttpResponse]


def sponsors_link(view: LinkView) -> Callable[[MemberRequest, str], HttpResponse]:
    """Give a view the sponsor behind a token; a link that leads nowhere, or is somebody else's, gets its own page."""

    @never_cache
    @open_to(Standing.ANYONE, why="whoever holds the private link was asked to vouch; many have no account")
    @wraps(view)
    def opened(request: MemberRequest, token: str) -> HttpResponse:
        sponsor = queries.sponsor_behind(token)
        if sponsor is None:
            return render(request, "members/sponsor_unknown.html", status=HTTPStatus.NOT_FOUND)
        reader = _reader(request)
        if reader is not None and reader.email.lower() != sponsor.email.lower():
            return render(request, "members/sponsor_foreign.html", status=HTTPStatus.FORBIDDEN)
        is_member = reader is not None and reader.pk == sponsor.member_id
        return view(request, sponsor, reader if is_member else None)

    return opened


def _reader(request: Any) -> "Member | None":
    return request.user if request.user.is_authenticated else None


@require_http_methods(["GET", "HEAD", "POST"])
@sponsors_link
def sponsor(request: MemberRequest, sponsor: "Sponsor", by: "Member | None") -> HttpResponse:
    return _answer(request, sponsor, by, "members/sponsor.html")


@require_POST
@sponsors_link
def sponsor_withdraw(request: MemberRequest, sponsor: "Sponsor", by: "Member | None") -> HttpResponse:
    return _take_back(request, sponsor, by, "members/sponsor.html")


@require_safe
def sponsorships(request: MemberRequest) -> HttpResponse:
    named = queries.sponsorships(request.user).order_by("-asked_at", "-pk")
    return render(request, "members/sponsorships.html", {"sponsorships": named})


@require_http_methods(["GET", "HEAD", "POST"])
def sponsorship(request: MemberRequest, public_id: str) -> HttpResponse:
    asked = get_object_or_404(queries.sponsorships(request.user), public_id=public_id)
    return _answer(request, asked, request.user, "members/sponsorship.html")


@require_POST
def sponsorship_withdraw(request: MemberRequest, public_id: str) -> HttpResponse:
    asked = get_object_or_404(queries.sponsorships(request.user), public_id=public_id)
    return _take_back(request, asked, request.user, "members/sponsorship.html")


def _answer(request: MemberRequest, sponsor: "Sponsor", by: "Member | None", template: str) -> HttpResponse:
    form = StatementForm(typed(request))

    def act() -> "Sponsor":
        action = ACTIONS[form.cleaned_data["decision"]]
        return action(sponsor, by=by, at=request.at, statement=form.statement)

    answered, status = attempt(form, act)
    if answered is not None:
        messages.success(request, SAID[form.cleaned_data["decision"]])
        return redirect(request.path)
    return _page(request, template, sponsor, status, form=form)


def _take_back(request: MemberRequest, sponsor: "Sponsor", by: "Member | None", template: str) -> HttpResponse:
    form = TakingBackForm(request.POST)
    taken, status = attempt(
        form, lambda: sponsors.take_back(sponsor, by=by, at=request.at, reason=form.cleaned_data["reason"])
    )
    if taken is not None:
        messages.success(request, _("You took back what you had said. Officers of the network look at the case again."))
        return redirect(request.path.removesuffix("withdraw/"))
    return _page(request, template, sponsor, status, taking_back=form)


def _page(request: MemberRequest, template: str, sponsor: "Sponsor", status: int, **forms: Any) -> HttpResponse:
    """Show what can be said now, and that nothing can where the time is over: also after a refused POST."""
    current = queries.sponsor_again(sponsor)
    is_awaited = current.is_awaited(request.at) and current.application.allows("sponsor")
    context = {
        "sponsor": current,
        "is_awaited": is_awaited,
        "form": StatementForm(),
        "taking_back": TakingBackForm(),
        "here": request.path.removesuffix("withdraw/"),
        **forms,
    }
    if current.allows("answer") and not is_awaited and status == HTTPStatus.OK:
        status = HTTPStatus.GONE
    return render(request, template, context, status=status)
