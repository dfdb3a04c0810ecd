"""How do background tasks run, and when do the periodic ones?"""

import os
from typing import Any

from celery import Celery, Task
from celery.schedules import crontab

from congress.core import wall

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")


class PortalTask(Task):  # type: ignore[type-arg]
    """What runs in the background is the portal's own work; who reads what is asked for each member in it."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task with everything to be seen."""
        with wall.reading_as_portal("a background task"):
            return super().__call__(*args, **kwargs)


app = Celery("congress", task_cls=PortalTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Static and in UTC: a periodic task claims its period in the database, so that a second beat does no harm.
app.conf.beat_schedule = {
    "dispatch-journal": {"task": "congress.core.tasks.sweep_journal", "schedule": 15.0},
    "send-mail": {"task": "congress.core.tasks.send_due_mail", "schedule": 15.0},
    "seal-journal": {"task": "congress.core.tasks.seal_journal", "schedule": 10.0},
    "open-digest": {"task": "notices.tasks.open_digest", "schedule": 60.0},
    "remind-of-review": {"task": "notices.tasks.remind_of_review", "schedule": 3600.0},
    "publish-scheduled": {"task": "notices.tasks.publish_scheduled", "schedule": 60.0},
    "scan-files": {"task": "notices.tasks.scan_waiting_files", "schedule": 60.0},
    "sweep-files": {"task": "notices.tasks.sweep_files", "schedule": 3600.0},
    "forget-unfinished": {"task": "members.tasks.applications.forget_unfinished_applications", "schedule": 3600.0},
    "vet-applications": {"task": "members.tasks.vetting.vet_nightly", "schedule": 600.0},
    "watch-sponsors": {"task": "members.tasks.sponsors.watch_sponsors", "schedule": 3600.0},
    "renew-members": {"task": "members.tasks.renewal.renew_nightly", "schedule": 600.0},
    "remind-of-rotation": {"task": "members.tasks.groups.remind_of_rotation", "schedule": 3600.0},
    "lift-suspensions": {"task": "members.tasks.membership.lift_ended_suspensions", "schedule": 60.0},
    "advance-recoveries": {"task": "members.tasks.recoveries.advance_recoveries", "schedule": 60.0},
    "sweep-photographs": {"task": "members.tasks.photographs.sweep_photographs", "schedule": 3600.0},
    "obey-retention": {"task": "members.tasks.copies.obey_retention", "schedule": crontab(hour=3, minute=17)},
    "erase-members": {"task": "members.tasks.erasures.erase_due_members", "schedule": 3600.0},
    "forget-sessions": {"task": "congress.core.tasks.forget_sessions", "schedule": 3600.0},
}
