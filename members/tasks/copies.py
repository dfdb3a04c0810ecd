"""Who prepares a member's copy of their own data, and what is forgotten by itself when its time is over?"""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from congress.core import journal, mail, personal
from congress.core.models import Entry, Lane
from members.actions import copies


@journal.on(copies.ASKED)
def prepare_copy(entry: Entry) -> None:
    """Prepare the copy and write the link to the member; twice run, the second letter's link works."""
    prepared = copies.prepare_copy(entry.data["copy"], at=timezone.now())
    if prepared is not None:
        copy, token = prepared
        content = mail.letter("members/copy_ready", {"path": reverse("members:own_data_copy", args=[token])})
        mail.post(copy.member.email, content, kind="members.copy_ready", lane=Lane.ACCOUNT, at=timezone.now())


@shared_task
def obey_retention() -> int:
    """Empty or delete what is over its time; returns how many rows were."""
    return personal.obey(at=timezone.now())
