"""Who asks, and where are they sent after a change?"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

if TYPE_CHECKING:
    from members.models import Member


def viewer_of(request: HttpRequest) -> "Member | None":
    """Return who looks at a public page. Somebody without a second factor is a visitor there: no door stopped them."""
    user = request.user
    return user if user.is_authenticated and user.has_second_factor else None


def see_other(name: str, *args: str) -> HttpResponseRedirect:
    """Send a reader to the page that shows what a change did."""
    return HttpResponseRedirect(reverse(name, args=args), status=HTTPStatus.SEE_OTHER)
