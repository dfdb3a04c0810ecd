"""Who may do what at all? Standings and roles, each with one sentence that an auditor understands."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One kind of act. A condition on the row (own case, own organisation, state) is a policy's matter."""

    BROWSE_MEMBERS = "members.browse"
    READ_EVERY_FIELD = "members.read_every_field"
    READ_NOTICES = "notices.read"
    ATTEND_MEETINGS = "events.attend"
    ORGANISE_MEETINGS = "events.organise"
    DRAFT_NOTICES = "notices.draft"
    CLEAR_NOTICES = "notices.clear"
    PUBLISH_NOTICES = "notices.publish"
    COSPONSOR_NOTICES = "notices.cosponsor"
    DECIDE_APPLICATIONS = "members.decide"
    LEAD_VETTING = "members.lead_vetting"
    END_AFFILIATIONS = "members.end_affiliations"
    SUSPEND_MEMBERS = "members.suspend"
    CONFIRM_PEOPLE = "members.confirm_people"
    READ_JOURNAL = "core.read_journal"
    LIFT_BRAKES = "core.lift_brakes"
    GRANT_ROLES = "members.grant_roles"
    IMPORT_MEMBERS = "members.import"
    SEAT_MEMBERS = "members.seat"


class Standing(TextChoices):
    """Where a person stands with the network. ANYONE is no standing of a person: it opens a view to everybody."""

    ANYONE = "anyone", _("anyone")
    APPLICANT = "applicant", _("applicant")
    PROVISIONAL = "provisional", _("provisional member")
    MEMBER = "member", _("member")
    LAPSED = "lapsed", _("lapsed")
    SUSPENDED = "suspended", _("suspended")
    FORMER = "former", _("former member")

    @classmethod
    def of_people(cls) -> list[tuple[str, str | Promise]]:
        """Return the choices that a member row may hold."""
        return [choice for choice in cls.choices if choice[0] != cls.ANYONE]


@dataclass(frozen=True)
class Capabilities:
    """What a standing opens, before any role: signing in, being listed, and the acts that roles may add."""

    sentence: str | Promise
    signs_in: bool = False
    is_listed: bool = False
    takes_part: bool = False


STANDINGS: dict[Standing, Capabilities] = {
    Standing.APPLICANT: Capabilities(_("Has asked to join; follows the application by a private link only.")),
    Standing.PROVISIONAL: Capabilities(
        _("Is in the objection window: signs in, sees no directory and nothing above TLP:GREEN."),
        signs_in=True,
    ),
    Standing.MEMBER: Capabilities(
        _("Is vetted: takes part in everything that the roles allow."),
        signs_in=True,
        is_listed=True,
        takes_part=True,
    ),
    Standing.LAPSED: Capabilities(_("Did not renew: signs in to renew and for nothing else."), signs_in=True),
    Standing.SUSPENDED: Capabilities(_("Is shut out until the reason given is settled.")),
    Standing.FORMER: Capabilities(_("Has left; what they did stays in the journal.")),
}
SIGNING_IN = tuple(standing for standing, can in STANDINGS.items() if can.signs_in)


class Role(TextChoices):
    """What a member does for the network."""

    MEMBER = "member", _("Member")
    VETTING_REVIEWER = "vetting_reviewer", _("Vetting reviewer")
    VETTING_LEAD = "vetting_lead", _("Vetting lead")
    ORGANISER = "organiser", _("Organiser")
    ANALYST = "analyst", _("Analyst")
    COMPLIANCE_OFFICER = "compliance_officer", _("Compliance officer")
    PUBLISHER = "publisher", _("Publisher")
    FOCAL_POINT = "focal_point", _("Focal point")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


@dataclass(frozen=True)
class Powers:
    """What a role may do: a sentence for people, permissions for the code."""

    sentence: str | Promise
    permissions: frozenset[Permission]


def _powers(sentence: str | Promise, *permissions: Permission) -> Powers:
    return Powers(sentence, frozenset(permissions))


ROLES: dict[Role, Powers] = {
    Role.MEMBER: _powers(
        _("Browses the directory, reads the notices addressed to them and attends meetings."),
        Permission.BROWSE_MEMBERS,
        Permission.READ_NOTICES,
        Permission.ATTEND_MEETINGS,
    ),
    Role.VETTING_REVIEWER: _powers(
        _(
            "Reads applications and every field of a profile, decides on applications that are not of their own"
            " organisation, and ends a membership."
        ),
        Permission.READ_EVERY_FIELD,
        Permission.DECIDE_APPLICATIONS,
        Permission.END_AFFILIATIONS,
    ),
    Role.VETTING_LEAD: _powers(
        _("Does what a reviewer does, answers for the vetting desk, and suspends members."),
        Permission.READ_EVERY_FIELD,
        Permission.DECIDE_APPLICATIONS,
        Permission.LEAD_VETTING,
        Permission.END_AFFILIATIONS,
        Permission.SUSPEND_MEMBERS,
    ),
    Role.ORGANISER: _powers(
        _("Prepares meetings, sees who applied for a seat and decides on it; lifts a brake on reading."),
        Permission.ORGANISE_MEETINGS,
        Permission.LIFT_BRAKES,
    ),
    Role.ANALYST: _powers(_("Drafts notices and sends them to be checked."), Permission.DRAFT_NOTICES),
    Role.COMPLIANCE_OFFICER: _powers(
        _("Checks notices of others and clears or returns them."), Permission.CLEAR_NOTICES
    ),
    Role.PUBLISHER: _powers(
        _("Publishes notices that others wrote and cleared, and withdraws them."), Permission.PUBLISH_NOTICES
    ),
    Role.FOCAL_POINT: _powers(
        _("Answers for the people of their own organisation, and for it when it is asked to co-sponsor a notice."),
        Permission.COSPONSOR_NOTICES,
        Permission.CONFIRM_PEOPLE,
    ),
    Role.AUDITOR: _powers(
        _("Reads the journal, which holds no text of a notice; lifts a brake on reading; changes nothing else."),
        Permission.READ_JOURNAL,
        Permission.LIFT_BRAKES,
    ),
    Role.ADMINISTRATOR: _powers(
        _(
            "Grants roles together with a second administrator, brings lists of members in, founds groups and confirms"
            " who sits there, suspends members, reads every field of a profile; reads no notice that is not theirs."
        ),
        Permission.READ_EVERY_FIELD,
        Permission.GRANT_ROLES,
        Permission.IMPORT_MEMBERS,
        Permission.SEAT_MEMBERS,
        Permission.SUSPEND_MEMBERS,
    ),
}


# Whoever decides about people or notices signs in with what a false page can't steal. Source: NIST SP 800-63-4.
PASSKEY_ROLES = frozenset(
    {
        Role.VETTING_REVIEWER,
        Role.VETTING_LEAD,
        Role.ANALYST,
        Role.COMPLIANCE_OFFICER,
        Role.PUBLISHER,
        Role.ADMINISTRATOR,
    }
)


# Who answers for the desk, checks it, or gives out roles: for all but administrators they stand above.
ABOVE_OFFICERS = frozenset({Role.VETTING_LEAD, Role.AUDITOR, Role.ADMINISTRATOR})


def out_of_reach(held: Iterable[str], *, for_good: bool) -> frozenset[Role]:
    """Return the roles whose holders an officer with these roles can't shut out.

    For a time: those above, so that a stolen analyst's account is stopped at once by whoever is awake. For good also
    each role with a power that the officer lacks: an administrator takes it away first, so that a second person has
    looked. Nobody stands above administrators.
    """
    own = set(held)
    if Role.ADMINISTRATOR in own:
        return frozenset()
    powers = permissions_of(Standing.MEMBER, own)
    beyond = {role for role in Role if not ROLES[role].permissions <= powers}
    return ABOVE_OFFICERS | (beyond if for_good else set())


def permissions_of(standing: str, roles: Iterable[str]) -> frozenset[Permission]:
    """Return everything that a person of this standing with these granted roles may do; unknown means nothing."""
    if standing not in STANDINGS or not STANDINGS[Standing(standing)].takes_part:
        return frozenset()
    held = {Role.MEMBER, *(Role(role) for role in roles if role in ROLES)}
    return frozenset().union(*(ROLES[role].permissions for role in held))
