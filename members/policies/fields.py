"""Which fields of whose profile may a member see, and by which may they find somebody? Source: decision 0025."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Case, CharField, F, Func, Q, QuerySet, Value, When

from congress.core.roles import Permission
from members.models import FIELDS, SEATED, FieldAudience, Member, MemberQuerySet, NameKey
from members.policies.people import visible_to


def fields_shown(viewer: Member, members: MemberQuerySet) -> MemberQuerySet:
    """Load with each of these members what of their fields this viewer may see; no query of its own.

    Begin at `visible_to`, load the profile (`select_related("profile")`), then read `member.shown` and never
    `member.profile` or `member.email`: `shown.position`, `shown.languages`, `shown.email` and so on are empty where the
    member does not show them. A surface that writes fields one by one takes those of `FIELDS` whose `uses` name it.
    A filter on a field is `.filter(shows(viewer, name))` along with its value, so that who hides it is not counted.
    """
    return members.annotate(loaded_audiences=_open_audiences(viewer))


def audience_of(name: str) -> Case:
    """Return the expression of `Profile.audience_of`: whom the member of a row shows a field to; null for no profile.

    It is shown to the viewer for whom `fields_shown` loaded the row if it is one of `loaded_audiences`.
    """
    column = f"profile__{name}_audience"
    default = Value(FIELDS[name].default.value)
    return Case(When(**{column: ""}, then=default), default=F(column), output_field=CharField())


def shows(viewer: Member, name: str) -> Q:
    """Return the predicate on members: those who show this field to the viewer."""
    return _admitting(viewer, f"profile__{name}_audience", FIELDS[name].default)


def found_by_address(viewer: Member) -> Q:
    """Return the predicate on members: whom this viewer means who types a whole e-mail address.

    Who says by name who reads a notice means whoever has it: they know the address already, and a person who is not
    found is a warning that does not arrive. It is shown to nobody for that.
    """
    names_readers = viewer.may(Permission.DRAFT_NOTICES) or viewer.may(Permission.PUBLISH_NOTICES)
    return Q() if names_readers else shows(viewer, "email")


def audiences(viewer: Member) -> dict[FieldAudience, Q]:
    """Return for each audience the predicate on members: to whose audience of that kind the viewer belongs."""
    own, belonging = Q(pk=viewer.pk), _belonging(viewer)
    found = {audience: belonging.get(audience, own) for audience in FieldAudience}
    return {audience: condition and own | condition for audience, condition in found.items()}


def names_visible_to(viewer: Member) -> "QuerySet[NameKey]":
    """Return the keys of the names that this viewer may find members by."""
    seen = NameKey.objects.filter(member__in=visible_to(viewer))
    return seen.filter(_admitting(viewer, "audience", prefix="member__"))


def _belonging(viewer: Member, prefix: str = "") -> dict[FieldAudience, Q]:
    """Return the audiences to which the viewer belongs by what they are, beside those of their own profile.

    Source of what they are is the viewer's own row, loaded `with_rights`: what was not loaded opens nothing.
    """
    if viewer.may(Permission.READ_EVERY_FIELD):
        return {audience: Q() for audience in FieldAudience}
    belonging = {
        FieldAudience.NETWORK: Q(),
        FieldAudience.SECTOR: Q(**{f"{prefix}sector": viewer.sector}),
        FieldAudience.COUNTRY: Q(**{f"{prefix}country": viewer.country}),
    }
    if viewer.meeting_ids:
        belonging[FieldAudience.MEETING] = Q(_WasMetAt(f"{prefix}pk", viewer.meeting_ids))
    if viewer.group_ids:
        belonging[FieldAudience.GROUPS] = Q(_Trusts(f"{prefix}pk", viewer.group_ids))
    return belonging


def _admitting(viewer: Member, column: str, default: FieldAudience | None = None, prefix: str = "") -> Q:
    """Return the predicate on rows that carry an audience in a column, where empty may mean a default."""
    admitted = Q(**{f"{prefix}pk": viewer.pk})
    for audience, condition in _belonging(viewer, prefix).items():
        admitted |= Q(**{f"{column}__in": [audience, *([""] if audience == default else [])]}) & condition
    return admitted & Q(**{f"{column}__isnull": False})


# Not as lists of members: PostgreSQL reckons with such a list anew for each row that an index finds, and so reads all
# rows. And not as Django's `Exists`: a page asks this twenty times, and composing each took a fifth of a millisecond.
class _Has(Func):
    """Whether there is a row about a member in which a column agrees with some ids: whose, and which ids."""

    output_field = BooleanField()

    def __init__(self, member: str, ids: list[int]) -> None:
        super().__init__(F(member), Value(ids, output_field=ArrayField(BigIntegerField())))


class _WasMetAt(_Has):
    """Whether a member has or had a seat at one of some meetings; by names, because meetings stand above members."""

    states = "', '".join(SEATED)
    template = (
        f"EXISTS (SELECT FROM events_registration AS seat WHERE seat.state IN ('{states}')"
        " AND seat.member_id = %(expressions)s))"
    )
    arg_joiner = " AND seat.meeting_id = ANY ("


class _Trusts(_Has):
    """Whether a member opens fields of theirs to one of some groups."""

    # Not by the profile's own columns: a join to the profiles would be made for each search of a name.
    template = "EXISTS (SELECT FROM members_profile AS trusting WHERE trusting.member_id = %(expressions)s)"
    arg_joiner = " AND trusting.trusted_groups && "


def _open_audiences(viewer: Member) -> Case:
    """Return the expression of all audiences to which the viewer belongs for the member of a row."""
    belonging = (
        Case(When(condition, then=Value(audience.value))) if condition else Value(audience.value)
        for audience, condition in _belonging(viewer).items()
    )
    return Case(When(pk=viewer.pk, then=_Audiences(*map(Value, FieldAudience.values))), default=_Audiences(*belonging))


class _Audiences(Func):
    """Audiences as one value of a row; nothing stands for those to which the viewer does not belong."""

    template = "ARRAY[%(expressions)s]::text[]"
    output_field = ArrayField(CharField())
