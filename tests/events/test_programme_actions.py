"""How does a draft become the programme in force?"""

from datetime import timedelta

import pytest

from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from events.actions import release_programme
from events.actions.programme import NothingToReleaseError
from events.models import Release, Slot
from events.queries.programme import changes
from tests import factories
from tests.events.factories import MORNING, draft, released, slot


def test_release_programme_puts_the_draft_into_force_and_copies_it(plenary, organiser, at):
    session = factories.session(plenary)
    slot(draft(plenary), session, MORNING + timedelta(hours=2))
    done = release_programme(plenary, by=organiser, at=at)
    assert (done.number, done.released_at) == (2, at)
    following = plenary.releases.draft().get()
    assert following.number == 3
    assert list(following.slots.values_list("session", "starts_at")) == [(session.pk, MORNING + timedelta(hours=2))]
    entry = Entry.objects.get()
    assert (entry.event, entry.by, entry.data) == (
        "events.programme.released", organiser, {"meeting": plenary.pk, "number": 2}
    )  # fmt: skip


def test_release_programme_is_for_organisers(plenary, member, at):
    with pytest.raises(NotPermittedError):
        release_programme(plenary, by=member, at=at)


def test_release_programme_without_a_draft_is_refused(plenary, organiser, at):
    factories.session(plenary)
    with pytest.raises(NothingToReleaseError):
        release_programme(plenary, by=organiser, at=at)


def test_release_programme_of_an_empty_draft_is_refused(plenary, organiser, at):
    factories.session(plenary)
    draft(plenary)
    with pytest.raises(NothingToReleaseError):
        release_programme(plenary, by=organiser, at=at)


def test_release_programme_without_a_difference_is_refused(plenary, organiser, at):
    factories.session(plenary)
    release = released(plenary)
    kept = Slot.objects.get()
    slot(draft(plenary), kept.session, kept.starts_at, room=kept.room)
    with pytest.raises(NothingToReleaseError):
        release_programme(plenary, by=organiser, at=at)
    assert changes(plenary.releases.draft().first(), release).is_empty


def test_changes_names_what_is_new_moved_and_gone(plenary):
    stays, moves, goes = (factories.session(plenary, name) for name in ("Stays", "Moves", "Goes"))
    comes = factories.session(factories.meeting("elsewhere"), "Comes")
    after = draft(plenary)
    kept = Slot.objects.get(session=stays)
    slot(after, stays, kept.starts_at, room=kept.room)
    slot(after, moves, MORNING + timedelta(hours=1))
    slot(after, comes)
    found = changes(after, Release.objects.get(meeting=plenary, number=1))
    assert [s.session for s in found.new] == [comes]
    assert [(before.session, now.starts_at) for before, now in found.moved] == [(moves, MORNING + timedelta(hours=1))]
    assert [s.session for s in found.gone] == [goes]
