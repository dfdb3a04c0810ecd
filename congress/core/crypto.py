"""How are secrets kept at rest, and how does an address carry what its reader should not take apart?"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings


class UnreadableSecretError(Exception):
    """A sealed value was made with a key that is no longer in FIELD_KEYS."""


@cache
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(plain: str) -> str:
    """Return a value encrypted and authenticated with the newest key."""
    return _ring(tuple(settings.FIELD_KEYS)).encrypt(plain.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the plain value. Raises: UnreadableSecretError."""
    try:
        return _ring(tuple(settings.FIELD_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecretError from error


def is_newest(sealed: str) -> bool:
    """Tell whether a value was sealed with the newest key already."""
    try:
        _ring(tuple(settings.FIELD_KEYS[:1])).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def reseal(sealed: str) -> str:
    """Return the value sealed with the newest key, for a rotation. Raises: UnreadableSecretError."""
    return seal(unseal(sealed))


@cache
def _cipher(key: str) -> AESSIV:
    return AESSIV(hashlib.sha512(b"congress.crypto.opaque:" + key.encode()).digest())


def opaque(plain: str, purpose: str) -> str:
    """Return a value for an address that says nothing and can't be changed; the same value is always the same text.

    Source: RFC 5297 (AES-SIV), which needs no random part, so that equal pages keep equal bytes.
    """
    sealed = _cipher(settings.SECRET_KEY).encrypt(plain.encode(), [purpose.encode()])
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def transparent(text: str, purpose: str) -> str:
    """Return what `opaque` hid for the same purpose. Raises: UnreadableSecretError."""
    try:
        sealed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return _cipher(settings.SECRET_KEY).decrypt(sealed, [purpose.encode()]).decode()
    except (InvalidTag, ValueError) as error:
        raise UnreadableSecretError from error
