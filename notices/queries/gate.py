"""Which passages of an edition read like instructions for doing harm, and which of them did compliance let through?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core.recipes import explain, passages_across
from notices.models import Attachment, Edition, Notice, Override

# What a page shows of a passage, and what an override keeps of it.
LETTERS_SHOWN = 1000
NOT_READ = _(
    "The portal could not read this file to its end. Look through all of it yourself: "
    "it must hold no amounts, steps or conditions."
)


@dataclass(frozen=True)
class Suspicion:
    """One passage, or the part of a file that nobody could read: where it stands and what is wrong with it."""

    # In words, and the form field to correct it in; a file has none.
    place: str
    field: str
    text: str
    explanation: str
    digest: str
    override: Override | None = None

    @property
    def key(self) -> str:
        """Return a short name of these very words, for a form."""
        return self.digest[:16]


@dataclass(frozen=True)
class _Text:
    place: str | Promise
    field: str
    body: str


def suspicions_of(notice: Notice) -> list[Suspicion]:
    """Return what is suspicious in the text that a notice has now; see `suspicions`."""
    return suspicions(notice.edition) if notice.edition else []


def suspicions(edition: Edition) -> list[Suspicion]:
    """Return what an edition says that reads like instructions, in the order of reading; equal words once.

    Every text that a reader can meet is judged, alone and together with the others; three queries.
    """
    files = list(edition.attachments.all())
    let_through = {row.digest: row for row in edition.overrides.select_related("by")}
    found: dict[str, Suspicion] = {}
    for one in [*_passages(edition, files), *_unread(files)]:
        first = found.get(one.digest, one)
        place = first.place if first.place == one.place else f"{first.place}, {one.place}"
        found[one.digest] = replace(first, place=place, override=let_through.get(one.digest))
    return list(found.values())


def _passages(edition: Edition, files: list[Attachment]) -> Iterator[Suspicion]:
    texts = {str(number): text for number, text in enumerate(_texts(edition, files))}
    judged = passages_across({name: text.body for name, text in texts.items()})
    for name, passages in judged.items():
        for passage in passages:
            place, field = str(texts[name].place), texts[name].field
            yield Suspicion(place, field, passage.text[:LETTERS_SHOWN], explain(passage), passage.digest)


def _texts(edition: Edition, files: list[Attachment]) -> Iterator[_Text]:
    yield _Text(_("Title"), "title", edition.title)
    yield _Text(_("What changed"), "what_changed", edition.what_changed)
    yield _Text(_("Chemicals"), "chemicals", "\n".join(edition.chemical_names))
    for section in edition.sections.all():
        yield _Text(section.heading, f"section_{section.kind}", section.body)
    for file in files:
        yield _Text(_("Description of “%(file)s”") % {"file": file.name}, "", f"{file.name}\n{file.description}")
        yield _Text(_("Text in “%(file)s”") % {"file": file.name}, "", file.text)


def _unread(files: list[Attachment]) -> Iterator[Suspicion]:
    for file in files:
        if not file.text_is_whole:
            digest = sha256(f"not read {file.digest}".encode()).hexdigest()
            yield Suspicion(_("Text in “%(file)s”") % {"file": file.name}, "", "", str(NOT_READ), digest)
