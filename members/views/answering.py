"""How does a page take what was typed, and how does it answer when that is refused?"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from django.forms import BaseForm

from congress.core.access import MemberRequest
from congress.core.errors import DomainError

T = TypeVar("T")


def typed(request: MemberRequest) -> Any:
    """Return what was posted, or nothing where a form is only opened."""
    return request.POST if request.method == "POST" else None


def attempt(form: BaseForm, act: Callable[[], T], *, only_of_fields: bool = False) -> tuple[T | None, int]:
    """Do what a valid form asks for; a refusal becomes an error of the form, so that what was typed stays.

    Raises: DomainError, where only what concerns a field is to become one.
    """
    if not form.is_bound:
        return None, HTTPStatus.OK
    if not form.is_valid():
        return None, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return act(), HTTPStatus.SEE_OTHER
    except DomainError as error:
        if only_of_fields and error.field is None:
            raise
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None, error.status
