"""Which letters follow from what officers do, and when is the nightly round of the vetting desk?"""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from congress.core.one_a_day import timed
from congress.core.roles import Standing
from members import policies
from members.actions import admission, applications, questions, vetting, vetting_night
from members.models import Application, Member
from members.queries.vetting import newcomers_among, overdue_among
from members.queries.vetting_case import told_of
from members.tasks.applications import password_path, post

WELCOME, STAYING, ACCEPTANCE = "members.welcome", "members.staying", timed("members.acceptance")
OVERDUE = timed("members.vetting_overdue", may_wait=True)
NEWCOMERS = timed("members.newcomers", may_wait=True)


@journal.on(vetting.REFUSED)
def tell_refused(entry: Entry) -> None:
    """Tell the applicant the outcome, the network's sentence for each reason, and how to appeal."""
    application = _case(entry)
    if application.closed_at is not None:
        _write(application, "application_refused", told=told_of(application))


@journal.on(questions.ASKED)
@journal.on(vetting_night.REMINDED)
def ask_applicant(entry: Entry) -> None:
    """Send the question, or send it again; who has answered in the meantime gets none."""
    application = _case(entry)
    question = application.questions.open().first()
    if question is not None:
        _write(application, "application_question", question=question, due_on=application.due_on)


@journal.on(vetting_night.CLOSED)
def tell_closed(entry: Entry) -> None:
    """Tell the applicant that the case is closed, because our question stayed unanswered."""
    post(_case(entry).email, "application_closed")


@journal.on(admission.ADMITTED)
def welcome(entry: Entry) -> None:
    """Queue the letter with which a provisional member sets the first password."""
    mail.announce(entry, [entry.target_id or 0], kind=WELCOME, lane=Lane.ACCOUNT, at=timezone.now())


@mail.composer(WELCOME)
def compose_welcome(delivery: Delivery) -> mail.Letter | None:
    """Write the link for a first password, unless there is a password already, or the person was shut out.

    Whoever had come in before is told to sign in as ever.
    """
    member, entry = delivery.member, delivery.entry
    if member is None or entry is None or not member.is_active:
        return None
    until = Application.objects.get(pk=entry.data["application"]).due_on
    if not member.has_usable_password():
        return mail.letter("members/welcome", {"member": member, "path": password_path(member), "until": until})
    if not entry.data.get("is_known"):
        return None
    return mail.letter("members/welcome_again", {"member": member, "path": reverse("account_login"), "until": until})


@journal.on(admission.KEPT)
def tell_kept(entry: Entry) -> None:
    """Queue the letter that ends the wait of somebody whose case was opened again."""
    mail.announce(entry, [entry.target_id or 0], kind=STAYING, lane=Lane.EVENT, at=entry.at)


@mail.composer(STAYING)
def compose_staying(delivery: Delivery) -> mail.Letter | None:
    """Say that the membership stands, to whoever has not left since."""
    member = delivery.member
    if member is None or not member.is_active:
        return None
    return mail.letter("members/staying", {"member": member, "path": reverse("home")})


@journal.on(admission.ACCEPTED)
def tell_accepted(entry: Entry) -> None:
    """Queue the letter that says: everything is open now."""
    mail.announce(entry, [entry.target_id or 0], kind=ACCEPTANCE, lane=Lane.EVENT, at=entry.at)


@mail.composer(ACCEPTANCE)
def compose_acceptance(delivery: Delivery) -> mail.Letter | None:
    """Say that the objection window is over, to whoever is still a member."""
    member = delivery.member
    if member is None or member.standing != Standing.MEMBER:
        return None
    return mail.letter("members/acceptance", {"member": member, "path": reverse("home")})


@journal.on(vetting_night.ANNOUNCED)
def tell_objectors(entry: Entry) -> None:
    """Queue one letter, about everybody of this night, to each who may object to one of them."""
    told = policies.objectors_to(entry.data["applications"], entry.at).order_by("pk").values_list("pk", flat=True)
    mail.announce(entry, list(told), kind=NEWCOMERS, lane=Lane.EVENT, at=entry.at)


@mail.composer(NEWCOMERS)
def compose_newcomers(delivery: Delivery) -> mail.Letter | None:
    """Name those to whom this member may object still; whoever left, or became an officer, gets nothing."""
    viewer = _as_they_are_now(delivery)
    if viewer is None or delivery.entry is None:
        return None
    cases = newcomers_among(viewer, delivery.entry.data["applications"])
    if not cases:
        return None
    return mail.letter("members/newcomers", {"member": viewer, "cases": cases, "path": reverse("members:newcomers")})


@journal.on(vetting_night.ESCALATED)
def tell_leads(entry: Entry) -> None:
    """Queue one letter to each vetting lead about all that became overdue."""
    leads = policies.vetting_leads(entry.at).values_list("pk", flat=True)
    mail.announce(entry, list(leads), kind=OVERDUE, lane=Lane.EVENT, at=entry.at)


@mail.composer(OVERDUE)
def compose_overdue(delivery: Delivery) -> mail.Letter | None:
    """List what is overdue still, as far as this lead may see it at this moment."""
    lead = _as_they_are_now(delivery)
    if lead is None or delivery.entry is None:
        return None
    cases = overdue_among(lead, delivery.entry.data["applications"], today=timezone.now().date())
    if not cases:
        return None
    return mail.letter("members/vetting_overdue", {"cases": cases, "path": reverse("members:vetting_queue")})


@shared_task
def vet_nightly() -> dict[str, int]:
    """Do the round of this day, once; beat asks often, so that a portal that was down at midnight does it later."""
    now = timezone.now()
    return vetting_night.sweep(at=now) if vetting_night.open_night(now.date(), at=now) else {}


def _as_they_are_now(delivery: Delivery) -> Member | None:
    """Return the member of a letter with the rights that they have when it leaves."""
    members = Member.objects.with_rights(timezone.now()).select_related("organisation")
    return members.filter(pk=delivery.member_id or 0).first()


def _case(entry: Entry) -> Application:
    return Application.objects.select_for_update().get(pk=entry.target_id or 0)


def _write(application: Application, template: str, **context: object) -> None:
    """Send a letter with a fresh private link, which ends the one before: the old one is known by its hash only."""
    token = applications.issue_link(application)
    path = reverse("members:application_status", kwargs={"token": token})
    post(application.email, template, path=path, **context)
