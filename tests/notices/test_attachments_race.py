"""Do two who attach at the same moment keep to the limits, and does the loser's file leave nothing behind?"""

from threading import Barrier, Thread

from django.db import connection

from congress.core.errors import DomainError
from congress.core.roles import Role
from notices import actions
from notices.actions import attaching
from notices.models import Attachment, Edition, Notice
from tests import factories
from tests.notices.sent import SHOWS, kept_files, text
from tests.notices.typed import content


def test_only_one_of_two_gets_the_last_place(committed, at, monkeypatch):
    author = factories.member("author", roles=[Role.ANALYST])
    draft = actions.draft(content(), by=author, at=at)
    monkeypatch.setattr(attaching, "MOST_FILES", 1)
    start, outcomes = Barrier(2), []

    def race() -> None:
        notice = Notice.objects.select_related("edition").get(pk=draft.pk)
        start.wait()
        try:
            actions.attach(notice, text("a list"), SHOWS, by=author, at=at)
            outcomes.append(200)
        except DomainError as refusal:
            outcomes.append(int(refusal.status))
        finally:
            connection.close()

    threads = [Thread(target=race) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == [200, 422]
    assert (Attachment.objects.count(), len(kept_files()), Edition.objects.get().version) == (1, 1, 2)
