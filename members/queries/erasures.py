"""What remains of whoever was erased, and what is under way for a member?"""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from congress.core.names import folded
from members.models import Application, ErasedKey, Erasure, Member


def digests_of(email: str, names: Iterable[str]) -> list[str]:
    """Return the keyed hashes of an address and of names, as search folds them: capitals and accents do not hide."""
    keys = [f"address {email.strip().lower()}", *(f"name {key}" for key in map(folded, names) if key)]
    return [salted_hmac("members.erased", key, algorithm="sha256").hexdigest() for key in keys]


def was_erased(application: Application) -> bool:
    """Tell whether address or name are those of somebody who was erased; never of whom. One query."""
    names = [application.latin_name, application.native_name, *application.other_names]
    return ErasedKey.objects.filter(digest__in=digests_of(application.email, names)).exists()


def open_erasure(member: Member) -> Erasure | None:
    """Return a member's own wish that is under way."""
    return Erasure.objects.open().filter(member=member).first()
