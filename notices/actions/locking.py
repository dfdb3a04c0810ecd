"""How does every step begin? The policy, the lock, and both policy and state again on the locked row."""

from congress.core import wall
from congress.core.errors import permit
from congress.core.states import IllegalTransitionError
from members.models import Member
from notices.models import Notice
from notices.policies import STEPS


def check_step(step: str, notice: Notice, by: Member) -> None:
    """Go on only if this person may take the step, and the notice is in a state for it.

    Raises: NotPermittedError, IllegalTransitionError.
    """
    permit(STEPS[step](by, notice))
    if not notice.allows(step):
        raise IllegalTransitionError


def locked_for(step: str, notice: Notice, by: Member) -> Notice:
    """Return the notice as it is now, locked until the transaction ends, if this person may take the step.

    Raises: NotPermittedError, IllegalTransitionError.
    """
    permit(STEPS[step](by, notice))
    # The edition is read after the lock: a row joined in the same statement is the one from before the wait.
    now = Notice.objects.select_for_update().get(pk=notice.pk)
    check_step(step, now, by)
    wall.writing()
    return now
