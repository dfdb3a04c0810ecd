"""What does the journal keep about signing in and second factors? allauth makes these changes; here they are noted."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.models import Entry
from members.models import Member

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
CODES_RENEWED = journal.event("members.member.codes_renewed", _("A member made new recovery codes."), silent=_TOLD)


def note(event: str, member: Member, *, at: datetime, **data: Any) -> Entry:
    """Note what a member did to their own account."""
    return journal.record(event, target=member, by=member, at=at, **data)


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
