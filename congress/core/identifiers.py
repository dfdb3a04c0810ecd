"""How are things named in addresses, so that nobody can count or guess them?"""

import re
import secrets
from hashlib import sha256

# Crockford's alphabet: no I, L, O or U, so that an id survives a telephone call.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PUBLIC_ID = re.compile(r"[0-9a-z]{12}")
# Where people gave the name, as for meetings.
SLUG = re.compile(r"[-0-9A-Za-z_]{1,50}")


def random_code(length: int) -> str:
    """Return a random code of five bits a letter."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def public_id() -> str:
    """Return a fresh id for an address: 60 random bits, nothing sequential."""
    return random_code(12).lower()


def secret_token() -> str:
    """Return a fresh token for a private link: 256 random bits."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """Return what is stored of a token, so that a stolen dump opens no private link."""
    return sha256(token.encode()).hexdigest()
