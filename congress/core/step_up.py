"""Which acts ask for a second factor that was shown minutes ago, and how, without losing what was typed?"""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from congress.core.errors import DomainError, answer

if TYPE_CHECKING:
    from members.models import Member

V = TypeVar("V", bound=Callable[..., Any])

# What nobody can be talked out of on the telephone or by a false page; a code on paper is the last way in.
HARD_PROOFS = {Authenticator.Type.WEBAUTHN.value, Authenticator.Type.RECOVERY_CODES.value}
# Views of allauth, by name: whoever has a factor shows it before factors are added, seen or ended.
THIRD_PARTY_STEPS = frozenset(
    {
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
    }
)
# What a session says that was opened without a second factor, because the browser is remembered.
SPARED = "second_factor_spared"
# The names of our own fields in a form that is sent again.
PREFIX = "step_up"


class StepUpError(DomainError):
    """A fragment of a page was asked for, and the last proof is too old."""

    code = "step_up"
    message = _("Confirm first that it is you: open this in a page of its own. What you typed stays here.")
    status = HTTPStatus.FORBIDDEN


def steps_up(view: V) -> V:
    """Ask for a fresh second factor before this view is opened, or its form is taken."""
    view.steps_up = True  # type: ignore[attr-defined]
    return view


def asks(view: Callable[..., Any], name: str | None) -> bool:
    """Tell whether a view asks for a fresh factor: its own word, or the table above."""
    return getattr(view, "steps_up", False) or name in THIRD_PARTY_STEPS


class CodeForm(ReauthenticateForm):
    """Takes a code of the app or of the paper; of officers who have a passkey one of the paper only.

    The other is refused before it is used up. Source: decision 0022.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = (
            _("Your role asks for your passkey. Without it: one of your recovery codes.")
            if owes_hard_proof(self.user)
            else _("The six digits that your authenticator app shows, or one of your recovery codes.")
        )

    def clean_code(self) -> str:
        """Return the code that was taken. Raises: ValidationError."""
        if not owes_hard_proof(self.user):
            return str(super().clean_code())
        forget_attempts = check_rate_limit(self.user)
        on_paper = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.RECOVERY_CODES).first()
        if on_paper is None or not on_paper.wrap().validate_code(self.cleaned_data["code"]):
            raise get_factor_adapter().validation_error("incorrect_code")
        self.authenticator = on_paper
        forget_attempts()
        return str(self.cleaned_data["code"])


def owes_hard_proof(member: "Member") -> bool:
    """Tell whether only what a false page can't steal counts for this person."""
    return member.owes_passkey and member.has_passkey


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether a factor that counts for this person was shown within the last minutes."""
    earliest = request.at.timestamp() - settings.STEP_UP_MINUTES * 60  # type: ignore[attr-defined]
    return any(proof["at"] > earliest for proof in _proofs(request))


def is_hard(request: HttpRequest) -> bool:
    """Tell whether this session was ever proved in a way that a false page can't steal."""
    return any(proof.get("type") in HARD_PROOFS for proof in _proofs(request))


def _proofs(request: HttpRequest) -> list[dict[str, Any]]:
    member: Member = request.user  # type: ignore[assignment]
    records = get_authentication_records(request, member)
    shown = [record for record in records if record["method"] == "mfa"]
    if not shown and not request.session.get(SPARED):
        # A session without any factor began before there was one: it has just enrolled it.
        shown = records
    if owes_hard_proof(member):
        return [record for record in shown if record.get("type") in HARD_PROOFS]
    return shown


def gate(request: HttpRequest, view: Callable[..., Any], name: str | None) -> HttpResponse | None:
    """Return the question, or None to go on. Somebody who has no factor yet has nothing to show."""
    if not asks(view, name) or not request.user.has_second_factor or is_fresh(request):  # type: ignore[union-attr]
        return None
    if request.headers.get("HX-Request"):
        return answer(request, StepUpError())
    return lead_to_proof(request) if request.method in {"GET", "HEAD"} else _ask_beside_the_form(request)


def lead_to_proof(request: HttpRequest) -> HttpResponse:
    """Ask on a page of its own, which leads back to the page that was wanted."""
    [first, *_others] = get_adapter().get_reauthentication_methods(request.user)
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else resolve_url("home")
    return redirect(f"{first['url']}?{urlencode({'next': wanted})}")


def _ask_beside_the_form(request: HttpRequest) -> HttpResponse | None:
    """Ask on a page that holds what was sent, and take the answer from it; None once it is right."""
    methods = {method["id"] for method in get_adapter().get_reauthentication_methods(request.user)}
    code = _form(CodeForm, request, "code") if "mfa_reauthenticate" in methods else None
    key = _form(ReauthenticateWebAuthnForm, request, "credential") if "mfa_reauthenticate:webauthn" in methods else None
    for form in (code, key):
        if form is not None and form.is_valid():
            form.save()  # type: ignore[attr-defined]
            return None
    context: dict[str, Any] = {"code": code, "key": key, "kept": _kept(request)}
    if key is not None:
        context["js_data"] = {"request_options": begin_authentication(request.user)}
    return render(request, "account/step_up.html", context, status=HTTPStatus.FORBIDDEN)


def _form(kind: type[Form], request: HttpRequest, field: str) -> Form:
    is_sent = f"{PREFIX}-{field}" in request.POST
    return kind(data=request.POST if is_sent else None, prefix=PREFIX, user=request.user)  # type: ignore[call-arg]


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, name by name, as hidden fields hold it."""
    ours = ("csrfmiddlewaretoken", PREFIX)
    return [(name, value) for name in request.POST if not name.startswith(ours) for value in request.POST.getlist(name)]
