"""Who holds which role, and how do two administrators give one?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.errors import permit
from congress.core.step_up import steps_up
from members import policies, queries
from members.actions.roles import NEVER_ONESELF, approve_role, decline_role, end_role, propose_role
from members.forms.roles import RoleForm
from members.views.answering import attempt, typed


@require_safe
def roles(request: MemberRequest) -> HttpResponse:
    permit(policies.can_see_roles(request.user))
    proposals = [(row, policies.can_approve_role(request.user, row)) for row in queries.open_proposals(request.user)]
    context = {
        "grants": queries.roles_in_force(request.user, request.at),
        "proposals": proposals,
        "may_end": policies.can_end_role(request.user),
    }
    return render(request, "members/roles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@steps_up
def role_propose(request: MemberRequest, public_id: str) -> HttpResponse:
    member = get_object_or_404(queries.people_known_to(request.user), public_id=public_id)
    permit(policies.can_propose_role(request.user, member), NEVER_ONESELF)
    form = RoleForm(typed(request), today=request.at.date())
    made, status = attempt(
        form,
        lambda: propose_role(member, form.cleaned_data["role"], by=request.user, at=request.at, ends_at=form.ends_at),
    )
    if made:
        messages.success(request, _("Proposed. Another administrator has to approve it."))
        return redirect("members:roles")
    return render(request, "members/role_propose.html", {"form": form, "member": member}, status=status)


@require_POST
@steps_up
def role_approve(request: MemberRequest, public_id: str, role: str) -> HttpResponse:
    proposal = get_object_or_404(queries.open_proposals(request.user), member__public_id=public_id, role=role)
    approve_role(proposal, by=request.user, at=request.at)
    messages.success(request, _("The role is granted, from now on."))
    return redirect("members:roles")


@require_POST
def role_decline(request: MemberRequest, public_id: str, role: str) -> HttpResponse:
    proposal = get_object_or_404(queries.open_proposals(request.user), member__public_id=public_id, role=role)
    decline_role(proposal, by=request.user, at=request.at)
    messages.success(request, _("The proposal is put aside."))
    return redirect("members:roles")


@require_POST
def role_end(request: MemberRequest, public_id: str, role: str) -> HttpResponse:
    grant = get_object_or_404(queries.roles_in_force(request.user, request.at), member__public_id=public_id, role=role)
    end_role(grant, by=request.user, at=request.at)
    messages.success(request, _("The role has ended."))
    return redirect("members:roles")
