"""How does a session, or a token, become a member, and what does allauth do differently here?"""

import time
from http import HTTPStatus
from typing import Any

from allauth.account import app_settings
from allauth.account import forms as account_forms
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from django import forms
from django.conf import settings
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.core import crypto, mail
from congress.core.access import NotSignedInError
from congress.core.errors import answer, is_program
from congress.core.models import Lane
from congress.core.step_up import SPARED, is_fresh, owes_hard_proof
from members import queries
from members.actions import accounts, devices, tokens
from members.actions.sessions import note_presence
from members.models import DEVICE_LIFETIME, Member
from members.policies import can_be_remembered
from members.queries.devices import is_remembered

# Where a half-open sign-in keeps the epoch in which it began.
EPOCH = "authz_epoch"
# Where the browser's challenge for a passkey is kept with its date, and for how long an answer to it is taken.
CHALLENGED = "passkey_challenged"
CHALLENGE_SECONDS = 300
# allauth writes to the member after each of these; the same call tells the journal.
NOTED = {
    "account/email/password_changed": (accounts.PASSWORD_CHANGED, _("The password was changed.")),
    "account/email/password_reset": (accounts.PASSWORD_CHANGED, _("A new password was set with a mailed link.")),
    "mfa/email/totp_activated": (accounts.FACTOR_ADDED, _("An authenticator app was added.")),
    "mfa/email/totp_deactivated": (accounts.FACTOR_REMOVED, _("The authenticator app was removed.")),
    "mfa/email/webauthn_added": (accounts.FACTOR_ADDED, _("A passkey or security key was added.")),
    "mfa/email/webauthn_removed": (accounts.FACTOR_REMOVED, _("A passkey or security key was removed.")),
    "mfa/email/recovery_codes_generated": (accounts.CODES_RENEWED, _("New recovery codes were made.")),
}


class BadTokenError(NotSignedInError):
    """A program showed something that is no token in force."""

    code = "bad_token"
    message = _("This token is unknown, over or revoked, or its member may not sign in. Make a new one in the portal.")


# Made once: making it anew takes a sixth of the time of an empty page, and it is asked for every page.
MEMBERS = Member.objects.with_rights(Now()).select_related("organisation")


class MemberBackend(AuthenticationBackend):
    """Loads the member of a session together with roles and second factor, in one query."""

    def get_user(self, user_id: int) -> Member | None:
        """Return the member, or None when there is none. Whether they may be here is asked at the door."""
        # Not `first`, which sorts, and for that compares what each of all columns is.
        return next(iter(MEMBERS.filter(pk=user_id)), None)

    def _authenticate_by_email(self, email: str, password: str) -> Member | None:
        """Look once, whoever it is: of an address that nobody has allauth asks a second table, which takes time."""
        member: Member | None = self._check_password(Member.objects.filter(email__iexact=email).first(), password)
        return member


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up, a journal of what happens to accounts, and mail that leaves by the door of all other mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come in through vetting only."""
        return False

    def get_login_stages(self) -> list[str]:
        """Put our own question for the second factor in the place of allauth's."""
        own = "members.sign_in.SecondFactorStage"
        return [own if stage.endswith(".AuthenticateStage") else stage for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Spare those who signed in a moment ago: a new member would type the password twice before enrolling."""
        required = super().is_reauthentication_required(app=app, **kwargs)
        if self.request.user.has_second_factor:
            return bool(required) and not is_fresh(self.request)
        return bool(required) and not _signed_in_just_now(self.request)

    def get_reauthentication_methods(self, user: Member) -> list[dict[str, Any]]:
        """Leave the password to those who have nothing else; officers show a passkey they have, or a code on paper."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not user.has_second_factor:
            return methods
        factors = [method for method in methods if method["id"] != "reauthenticate"]
        if not owes_hard_proof(user):
            return factors
        on_paper = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists()
        return [method for method in reversed(factors) if on_paper or method["id"] != "mfa_reauthenticate"]

    def pre_login(self, request: HttpRequest, user: Member, **kwargs: Any) -> HttpResponse | None:
        """Note in which epoch the first proof was given; the second may come minutes later."""
        request.session[EPOCH] = user.authz_epoch
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def login(self, request: HttpRequest, user: Member) -> None:
        """Open the session, unless the person was shut out between the two steps."""
        if not user.is_active or request.session.get(EPOCH) != user.authz_epoch:
            request.session.flush()
            raise ImmediateHttpResponse(redirect("account_login" if user.is_active else "account_inactive"))
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Member, **kwargs: Any) -> HttpResponse:
        """Note a completed sign-in, with the ways in which the person proved who they are."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        proofs = {record.get("type") or record["method"] for record in get_authentication_records(request, user)}
        accounts.note_sign_in(user, sorted(proofs), at=timezone.now())
        if getattr(request, "remembers", False):
            _remember(request, user, response)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Note who leaves, then end the session."""
        if request.user.is_authenticated:
            accounts.note(accounts.SIGNED_OUT, request.user, at=timezone.now())
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a wrong password."""
        accounts.note_failed_sign_in(credentials.get("email", ""), at=timezone.now())

    def send_notification_mail(self, template_prefix: str, user: Member, *args: Any, **kwargs: Any) -> None:
        """Note a change of password or factors, then let allauth write to the member."""
        if template_prefix in NOTED:
            event, _sentence = NOTED[template_prefix]
            accounts.note(event, user, at=timezone.now(), kind=template_prefix.rpartition("/")[2])
        super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return a link of the portal's own address; the request's is whatever its sender says."""
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue allauth's letter, sealed, in the lane of account mail."""
        name = template_prefix.rpartition("/")[2]
        if template_prefix in NOTED:
            content = mail.letter("members/account_changed", {**context, "sentence": NOTED[template_prefix][1]})
        else:
            content = mail.letter(f"members/{name}", context)
        mail.post(email, content, kind=f"members.{name}", lane=Lane.ACCOUNT, at=timezone.now())


def _remember(request: HttpRequest, member: Member, response: HttpResponse) -> None:
    token = devices.remember_device(member, at=timezone.now(), user_agent=request.headers.get("User-Agent", ""))
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        token,
        max_age=DEVICE_LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _signed_in_just_now(request: HttpRequest) -> bool:
    earliest = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return any(record["at"] > earliest for record in get_authentication_records(request, request.user))


class ResetPasswordForm(account_forms.ResetPasswordForm):
    """Takes an address and writes to nobody: that, and the link, is a listener's work."""

    def clean_email(self) -> str:
        """Return the address without looking whose it is."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Note the wish. Returns the address, as allauth wants."""
        email: str = self.cleaned_data["email"]
        accounts.ask_for_password(email, at=timezone.now())
        return email


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors sealed in the database."""

    def encrypt(self, text: str) -> str:
        """Return the secret sealed with the newest key."""
        return crypto.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the plain secret. Raises: UnreadableSecretError."""
        return crypto.unseal(encrypted_text)


class ChallengeMiddleware:
    """Dates each challenge for a passkey: it is given to nobody in particular, so that no epoch can be kept with it."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        if request.session.modified and (state := request.session.get(STATE_SESSION_KEY)):
            challenge, _at = request.session.get(CHALLENGED, ("", 0))
            if challenge != state["challenge"]:
                request.session[CHALLENGED] = (state["challenge"], time.time())
        return response


class PasskeyForm(LoginWebAuthnForm):
    """Takes the answer to a challenge, unless it comes late or its member was shut out in between."""

    def clean_credential(self) -> Authenticator:
        """Return the passkey that was shown. Raises: ValidationError."""
        authenticator: Authenticator = super().clean_credential()
        _challenge, challenged_at = context.request.session.pop(CHALLENGED, ("", 0))
        began_at = authenticator.user.epoch_began_at
        if challenged_at <= max(began_at.timestamp() if began_at else 0, time.time() - CHALLENGE_SECONDS):
            raise get_factor_adapter().validation_error("incorrect_code")
        return authenticator


class SecondFactorForm(AuthenticateForm):
    """Takes a code, and the wish not to be asked in this browser for a while."""

    remember = forms.BooleanField(
        label=_("Do not ask for it in this browser for 14 days"),
        required=False,
        help_text=_("Only where nobody else uses it. You can end that on the page of your sessions."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_be_remembered(self.user, timezone.now()):
            del self.fields["remember"]

    def save(self) -> None:
        """Note what was shown, and what was wished until the sign-in is complete."""
        super().save()
        context.request.remembers = self.cleaned_data.get("remember", False)


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, unless the member had this browser remembered."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Return the question, or nothing to go on without; the session says so, for acts that ask for a factor."""
        token = self.request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        if is_remembered(self.login.user, token, timezone.now()):
            self.request.session[SPARED] = True
            return None, True
        asked: tuple[HttpResponse | None, bool] = super().handle()
        return asked


class PresenceMiddleware:
    """Keeps "last seen" of each session, so that people recognise those that are not theirs."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        if request.user.is_authenticated and request.session.session_key:
            note_presence(request.user, request.session.session_key, at=request.at)  # type: ignore[attr-defined]
        return response


class TokenMiddleware:
    """Lets a program in as the member whose token it shows, through the same door as a session; under /api/ only."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        shown = request.headers.get("Authorization", "")
        if shown and is_program(request):
            now = timezone.now()
            found = queries.bearer(shown.removeprefix("Bearer ").strip(), now) if shown.startswith("Bearer ") else None
            if found is None:
                return answer(request, BadTokenError())
            tokens.note_use(found.token, at=now, address=get_adapter().get_client_ip(request))
            request.user, request.token = found.member, found.token  # type: ignore[attr-defined]
        response: HttpResponse = self.get_response(request)
        return response


class RefusalStatusMiddleware:
    """Gives allauth's refusals the status that our own have; by itself it answers 200 to a wrong password."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        return response

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        """Mark a form with errors as 422 and a private link that leads nowhere as 404."""
        context = response.context_data or {}
        form = context.get("form")
        if request.method == "POST" and response.status_code == HTTPStatus.OK and getattr(form, "errors", None):
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        elif context.get("token_fail") or context.get("confirmation", "") is None:
            response.status_code = HTTPStatus.NOT_FOUND
        return response
