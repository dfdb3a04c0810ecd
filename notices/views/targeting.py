"""Who reads a notice, by its audience and by exception, and why may somebody (not) see it?"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from congress.core.access import MemberRequest
from congress.core.errors import permit
from members.views.answering import typed
from notices import actions, forms, policies, queries
from notices.views.answering import attempt
from notices.views.document import readable

if TYPE_CHECKING:
    from notices.models import AccessException, Notice


@require_safe
def notice_readers(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    permit(policies.can_follow(request.user, found))
    who, after = request.GET.get("who", ""), request.GET.get("after", "")
    page = queries.named_readers(request.user, found, who, after)
    return render(request, "notices/notice_readers.html", {"notice": found, "page": page, "who": who})


@require_safe
def exceptions(request: MemberRequest) -> HttpResponse:
    permit(policies.can_list_exceptions(request.user))
    has_ended, after = request.GET.get("state") == "ended", request.GET.get("after", "")
    number = request.GET.get("notice", "").strip()
    found = queries.ended_exceptions if has_ended else queries.exceptions_in_force
    page = found(request.user, number, after)
    context = {"page": page, "has_ended": has_ended, "number": number}
    return render(request, "notices/exceptions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_exceptions(request: MemberRequest, number: str) -> HttpResponse:
    found = get_object_or_404(queries.notices_to_withdraw(request.user), number=number.upper())
    actions.check_step("except", found, request.user)
    form = forms.ExceptionForm(typed(request), viewer=request.user)
    made, status = attempt(form, lambda: _except(request, found, form))
    if made:
        messages.success(request, str(_("The exception is in force.")))
        return _back_to(found)
    # Nothing was refused and nothing is made yet: who gains and who loses is shown first.
    shift = queries.shift_by(request.user, form.terms().on(found)) if form.is_bound and form.is_valid() else None
    context = {"notice": found, "form": form, "shift": shift, "exceptions": queries.exceptions_of(found)}
    return render(request, "notices/notice_exceptions.html", context, status=HTTPStatus.OK if shift else status)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_exception_end(request: MemberRequest, number: str, public_id: str) -> HttpResponse:
    found = get_object_or_404(queries.notices_to_withdraw(request.user), number=number.upper())
    actions.check_step("except", found, request.user)
    exception = get_object_or_404(found.exceptions, public_id=public_id)
    form = forms.ConfirmForm(typed(request))
    ended, status = attempt(form, lambda: actions.end_exception(exception, by=request.user, at=request.at))
    if ended:
        messages.success(request, str(_("The exception is ended.")))
        return _back_to(found)
    shift = queries.shift_by(request.user, exception, ending=True)
    context = {"notice": found, "form": form, "exception": exception, "shift": shift}
    return render(request, "notices/notice_exception_end.html", context, status=status)


@require_safe
def notice_why(request: MemberRequest, number: str) -> HttpResponse:
    found = get_object_or_404(queries.notices_to_withdraw(request.user), number=number.upper())
    permit(policies.can_explain(request.user, found))
    form = forms.WhyForm(request.GET if "person" in request.GET else None, viewer=request.user)
    told, status = attempt(form, lambda: _ask_why(request, found, form))
    person = form.cleaned_data["person"] if told else None
    context = {"notice": found, "form": form, "told": told, "person": person}
    return render(request, "notices/notice_why.html", context, status=HTTPStatus.OK if told else status)


def _ask_why(request: MemberRequest, notice: "Notice", form: forms.WhyForm) -> queries.Explanation:
    return actions.ask_why(notice, form.cleaned_data["person"], by=request.user, at=request.at)


def _except(request: MemberRequest, notice: "Notice", form: forms.ExceptionForm) -> "AccessException | None":
    terms = form.terms()
    if form.is_confirmed:
        return actions.make_exception(notice, terms, by=request.user, at=request.at)
    actions.check_exception(notice, terms, by=request.user, at=request.at)
    return None


def _back_to(notice: "Notice") -> HttpResponse:
    answer = redirect("notices:notice_exceptions", notice.number)
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
