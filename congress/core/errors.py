"""What can be refused, and how does each refusal answer over HTTP?"""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Source: RFC 9457.
PROBLEM = "application/problem+json"


class DomainError(Exception):
    """A refusal that people can act on: a code for programs, a message for readers, an HTTP status.

    Subclasses stand beside the action that raises them. `field` names the form field to put it at, if any.
    """

    code = "refused"
    message: str | Promise = _("This is not possible at the moment.")
    status: int = HTTPStatus.CONFLICT
    field: str | None = None

    def __init__(self, message: str | Promise | None = None, *, field: str | None = None) -> None:
        self.message = message or type(self).message
        self.field = field or type(self).field
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class NotPermittedError(DomainError):
    """The thing may be seen, the act may not be done."""

    code = "not_permitted"
    message = _("You do not have the right to do this.")
    status = HTTPStatus.FORBIDDEN


class BadRequestError(DomainError):
    """The address or its parameters make no sense."""

    code = "bad_request"
    message = _("This address is not complete or was changed on the way.")
    status = HTTPStatus.BAD_REQUEST


class TooLargeError(DomainError):
    """A form holds more than the portal takes."""

    code = "too_large"
    message = _(
        "The form is larger than the portal takes. Nothing was saved: go back, shorten the texts, send it again."
    )
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class TooManyRequestsError(DomainError):
    """A brake was reached."""

    code = "too_many_requests"
    message = _("Too many attempts. Wait a few minutes, then try again.")
    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, message: str | Promise | None = None, *, retry_after: int = 0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NothingHereError(DomainError):
    """There is no such thing, or none for this reader."""

    code = "not_found"
    message = _("There is nothing here, or nothing for you to see.")
    status = HTTPStatus.NOT_FOUND


class DefectError(DomainError):
    """The portal failed."""

    code = "defect"
    message = _("Something is broken here. Nothing was changed, and it has been written down.")
    status = HTTPStatus.INTERNAL_SERVER_ERROR


def is_program(request: HttpRequest) -> bool:
    """Tell whether a program asks, which understands problem documents and nothing else."""
    return request.path.startswith("/api/")


def permit(answer: bool, message: str | Promise | None = None) -> None:
    """Go on only if a policy said yes. Raises: NotPermittedError."""
    if not answer:
        raise NotPermittedError(message)


class ErrorMiddleware:
    """Turns a DomainError that no form caught into a page, an htmx fragment or a problem document."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a refusal; anything else is a defect and stays an exception."""
        return answer(request, exception) if isinstance(exception, DomainError) else None


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return the HTTP answer to one refusal, in the form that the caller understands.

    Source: RFC 9457 for programs.
    """
    response = _answer(request, error)
    if isinstance(error, TooManyRequestsError) and error.retry_after:
        response.headers["Retry-After"] = str(error.retry_after)
    if error.status == HTTPStatus.UNAUTHORIZED and is_program(request):
        response.headers["WWW-Authenticate"] = "Bearer"
        # A cache that keeps this would give it to whoever shows a good token.
        response.headers["Cache-Control"] = "no-store, private"
        patch_vary_headers(response, ["Authorization", "Cookie"])
    return response


def _answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    if is_program(request):
        return problem(error)
    if request.headers.get("HX-Request"):
        return render(request, "errors/fragment.html", {"error": error}, status=error.status)
    context = {"error": error, "texts": texts_typed(request)}
    return render(request, f"errors/{int(error.status)}.html", context, status=error.status)


def texts_typed(request: HttpRequest) -> list[str]:
    """Return what was written into a refused form of ours, passwords apart, so that the page can give it back.

    Pages are kept out of every cache, so that going back brings an empty form.
    """
    if request.method != "POST" or request.headers.get("Origin") not in {None, _own_origin(request)}:
        return []
    written = (text for name in request.POST if "password" not in name for text in request.POST.getlist(name))
    return [text for text in written if len(text.split()) > 1]


def _own_origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def problem(error: DomainError) -> JsonResponse:
    """Return a refusal as a problem document. Source: RFC 9457."""
    body = {
        "type": f"about:blank#{error.code}",
        "title": HTTPStatus(error.status).phrase,
        "status": int(error.status),
        "code": error.code,
        "detail": str(error),
    }
    return JsonResponse(body, status=error.status, content_type=PROBLEM)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with the same bytes whether the thing is unknown or hidden: no form, so no random token."""
    if is_program(request):
        return problem(NothingHereError())
    return render(request, "errors/404.html", {"same_bytes": True}, status=HTTPStatus.NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for what Django itself refuses: 413 for too large a form, 400 for a forged host or a malformed upload."""
    error = TooLargeError() if isinstance(exception, RequestDataTooBig) else BadRequestError()
    if is_program(request):
        return problem(error)
    return render(request, f"errors/{int(error.status)}.html", {"error": error}, status=error.status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 for what Django itself refuses."""
    if is_program(request):
        return problem(NotPermittedError())
    return render(request, "errors/403.html", {"error": NotPermittedError()}, status=HTTPStatus.FORBIDDEN)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer 429 for what allauth's own brakes refuse; it looks for this under handler429."""
    return answer(request, TooManyRequestsError())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a POST whose form is too old or was not ours."""
    message = _(
        "The form was open for too long, or it did not come from this portal. "
        "Go back in your browser, reload the page and send it again."
    )
    return answer(request, NotPermittedError(message))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database or the session."""
    if is_program(request):
        return problem(DefectError())
    return render(None, "errors/500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
