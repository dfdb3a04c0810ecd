"""Who may open a view at all? Vetted members with a second factor; anything wider says so, with a reason."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import auth
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from congress.core import step_up, wall
from congress.core.errors import PROBLEM, DomainError, answer, is_program, texts_typed
from congress.core.roles import STANDINGS, Standing

if TYPE_CHECKING:
    from members.models import Member

V = TypeVar("V", bound=Callable[..., Any])


class MemberRequest(HttpRequest):
    """What a view gets after the door: a vetted member with a second factor, and the one instant of the request."""

    user: "Member"
    at: datetime


class NotSignedInError(DomainError):
    """A program called without a session, or somebody sent a form after the session had ended."""

    code = "not_signed_in"
    message = _("You are not signed in, or not any more. Sign in first.")
    status = 401


class NotReadyError(DomainError):
    """A program comes for somebody whom the portal would lead to another page first."""

    code = "not_ready"
    message = _("The portal asks something of you first. Open it in a browser, sign in and follow what it says.")
    status = 403


class Door:
    """What a view says about who may open it."""

    def __init__(self, *standings: Standing, why: str, without_factor: bool = False) -> None:
        self.standings = frozenset(standings)
        self.why = why
        self.without_factor = without_factor


def open_to(*standings: Standing, why: str, without_factor: bool = False) -> Callable[[V], V]:
    """Open a view to more than vetted members with a second factor, and say why."""

    def mark(view: V) -> V:
        view.door = Door(*standings, why=why, without_factor=without_factor)  # type: ignore[attr-defined]
        return view

    return mark


SIGNED_IN = tuple(standing for standing, can in STANDINGS.items() if can.signs_in)
# The one page of whoever did not renew, and of whoever is not a member yet.
OWN_PAGES = {Standing.LAPSED: "members:membership", Standing.PROVISIONAL: "members:provisional"}
# Where somebody wanted to go who had to enrol a second factor first.
WANTED = "wanted"


def _anyone(why: str) -> Door:
    return Door(Standing.ANYONE, why=why)


def _enrolling(why: str) -> Door:
    return Door(*SIGNED_IN, why=why, without_factor=True)


def _own_account(why: str) -> Door:
    return Door(*SIGNED_IN, why=why)


def _closed(why: str) -> Door:
    return Door(why=why)


# Views of allauth and Django, by name: they can't be decorated where they are defined.
THIRD_PARTY_DOORS: dict[str, Door] = {
    "account_login": _anyone("sign-in page"),
    "account_logout": _anyone("leaving must always work"),
    "account_inactive": _anyone("says why a person is shut out"),
    "account_reset_password": _anyone("a forgotten password"),
    "account_reset_password_done": _anyone("a forgotten password"),
    "account_reset_password_from_key": _anyone("the link mailed for a new password"),
    "account_reset_password_from_key_done": _anyone("a forgotten password"),
    "account_confirm_email": _anyone("the link mailed to prove an address"),
    "account_email_verification_sent": _anyone("the page after that mail"),
    "mfa_authenticate": _anyone("second step of signing in; allauth holds the half-open login"),
    "mfa_login_webauthn": _anyone("signing in with a passkey"),
    "mfa_index": _enrolling("the page that a member without a factor is led to"),
    "mfa_activate_totp": _enrolling("enrolment"),
    "mfa_add_webauthn": _enrolling("enrolment"),
    "account_reauthenticate": _enrolling("asked before a second factor is changed"),
    "mfa_reauthenticate": _enrolling("asked before a second factor is changed"),
    "mfa_reauthenticate_webauthn": _enrolling("asked before a second factor is changed"),
    "mfa_view_recovery_codes": _own_account("shown once a factor is set up"),
    "mfa_generate_recovery_codes": _own_account("everybody looks after their own factors"),
    "mfa_download_recovery_codes": _own_account("everybody looks after their own factors"),
    "mfa_deactivate_totp": _own_account("everybody looks after their own factors"),
    "mfa_list_webauthn": _own_account("everybody looks after their own factors"),
    "mfa_edit_webauthn": _own_account("everybody looks after their own factors"),
    "mfa_remove_webauthn": _own_account("everybody looks after their own factors"),
    "account_change_password": _own_account("everybody looks after their own password"),
    "usersessions_list": _closed("the portal has a page of its own, on which each session can be ended"),
    "account_signup": _closed("members come in through vetting only"),
    "account_set_password": _closed("a first password is set through the mailed link"),
    "account_email": _closed("an address was vetted, so an officer changes it"),
    "account_confirm_login_code": _closed("there is no signing in by a mailed code"),
}

VETTED = Door(Standing.MEMBER, why="the rule")


def door_of(view: Callable[..., Any], name: str | None) -> Door:
    """Return who may open a view: its own word, the table above, or the rule."""
    return getattr(view, "door", None) or THIRD_PARTY_DOORS.get(name or "", VETTED)


class AccessMiddleware:
    """Refuses by default, and keeps every personal answer out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]
        with wall.reading_as(wall.Somebody.NOBODY):
            response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        patch_vary_headers(response, ["Cookie", "Authorization", "HX-Request"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return a refusal, or None to go on. An exception in here denies: it never reaches the view."""
        match = request.resolver_match
        name = match.view_name if match else None
        door = door_of(view, name)
        if not door.standings:
            raise Http404(door.why)
        if Standing.ANYONE in door.standings:
            return None
        refusal = _refusal(request, door) or step_up.gate(request, view, name)
        if refusal is not None and is_program(request) and refusal.headers["Content-Type"] != PROBLEM:
            return answer(request, NotReadyError())
        if refusal is None and request.user.pk is not None:
            wall.let_in(request.user.pk)
        return refusal


def _refusal(request: HttpRequest, door: Door) -> HttpResponse | None:
    member = request.user
    if not member.is_authenticated:
        return _ask_to_sign_in(request)
    if not STANDINGS[Standing(member.standing)].signs_in:
        auth.logout(request)
        return redirect("account_inactive")
    if not (door.without_factor or member.has_second_factor):
        return _lead_to_enrolment(request)
    if member.standing not in door.standings:
        return _explain_standing(request)
    return None if door.without_factor else _ask_for_passkey(request)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if is_program(request) or request.headers.get("HX-Request") or texts_typed(request):
        return answer(request, NotSignedInError())
    here = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("home")
    return redirect_to_login(here, reverse("account_login"))


def _lead_to_enrolment(request: HttpRequest) -> HttpResponse:
    if request.method in {"GET", "HEAD"}:
        request.session[WANTED] = request.get_full_path()
    return redirect("mfa_index")


def _ask_for_passkey(request: HttpRequest) -> HttpResponse | None:
    """Lead officers to enrol a passkey, and to sign in with it; None for everybody who owes none."""
    if not request.user.owes_passkey or step_up.is_hard(request):  # type: ignore[union-attr]
        return None
    return step_up.lead_to_proof(request) if request.user.has_passkey else _lead_to_enrolment(request)  # type: ignore[union-attr]


def _explain_standing(request: HttpRequest) -> HttpResponse:
    is_page = request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request")
    own_page = OWN_PAGES.get(Standing(request.user.standing))  # type: ignore[union-attr]
    if own_page and is_page:
        return redirect(own_page)
    return render(request, "errors/standing.html", {"standing": request.user.get_standing_display()}, status=403)  # type: ignore[union-attr]
