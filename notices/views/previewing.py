"""How do those who work on a notice look at it as one of its readers would? Nothing of it counts as reading."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congress.core.access import MemberRequest
from congress.core.errors import permit
from congress.core.roles import Standing
from notices import forms, policies, queries
from notices.views.document import cover, readable

if TYPE_CHECKING:
    from notices.models import Notice


@require_safe
def notice_preview(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    permit(policies.can_follow(request.user, found))
    form = forms.PreviewForm(request.GET or None, viewer=request.user)
    view = _view(request, found, form) if form.is_valid() else None
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {
        **cover(request, found),
        "form": form,
        "view": view,
        "sections": view.sections if view else [],
        "files": view.files if view else [],
        "preview": None if view else queries.preview(request.user, found, request.at),
    }
    return render(request, "notices/notice_preview.html", context, status=status)


def _view(request: MemberRequest, notice: "Notice", form: forms.PreviewForm) -> queries.View:
    asked = form.cleaned_data
    if asked["person"]:
        reader = queries.person_to_explain(request.user, asked["person"], request.at)
    else:
        reader = queries.somebody(asked["sector"], asked["country"], asked["standing"] or Standing.MEMBER)
    return queries.as_read_by(reader, request.user, notice, request.at)
