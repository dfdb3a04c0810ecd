"""Do two who attach at the same moment keep to the limits, and does the loser's file leave nothing behind?"""

from functools import partial

from congress.core.roles import Role
from notices import actions
from notices.actions import attaching
from notices.models import Attachment, Edition, Notice
from tests import factories
from tests.notices.sent import SHOWS, kept_files, text
from tests.notices.typed import content
from tests.races import all_at_once


def test_only_one_of_two_gets_the_last_place(committed, at, monkeypatch):
    author = factories.member("author", roles=[Role.ANALYST])
    draft = actions.draft(content(), by=author, at=at)
    monkeypatch.setattr(attaching, "MOST_FILES", 1)
    copies = [Notice.objects.select_related("edition").get(pk=draft.pk) for _each in range(2)]
    calls = [partial(actions.attach, notice, text("a list"), SHOWS, by=author, at=at) for notice in copies]
    assert all_at_once(calls) == {"done": 1, "too_many_files": 1}
    assert (Attachment.objects.count(), len(kept_files()), Edition.objects.get().version) == (1, 1, 2)
