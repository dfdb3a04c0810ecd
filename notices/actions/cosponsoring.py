"""How does a body come to stand behind a notice? Its author asks, a focal point of the body answers for one text."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError
from members.models import Member, Organisation
from notices.actions.gating import check_text
from notices.actions.locking import locked_for
from notices.models import Cosponsorship, Notice
from notices.queries import bodies_missing

ASKED = journal.event(
    "notices.cosponsorship.asked",
    _("It was said which bodies are asked to co-sponsor it."),
    silent="their focal points see it on the start page once the text is ready to be checked",
)
ANSWERED = journal.event(
    "notices.cosponsorship.answered",
    _("A body answered whether it co-sponsors it."),
    silent="those who work on the notice see it on its page",
)

UNANSWERED = {"agreed": None, "version": None, "remark": "", "answered_by": None, "answered_at": None}


class OwnBodyError(DomainError):
    """The author's own body stands behind the notice anyway."""

    code = "own_body"
    message = _("Your own organisation issues the notice. Name the others that are asked to stand behind it.")
    status = 422
    field = "bodies"


class TextChangedError(DomainError):
    """The body would agree to a text that its focal point has not seen."""

    code = "text_changed"
    message = _("The text was changed after you opened it. Read it again, then answer.")
    field = "version"


class CosponsorMissingError(DomainError):
    """A body that was asked has not agreed to the text as it is now."""

    code = "cosponsor_missing"
    message = _("Not every body that was asked to co-sponsor it has agreed to this text.")
    field = "decision"

    @classmethod
    def of(cls, bodies: Iterable[Organisation]) -> "CosponsorMissingError":
        """Return the refusal that names the bodies."""
        names = "; ".join(str(body) for body in bodies)
        return cls(str(_("These bodies have not agreed to this text yet: %(names)s.")) % {"names": names})


@transaction.atomic
def ask_cosponsors(notice: Notice, bodies: Iterable[int], *, by: Member, at: datetime) -> Notice:
    """Say which bodies are asked to stand behind a notice; one that had declined is asked anew if it is named again.

    Raises: NotPermittedError, IllegalTransitionError, OwnBodyError.
    """
    notice = locked_for("share", notice, by)
    wanted = sorted(set(bodies))
    if by.organisation_id in wanted:
        raise OwnBodyError
    _ask(notice, wanted, by, at)
    notice.cosponsors = wanted
    notice.save(update_fields=["cosponsors"])
    journal.record(ASKED, target=notice, by=by, at=at, bodies=wanted)
    return notice


def _ask(notice: Notice, wanted: list[int], by: Member, at: datetime) -> None:
    asked = notice.cosponsorships
    asked.exclude(organisation__in=wanted).exclude(agreed=False).delete()
    asked.filter(organisation__in=wanted, agreed=False).update(asked_by=by, asked_at=at, **UNANSWERED)
    known = set(asked.values_list("organisation", flat=True))
    Cosponsorship.objects.bulk_create(
        Cosponsorship(notice=notice, organisation_id=body, asked_by=by, asked_at=at)
        for body in wanted
        if body not in known
    )


@transaction.atomic
def answer_for_body(
    notice: Notice, *, agrees: bool, remark: str, version: int, by: Member, at: datetime
) -> Cosponsorship:
    """Say as focal point whether the body stands behind a notice, for the version of the text that was read.

    A body that declines is asked no more. Raises: NotPermittedError, IllegalTransitionError, TextChangedError,
    RecipeInRemarkError.
    """
    notice = locked_for("cosponsor", notice, by)
    if notice.edition is None or notice.edition.version != version:
        raise TextChangedError
    check_text(remark, field="remark")
    answer = notice.cosponsorships.get(organisation=by.organisation_id or 0)
    answer.agreed, answer.version, answer.remark = agrees, version, remark
    answer.answered_by, answer.answered_at = by, at
    answer.save(update_fields=["agreed", "version", "remark", "answered_by", "answered_at"])
    if not agrees:
        notice.cosponsors = [body for body in notice.cosponsors if body != answer.organisation_id]
        notice.save(update_fields=["cosponsors"])
    journal.record(ANSWERED, target=notice, by=by, at=at, organisation=answer.organisation_id, agreed=agrees)
    return answer


def check_cosponsors(notice: Notice) -> None:
    """Go on only if every body that was asked stands behind the present text. Raises: CosponsorMissingError."""
    if missing := bodies_missing(notice):
        raise CosponsorMissingError.of(missing)
