"""How does a focal point look after the people of their own organisation?"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.brakes import brake
from congress.core.errors import NotPermittedError, permit
from members import policies, queries
from members.actions.focal_points import confirm_people, set_terms
from members.actions.nominating import nominate
from members.forms.focal_points import NominationForm, TermsForm
from members.views.answering import attempt, typed

if TYPE_CHECKING:
    from members.models import Knock, Member

DAY = 86_400
# The same whoever has the address: who is with the network is not for a focal point of another body to find out.
NOMINATED = _("An invitation is on its way, unless the person is with the network already.")


@require_safe
def organisation(request: MemberRequest) -> HttpResponse:
    permit(policies.can_see_roster(request.user))
    return _page(request)


@require_POST
def organisation_confirm(request: MemberRequest) -> HttpResponse:
    permit(policies.can_see_roster(request.user))
    ids = set(request.POST.getlist("people"))
    if not ids:
        messages.warning(request, _("Nobody was ticked, so nobody was confirmed."))
        return _page(request, status=422)
    people = list(queries.people_known_to(request.user).filter(public_id__in=ids))
    if len(people) != len(ids):
        raise Http404
    count = confirm_people(people, by=request.user, at=request.at)
    done = ngettext("%(n)d person is confirmed.", "%(n)d people are confirmed.", count) % {"n": count}
    messages.success(request, done)
    return redirect("members:organisation")


@require_POST
def organisation_terms(request: MemberRequest) -> HttpResponse:
    body = request.user.organisation
    if body is None:
        raise NotPermittedError
    permit(policies.can_set_terms(request.user, body))
    form = TermsForm(request.POST)
    saved, status = attempt(form, lambda: set_terms(body, by=request.user, at=request.at, **form.cleaned_data))
    if not saved:
        touched = queries.with_addresses_at(request.user, set(body.mail_domains) - set(form.domains()))
        return _page(request, form=form, touched=touched, status=status)
    messages.success(request, _("Saved."))
    return redirect("members:organisation")


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_nominate(request: MemberRequest) -> HttpResponse:
    permit(policies.can_nominate(request.user))
    form = NominationForm(typed(request))
    noted, status = attempt(form, lambda: _nominate(request, form))
    if noted:
        messages.success(request, NOMINATED)
        return redirect("members:organisation")
    context = {"form": form, "organisation": request.user.organisation}
    return render(request, "members/organisation_nominate.html", context, status=status)


def _nominate(request: MemberRequest, form: NominationForm) -> "Knock":
    email = form.cleaned_data["email"]
    brake("nominate.source", str(request.user.pk), limit=20, seconds=DAY)
    brake("nominate.address", email, limit=3, seconds=DAY)
    return nominate(email, by=request.user, at=request.at)


def _page(
    request: MemberRequest,
    *,
    form: TermsForm | None = None,
    touched: "Iterable[Member]" = (),
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context: dict[str, Any] = {
        "organisation": request.user.organisation,
        "people": queries.roster(request.user, request.at),
        "confirmable": queries.confirmable(request.user),
        "form": form or TermsForm.of(request.user.organisation),
        "touched": touched,
        "may_nominate": policies.can_nominate(request.user),
    }
    return render(request, "members/organisation.html", context, status=status)
