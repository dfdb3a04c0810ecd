"""How does a session stand on a programme? In one cell of a table; a large meeting has three hundred."""

from collections.abc import Iterable
from functools import cache
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from congress.core.templatetags.ui.library import markup, register
from congress.core.templatetags.ui.marks import tlp

EMPTY = SafeString("<td></td>")


class ProgrammeCell(Protocol):
    """What a cell shows of one session, all in words; a break says only what and when it is, no title is no session."""

    public_id: str
    title: str
    kind: str
    format: str
    clock: str
    room: str
    speakers: str
    tlp: str
    is_break: bool
    is_chatham_house: bool
    row_span: int
    column_span: int


@register.simple_tag
def programme_cells(cells: Iterable[ProgrammeCell], sessions_url: str) -> SafeString:
    """Draw the sessions of one row, each over its rows and columns and linked to its page.

    One call for a row: a tag for each cell costs as much as the cell.
    """
    return SafeString("".join(_cell(cell, sessions_url) for cell in cells))


def _cell(cell: ProgrammeCell, sessions_url: str) -> SafeString:
    if not cell.title:
        return EMPTY
    return _break(cell) if cell.is_break else _session(cell, sessions_url)


def _session(cell: ProgrammeCell, sessions_url: str) -> SafeString:
    # One call for the whole cell: five smaller ones took twice the time, and a page makes three hundred cells.
    return markup(
        '<td class="session-{}"{}><a href="{}{}/">{}</a><p>{}<i>{}</i> · {}</p><p>{}</p><p>{}{}</p></td>',
        cell.kind,
        _spans(cell),
        sessions_url,
        cell.public_id,
        cell.title,
        cell.clock,
        f" · {cell.room}" if cell.room else "",
        cell.format,
        cell.speakers,
        _label(cell.tlp),
        f" {_('Chatham House Rule')}" if cell.is_chatham_house else "",
    )


def _break(cell: ProgrammeCell) -> SafeString:
    return markup(
        '<td class="session-{}"{}><b>{}</b><p>{}<i>{}</i></p></td>',
        cell.kind,
        _spans(cell),
        cell.title,
        cell.clock,
        f" · {cell.room}" if cell.room else "",
    )


def _spans(cell: ProgrammeCell) -> SafeString | str:
    if cell.row_span == cell.column_span == 1:
        return ""
    return markup(' rowspan="{}" colspan="{}"', cell.row_span, cell.column_span)


_label = cache(tlp)
