"""Which groups has the network, and how are they founded and given seats?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.errors import permit
from members import policies, queries
from members.actions.dissolving import dissolve_group
from members.actions.groups import add_seats, change_group, close_seat, found_group
from members.forms.groups import GroupForm, SeatsForm
from members.views.answering import attempt, typed

if TYPE_CHECKING:
    from members.models import Group, Member, SeatProposal


@require_safe
def groups(request: MemberRequest) -> HttpResponse:
    context = {
        "groups": queries.groups(request.user),
        "may_found": policies.can_look_after_groups(request.user),
    }
    return render(request, "members/groups.html", context)


@require_safe
def group(request: MemberRequest, public_id: str) -> HttpResponse:
    found = group_of(request, public_id)
    table = queries.group_table(request.user, found)
    context = {
        "group": found,
        "table": table,
        "proposals": [_decided_by(request.user, row) for row in queries.open_proposals_for(request.user, found)],
        "may_look_after": found.dissolved_on is None and policies.can_look_after_groups(request.user),
        "may_propose": policies.can_fill_seats(request.user, found),
        "endable": {term.pk for term in table.terms if policies.can_end_term(request.user, term)},
    }
    return render(request, "members/group.html", context)


def _decided_by(viewer: "Member", proposal: "SeatProposal") -> tuple["SeatProposal", bool, bool]:
    """Return a proposal, whether the viewer may confirm it, and whether they may put it aside."""
    return proposal, policies.can_confirm_seat(viewer, proposal), policies.can_decline_seat(viewer, proposal)


@require_http_methods(["GET", "HEAD", "POST"])
def group_new(request: MemberRequest) -> HttpResponse:
    permit(policies.can_look_after_groups(request.user))
    form = GroupForm(typed(request))
    made, status = attempt(form, lambda: found_group(form.charter(), by=request.user, at=request.at))
    if made:
        messages.success(request, _("Founded. Now add the seats that it is to have."))
        return redirect("members:seats_add", made.public_id)
    return render(request, "members/group_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: MemberRequest, public_id: str) -> HttpResponse:
    found = group_of(request, public_id)
    permit(policies.can_look_after_groups(request.user))
    form = GroupForm.of(found, typed(request))
    changed, status = attempt(form, lambda: change_group(found, form.charter(), by=request.user, at=request.at))
    if changed:
        messages.success(request, _("Saved."))
        return redirect("members:group", public_id)
    return render(request, "members/group_edit.html", {"form": form, "group": found}, status=status)


@require_POST
def group_dissolve(request: MemberRequest, public_id: str) -> HttpResponse:
    found = group_of(request, public_id)
    dissolve_group(found, by=request.user, at=request.at)
    messages.success(request, _("The group is dissolved. Who sat there stays in the history."))
    return redirect("members:group", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def seats_add(request: MemberRequest, public_id: str) -> HttpResponse:
    found = group_of(request, public_id)
    permit(policies.can_look_after_groups(request.user))
    form = SeatsForm(typed(request))
    made, status = attempt(form, lambda: add_seats(found, by=request.user, at=request.at, **form.cleaned_data))
    if made:
        done = ngettext("%(n)d seat is added.", "%(n)d seats are added.", len(made)) % {"n": len(made)}
        messages.success(request, done)
        return redirect("members:group", public_id)
    return render(request, "members/seats_add.html", {"form": form, "group": found}, status=status)


@require_POST
def seat_close(request: MemberRequest, public_id: str, seat: str) -> HttpResponse:
    found = get_object_or_404(queries.seats_of(request.user), group__public_id=public_id, public_id=seat)
    close_seat(found, by=request.user, at=request.at)
    messages.success(request, _("The seat is closed. Who sat there stays in the history."))
    return redirect("members:group", public_id)


def group_of(request: MemberRequest, public_id: str) -> "Group":
    """Return a group that exists for the viewer. Raises: Http404."""
    return get_object_or_404(queries.groups(request.user), public_id=public_id)
