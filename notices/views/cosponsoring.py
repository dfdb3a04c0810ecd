"""How are bodies asked over HTTP to stand behind a notice, and how do they answer?"""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from congress.core.access import MemberRequest
from members.views.answering import typed
from notices import actions, forms, queries
from notices.views.answering import attempt, go_on
from notices.views.document import document, readable

if TYPE_CHECKING:
    from notices.models import Cosponsorship, Notice


@require_http_methods(["GET", "HEAD", "POST"])
def notice_cosponsors(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("share", found, request.user)
    form = forms.CosponsorsForm(typed(request), notice=found)
    asked, status = attempt(form, lambda: _ask(request, found, form))
    if asked:
        return go_on(request, asked, _("It is noted which bodies are asked."))
    context = {"notice": found, "form": form, "answers": queries.answers(found)}
    return render(request, "notices/notice_cosponsors.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_cosponsor(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    actions.check_step("cosponsor", found, request.user)
    version = found.edition.version if found.edition else 0
    form = forms.CosponsorForm(typed(request), initial={"version": version})
    answer, status = attempt(form, lambda: _answer(request, found, form))
    if answer:
        return go_on(request, found, _("The answer of your organisation is noted."))
    context = {**document(request, found), "form": form, "version": version}
    return render(request, "notices/notice_cosponsor.html", context, status=status)


def _ask(request: MemberRequest, notice: "Notice", form: forms.CosponsorsForm) -> "Notice":
    return actions.ask_cosponsors(notice, form.cleaned_data["bodies"], by=request.user, at=request.at)


def _answer(request: MemberRequest, notice: "Notice", form: forms.CosponsorForm) -> "Cosponsorship":
    remark, version = form.cleaned_data["remark"], form.cleaned_data["version"]
    return actions.answer_for_body(
        notice, agrees=form.agrees, remark=remark, version=version, by=request.user, at=request.at
    )
