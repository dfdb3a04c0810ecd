"""Whom do the lines of a form name, and how is that asked again if it is not clear?"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import Member, Organisation
from members.queries.naming import (
    Match,
    groups_by_id,
    organisations_by_id,
    organisations_named,
    people_by_id,
    people_named,
)

M = TypeVar("M", bound=Model)


def people_meant(viewer: Member, lines: Iterable[str]) -> list[int]:
    """Return the members that the lines mean. Raises: ValidationError, with the candidates."""
    return _ids(people_named(viewer, lines))


def bodies_meant(lines: Iterable[str]) -> list[int]:
    """Return the organisations that the lines mean. Raises: ValidationError, with the candidates."""
    return _ids(organisations_named(lines))


def one_person(viewer: Member, line: str) -> Member:
    """Return the member that a line means. Raises: ValidationError, with the candidates."""
    return only(people_named(viewer, [line])[0])


def one_body(line: str) -> Organisation:
    """Return the organisation that a line means. Raises: ValidationError, with the candidates."""
    return only(organisations_named([line])[0])


def people_lines(ids: Iterable[int]) -> str:
    """Return members as they are typed: the name, and the id that makes it clear."""
    return "\n".join(_line(person) for person in people_by_id(ids))


def body_lines(ids: Iterable[int]) -> str:
    """Return organisations as they are typed."""
    return "\n".join(_line(body) for body in organisations_by_id(ids))


def group_ids(ids: Iterable[int]) -> list[str]:
    """Return groups as the form names them."""
    return [group.public_id for group in groups_by_id(ids)]


def _ids(matches: list[Match[Member]] | list[Match[Organisation]]) -> list[int]:
    if problems := [_problem(match) for match in matches if len(match.found) != 1]:
        raise ValidationError(problems)
    return [match.found[0].pk for match in matches]


def only(match: Match[M]) -> M:
    """Return the one that a line means. Raises: ValidationError, with the candidates."""
    if len(match.found) != 1:
        raise ValidationError(str(_problem(match)))
    return match.found[0]


def _problem(match: Match[Any]) -> str | Promise:
    if not match.found:
        return _("“%(line)s” fits nothing in the directory.") % {"line": match.line}
    names = "; ".join(_line(row) for row in match.found)
    return _("“%(line)s” may mean: %(names)s. Copy the right one.") % {"line": match.line, "names": names}


def _line(row: Member | Organisation) -> str:
    return f"{row} ({row.public_id})"
