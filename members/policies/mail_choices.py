"""Whose letters may somebody choose?"""

from members.models import MailChoice, Member


def can_choose_mail(viewer: Member, member: Member) -> bool:
    """Everybody chooses for themselves."""
    return viewer.pk == member.pk


def mail_choice_of(viewer: Member) -> MailChoice | None:
    """Return what a member has chosen, or None: then everything comes."""
    return MailChoice.objects.filter(member=viewer).first()
