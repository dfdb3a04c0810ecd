"""How does somebody who tries the demonstration sign in?

Passwords and second factors are fixed and public: they protect fictitious people, and only in demonstration mode.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from django.urls import reverse

from congress.core.roles import Role, Standing
from congress.demo.reading import read
from congress.demo.shapes import Person

PASSWORD = "violet-ink-on-paper"


@dataclass(frozen=True, slots=True)
class Account:
    """One way in, as `manage.py demo accounts --json` prints it."""

    email: str
    password: str
    totp_secret: str
    roles: tuple[str, ...]
    sector: str
    country: str
    organisation: str
    standing: str
    status_url: str = ""

    def printed(self) -> dict[str, object]:
        """Return the account as plain JSON values."""
        return {**asdict(self), "roles": list(self.roles)}


def accounts(people: Iterable[Person]) -> Iterator[Account]:
    """Yield the accounts of these people, in the order of the data file."""
    mailboxes = {entry["mailbox"] for entry in read("accounts")["account"]}
    for person in people:
        if person.email.partition("@")[0] in mailboxes:
            yield Account(
                email=person.email,
                password=PASSWORD,
                totp_secret=totp_secret(person.email),
                roles=(Role.MEMBER.value, *person.roles) if person.standing == Standing.MEMBER else person.roles,
                sector=person.sector,
                country=person.country,
                organisation=person.organisation.name,
                standing=person.standing,
                status_url=_status_url(person),
            )


def _status_url(person: Person) -> str:
    """Return the path of an applicant's private link, which comes by mail outside the demonstration."""
    if person.standing != Standing.APPLICANT:
        return ""
    return reverse("members:application_status", kwargs={"token": private_token(person.email)})


def private_token(email: str) -> str:
    """Return the fixed token of an applicant's private link."""
    return hashlib.sha256(f"congress demonstration application {email}".encode()).hexdigest()[:32]


def totp_secret(email: str) -> str:
    """Return the fixed secret of an address: 160 bits in base 32."""
    return base64.b32encode(hashlib.sha256(f"congress demonstration {email}".encode()).digest()[:20]).decode()
