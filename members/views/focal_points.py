"""How does a focal point look after the people of their own organisation?"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.errors import NotPermittedError, permit
from members import policies, queries
from members.actions.focal_points import confirm_people, set_terms
from members.forms.focal_points import TermsForm
from members.views.answering import attempt


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
        return _page(request, form=form, status=status)
    messages.success(request, _("Saved."))
    return redirect("members:organisation")


def _page(request: MemberRequest, *, form: TermsForm | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "organisation": request.user.organisation,
        "people": queries.roster(request.user, request.at),
        "confirmable": queries.confirmable(request.user),
        "form": form or TermsForm.of(request.user.organisation),
    }
    return render(request, "members/organisation.html", context, status=status)
