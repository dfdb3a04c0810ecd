"""What does an applicant see of the own application: what is told, how far it is, who acts next?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core.addresses import with_parents
from congress.core.identifiers import token_digest
from members.models import LINK_LIFETIME, SPONSOR_LIFETIME, SPONSORS_AT_MOST, Application, Organisation, Sponsor
from members.policies import is_vouched_for, needs_another_sponsor

SPONSORS_ASKED = _("Your sponsors have been asked whether they vouch for you")
ANOTHER_NEEDED = _("Your application waits for another sponsor")
YOU, YOUR_SPONSORS, OFFICERS = _("You"), _("Your sponsors"), _("Officers of the network")


def application_behind(token: str, at: datetime) -> Application | None:
    """Return the application to which a private link leads, or None if it is unknown or has expired."""
    applications = Application.objects.select_related("organisation", "nominated_by", "member")
    application = applications.filter(token_digest=token_digest(token)).first()
    return application if application is not None and application.link_works(at) else None


def bodies_of_address(application: Application) -> QuerySet[Organisation]:
    """Return the organisations that own the domain of the proved address, by name.

    Only these are offered: a list of everybody in the network is not for strangers.
    """
    return Organisation.objects.filter(mail_domains__overlap=with_parents(application.mail_domain)).order_by("name")


@dataclass(frozen=True)
class Progress:
    """How far an application is, in the applicant's words: the stage of four, who acts next, by when."""

    stage: int
    next_actor: str | Promise = ""
    # In place of the state's own words, as long as officers can do nothing.
    lead: str | Promise = ""
    by: date | None = None
    needs_sponsor: bool = False
    may_name_another: bool = False


def sponsors_named(application: Application) -> list[Sponsor]:
    """Return whom the applicant named, in that order; what they answered is not for the applicant. One query."""
    return list(application.sponsors.order_by("pk"))


def progress(application: Application, sponsors: list[Sponsor], at: datetime) -> Progress:
    """Return who acts next, and by when; two queries at most."""
    if application.allows("expire"):
        return Progress(1, YOU, by=(application.begun_at + LINK_LIFETIME).date())
    if application.allows("answer"):
        return Progress(3, YOU, by=application.due_on)
    if not application.allows("sponsor"):
        return Progress(4)
    if needs_another_sponsor(application, at):
        may_name = len(sponsors) < SPONSORS_AT_MOST
        return Progress(2, YOU, lead=ANOTHER_NEEDED, needs_sponsor=True, may_name_another=may_name)
    if not is_vouched_for(application):
        return Progress(2, YOUR_SPONSORS, lead=SPONSORS_ASKED, by=_answers_until(sponsors))
    return Progress(3, OFFICERS, by=application.due_on)


def _answers_until(sponsors: list[Sponsor]) -> date | None:
    """Return the day after which no answer comes, whoever has answered: it must not tell who has not."""
    asked = [sponsor.asked_at for sponsor in sponsors if sponsor.asked_at]
    return (max(asked) + SPONSOR_LIFETIME - timedelta(seconds=1)).date() if asked else None
