"""How does a member send their photograph, and how do others see it?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.budgets import Budget, spend
from congress.core.files.kinds import Kind
from congress.core.files.serve import serve
from members import queries
from members.actions.photographs import remove_photograph, set_photograph
from members.forms.photographs import PhotographForm
from members.views.answering import attempt, typed

if TYPE_CHECKING:
    from members.models import Profile


@require_safe
def photograph(request: MemberRequest, public_id: str, size: str) -> HttpResponseBase:
    member = get_object_or_404(queries.profiles(request.user), public_id=public_id)
    key = queries.photograph_of(member, size)
    if not key:
        raise Http404
    spend(request.user, Budget.NAMES, [member.pk], at=request.at)
    return serve(request, key=key, kind=Kind.JPEG, name="photograph")


@require_http_methods(["GET", "HEAD", "POST"])
def photograph_edit(request: MemberRequest) -> HttpResponse:
    form = PhotographForm(typed(request), request.FILES or None)
    saved, status = attempt(form, lambda: _set(request, form))
    if saved:
        messages.success(request, _("Your photograph is on your profile."))
        return redirect("members:profile", request.user.public_id)
    own = queries.profiles(request.user).get(pk=request.user.pk)
    return render(request, "members/photograph_edit.html", {"form": form, "member": own}, status=status)


@require_POST
def photograph_remove(request: MemberRequest) -> HttpResponse:
    remove_photograph(request.user, by=request.user, at=request.at)
    messages.success(request, _("Your photograph is gone."))
    return redirect("members:photograph_edit")


def _set(request: MemberRequest, form: PhotographForm) -> "Profile":
    return set_photograph(request.user, form.cleaned_data["file"], by=request.user, at=request.at)
