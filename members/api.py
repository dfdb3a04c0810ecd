"""How do programs read the directory? The same policies and queries as the pages, in JSON."""

from collections.abc import Callable
from functools import lru_cache, wraps
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import authentication, exceptions, permissions
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from congress.core.access import MemberRequest
from congress.core.budgets import Budget, spend
from congress.core.errors import PROBLEM, BadRequestError, DomainError, NothingHereError, NotPermittedError, problem
from congress.core.geography import REGION_BY_COUNTRY
from congress.core.paging import Page
from members import policies, queries
from members.queries.tokens import NETWORK, PEOPLE
from members.serializers import (
    CountriesPage,
    CountryOut,
    MemberProfile,
    MembersPage,
    MembersQuery,
    NoQuery,
    OrganisationOut,
    OrganisationsPage,
    OrganisationsQuery,
    StrictSerializer,
)

V = TypeVar("V", bound=Callable[..., Any])
Q = TypeVar("Q", bound=StrictSerializer)


class WrongParametersError(BadRequestError):
    """A parameter is unknown, or its value is."""

    code = "wrong_parameters"


class ScopeError(NotPermittedError):
    """The token was not made for this."""

    code = "scope"


class MethodError(DomainError):
    """This interface is for reading."""

    code = "method_not_allowed"
    message = "This address answers GET and HEAD."
    status = HTTPStatus.METHOD_NOT_ALLOWED


class NotAcceptableError(DomainError):
    """Something else than JSON is wanted."""

    code = "not_acceptable"
    message = "This interface answers in JSON: send Accept: application/json."
    status = HTTPStatus.NOT_ACCEPTABLE


def inner(request: Request) -> MemberRequest:
    """Return the request that the door has let in."""
    return request._request  # type: ignore[return-value]


class Doorkeeper(authentication.BaseAuthentication):
    """Whoever stands here was let in by the portal's own door, with a session or a token."""

    def authenticate(self, request: Request) -> tuple[Any, Any]:
        """Return the member, and the token if it was one."""
        inner = request._request
        return inner.user, getattr(inner, "token", None)


def reads(scope: str) -> type[permissions.BasePermission]:
    """Return the permission for tokens with this scope; a session may read whatever its pages show."""

    class Reads(permissions.BasePermission):
        """Asks the token, if there is one."""

        def has_permission(self, request: Request, view: APIView) -> bool:
            """Raises: ScopeError."""
            token: Any = request.auth
            if token is not None and not token.opens(scope):
                raise ScopeError(f"This token was not made for {scope}.")
            return True

    return Reads


def reading(query: type[StrictSerializer], answer: Any, *, scope: str = "", summary: str) -> Callable[[V], V]:
    """Make a view of the interface: GET and HEAD, strict parameters, an ETag, and its place in the description."""

    def make(view: V) -> V:
        answers = [permissions.AllowAny] if not scope else [reads(scope)]
        made = api_view(["GET"])(authentication_classes([Doorkeeper])(permission_classes(answers)(view)))
        described = extend_schema(
            operation_id=view.__name__,
            parameters=[query] if query().fields else [],
            responses=answer,
            summary=summary,
            auth=[{"token": []}],  # type: ignore[list-item]
        )
        found = tagged(described(made))
        found.__name__ = view.__name__
        return found  # type: ignore[return-value]

    return make


def tagged(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Give each answer an ETag, so that a program that has it already gets 304."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: Any = view(request, *args, **kwargs)
        if hasattr(response, "render"):
            response.render()
        if response.status_code != HTTPStatus.OK:
            return response  # type: ignore[no-any-return]
        set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    return answer


def refuse(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Return every refusal as a problem document; one of the portal's own goes on to its middleware."""
    if isinstance(error, exceptions.ValidationError):
        return problem(WrongParametersError(_in_words(error)))
    if isinstance(error, exceptions.MethodNotAllowed):
        response: HttpResponse = problem(MethodError())
        response.headers["Allow"] = "GET, HEAD"
        return response
    if isinstance(error, exceptions.NotAcceptable):
        return problem(NotAcceptableError())
    if isinstance(error, Http404):
        return problem(NothingHereError())
    return None


def _in_words(error: exceptions.ValidationError) -> str:
    detail: Any = error.detail
    return " ".join(f"{name}: {_first(wrong)}" for name, wrong in detail.items())


def _first(wrong: Any) -> str:
    """Return the first complaint; a list of values has one for each value that is wrong."""
    while not isinstance(wrong, str):
        wrong = next(iter(wrong.values() if isinstance(wrong, dict) else wrong))
    return str(wrong)


@reading(MembersQuery, MembersPage, scope=PEOPLE, summary="Find members, as the directory does")
def api_members(request: Request) -> Response:
    query = _asked(request, MembersQuery)
    found = queries.directory_page(inner(request).user, query.filters, query.validated_data.get("after", ""))
    spend(inner(request).user, Budget.NAMES, [member.pk for member in found.rows], at=inner(request).at)
    return Response(MembersPage(_page(request, found)).data)


@reading(NoQuery, MemberProfile, scope=PEOPLE, summary="One member, with what they show to the reader")
def api_member(request: Request, public_id: str) -> Response:
    _asked(request, NoQuery)
    return Response(MemberProfile(get_object_or_404(queries.profiles(inner(request).user), public_id=public_id)).data)


@reading(OrganisationsQuery, OrganisationsPage, scope=NETWORK, summary="Organisations with people in the directory")
def api_organisations(request: Request) -> Response:
    query = _asked(request, OrganisationsQuery)
    after = query.validated_data.get("after", "")
    found = queries.organisation_list(inner(request).user, query.filters, after)
    return Response(OrganisationsPage(_page(request, found.page)).data)


@reading(NoQuery, OrganisationOut, scope=NETWORK, summary="One organisation")
def api_organisation(request: Request, public_id: str) -> Response:
    _asked(request, NoQuery)
    viewer = inner(request).user
    seen = queries.with_people(viewer, policies.organisations_visible_to(viewer))
    return Response(OrganisationOut(get_object_or_404(seen, public_id=public_id)).data)


@reading(NoQuery, CountriesPage, scope=NETWORK, summary="Countries with people in the directory, all on one page")
def api_countries(request: Request) -> Response:
    _asked(request, NoQuery)
    found = queries.network(inner(request).user, _language(), inner(request).at)
    return Response(CountriesPage({"results": found, "next": None}).data)


@reading(NoQuery, CountryOut, scope=NETWORK, summary="One country")
def api_country(request: Request, code: str) -> Response:
    _asked(request, NoQuery)
    if code not in REGION_BY_COUNTRY:
        raise Http404
    return Response(CountryOut(queries.country_figures(inner(request).user, code, _language(), inner(request).at)).data)


@reading(NoQuery, OpenApiTypes.OBJECT, summary="This description, as OpenAPI 3.1")
def api_schema(request: Request) -> Response:
    _asked(request, NoQuery)
    return Response(description())


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """Return the OpenAPI description of the whole interface; made once for a process."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return made


REFUSALS = {
    "304": "You have this answer already.",
    "400": "A parameter is unknown, or its value is; or the cursor was changed.",
    "401": "No session and no token in force.",
    "403": "The token was not made for this, or the portal asks something of its member first.",
    "404": "There is nothing here, or nothing for this reader: the same bytes.",
    "405": "This interface is for reading.",
    "406": "Answers are JSON.",
    "429": "A reading budget is used up; `Retry-After` says for how many seconds.",
}
PROBLEM_SCHEMA = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "code", "detail"],
}


def add_refusals(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Add to the description how each address refuses, which is the same for all."""
    result["components"]["schemas"]["Problem"] = PROBLEM_SCHEMA
    body = {"content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    said = {code: {"description": text, **(body if code != "304" else {})} for code, text in REFUSALS.items()}
    for methods in result["paths"].values():
        for operation in methods.values():
            operation["responses"].update(said)
    return result


def _asked(request: Request, query: type[Q]) -> Q:
    """Return what was asked. Raises: ValidationError."""
    asked = query(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return asked


def _page(request: Request, found: Page[Any]) -> dict[str, Any]:
    return {"results": found.rows, "next": _next(request, found.after)}


def _next(request: Request, after: str) -> str | None:
    if not after:
        return None
    query = [(name, value) for name, values in request.query_params.lists() for value in values if name != "after"]
    return request.build_absolute_uri(f"{request.path}?{urlencode([*query, ('after', after)])}")


def _language() -> str:
    return get_language() or "en"
