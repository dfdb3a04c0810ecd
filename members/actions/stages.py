"""How does an application go on to another stage, and how is it known how long it stayed in each?"""

from datetime import datetime

from django.db.models import DateTimeField, Value
from django.db.models.functions import Greatest

from congress.core.names import sounds_of
from members.models import APPLICATION_STATES, UNDER_WAY, UNSENT, Application, ApplicationState, Passage, due_on
from members.queries.refusals import keys_kept


def enter(application: Application, stage: str, *, at: datetime) -> None:
    """Bring a locked application to another stage and save it; its clock begins anew.

    Raises: IllegalTransitionError.
    """
    APPLICATION_STATES.require(application.state, stage)
    # Two servers' clocks may differ by a moment; no stay is shorter than nothing.
    present = application.passages.filter(left_at__isnull=True)
    present.update(left_at=Greatest("entered_at", Value(at), output_field=DateTimeField()))
    application.state, application.stage_since = stage, at
    application.due_on = due_on(stage, at.date())
    if stage == ApplicationState.OPEN:
        application.sounds = sounds_of(application.latin_name, application.native_name)
    if stage == ApplicationState.REFUSED:
        application.kept_keys = keys_kept(application)
    elif stage in {ApplicationState.WINDOW, ApplicationState.APPROVED}:
        # Nothing less than an admission undoes a refusal: whoever appeals can take the application back.
        application.kept_keys = []
    application.escalated_at = application.announced_at = None
    application.closed_at = None if stage in {*UNSENT, *UNDER_WAY} else at
    application.save(
        update_fields=[
            "state", "stage_since", "due_on", "closed_at", "escalated_at", "announced_at", "sounds", "kept_keys",
        ]
    )  # fmt: skip
    if stage in UNDER_WAY:
        Passage.objects.create(application=application, round=application.round, stage=stage, entered_at=at)
