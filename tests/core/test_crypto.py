"""Are secrets unreadable at rest, and readable after the key was changed?"""

import pytest
from cryptography.fernet import Fernet

from congress.core.crypto import UnreadableSecretError, reseal, seal, unseal

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_seal_hides_and_unseal_shows():
    sealed = seal("a quiet harbour")
    assert "harbour" not in sealed
    assert unseal(sealed) == "a quiet harbour"


def test_seal_is_never_twice_the_same():
    assert seal("x") != seal("x")


def test_reseal_moves_a_secret_to_the_newest_key(settings):
    settings.FIELD_KEYS = [OLD]
    sealed = seal("secret")
    settings.FIELD_KEYS = [NEW, OLD]
    moved = reseal(sealed)
    settings.FIELD_KEYS = [NEW]
    assert unseal(moved) == "secret"


def test_unseal_fails_without_the_key(settings):
    settings.FIELD_KEYS = [OLD]
    sealed = seal("secret")
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(UnreadableSecretError):
        unseal(sealed)


@pytest.mark.parametrize("value", ["", "x", "gAAAAA"])
def test_unseal_refuses_what_was_not_sealed(value):
    with pytest.raises(UnreadableSecretError):
        unseal(value)


def test_unseal_refuses_what_was_changed():
    sealed = seal("secret")
    with pytest.raises(UnreadableSecretError):
        unseal(sealed[:-4] + ("AAAA" if not sealed.endswith("AAAA") else "BBBB"))
