"""Whom may an applicant name as a sponsor? Asked of what was typed alone, so that nothing is told of who is known."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core.addresses import domain_of, is_disposable, mailbox_of, one_domain
from congress.core.errors import DomainError
from congress.core.names import folded
from members.models import Application, Sponsor

OWN_ADDRESS = _("This is your own address. A sponsor is somebody else.")
OWN_NAME = _("This is your own name. A sponsor is somebody else.")
DISPOSABLE = _("Addresses of this provider last for minutes. Give the address that the person works with.")
NAMED_ALREADY = _("You have named this person already.")
SAME_BODY = _("The sponsors must be of different organisations; this one was named already.")
SAME_DOMAIN = _("The addresses of the sponsors must be of different organisations; these two are of one.")


class SponsorRefusedError(DomainError):
    """This person can't be a sponsor of this applicant."""

    code = "sponsor_refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True)
class Naming:
    """A sponsor as the applicant names them."""

    name: str
    organisation_name: str
    email: str

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is missing."""
        return bool(self.name and self.organisation_name and self.email)


@dataclass(frozen=True)
class Trouble:
    """Why one of those named can't be a sponsor, and where that was typed; `number` counts from nought."""

    number: int
    part: str
    sentence: str | Promise


def troubles(applicant: Application, namings: Sequence[Naming], named: Sequence[Sponsor] = ()) -> Iterator[Trouble]:
    """Yield what is wrong with those named now, beside those named before, whatever they answered."""
    before = [Naming(sponsor.name, sponsor.organisation_name, sponsor.email) for sponsor in named]
    for number, naming in enumerate(namings):
        for part, sentence in (*_about_oneself(applicant, naming), *_about_the_others(naming, before)):
            yield Trouble(number, part, sentence)
        before.append(naming)


def _about_oneself(applicant: Application, naming: Naming) -> Iterator[tuple[str, str | Promise]]:
    own_names = [applicant.latin_name, applicant.native_name, *applicant.other_names]
    if mailbox_of(naming.email) == mailbox_of(applicant.email) or _bears(naming.email, applicant.latin_name):
        yield "email", OWN_ADDRESS
    elif is_disposable(naming.email):
        yield "email", DISPOSABLE
    if _words(naming.name) in [_words(name) for name in own_names if _words(name)]:
        yield "name", OWN_NAME


def _about_the_others(naming: Naming, others: Sequence[Naming]) -> Iterator[tuple[str, str | Promise]]:
    if any(_are_given(naming.email, o.email) and mailbox_of(naming.email) == mailbox_of(o.email) for o in others):
        yield "email", NAMED_ALREADY
    elif any(_are_given(naming.email, o.email) and _share_a_domain(naming, o) for o in others):
        yield "email", SAME_DOMAIN
    if any(folded(naming.organisation_name) == folded(o.organisation_name) != "" for o in others):
        yield "organisation_name", SAME_BODY


def _are_given(*texts: str) -> bool:
    return all(texts)


def _share_a_domain(one: Naming, other: Naming) -> bool:
    return one_domain(domain_of(one.email), domain_of(other.email))


def _words(name: str) -> list[str]:
    return sorted(folded(name).split())


def _bears(email: str, name: str) -> bool:
    """Tell whether an address is made of somebody's given and family name: most people have a second one like that."""
    words = folded(name).split()
    letters = re.sub(r"[^a-z]", "", email.lower().rpartition("@")[0].partition("+")[0])
    return len(words) > 1 and letters in {"".join(words), "".join(reversed(words))}
