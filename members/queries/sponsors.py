"""What is known of those who vouch: for the desk beside a case, for members on their start page, behind a link?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Lower

from congress.core.addresses import one_domain
from congress.core.identifiers import token_digest
from congress.core.names import folded
from members.models import (
    APPLICATION_STATES,
    SPONSOR_STATES,
    Application,
    ApplicationState,
    Member,
    Sponsor,
)
from members.models.sponsors import SponsorQuerySet
from members.policies import can_answer, can_see_sponsors, sponsorships_of
from members.queries.vetting import Waiting


@dataclass(frozen=True)
class SponsorFacts:
    """A sponsor as the desk sees them: what they said, and how much that may weigh."""

    sponsor: Sponsor
    is_of_applicants_body: bool
    is_of_another_sponsors_body: bool
    sponsored_count: int
    refused_count: int
    withdrawn_count: int


def sponsors_of(viewer: Member, application: Application) -> list[SponsorFacts]:
    """Return what an officer weighs, in the order of naming; two queries, none for anybody else."""
    if not can_see_sponsors(viewer):
        return []
    sponsors = list(application.sponsors.select_related("member__organisation", "application__organisation"))
    sponsors.sort(key=lambda sponsor: sponsor.pk)
    records = _records(application, sponsors)
    return [_facts(sponsor, sponsors, records.get(sponsor.email.lower(), {})) for sponsor in sponsors]


def _records(application: Application, sponsors: Sequence[Sponsor]) -> dict[str, dict[str, int]]:
    """Return by address how often they vouched in other cases, and how that ended."""
    others = Sponsor.objects.exclude(application=application).annotate(address=Lower("email"))
    vouched = Q(state__in=SPONSOR_STATES.having("count"))
    counted = others.filter(address__in=[sponsor.email.lower() for sponsor in sponsors]).values("address")
    rows: Any = counted.annotate(
        sponsored=Count("pk", filter=vouched),
        refused=Count("pk", filter=vouched & Q(application__state=ApplicationState.REFUSED)),
        withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False)),
    )
    return {row["address"]: row for row in rows}


def _facts(sponsor: Sponsor, sponsors: Sequence[Sponsor], record: dict[str, int]) -> SponsorFacts:
    return SponsorFacts(
        sponsor=sponsor,
        is_of_applicants_body=_is_colleague(sponsor),
        is_of_another_sponsors_body=any(
            sponsor.speaks_for_the_body_of(other) for other in sponsors if other.pk != sponsor.pk
        ),
        sponsored_count=record.get("sponsored", 0),
        refused_count=record.get("refused", 0),
        withdrawn_count=record.get("withdrawn", 0),
    )


def _is_colleague(sponsor: Sponsor) -> bool:
    """Tell whether a sponsor is of the applicant's own organisation, by row, by name or by mail domain."""
    application = sponsor.application
    body = sponsor.member.organisation if sponsor.member else None
    names = {folded(body.name) if body else "", folded(sponsor.organisation_name)} - {""}
    return (body is not None and body == application.organisation) or (
        folded(application.organisation_name) in names or one_domain(sponsor.mail_domain, application.mail_domain)
    )


def sponsor_behind(token: str) -> Sponsor | None:
    """Return the sponsor to whom a private link leads, whatever they said since, or None if it leads nowhere.

    A link does not outlive its member's good standing, nor what shut them out in between.
    """
    sponsors = Sponsor.objects.select_related("application", "member")
    sponsor = sponsors.exclude(token_digest="").filter(token_digest=token_digest(token)).first()
    if sponsor is None or not can_answer(sponsor, None):
        return None
    epoch = sponsor.member.authz_epoch if sponsor.member else None
    return sponsor if epoch == sponsor.authz_epoch else None


def sponsor_again(sponsor: Sponsor) -> Sponsor:
    """Return the same sponsor as the row stands now; for a page after a refusal."""
    return Sponsor.objects.select_related("application", "member").get(pk=sponsor.pk)


def sponsorships(viewer: Member) -> SponsorQuerySet:
    """Return the wishes of applicants that were sent to this viewer, with the application loaded."""
    return sponsorships_of(viewer).select_related("application", "member")


def waiting_sponsorships(viewer: Member, at: datetime) -> list[Waiting]:
    """Return the applicants for whom this viewer was asked to vouch and has not answered; one query."""
    asked = sponsorships_of(viewer).awaited(at).filter(application__state__in=APPLICATION_STATES.having("sponsor"))
    said = [f"application__{column}" for column in ("public_id", "latin_name", "organisation_name")]
    lines = asked.select_related("application").only("public_id", "asked_at", *said)
    return [
        Waiting(
            view="members:sponsorship",
            url_kwargs={"public_id": sponsor.public_id},
            title=str(sponsor.application),
            meta=sponsor.application.organisation_name,
            since=sponsor.asked_at or at,
        )
        for sponsor in lines.order_by("asked_at", "pk")
    ]
