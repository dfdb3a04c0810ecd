"""Who are the members, where do they work, and which roles do they hold?"""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower, Now, Upper
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from congress.core.geography import Region, region_of
from congress.core.identifiers import public_id
from congress.core.labels import Reader, Tlp
from congress.core.roles import PASSKEY_ROLES, STANDINGS, Permission, Role, Standing, permissions_of
from congress.core.sectors import Sector
from members.models.fields import FIELDS, SEARCH_TEXTS, Shown
from members.models.groups import Term

# The states of a registration, by name because meetings stand above members, in which somebody has or had a seat.
SEATED = ("confirmed", "attended")
# What a member is called by, see `Member.__str__`; lists that say no more need not load more.
CALLED_BY = ("latin_name", "native_name", "public_id")
PROOF_CHOICES = [(90, _("every 90 days")), (180, _("every 180 days")), (365, _("every year"))]


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Words about many bodies."""

    def called(self, name: str) -> "OrganisationQuerySet":
        """Those that somebody means who types this name, in Latin letters or in the body's own script."""
        return self.filter(Q(name__iexact=name) | Q(native_name__iexact=name)) if name else self.none()


class Organisation(models.Model):
    """A body that sends experts to the network."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    name = models.CharField(max_length=200, unique=True)
    native_name = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=32, choices=Sector.choices)
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=100, blank=True)
    # Both names, folded; derived with what its people are found by.
    search_text = models.TextField(blank=True, editable=False)
    mail_domains = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    # After so many days without a word of it, nobody counts as one of its people any more.
    proof_days = models.PositiveSmallIntegerField(choices=PROOF_CHOICES, default=365)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(name="members_organisation_sector", condition=Q(sector__in=Sector.values)),
            models.CheckConstraint(
                name="members_organisation_proof", condition=Q(proof_days__in=[days for days, _label in PROOF_CHOICES])
            ),
        ]

    def __str__(self) -> str:
        return self.name


def _word_index(column: str) -> GinIndex:
    return GinIndex(fields=[column], name=f"members_member_{column.replace('_text', '')}", opclasses=["gin_trgm_ops"])


class MemberQuerySet(models.QuerySet["Member"]):
    """Words about many members."""

    def listed(self) -> "MemberQuerySet":
        """Those whose standing puts them into the directory."""
        return self.filter(standing__in=[standing for standing, can in STANDINGS.items() if can.is_listed])

    def with_rights(self, at: datetime | Now) -> "MemberQuerySet":
        """Load with the row what decides on rights, so that a request costs one query for its member.

        These are roles, seats in groups, seats at meetings, second factors, and whether somebody takes them away.
        """
        held = RoleGrant.objects.filter(member=OuterRef("pk")).in_force(at).values("role")
        attending = Q(registrations__state__in=SEATED)
        meetings = Member.objects.filter(attending, pk=OuterRef("pk")).values("registrations__meeting")
        factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        running = Q(recoveries__proved_at__isnull=False, recoveries__ended_at__isnull=True)
        recovering = Member.objects.filter(running, pk=OuterRef("pk"))
        return self.seated().annotate(
            loaded_roles=ArraySubquery(held),
            loaded_meetings=ArraySubquery(meetings),
            loaded_factors=ArraySubquery(factors.values("type")),
            loaded_recovery=Exists(recovering),
        )

    def seated(self) -> "MemberQuerySet":
        """Load the groups in which each has a seat now, for the labels that are asked of many people at once."""
        terms = Term.objects.in_force().filter(member=OuterRef("pk")).values("group")
        return self.annotate(loaded_groups=ArraySubquery(terms))


class MemberManager(BaseUserManager["Member"]):
    """Finds people by address as they type it."""

    def get_by_natural_key(self, username: str | None) -> "Member":
        """Return the member with this address, in any capitals. Raises: Member.DoesNotExist."""
        return self.get(email__iexact=username)


class Member(AbstractBaseUser):
    """A person's identity, standing and roles. Sector, country and organisation were vetted, not claimed."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    email = models.EmailField(_("e-mail address"))
    latin_name = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    native_name = models.CharField(_("name in own script"), max_length=200, blank=True)
    native_language = models.CharField(max_length=8, blank=True)
    standing = models.CharField(max_length=12, choices=Standing.of_people(), default=Standing.APPLICANT)
    sector = models.CharField(max_length=32, choices=Sector.choices, blank=True)
    country = models.CharField(max_length=2, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )
    joined_on = models.DateField(null=True, blank=True)
    # Part of every session and of every private link: one more, and all that were given out before are dead.
    authz_epoch = models.PositiveIntegerField(default=0, editable=False)
    # Since when it is this one, for what is given out before it is known to whom; empty as long as it is the first.
    epoch_began_at = models.DateTimeField(null=True, editable=False)
    # Derived by the actions from names, organisation and the fields that are searched, each in the text of its
    # audience; read by search and sorting only.
    sort_name = models.CharField(max_length=200, blank=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)
    search_text_sector = models.TextField(blank=True, editable=False)
    search_text_country = models.TextField(blank=True, editable=False)
    search_text_meeting = models.TextField(blank=True, editable=False)
    search_text_groups = models.TextField(blank=True, editable=False)
    search_text_officers = models.TextField(blank=True, editable=False)
    # What a search found this row by, where the row itself does not show it; set by the directory only.
    found_by: str = ""
    found_in_profile: str = ""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = MemberManager.from_queryset(MemberQuerySet)()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="members_member_email"),
            models.CheckConstraint(
                name="members_member_standing",
                condition=Q(standing__in=[value for value, _label in Standing.of_people()]),
            ),
            models.CheckConstraint(
                name="members_member_vetted",
                condition=~Q(standing=Standing.MEMBER) | (~Q(sector="") & ~Q(country="") & Q(joined_on__isnull=False)),
            ),
        ]
        indexes = [
            # Django compares addresses in capitals, whatever the unique index does.
            models.Index(Upper("email"), name="members_member_address"),
            models.Index(fields=["sort_name", "id"], name="members_member_listed", condition=Q(standing="member")),
            models.Index(fields=["joined_on", "id"], name="members_member_newest", condition=Q(standing="member")),
            models.Index(fields=["sector", "country"], name="members_member_place", condition=Q(standing="member")),
            # What a search asks of everybody whose name is alike, without their long rows.
            models.Index(
                fields=["id"], include=["sector", "country"], name="members_member_seen", condition=Q(standing="member")
            ),
            *(_word_index(column) for column in SEARCH_TEXTS.values()),
        ]

    def __str__(self) -> str:
        return self.latin_name or self.native_name or self.public_id

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Tell Django and allauth whether this person may sign in."""
        return self.standing in STANDINGS and STANDINGS[Standing(self.standing)].signs_in

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must hold to be this person's: of the present password and the present epoch."""
        proof = f"{self.password} {self.authz_epoch}"
        return salted_hmac("members.session", proof, secret=secret, algorithm="sha256").hexdigest()

    @property
    def granted_roles(self) -> list[str]:
        """Return the roles in force, as `with_rights` loaded them; forgetting to load denies."""
        return list(self.__dict__.get("loaded_roles", []))

    @property
    def group_ids(self) -> list[int]:
        """Return the groups with a seat in force, as `seated` loaded them; forgetting to load denies."""
        return list(self.__dict__.get("loaded_groups", []))

    @property
    def meeting_ids(self) -> list[int]:
        """Return the meetings at which they have or had a seat, as `with_rights` loaded them; forgetting denies."""
        return list(self.__dict__.get("loaded_meetings", []))

    @property
    def _factors(self) -> list[str]:
        return list(self.__dict__.get("loaded_factors", []))

    @property
    def has_second_factor(self) -> bool:
        """Tell whether a second factor is set, as `with_rights` loaded it; forgetting to load denies."""
        return bool(self._factors)

    def shows(self, name: str) -> bool:
        """Tell whether the viewer for whom `policies.fields_shown` loaded the row sees this field."""
        return self._opens(name, self.viewers_audiences)

    @property
    def viewers_audiences(self) -> Collection[str]:
        """Return to which of the member's audiences that viewer belongs; forgetting to load: to none."""
        found: list[str] = self.__dict__.get("loaded_audiences", [])
        return found

    @cached_property
    def shown(self) -> Shown:
        """Return what that viewer sees; forgetting to load shows nothing."""
        return self.shown_to(self.viewers_audiences)

    def shown_to(self, audiences: Collection[str]) -> Shown:
        """Return what somebody sees who belongs to these audiences."""
        return Shown.of(self, [name for name in FIELDS if self._opens(name, audiences)])

    def _opens(self, name: str, audiences: Collection[str]) -> bool:
        profile = getattr(self, "profile", None)
        return profile is not None and profile.audience_of(name) in audiences

    @property
    def has_passkey(self) -> bool:
        """Tell whether a passkey or security key is set, as `with_rights` loaded it; forgetting to load denies."""
        return Authenticator.Type.WEBAUTHN in self._factors

    @property
    def is_being_recovered(self) -> bool:
        """Tell whether somebody is about to take this person's factors away, as `with_rights` loaded it."""
        return bool(self.__dict__.get("loaded_recovery", False))

    @property
    def owes_passkey(self) -> bool:
        """Tell whether a role in force demands a passkey here."""
        return settings.OFFICER_PASSKEYS and not PASSKEY_ROLES.isdisjoint(self.granted_roles)

    @property
    def region(self) -> Region | None:
        """Return the region of the member's country."""
        return region_of(self.country) if self.country else None

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Return what standing and roles allow at all; policies add the conditions on the row."""
        return permissions_of(self.standing, self.granted_roles)

    def may(self, permission: Permission) -> bool:
        """Tell whether standing and roles allow one kind of act."""
        return permission in self.permissions

    @property
    def reader(self) -> Reader:
        """Return this person as the label predicate knows people."""
        ceiling = Tlp.RED if self.standing == Standing.MEMBER else Tlp.GREEN
        return Reader(self.pk, self.sector, self.country, self.organisation_id, ceiling, self.group_ids)


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Words about many grants."""

    def in_force(self, at: datetime | Now) -> "RoleGrantQuerySet":
        """Those that have begun and not ended."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), begins_at__lte=at)


class RoleGrant(models.Model):
    """A role held by a member for a time."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=24, choices=[(r.value, r.label) for r in Role if r != Role.MEMBER])
    granted_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role grant")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "role"], name="members_rolegrant_open", condition=Q(ends_at__isnull=True)
            ),
            models.CheckConstraint(name="members_rolegrant_not_self", condition=~Q(granted_by=F("member"))),
            models.CheckConstraint(
                name="members_rolegrant_span",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("begins_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role}"
