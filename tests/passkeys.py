"""How does a test hold a passkey? With a key of its own, and the same bytes that a phone would send."""

import hashlib
import json
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from members.models import Member

LOGIN = "/accounts/2fa/webauthn/login/"
HOST = "localhost"
HELD = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Passkey:
    """A passkey of a member, which signs in without a password."""

    def __init__(self, member: Member) -> None:
        self.member, self.id = member, b"passkey of a test"
        self.key = ec.generate_private_key(ec.SECP256R1())
        data = {"name": "Phone", "passwordless": True, "credential": self._made()}
        Authenticator.objects.create(user=member, type=Authenticator.Type.WEBAUTHN, data=data)

    def _made(self) -> dict[str, Any]:
        public = AttestedCredentialData.create(b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key()))
        held = AuthenticatorData.create(_place(), HELD | AuthenticatorData.FLAG.AT, 0, public)
        attested = AttestationObject.create("none", held, {})
        return self._sent(attestationObject=bytes(attested), clientDataJSON=_said("create", ""))

    def asked(self, client: Client) -> dict[str, Any]:
        """Return the signed answer to the challenge that the portal gives to this browser."""
        options = client.get(LOGIN, headers={"X-Requested-With": "XMLHttpRequest"}).json()["request_options"]
        said, held = _said("get", options["publicKey"]["challenge"]), AuthenticatorData.create(_place(), HELD, 1)
        signature = self.key.sign(bytes(held) + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        owner = user_pk_to_url_str(self.member).encode()
        return self._sent(authenticatorData=bytes(held), clientDataJSON=said, signature=signature, userHandle=owner)

    def _sent(self, **parts: bytes) -> dict[str, Any]:
        name = websafe_encode(self.id)
        response = {part: websafe_encode(value) for part, value in parts.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}


def _place() -> bytes:
    return hashlib.sha256(HOST.encode()).digest()


def _said(kind: str, challenge: str) -> bytes:
    return json.dumps({"type": f"webauthn.{kind}", "challenge": challenge, "origin": f"http://{HOST}"}).encode()


def sign_in(client: Client, answer: dict[str, Any]) -> None:
    """Send an answer to a challenge as the browser does."""
    client.post(LOGIN, {"credential": json.dumps(answer)})
