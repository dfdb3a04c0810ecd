"""What does a member do about a seat?"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest
from events import policies
from events.actions import registration as actions
from events.forms import RegistrationForm
from events.queries.registrations import may_register_now, newest_registration, registration_window
from events.views.requests import see_other

if TYPE_CHECKING:
    from events.models import Meeting


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: MemberRequest, slug: str) -> HttpResponse:
    meeting = get_object_or_404(policies.visible_to(request.user), slug=slug)
    form = RegistrationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _register_page(request, meeting, form)
    try:
        registration = actions.register(meeting, needs=form.cleaned_data["needs"], by=request.user, at=request.at)
    except (actions.RegistrationClosedError, actions.AlreadyRegisteredError) as error:
        form.add_error(error.field, str(error))
        return _register_page(request, meeting, form, status=error.status)
    messages.success(request, _("You are registered. %(state)s.") % {"state": registration.public_state})
    return see_other("events:registration", meeting.slug)


def _register_page(
    request: MemberRequest, meeting: "Meeting", form: RegistrationForm, status: int = HTTPStatus.UNPROCESSABLE_ENTITY
) -> HttpResponse:
    registration = newest_registration(request.user, meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "registration": registration,
        "may_register": may_register_now(request.user, meeting, registration, request.at),
        "window": registration_window(meeting, request.at),
    }
    return render(request, "events/register.html", context, status=status if form.is_bound else HTTPStatus.OK)


@require_safe
def registration(request: MemberRequest, slug: str) -> HttpResponse:
    meeting = get_object_or_404(policies.visible_to(request.user), slug=slug)
    own = newest_registration(request.user, meeting)
    context = {
        "meeting": meeting,
        "registration": own,
        "may_register": may_register_now(request.user, meeting, own, request.at),
        "may_withdraw": bool(own and own.allows("withdraw") and not meeting.is_over(request.at)),
    }
    return render(request, "events/registration.html", context)


@require_POST
def registration_withdraw(request: MemberRequest, slug: str) -> HttpResponse:
    meeting = get_object_or_404(policies.visible_to(request.user), slug=slug)
    own = newest_registration(request.user, meeting)
    if own is None:
        raise Http404
    actions.withdraw(own, by=request.user, at=request.at)
    messages.success(request, _("You withdrew your registration. You may register again while registration is open."))
    return see_other("events:registration", meeting.slug)
