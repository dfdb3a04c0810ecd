"""How does somebody come in again who lost their second factor, and how do others help or say no?"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.account.stages import LoginStageController
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import SIGNED_IN, MemberRequest, open_to
from congress.core.brakes import brake
from congress.core.roles import Standing
from congress.core.step_up import steps_up
from members import policies, queries
from members.actions import recoveries as actions
from members.forms.recoveries import CodeForm, HelperForm
from members.views.answering import attempt, typed

if TYPE_CHECKING:
    from members.models import Member, Recovery

HALF_OPEN = "second step of signing in: whoever comes here has shown the password"
BY_LINK = "the link mailed to say no"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(Standing.ANYONE, why=HALF_OPEN)
def lost_factor(request: MemberRequest) -> HttpResponse:
    """Ask for help, or show how far it is; without a shown password it leads to the sign-in, for everybody alike."""
    member = _between_two_steps(request)
    if member is None:
        return redirect("account_login")
    recovery = queries.running_recovery(member)
    if recovery is not None:
        return _typing(request, recovery)
    needs_administrators = policies.needs_administrators(member, request.at)
    helpers = policies.helpers_for(member, request.at).order_by("sort_name", "pk")
    form = HelperForm(typed(request), helpers=helpers, needs_administrators=needs_administrators)
    made, status = attempt(form, lambda: _ask(request, member, form))
    if made:
        return redirect("members:lost_factor")
    context = {"form": form, "needs_administrators": needs_administrators}
    return render(request, "members/lost_factor.html", context, status=status)


def _ask(request: MemberRequest, member: "Member", form: HelperForm) -> "Recovery":
    brake("recovery", str(member.pk), limit=5, seconds=24 * 3600)
    return actions.ask_for_recovery(member, helper=form.chosen, at=request.at)


def _typing(request: MemberRequest, recovery: "Recovery") -> HttpResponse:
    form = CodeForm(typed(request), recovery=recovery)
    proved, status = attempt(form, lambda: actions.prove(recovery, form.parts, at=request.at))
    if proved:
        return redirect("members:lost_factor")
    return render(request, "members/lost_factor_code.html", {"form": form, "recovery": recovery}, status=status)


def _between_two_steps(request: MemberRequest) -> "Member | None":
    """Return who has shown a password in this browser and no factor yet, unless they were shut out since."""
    stage = LoginStageController.enter(request, "mfa_authenticate")
    member: Member | None = stage.login.user if stage else None
    if member is None or not member.is_active or request.session.get("authz_epoch") != member.authz_epoch:
        return None
    return member


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(Standing.ANYONE, why=BY_LINK)
def recovery_stop(request: MemberRequest, token: str) -> HttpResponse:
    """Ask before stopping: programs that look into letters open links, they press no buttons."""
    recovery = queries.recovery_to_stop(token)
    if recovery is None:
        return render(request, "members/recovery_over.html", status=HTTPStatus.NOT_FOUND)
    if request.method == "POST":
        actions.stop(recovery, by=None, at=request.at)
    return render(request, "members/recovery_stop.html", {"stopped": request.method == "POST"})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*SIGNED_IN, why="whoever is signed in may say no to what is under way for them")
def own_recovery_stop(request: MemberRequest) -> HttpResponse:
    recovery = get_object_or_404(policies.own_recoveries(request.user))
    if request.method != "POST":
        return render(request, "members/recovery_stop.html")
    actions.stop(recovery, by=request.user, at=request.at)
    messages.success(request, _("Stopped. Set a new password now: somebody else seems to know yours."))
    return redirect("account_change_password")


@require_safe
def recoveries(request: MemberRequest) -> HttpResponse:
    return render(request, "members/recoveries.html", {"parts": queries.parts_to_hand_over(request.user)})


@require_POST
@steps_up
def recovery_part(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show a part once; it stands in no address and no history."""
    share = queries.parts_to_hand_over(request.user).filter(recovery__public_id=public_id).first()
    if share is None:
        raise Http404
    part = actions.show_part(share, by=request.user, at=request.at)
    context = {"part": f"{part[:4]}-{part[4:]}", "member": share.recovery.member}
    return render(request, "members/recovery_part.html", context)
