"""How are secrets kept at rest, so that a stolen dump of the database does not hold them?"""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
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


def reseal(sealed: str) -> str:
    """Return the value sealed with the newest key, for a rotation. Raises: UnreadableSecretError."""
    return seal(unseal(sealed))
