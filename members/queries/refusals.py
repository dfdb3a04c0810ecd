"""What remains of whoever was refused when the name is forgotten, and does it fit somebody who applies now?"""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from congress.core.names import folded, sounds_of
from members.models import Application


def keys_kept(application: Application) -> list[str]:
    """Return the keyed hashes of the address, of each name as search folds it, and of how the names sound."""
    return sorted(_address(application) | _names(application) | _sounds(application))


def shares_address(kept: Iterable[str], application: Application) -> bool:
    """Tell whether hashes that were kept are of this application's address."""
    return not _address(application).isdisjoint(kept)


def shares_name(kept: Iterable[str], application: Application) -> bool:
    """Tell whether hashes that were kept are of one of this application's names, as it is spelt."""
    return not _names(application).isdisjoint(kept)


def _address(application: Application) -> set[str]:
    return _hashed("address", [application.email.strip().lower()])


def _names(application: Application) -> set[str]:
    return _hashed("name", map(folded, (application.latin_name, application.native_name, *application.other_names)))


def _sounds(application: Application) -> set[str]:
    return _hashed("sound", sounds_of(application.latin_name, application.native_name))


def _hashed(kind: str, words: Iterable[str]) -> set[str]:
    return {salted_hmac(f"members.refused.{kind}", each, algorithm="sha256").hexdigest() for each in words if each}
