"""Which editions of a notice may a viewer read, and what changed between two of them?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congress.core.audiences import audience_shift
from congress.core.comparing import Change, Piece, compare, compare_lists, is_changed
from congress.core.geography import country_name
from congress.core.labels import Tlp
from members.models import Member
from notices.models import Attachment, Edition, Notice, Reading, Section, SectionKind
from notices.policies import (
    attachments_visible_to,
    can_follow,
    editions_visible_to,
    sections_visible_to,
    visible_to,
)
from notices.queries.readings import own_reading

# What search needs is as long as the text itself.
UNREAD = ("search_text", "search_vector")


def editions_open_to(viewer: Member, notice: Notice) -> list[Edition]:
    """Return the editions that a viewer who has opened the notice may open too, the newest first; two queries.

    Not those with another audience, nor those with a stricter label than that of the edition in force, unless the
    viewer promised to handle them so, or knows them by their part in them.
    """
    shown = list(editions_visible_to(viewer).filter(notice=notice).defer(*UNREAD).order_by("-number"))
    if can_follow(viewer, notice):
        return shown
    own = Reading.objects.filter(member=viewer, edition__notice=notice, acknowledged_at__isnull=False)
    promised = set(own.values_list("edition", flat=True))
    now = Tlp(notice.tlp)
    return [edition for edition in shown if edition.pk in promised or _asks_no_more(edition, now)]


def _asks_no_more(edition: Edition, now: Tlp) -> bool:
    return not edition.is_restricted or Tlp(edition.tlp).rank <= now.rank


def text_of(viewer: Member, edition: Edition) -> list[Section]:
    """Return the sections of one edition that a viewer may read, in their order; one query."""
    return list(sections_visible_to(viewer).filter(edition=edition).order_by("position", "pk"))


def files_of(viewer: Member, edition: Edition) -> list[Attachment]:
    """Return the attachments of one edition that a viewer may read, in their order, without their words; one query."""
    return list(attachments_visible_to(viewer).filter(edition=edition).defer("text").order_by("position", "pk"))


def notice_drafted_as(viewer: Member, number: str) -> Notice | None:
    """Return the notice of which an edition was drafted under this number, if the viewer sees that edition."""
    return visible_to(viewer).filter(editions__in=editions_visible_to(viewer).filter(drafted_as=number)).first()


def notice_to_update(viewer: Member, update: Notice) -> Notice | None:
    """Return the notice that an update is written for, if the viewer sees it; no query for what is no update."""
    return visible_to(viewer).filter(pk=update.updates_id).first() if update.updates_id else None


def edition_to_replace(viewer: Member, update: Notice) -> Edition | None:
    """Return the edition in force that an update is to replace, if the viewer has its text open; three queries."""
    original = visible_to(viewer).filter(pk=update.updates_id or 0).select_related("edition").first()
    is_open = original is not None and not original.is_stub and own_reading(viewer, original).is_open
    return original.edition if original and is_open else None


def pending_update(viewer: Member, notice: Notice) -> Notice | None:
    """Return the update of a notice that is being written, if the viewer sees it."""
    return visible_to(viewer).filter(updates=notice).first()


@dataclass(frozen=True)
class Passage:
    """One section in two versions: its portion marks, empty where it is missing, and its text as one."""

    heading: str | Promise
    before_tlp: str
    after_tlp: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        """Tell whether its text or its mark is another."""
        return self.before_tlp != self.after_tlp or is_changed(self.pieces)


# The label and the text of each section, by its kind.
Texts = Mapping[str, tuple[str, str]]
MISSING = ("", "")


def passages(before: Texts, after: Texts) -> list[Passage]:
    """Compare two texts section by section, in the order of reading; sections that neither has are left out."""
    kinds = [kind for kind in SectionKind if kind in before or kind in after]
    return [_passage(kind, before.get(kind, MISSING), after.get(kind, MISSING)) for kind in kinds]


def _passage(kind: SectionKind, before: tuple[str, str], after: tuple[str, str]) -> Passage:
    return Passage(kind.label, before[0], after[0], compare(before[1], after[1]))


def unchanged(compared: Iterable[Passage]) -> list[str]:
    """Return the headings of the sections that say the same as before."""
    return [str(passage.heading) for passage in compared if not passage.is_changed]


@dataclass(frozen=True)
class Comparison:
    """What changed between two editions: facts and files as lists, who gained and who lost in words."""

    before: Edition
    after: Edition
    title: list[Piece]
    gained: str
    lost: str
    facts: list[tuple[str | Promise, list[Piece]]]
    passages: list[Passage]
    files: list[Piece]

    @property
    def unchanged(self) -> list[str]:
        """Return the headings of the sections that say the same."""
        return unchanged(self.passages)

    @property
    def is_restricted(self) -> bool:
        """Tell whether the page bears its reader's mark."""
        return self.before.is_restricted or self.after.is_restricted

    @property
    def says_nothing(self) -> bool:
        """Tell whether a reader would find no difference."""
        texts = is_changed([*self.title, *self.files]) or any(passage.is_changed for passage in self.passages)
        label = self.gained or self.lost or self.before.tlp != self.after.tlp
        return not (texts or label or self.facts)


def compare_editions(viewer: Member, before: Edition, after: Edition) -> Comparison:
    """Compare two editions that a viewer may open, by the sections and files that they may read; four queries."""
    gained, lost = audience_shift(before.audience, after.audience)
    return Comparison(
        before=before,
        after=after,
        title=compare(before.title, after.title),
        gained=gained,
        lost=lost,
        facts=_facts(before, after),
        passages=passages(_texts(text_of(viewer, before)), _texts(text_of(viewer, after))),
        files=_files(files_of(viewer, before), files_of(viewer, after)),
    )


def _texts(sections: Iterable[Section]) -> Texts:
    return {section.kind: (section.tlp, section.body) for section in sections}


def _facts(before: Edition, after: Edition) -> list[tuple[str | Promise, list[Piece]]]:
    facts = [
        (_("Topics"), compare_lists(before.topic_labels, after.topic_labels)),
        (_("Countries concerned"), compare_lists(_names(before.countries), _names(after.countries))),
        (_("Chemicals"), compare_lists(_chemicals(before), _chemicals(after))),
    ]
    return [(label, pieces) for label, pieces in facts if is_changed(pieces)]


def _names(countries: Iterable[str]) -> list[str]:
    return [country_name(code, get_language() or "en") for code in countries]


def _chemicals(edition: Edition) -> list[str]:
    return [" ".join(filter(None, (each["name"], each.get("cas")))) for each in edition.chemicals]


def _files(before: Iterable[Attachment], after: Iterable[Attachment]) -> list[Piece]:
    """A file is the same as long as its bytes are: one that was replaced under its name went and came."""
    old, new = ({file.digest: file.name for file in files} for files in (before, after))
    kept = [Piece(Change.KEPT, name) for digest, name in new.items() if digest in old]
    removed = [Piece(Change.REMOVED, name) for digest, name in old.items() if digest not in new]
    return [*kept, *removed, *(Piece(Change.ADDED, name) for digest, name in new.items() if digest not in old)]
