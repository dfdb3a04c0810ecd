"""Who is behind an applicant's private link?"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from congress.core.access import MemberRequest, open_to
from congress.core.roles import Standing
from members import queries

if TYPE_CHECKING:
    from members.models import Application

P = ParamSpec("P")
LinkView = Callable[Concatenate[MemberRequest, str, "Application", P], HttpResponse]


def private_link(view: LinkView[P]) -> Callable[..., HttpResponse]:
    """Give a view the application behind its token; a link that leads nowhere gets a page that says so."""

    @never_cache
    @open_to(Standing.ANYONE, why="whoever holds the private link is the applicant; there is no account yet")
    @wraps(view)
    def opened(request: MemberRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        application = queries.application_behind(token, request.at)
        if application is None:
            return render(request, "members/application_unknown.html", status=HTTPStatus.NOT_FOUND)
        return view(request, token, application, *args, **kwargs)

    return opened
