"""Which letters follow from applications, and what is tidied up by itself?"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from members.actions import accounts, applications, nominating
from members.models import Application, Knock, Member

NEW_PASSWORD = "members.new_password"  # noqa: S105 -- the kind of a letter


@journal.on(nominating.NOMINATED)
@journal.on(applications.KNOCKED)
def answer_knock(entry: Entry) -> None:
    """Find out whose address was given; the page that took it did not look."""
    heard = Knock.objects.select_for_update().filter(pk=entry.target_id or 0).first()
    if heard is not None:
        applications.answer_knock(heard, at=timezone.now())


@journal.on(applications.BEGUN)
def send_link(entry: Entry) -> None:
    """Write the private link to the applicant; the one before ends. What became of a closed case needs no link."""
    application = Application.objects.select_for_update().get(pk=entry.target_id or 0)
    if application.closed_at is None:
        token = applications.issue_link(application)
        path = reverse("members:application_status", kwargs={"token": token})
        inviting = application.nominated_by if entry.by_id == application.nominated_by_id else None
        template = "application_link" if inviting is None else "application_invitation"
        post(application.email, template, path=path, inviting=inviting, body=application.organisation)


@journal.on(applications.MEMBER_APPLIED)
def tell_member(entry: Entry) -> None:
    """Tell a member, and nobody else, that the address is a member's already."""
    post(Member.objects.get(pk=entry.target_id or 0).email, "member_already", path=reverse("account_login"))


@journal.on(applications.SUBMITTED)
def confirm_application(entry: Entry) -> None:
    """Tell the applicant that the application has arrived."""
    post(_applicant(entry).email, "application_received")


@journal.on(accounts.PASSWORD_ASKED)
def send_password_link(entry: Entry) -> None:
    """Queue the letter with which a member sets a new password; who is no member gets none."""
    if entry.target_id is not None:
        mail.announce(entry, [entry.target_id], kind=NEW_PASSWORD, lane=Lane.ACCOUNT, at=timezone.now())


@mail.composer(NEW_PASSWORD)
def compose_new_password(delivery: Delivery) -> mail.Letter | None:
    """Write the link for a new password, unless the person is shut out."""
    member = delivery.member
    if member is None or not member.is_active:
        return None
    return mail.letter("members/new_password", {"path": password_path(member)})


@shared_task
def forget_unfinished_applications() -> int:
    """Delete what was begun and never sent."""
    return applications.forget_unfinished(at=timezone.now())


def password_path(member: Member) -> str:
    """Return where a member sets a password: a private link that works for three days."""
    key = {"uidb36": user_pk_to_url_str(member), "key": default_token_generator.make_token(member)}
    return reverse("account_reset_password_from_key", kwargs=key)


def _applicant(entry: Entry) -> Application:
    return Application.objects.get(pk=entry.target_id or 0)


def post(address: str, template: str, **context: object) -> None:
    """Send a letter to an address that has no member."""
    content = mail.letter(f"members/{template}", context)
    mail.post(address, content, kind=f"members.{template}", lane=Lane.ACCOUNT, at=timezone.now())
