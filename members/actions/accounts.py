"""What does the journal keep about signing in and second factors? allauth makes these changes; here they are noted."""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.models import Entry
from members.models import Member

# A factor that wakes up after so long may be somebody else's by now.
LONG_UNUSED = timedelta(days=90)
FACTORS = {
    Authenticator.Type.TOTP.value: _("your authenticator app"),
    Authenticator.Type.WEBAUTHN.value: _("a passkey or security key"),
    Authenticator.Type.RECOVERY_CODES.value: _("a recovery code"),
}

_TOLD = "allauth writes to the member itself"

SIGNED_IN = journal.event("members.member.signed_in", _("A member signed in."), silent="an everyday act")
SIGNED_OUT = journal.event("members.member.signed_out", _("A member signed out."), silent="an everyday act")
SIGN_IN_FAILED = journal.event(
    "members.member.sign_in_failed", _("A wrong password was given."), silent="the rate limit answers; auditors read it"
)
PASSWORD_ASKED = journal.event("members.member.password_asked", _("Somebody asked for a new password."))
PASSWORD_CHANGED = journal.event("members.member.password_changed", _("A member set a new password."), silent=_TOLD)
FACTOR_ADDED = journal.event("members.member.factor_added", _("A member added a second factor."), silent=_TOLD)
FACTOR_REMOVED = journal.event("members.member.factor_removed", _("A member removed a second factor."), silent=_TOLD)
FACTOR_WOKE = journal.event("members.member.factor_woke", _("A factor was used that had long not been used."))
CODES_RENEWED = journal.event("members.member.codes_renewed", _("A member made new recovery codes."), silent=_TOLD)


def note(event: str, member: Member, *, at: datetime, **data: Any) -> Entry:
    """Note what a member did to their own account."""
    return journal.record(event, target=member, by=member, at=at, **data)


def note_sign_in(member: Member, proofs: list[str], *, at: datetime) -> Entry:
    """Note a completed sign-in with its proofs, and each factor among them that nobody had used for long."""
    for proof in set(proofs) & FACTORS.keys():
        if proof == Authenticator.Type.RECOVERY_CODES or _long_unused(member, proof, at):
            journal.record(FACTOR_WOKE, target=member, by=member, at=at, factor=proof)
    return note(SIGNED_IN, member, at=at, proofs=proofs)


def _long_unused(member: Member, factor: str, at: datetime) -> bool:
    """A factor that never was used counts from the day on which it was set up."""
    uses = Entry.objects.filter(event=SIGNED_IN, by=member, data__proofs__contains=[factor])
    last = uses.order_by("-pk").values_list("at", flat=True).first()
    if last is None:
        last = Authenticator.objects.filter(user=member, type=factor).aggregate(first=Min("created_at"))["first"]
    return last is not None and at - last > LONG_UNUSED


def note_failed_sign_in(email: str, *, at: datetime) -> Entry:
    """Note a wrong password for an address; what was typed is kept only as far as it names a member.

    Costs the same for known and unknown addresses.
    """
    member = Member.objects.filter(email__iexact=email).first()
    return journal.record(SIGN_IN_FAILED, target=member, by=None, at=at)


def ask_for_password(email: str, *, at: datetime) -> Entry:
    """Note that somebody asked for a new password for an address; the listener writes, to a member only.

    Costs the same for known and unknown addresses, so that the answer's time tells nobody who is a member.
    """
    member = Member.objects.filter(email__iexact=email).first()
    return journal.record(PASSWORD_ASKED, target=member, by=None, at=at)
