"""Which letters do sponsors get, and what does an applicant hear of their answers?"""

from django.urls import reverse
from django.utils import timezone

from congress.core import journal, mail
from congress.core.models import Entry, Lane
from members.actions import sponsors
from members.models import Sponsor
from members.policies import needs_another_sponsor


@journal.on(sponsors.ASKED)
@journal.on(sponsors.ASKED_AGAIN)
def ask_sponsor(entry: Entry) -> None:
    """Write the private link to a sponsor; the one before ends. Who answered already, or is shut out, gets none."""
    rows = Sponsor.objects.select_for_update(of=("self",)).select_related("application", "member")
    sponsor = rows.get(pk=entry.target_id or 0)
    if token := sponsors.issue_sponsor_link(sponsor, at=timezone.now()):
        path = reverse("members:sponsor", kwargs={"token": token})
        context = {"sponsor": sponsor, "application": sponsor.application, "path": path}
        _post(sponsor.email, "sponsor_asked", **context)


@journal.on(sponsors.DECLINED)
@journal.on(sponsors.WITHDREW)
def ask_for_another_sponsor(entry: Entry) -> None:
    """Tell the applicant that another sponsor is needed, never in whose place."""
    application = Sponsor.objects.select_related("application").get(pk=entry.target_id or 0).application
    if needs_another_sponsor(application, timezone.now()):
        _post(application.email, "another_sponsor", path=reverse("members:apply"))


def _post(address: str, template: str, **context: object) -> None:
    content = mail.letter(f"members/{template}", context)
    mail.post(address, content, kind=f"members.{template}", lane=Lane.ACCOUNT, at=timezone.now())
