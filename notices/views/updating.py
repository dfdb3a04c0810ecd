"""How is a notice in force updated, and a draft thrown away, over HTTP?"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from congress.core.access import MemberRequest
from members.views.answering import typed
from notices import actions, forms, queries
from notices.views.answering import attempt
from notices.views.document import readable

if TYPE_CHECKING:
    from notices.models import Notice


@require_http_methods(["GET", "HEAD", "POST"])
def notice_update(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("update", found, request.user)
    form = forms.ConfirmForm(typed(request))
    try:
        begun, status = attempt(form, lambda: actions.begin_update(found, by=request.user, at=request.at))
    except actions.PendingUpdateError as error:
        return _pending(request, found, error)
    except actions.NotAcknowledgedError:
        return redirect("notices:notice", found.number)  # which asks for the promise
    if begun:
        return _lead_to_editor(begun)
    context = {"form": form, "notice": found, "pending": queries.pending_update(request.user, found)}
    return render(request, "notices/notice_update.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_discard(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("discard", found, request.user)
    if request.method != "POST":
        return render(request, "notices/notice_discard.html", {"notice": found})
    updated = actions.discard(found, by=request.user, at=request.at)
    messages.success(request, str(_("The draft is thrown away.")))
    answer = redirect("notices:notice", updated.number) if updated else redirect("notices:notices")
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer


def _pending(request: MemberRequest, notice: "Notice", error: actions.PendingUpdateError) -> HttpResponse:
    pending = queries.pending_update(request.user, notice)
    context = {"notice": notice, "pending": pending, "refusal": error}
    return render(request, "notices/notice_update.html", context, status=error.status)


def _lead_to_editor(notice: "Notice") -> HttpResponse:
    answer = redirect("notices:notice_edit", notice.number)
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
