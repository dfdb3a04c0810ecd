"""How does an applicant answer what the network asks, and appeal, by the private link?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congress.core.access import MemberRequest
from members import policies
from members.actions import questions, rounds
from members.forms.vetting import AnswerForm
from members.queries.vetting_case import thread_of
from members.views.answering import attempt, typed
from members.views.private_links import private_link

if TYPE_CHECKING:
    from members.models import Application


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def application_answer(request: MemberRequest, token: str, application: "Application") -> HttpResponse:
    form = AnswerForm(typed(request))
    said, status = attempt(form, lambda: questions.answer(application, at=request.at, text=form.cleaned_data["text"]))
    if said:
        messages.success(request, _("Thank you. Your answer is with the officers."))
        return redirect("members:application_status", token)
    if not (form.is_bound or application.allows("answer")):
        return redirect("members:application_status", token)
    context = {"application": application, "token": token, "form": form, "thread": thread_of(application)}
    return render(request, "members/application_answer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def application_appeal(request: MemberRequest, token: str, application: "Application") -> HttpResponse:
    form = AnswerForm(typed(request), label=_("Why we should look again"))
    said, status = attempt(form, lambda: rounds.appeal(application, at=request.at, text=form.cleaned_data["text"]))
    if said:
        messages.success(request, _("Your appeal is with other officers than those who decided."))
        return redirect("members:application_status", token)
    if not (form.is_bound or policies.can_appeal(application, request.at)):
        return redirect("members:application_status", token)
    context = {"application": application, "token": token, "form": form}
    return render(request, "members/application_appeal.html", context, status=status)
