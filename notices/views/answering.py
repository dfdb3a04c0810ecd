"""How does a page that changes a notice take what was typed, and where does it lead?"""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from congress.core.access import MemberRequest
from congress.core.errors import DomainError
from notices.views.document import is_readable

if TYPE_CHECKING:
    from notices.models import Notice

T = TypeVar("T")


def typed(request: MemberRequest) -> Any:
    """Return what was posted, or nothing where a form is only opened."""
    return request.POST if request.method == "POST" else None


def attempt(form: BaseForm, act: Callable[[], T]) -> tuple[T | None, int]:
    """Do what a valid form asks for; a refusal that concerns what was typed becomes an error of the form."""
    if not form.is_bound:
        return None, HTTPStatus.OK
    if not form.is_valid():
        return None, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return act(), HTTPStatus.SEE_OTHER
    except DomainError as error:
        if error.field is None:
            raise
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None, error.status


def go_on(request: MemberRequest, notice: "Notice", message: str | Promise) -> HttpResponse:
    """Say what was done, and lead on to the notice if it may still be read, else to the list."""
    messages.success(request, str(message))
    known = is_readable(request, notice)
    answer = redirect("notices:notice", notice.number) if known else redirect("notices:notices")
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer


def whole_number(text: str) -> int:
    """Return the number that stands in an address, or one that nothing has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
