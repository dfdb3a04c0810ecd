"""What stops a notice that reads like instructions for doing harm, and who may let it pass?

Saving is never stopped, so that nothing is lost. Every step towards readers is: asked here, of the locked row.
Source: decision 0012.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.text import get_text_list
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError
from congress.core.recipes import explain, passages
from members.models import Member
from notices.models import Edition, Notice, Override
from notices.queries.gate import Suspicion, suspicions

JUDGEMENT_ASKED = journal.event(
    "notices.notice.judgement_asked",
    _("Compliance officers were asked to judge passages that read like instructions."),
    silent="they see the passages when they check the notice",
)
LET_THROUGH = journal.event(
    "notices.passage.let_through",
    _("A passage that reads like instructions was let through."),
    silent="those who follow the notice see it in its history, with the reason",
)


class RecipeSuspectedError(DomainError):
    """Some passages read like instructions, and nobody answers for them."""

    code = "recipe_suspected"
    status = 422
    field = "gate"

    def __init__(self, found: Sequence[Suspicion]) -> None:
        places = get_text_list([*dict.fromkeys(one.place for one in found)], translated("and"))
        sentence = translated("Something reads like instructions for making or doing harm: see %(places)s.")
        super().__init__(sentence % {"places": places})


class RecipeInRemarkError(DomainError):
    """What one person tells another about a notice is a text like any other."""

    code = "recipe_suspected"
    status = 422


def check_submission(notice: Notice, edition: Edition, *, asks_officer: bool, by: Member, at: datetime) -> None:
    """Go on only if nothing is suspicious, or its author asks a compliance officer to judge it.

    Raises: RecipeSuspectedError.
    """
    found = suspicions(edition)
    if found and not asks_officer:
        raise RecipeSuspectedError(found)
    if found:
        journal.record(JUDGEMENT_ASKED, target=notice, by=by, at=at, passages=len(found))


def let_through(edition: Edition, reasons: Mapping[str, str], *, by: Member, at: datetime) -> None:
    """Keep why an officer who clears lets each suspicious passage stand; reasons come by the passage's digest.

    What another officer said in an earlier round is replaced: each clears on their own word.
    Raises: RecipeSuspectedError for passages without a reason, RecipeInRemarkError.
    """
    found = suspicions(edition)
    if unanswered := [one for one in found if not reasons.get(one.digest, "").strip()]:
        raise RecipeSuspectedError(unanswered)
    for one in found:
        check_text(reasons[one.digest], field=f"reason_{one.key}")
        kept = {"passage": one.text, "reason": reasons[one.digest], "by": by, "made_at": at}
        Override.objects.update_or_create(edition=edition, digest=one.digest, defaults=kept)
        journal.record(LET_THROUGH, target=edition, by=by, at=at, digest=one.digest)


def check_overrides(notice: Notice, edition: Edition) -> None:
    """Go on only if the officer who cleared a notice answers for each suspicious passage of it.

    Raises: RecipeSuspectedError.
    """
    left = [one for one in suspicions(edition) if one.override is None or one.override.by_id != notice.cleared_by_id]
    if left:
        raise RecipeSuspectedError(left)


def check_text(text: str, *, field: str) -> None:
    """Go on only if a remark, a note or a reason holds no passage that reads like instructions.

    Raises: RecipeInRemarkError, to be put at the field.
    """
    if found := passages(text):
        raise RecipeInRemarkError(explain(found[0]), field=field)
