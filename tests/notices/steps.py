"""How does a notice get where a test begins? By the steps that people take."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from members.models import Member
from notices import actions
from notices.models import Notice
from tests.notices.typed import ANSWERS, content

CHANGED = "A second method was seen."


def published(author: Member, officer: Member, publisher: Member, at: datetime, **changes: Any) -> Notice:
    """Return a notice in force that passed three pairs of eyes."""
    notice = actions.submit(actions.draft(content(**changes), by=author, at=at), by=author, at=at)
    cleared = actions.clear(notice, answers=ANSWERS, by=officer, at=at)
    return actions.publish(cleared, by=publisher, at=at)


def rewritten(working: Notice, by: Member, at: datetime, **changes: Any) -> Notice:
    """Save an update with something new in it, and what that is."""
    new = replace(content(title="Hollow bricks", what_changed=CHANGED), **changes)
    return actions.edit(reloaded(working), new, version=version(working), by=by, at=at)


def cleared(working: Notice, author: Member, officer: Member, at: datetime) -> Notice:
    """Bring a draft through its check."""
    actions.submit(reloaded(working), by=author, at=at)
    return actions.clear(reloaded(working), answers=ANSWERS, by=officer, at=at)


def updated(notice: Notice, by: Member, officer: Member, publisher: Member, at: datetime) -> Notice:
    """Return a notice after an update of it was brought out."""
    working = actions.begin_update(notice, by=by, at=at)
    rewritten(working, by, at)
    cleared(working, by, officer, at)
    return actions.publish(reloaded(working), by=publisher, at=at)


def version(notice: Notice) -> int:
    """Return the version that a form opened now would carry."""
    edition = reloaded(notice).edition
    assert edition is not None
    return edition.version


def reloaded(notice: Notice) -> Notice:
    """Return the row as it is now."""
    return Notice.objects.select_related("edition", "updates").get(pk=notice.pk)
