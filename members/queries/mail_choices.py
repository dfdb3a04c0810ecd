"""Who wants the digest, and whose is the link that ends it?

The link is signed and bound to the member's epoch: a letter that lies in a mailbox for years holds no secret that the
portal would have to keep, and a suspension or a departure ends it. Source: RFC 8058; decision 0032.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from members.models import Member, MemberQuerySet

_SIGNER = Signer(salt="members.digest_stop", sep="~")


def digest_takers() -> MemberQuerySet:
    """Return the listed members who did not end the digest."""
    return Member.objects.listed().exclude(mail_choice__takes_digest=False)


def digest_stop_links(members: Iterable[Member]) -> dict[int, str]:
    """Return for each member the address at which a program ends their digest."""
    return {member.pk: _link(f"{member.public_id}~{member.authz_epoch}") for member in members}


def digest_stop_subject(token: str) -> str | None:
    """Return of whom and which epoch a link is, or None if the portal did not make it. Asks no row."""
    try:
        return _SIGNER.unsign(token)
    except BadSignature:
        return None


def taker_behind(subject: str) -> Member | None:
    """Return whose digest a link ends, or None: shut out or gone since it was made."""
    public_id, _sep, epoch = subject.partition("~")
    return Member.objects.listed().filter(public_id=public_id, authz_epoch=int(epoch)).first()


def _link(subject: str) -> str:
    return settings.SITE_URL + reverse("members:digest_stop", args=[_SIGNER.sign(subject)])
