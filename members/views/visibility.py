"""Who sees what of one's own profile, and what does it look like to them?"""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from congress.core.access import MemberRequest
from congress.core.budgets import Budget, spend
from members import queries
from members.actions.visibility import choose_audiences
from members.forms.visibility import SightForm, VisibilityForm
from members.views.answering import attempt, typed

if TYPE_CHECKING:
    from members.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
def visibility(request: MemberRequest) -> HttpResponse:
    groups = list(queries.trustable_groups(request.user))
    form = VisibilityForm(typed(request), groups=groups, initial=VisibilityForm.initial_of(request.user, groups))
    saved, status = attempt(form, lambda: _choose(request, form))
    if saved:
        messages.success(request, _("Saved. It holds from now on, for every page, search and file."))
        return redirect("members:visibility")
    return render(request, "members/visibility.html", {"form": form, **_sight(request)}, status=status)


def _choose(request: MemberRequest, form: VisibilityForm) -> "Member":
    return choose_audiences(request.user, by=request.user, at=request.at, **form.cleaned_data)


def _sight(request: MemberRequest) -> dict[str, Any]:
    """Return what somebody sees of the reader: one person if one is named, else an audience."""
    asked = SightForm(request.GET)
    seen: dict[str, Any] = {"sight": asked, "shown": None}
    if not asked.is_valid():
        return seen
    audience, name = asked.cleaned_data["seen_by"], asked.cleaned_data["person"]
    if not name:
        return seen | {"shown": queries.seen_by_audience(request.user, audience)}
    person = queries.nearest_named(request.user, name)
    if person is None:
        asked.add_error("person", _("Nobody of that name is in the directory."))
        return seen
    spend(request.user, Budget.NAMES, [person.pk], at=request.at)
    return seen | {"person": person, "shown": queries.seen_by_person(request.user, person)}
