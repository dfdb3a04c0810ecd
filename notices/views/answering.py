"""How does a page that changes a notice take what was typed, and where does it lead?"""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from congress.core.access import MemberRequest
from members.views import answering
from notices.views.document import is_readable

if TYPE_CHECKING:
    from notices.models import Notice

T = TypeVar("T")


def attempt(form: BaseForm, act: Callable[[], T]) -> tuple[T | None, int]:
    """Do what a valid form asks for; a refusal that concerns what was typed becomes an error of the form."""
    return answering.attempt(form, act, only_of_fields=True)


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
