"""How is a draft saved while somebody types? For the script of the editor: JSON, and never a page."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from congress.core.access import MemberRequest
from congress.core.errors import DomainError, problem
from notices import actions, forms
from notices.views.document import readable
from notices.views.writing import content_form

if TYPE_CHECKING:
    from notices.models import Notice


@require_POST
def notice_autosave(request: MemberRequest, number: str) -> JsonResponse:
    found = readable(request, number)
    try:
        actions.check_step("edit", found, request.user)
        return _save(request, found)
    except DomainError as error:
        return problem(error)


def _save(request: MemberRequest, notice: "Notice") -> JsonResponse:
    """Save what can be saved; what can't stays as it was, and the answer says what and why."""
    form = content_form(request, notice)
    unsaved = _unsaved(form)
    if unsaved:
        data = forms.mended(request.POST, forms.typed(notice, request.user), form.errors)
        form = forms.ContentForm(data, viewer=request.user, is_update=notice.updates_id is not None)
    if not form.is_valid():
        return JsonResponse({"not_saved": unsaved}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    version = form.cleaned_data["version"] or 0
    saved = actions.edit(notice, form.content(), version=version, by=request.user, at=request.at, while_typing=True)
    now = forms.typed(saved, request.user)
    answer = {"version": now["version"], "opened": now["opened"], "not_saved": unsaved}
    return JsonResponse(answer, status=HTTPStatus.UNPROCESSABLE_ENTITY if unsaved else HTTPStatus.OK)


def _unsaved(form: forms.ContentForm) -> list[str]:
    return [f"{form[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
