"""Which letters do sponsors get, and what does an applicant hear of their answers?"""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from congress.core import journal
from congress.core.models import Entry
from congress.core.one_a_day import timed
from members.actions import rounds, sponsor_clock, sponsors
from members.models import Application, Sponsor
from members.policies import needs_another_sponsor
from members.tasks.applications import post


@journal.on(sponsors.ASKED)
@journal.on(sponsors.ASKED_AGAIN)
def ask_sponsor(entry: Entry) -> None:
    """Write the private link to a sponsor; the one before ends. Who answered already, or is shut out, gets none."""
    sponsor = _locked(entry)
    _write(sponsor, "sponsor_asked", sponsors.issue_sponsor_link(sponsor, at=timezone.now()))


@journal.on(sponsor_clock.REMINDED)
def remind_sponsor(entry: Entry) -> None:
    """Write to a sponsor once more, with another link for the same time."""
    sponsor = _locked(entry)
    if sponsor.is_awaited(timezone.now()):
        _write(sponsor, "sponsor_reminded", sponsors.renew_sponsor_link(sponsor))


@journal.on(sponsors.DECLINED)
def ask_for_another_sponsor(entry: Entry) -> None:
    """Tell the applicant that another sponsor is needed, never in whose place."""
    _tell_if_needed(_case_of(entry))


@journal.on(sponsors.WITHDREW)
def lose_sponsor(entry: Entry) -> None:
    """Open the case again if somebody decided on the word that was taken back, and ask for another sponsor."""
    rounds.lose_sponsor(_case_of(entry), at=entry.at)
    _tell_if_needed(_case_of(entry))


@journal.on(sponsor_clock.OVERDUE)
def tell_of_missing_answers(entry: Entry) -> None:
    """Tell the applicant that the time of the sponsors is over."""
    _tell_if_needed(Application.objects.get(pk=entry.target_id or 0))


@shared_task
def watch_sponsors() -> int:
    """Remind those who have few days left, and note for which applications the time has run out."""
    now = timezone.now()
    return sponsor_clock.remind(at=now) + sponsor_clock.note_overdue(at=now)


# It looks itself for a day without a letter (`sponsor_clock`); others are to see it.
timed("members.sponsor_reminded")


def _locked(entry: Entry) -> Sponsor:
    rows = Sponsor.objects.select_for_update(of=("self",)).select_related("application", "member")
    return rows.get(pk=entry.target_id or 0)


def _write(sponsor: Sponsor, template: str, token: str) -> None:
    """Write a letter with a private link, or none where there is none."""
    if token:
        path = reverse("members:sponsor", kwargs={"token": token})
        post(sponsor.email, template, sponsor=sponsor, application=sponsor.application, path=path)


def _case_of(entry: Entry) -> Application:
    return Sponsor.objects.select_related("application").get(pk=entry.target_id or 0).application


def _tell_if_needed(application: Application) -> None:
    if needs_another_sponsor(application, timezone.now()):
        post(application.email, "another_sponsor", path=reverse("members:apply"))
