"""Which texts did the authors of a draft save, and how does one of them differ from what it says now?"""

from dataclasses import dataclass

from django.db.models import QuerySet

from congress.core.comparing import Piece, compare
from members.models import Member
from notices.models import Notice, SavedText
from notices.policies import editions_visible_to
from notices.queries.editions import Passage, Texts, passages, unchanged


def saved_texts(viewer: Member, notice: Notice) -> QuerySet[SavedText]:
    """Return what was saved of the present edition, the newest first, with who saved it."""
    own = SavedText.objects.filter(edition=notice.edition_id, edition__in=editions_visible_to(viewer))
    return own.select_related("by").order_by("-version")


@dataclass(frozen=True)
class Since:
    """What became of a saved text: its title and its sections, each with what is written now."""

    title: list[Piece]
    passages: list[Passage]

    @property
    def unchanged(self) -> list[str]:
        """Return the headings of the sections that say the same."""
        return unchanged(self.passages)


def since(saved: SavedText, now: SavedText) -> Since:
    """Compare two texts that were saved of one draft."""
    return Since(compare(saved.title, now.title), passages(_texts(saved), _texts(now)))


def _texts(saved: SavedText) -> Texts:
    return {kind: (part["tlp"], part["body"]) for kind, part in saved.sections.items()}
