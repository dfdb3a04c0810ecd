"""Who is told when a factor is used that had long not been used?"""

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from members.actions import accounts


@journal.on(accounts.FACTOR_WOKE)
def warn_of_factor(entry: Entry) -> None:
    """Queue the letter to the member whose factor it is."""
    mail.announce(entry, [entry.target_id or 0], kind=entry.event, lane=Lane.ACCOUNT, at=entry.at)


@mail.composer(accounts.FACTOR_WOKE)
def compose_factor_warning(delivery: Delivery) -> mail.Letter | None:
    """Say when, and what to do if it was somebody else."""
    if delivery.entry is None or delivery.member is None or not delivery.member.is_active:
        return None
    factor = accounts.FACTORS[delivery.entry.data["factor"]]
    return mail.letter("members/factor_woke", {"factor": factor, "when": delivery.entry.at})
