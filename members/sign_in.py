"""How does a session become a member, and what does allauth do differently here?"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from congress.core import crypto, mail
from congress.core.models import Lane
from members.models import Member


class MemberBackend(AuthenticationBackend):
    """Loads the member of a session together with roles and second factor, in one query."""

    def get_user(self, user_id: int) -> Member | None:
        """Return the member, or None when there is none or signing in is not for their standing."""
        members = Member.objects.with_rights(timezone.now()).select_related("organisation")
        return members.filter(pk=user_id).first()


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up, and mail that leaves by the same door as all other mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come in through vetting only."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue allauth's letter, sealed, in the lane of account mail."""
        message = self.render_mail(template_prefix, email, {**context, "site_name": settings.SITE_NAME})
        content = mail.Letter(message.subject, message.body)
        kind = template_prefix.replace("/", ".")
        mail.post(email, content, kind=kind, lane=Lane.ACCOUNT, at=timezone.now())


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors sealed in the database."""

    def encrypt(self, text: str) -> str:
        """Return the secret sealed with the newest key."""
        return crypto.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the plain secret. Raises: UnreadableSecretError."""
        return crypto.unseal(encrypted_text)
