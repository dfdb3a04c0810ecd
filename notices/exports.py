"""How does a notice become a PDF, and the list of notices a CSV?"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import typst
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from congress.core.files.errors import FileLostError
from congress.core.files.paper import on_paper
from congress.core.geography import country_name
from congress.core.glyphs import printable
from congress.core.labels import Tlp
from congress.core.prose import to_tree
from congress.core.spreadsheets import csv_lines
from members.models import Member
from notices.models import Attachment, Notice, Section

PDF_TEMPLATES = settings.BASE_DIR / "templates" / "pdf"
FONTS = settings.BASE_DIR / "static" / "vendor" / "noto-print"
# What one copy may cost: a picture beyond it is named as other files are. That is eight photographs of a telephone.
MOST_PIXELS_DRAWN = 100_000_000
NUMBER_AND_LABEL_ONLY = frozenset({Tlp.RED, Tlp.AMBER_STRICT})


@dataclass(frozen=True)
class Mark:
    """Whose copy it is, and of when."""

    name: str
    native_name: str
    organisation: str
    at: datetime

    @classmethod
    def of(cls, reader: Member, at: datetime) -> "Mark":
        """Return the mark of one reader, with the organisation loaded."""
        organisation = reader.organisation.name if reader.organisation else ""
        return cls(reader.latin_name, reader.native_name, organisation, at)

    def __str__(self) -> str:
        """Say it in one line."""
        names = [self.name, self.native_name, self.organisation]
        return ", ".join([*(name for name in names if name), _instant(self.at)])


def file_name(subject: str, tlp: str, extension: str) -> str:
    """Return a name that says the label and no word of a title: PN-2026-7KQ3F_TLP-AMBER.pdf."""
    return f"{subject}_{tlp.replace(':', '-').replace('+', '-')}.{extension}"


def notice_pdf(
    notice: Notice,
    sections: Iterable[Section],
    files: Iterable[Attachment] = (),
    *,
    audience: str,
    mark: Mark,
    cosponsors: Iterable[str] = (),
) -> bytes:
    """Return one notice, edition loaded, as PDF/UA with its label on every page; from AMBER on with the reader's mark.

    Pictures are shown, other files named: those are taken through their own address. What is written reaches the
    typesetter as data only, in letters that our fonts can show; it reads no file but its template and our fonts.
    """
    bodies = ", ".join(cosponsors)
    files = list(files)
    content = _head(notice, audience) | {
        "sponsored": _("Co-sponsored by %(bodies)s") % {"bodies": bodies} if bodies else "",
        "mark": str(mark) if notice.edition and notice.edition.is_restricted else "",
        "sections": [_section(section) for section in sections],
        "files": [_file(file) for file in files],
    }
    shown = {**printable(content, FONTS), "pictures": list(_pictures(files))}
    return typst.compile(
        str(PDF_TEMPLATES / "notice.typ"),
        root=str(PDF_TEMPLATES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"notice": json.dumps(shown)},
        pdf_standards=["ua-1"],
        timestamp=int(mark.at.timestamp()),
    )


def _head(notice: Notice, audience: str) -> dict[str, Any]:
    edition = notice.edition
    if edition is None:
        raise ValueError("a notice without an edition has no text")
    return {
        "language": get_language() or "en",
        "number": notice.number,
        "kind": str(notice.get_kind_display()),
        "title": edition.title,
        "tlp": edition.tlp,
        "audience": audience,
        "network": _("Congress: the international network of chemical-security experts"),
        "line": [_("Edition %(number)d") % {"number": edition.number}, *_dates(notice)],
        "facts": [fact for fact in _facts(notice) if fact[1]],
        "words": {"page": _("Page"), "of": _("of"), "for": _("For"), "opened": _("Copy of"), "files": _("Attachments")},
    }


def _dates(notice: Notice) -> list[str]:
    return [date_format(notice.published_at, "j F Y")] if notice.published_at else []


def _facts(notice: Notice) -> Iterator[tuple[str, str]]:
    edition = notice.edition
    if edition is not None:
        yield _("What changed"), edition.what_changed
        yield _("Topics"), ", ".join(edition.topic_labels)
        yield _("Countries concerned"), _countries(edition.countries)
        yield _("Chemicals"), ", ".join(_chemical(chemical) for chemical in edition.chemicals)
    yield _("Review on"), date_format(notice.review_on, "j F Y") if notice.review_on else ""


def _chemical(chemical: dict[str, str]) -> str:
    return f"{chemical['name']} (CAS {chemical['cas']})" if chemical.get("cas") else chemical["name"]


def _section(section: Section) -> dict[str, Any]:
    return {"tlp": section.tlp, "heading": section.heading, "body": to_tree(section.body)}


COLUMNS = (
    gettext_lazy("Number"),
    "TLP",
    gettext_lazy("Kind"),
    gettext_lazy("Title"),
    gettext_lazy("Topics"),
    gettext_lazy("Chemicals"),
    gettext_lazy("Countries"),
    gettext_lazy("State"),
    gettext_lazy("Edition"),
    gettext_lazy("Reading"),
    gettext_lazy("Published"),
    gettext_lazy("Review on"),
)


def _file(file: Attachment) -> dict[str, str]:
    facts = f"{file.extension}, {filesizeformat(file.size_bytes)}"
    return {"tlp": file.tlp, "name": file.name, "description": file.description, "facts": facts}


def _pictures(files: Iterable[Attachment]) -> Iterator[str]:
    """Yield for each file a drawing, or nothing if it can't be shown: it is no picture, waits, is lost, is too much."""
    room = MOST_PIXELS_DRAWN
    for file in files:
        size = (file.width or 0) * (file.height or 0)
        is_drawn = file.is_image and file.may_leave_quarantine and 0 < size <= room
        room -= size if is_drawn else 0
        yield _picture(file) if is_drawn else ""


def _picture(file: Attachment) -> str:
    try:
        return on_paper(file.stored_as)
    except FileLostError:
        return ""  # the store has logged it; the text is worth having all the same


def list_csv(notices: Iterable[Notice], *, tlp: str, mark: Mark) -> Iterator[str]:
    """Return the lines of the list as CSV: a first line with label and reader, names of columns, a row for each.

    Source: decision 0010 (what a list may say of a notice by its label).
    """
    head = [[f"# {tlp}, {mark}"], [str(column) for column in COLUMNS]]
    return csv_lines(chain(head, map(_row, notices)))


def _row(notice: Notice) -> list[str]:
    edition = notice.edition
    if edition is None:
        return [notice.number]
    if notice.is_stub or edition.tlp in NUMBER_AND_LABEL_ONLY:
        return [notice.number, edition.tlp]
    return [
        notice.number,
        edition.tlp,
        str(notice.get_kind_display()),
        edition.title,
        ", ".join(edition.topic_labels),
        ", ".join(_chemical(chemical) for chemical in edition.chemicals),
        _countries(edition.countries),
        str(notice.state_label),
        str(edition.number),
        _("New") if getattr(notice, "is_new", False) else "",
        f"{notice.published_at:%Y-%m-%d}" if notice.published_at else "",
        f"{notice.review_on:%Y-%m-%d}" if notice.review_on else "",
    ]


def _countries(codes: Iterable[str]) -> str:
    return ", ".join(country_name(code, get_language() or "en") for code in codes)


def _instant(at: datetime) -> str:
    return f"{date_format(at.astimezone(UTC), 'j M Y, H:i')} UTC"
