"""What is attached to the notices of the demonstration network, and which draft does the gate stop?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from congress.core.labels import Tlp
from congress.demo.reading import read
from congress.demo.shapes import Edition, File, Notice, Section

# One notice in so many carries a picture; the newest are looked at first, so several of them do.
ONE_IN, NEWEST = 4, 12
CHECKLIST_FOR = frozenset({"public_private_partnerships", "crisis_response"})


def with_files(told: list[Notice]) -> list[Notice]:
    """Return the notices, some with files on each of their editions."""
    first_new = len(told) - NEWEST
    return [
        _carrying(notice, tuple(_files(notice))) if index % ONE_IN == 0 or index >= first_new else notice
        for index, notice in enumerate(told)
    ]


def _carrying(notice: Notice, files: tuple[File, ...]) -> Notice:
    return replace(notice, editions=tuple(replace(edition, files=files) for edition in notice.editions))


def _files(notice: Notice) -> Iterator[File]:
    fitting = (entry for entry in read("files")["file"] if not set(entry["topics"]).isdisjoint(notice.topics))
    if picture := next(fitting, None):
        yield _file(picture, notice.tlp, picture["drawing"])
    if CHECKLIST_FOR & set(notice.topics):
        yield _file(read("files")["checklist"], Tlp.CLEAR, "")


def _file(entry: dict[str, Any], tlp: str, drawing: str) -> File:
    return File(entry["name"], entry["description"], tlp, drawing)


def with_stand_in(told: list[Notice], analyst: str) -> list[Notice]:
    """Return the notices, the newest draft being one of this analyst's that the gate stops."""
    drafts = [index for index, notice in enumerate(told) if notice.state == "draft"]
    if not drafts:
        return told
    stopped = told[drafts[-1]]
    text = read("files")["stand_in"]
    editions = tuple(replace(each, sections=_with_method(each, text["method"])) for each in stopped.editions)
    stand_in = replace(stopped, title=text["title"], author=analyst, editions=editions)
    return [stand_in if notice is stopped else notice for notice in told]


def _with_method(edition: Edition, method: str) -> tuple[Section, ...]:
    return tuple(replace(part, body=method) if part.kind == "method" else part for part in edition.sections)
