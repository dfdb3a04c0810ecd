"""Which notices exist for whom, and who may take which step?"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q, QuerySet

from congress.core.labels import Audience, Reader, Tlp, readable_by, readers_of, within_ceiling
from congress.core.roles import Permission
from members.models import Member, Term
from notices.models import NOTICE_STATES, AccessException, Attachment, Edition, Effect, Notice, SavedSearch, Section


def visible_to(viewer: Member) -> QuerySet[Notice]:
    """Return the notices that exist for a viewer.

    Published ones addressed to them, those they wrote, cleared or published themselves, those that wait for
    a step which is theirs to take or to stop, and those that their body is asked to co-sponsor. Everything derived
    from notices starts here.
    """
    part_in_it = _of_record(viewer) | _waiting_for(viewer) | _stoppable_by(viewer) | _to_cosponsor(viewer)
    return Notice.objects.filter(_addressed(viewer) | part_in_it)


def editions_visible_to(viewer: Member) -> QuerySet[Edition]:
    """Return the editions that exist for a viewer: of visible notices, the one in force and those once theirs to read.

    An earlier edition keeps its own label: whoever it was not for does not see it now either.
    """
    own = Q(notice__edition=F("pk")) | readable_by(viewer.reader) | _wrote("notice__", viewer)
    return Edition.objects.filter(own, notice__in=visible_to(viewer))


def sections_visible_to(viewer: Member) -> QuerySet[Section]:
    """Return the sections that exist for a viewer, by the same rule and their own portion mark."""
    return Section.objects.filter(within_ceiling(viewer.reader), edition__in=_texts_visible_to(viewer))


def attachments_visible_to(viewer: Member) -> QuerySet[Attachment]:
    """Return the attachments that exist for a viewer, by the same rule and their own portion mark."""
    return Attachment.objects.filter(within_ceiling(viewer.reader), edition__in=_texts_visible_to(viewer))


def _texts_visible_to(viewer: Member) -> QuerySet[Edition]:
    """Leave out the stubs: of what is suspended or withdrawn only number, label and reason are left."""
    return editions_visible_to(viewer).exclude(notice__state__in=NOTICE_STATES.having("read_stub"))


def sections_of_shown(viewer: Member, notice: Notice) -> QuerySet[Section]:
    """Return the sections in force, or of the draft, of a notice that was loaded through `visible_to`: by mark alone.

    One page asks who may read once; the second wall asks it again of each row. Other editions: `sections_visible_to`.
    """
    return Section.objects.filter(_of_shown(viewer, notice))


def attachments_of_shown(viewer: Member, notice: Notice) -> QuerySet[Attachment]:
    """Return the attachments of a notice that was loaded through `visible_to`, by the same rule."""
    return Attachment.objects.filter(_of_shown(viewer, notice))


def _of_shown(viewer: Member, notice: Notice) -> Q:
    return Q(pk__in=[]) if notice.is_stub else within_ceiling(viewer.reader) & Q(edition=notice.edition_id)


def addressed_to(viewer: Member) -> QuerySet[Notice]:
    """Return the notices in force that a viewer reads as one of the audience: the digest's and the feed's rows."""
    return Notice.objects.filter(_addressed(viewer), state__in=NOTICE_STATES.having("is_current"))


def addressed_to_each(viewers: Iterable[Member], notices: QuerySet[Notice]) -> dict[int, list[int]]:
    """Ask `addressed_to` for many viewers at once: which editions of some notices each may read, by member.

    The editions come in the order of the notices. Whoever may read none at all is left out. One query.
    """
    readers = {viewer.pk: viewer.reader for viewer in viewers if viewer.may(Permission.READ_NOTICES)}
    lowest = min((reader.ceiling for reader in readers.values()), key=lambda label: label.rank, default=Tlp.CLEAR)
    theirs = notices.filter(_named(Reader.of_each_row(lowest)), state__in=NOTICE_STATES.having("is_current"))
    rows = Member.objects.filter(pk__in=readers).seated().annotate(editions=ArraySubquery(theirs.values("edition")))
    return dict(rows.exclude(editions=[]).values_list("pk", "editions"))


def granted_to_each(since: datetime, until: datetime) -> Q:
    """Return what holds, inside `addressed_to_each`, of notices read by an exception of a window only."""
    reader = Reader.of_each_row(Tlp.RED)
    granted = _excepted(reader, Effect.GRANT).filter(made_at__gt=since, made_at__lte=until)
    return Q(pk__in=granted) & ~readable_by(reader)


def _addressed(viewer: Member) -> Q:
    return _named(viewer.reader) if viewer.may(Permission.READ_NOTICES) else Q(pk__in=[])


def _named(reader: Reader) -> Q:
    published = [*NOTICE_STATES.having("read"), *NOTICE_STATES.having("read_stub")]
    granted = within_ceiling(reader) & Q(pk__in=_excepted(reader, Effect.GRANT))
    denied = Q(pk__in=_excepted(reader, Effect.DENY))
    return Q(state__in=published, published_at__isnull=False) & (readable_by(reader) | granted) & ~denied


def _excepted(reader: Reader, effect: Effect) -> QuerySet[AccessException, Any]:
    who = reader.seen_from_within
    # An exception for a person or a body has no country, and neither have some members.
    theirs = Q(member=who.person) | (Q(country=who.country) & ~Q(country=""))
    if who.organisation is not None:
        theirs |= Q(organisation=who.organisation)
    return AccessException.objects.in_force().filter(theirs, effect=effect).values("notice")


def readers(
    notice: Notice, audience: Audience | None = None, *, without: AccessException | None = None
) -> QuerySet[Member]:
    """Return the listed members who read a notice once it is in force, or would if its audience were another.

    The same rule as `addressed_to`, the other way round; exceptions in force count, all or all but one, people of
    record do not.
    """
    named = named_in(audience or notice.audience)
    exceptions = notice.exceptions.in_force().exclude(pk=(without and without.pk) or 0)
    granted = meant_by(exceptions.filter(effect=Effect.GRANT))
    return Member.objects.listed().filter(named | granted).exclude(meant_by(exceptions.filter(effect=Effect.DENY)))


def named_in(audience: Audience) -> Q:
    """Return the predicate on members: which of them an audience names today, whatever exceptions there are."""
    seated = Term.objects.in_force().filter(group__in=audience.groups).values("member")
    return readers_of(audience, seated)


def meant_by(exceptions: QuerySet[AccessException]) -> Q:
    """Return the predicate on members: which of them some exceptions are about, whatever those do."""
    return (
        Q(pk__in=exceptions.filter(member__isnull=False).values("member"))
        | Q(organisation__in=exceptions.filter(organisation__isnull=False).values("organisation"))
        | Q(country__in=exceptions.exclude(country="").values("country"))
    )


def _of_record(viewer: Member) -> Q:
    if not viewer.may(Permission.READ_NOTICES):
        return Q(pk__in=[])
    return _wrote("", viewer) | Q(cleared_by=viewer) | Q(approved_by=viewer) | Q(published_by=viewer)


def _wrote(prefix: str, viewer: Member) -> Q:
    return Q(**{f"{prefix}author": viewer}) | Q(**{f"{prefix}coauthors__contains": [viewer.pk]})


def _to_cosponsor(viewer: Member) -> Q:
    if viewer.organisation_id is None or not viewer.may(Permission.COSPONSOR_NOTICES):
        return Q(pk__in=[])
    return Q(state__in=NOTICE_STATES.having("cosponsor"), cosponsors__contains=[viewer.organisation_id])


def waiting_for(viewer: Member) -> QuerySet[Notice]:
    """Return the notices whose next step is this person's to take."""
    return Notice.objects.filter(_waiting_for(viewer))


def withdrawable_by(member: Member) -> QuerySet[Notice]:
    """Return the notices that a publisher may take back, also one that is not addressed to them.

    Its text stays hidden from them: taking back needs the number and nothing else.
    """
    if not member.may(Permission.PUBLISH_NOTICES):
        return Notice.objects.none()
    return Notice.objects.filter(state__in=NOTICE_STATES.having("withdraw"))


def _waiting_for(viewer: Member) -> Q:
    steps = Q(pk__in=[])
    if viewer.may(Permission.DRAFT_NOTICES):
        steps |= Q(state__in=NOTICE_STATES.having("edit")) & _wrote("", viewer)
    if viewer.may(Permission.CLEAR_NOTICES):
        steps |= Q(state__in=NOTICE_STATES.having("clear")) & ~_wrote("", viewer)
    if viewer.may(Permission.PUBLISH_NOTICES):
        involved = _wrote("", viewer) | Q(cleared_by=viewer) | Q(approved_by=viewer)
        steps |= Q(state__in=NOTICE_STATES.having("publish")) & ~involved
    return steps


def _stoppable_by(viewer: Member) -> Q:
    if not viewer.may(Permission.PUBLISH_NOTICES):
        return Q(pk__in=[])
    return Q(state__in=NOTICE_STATES.having("unschedule")) & ~_wrote("", viewer) & ~Q(cleared_by=viewer)


def can_keep_searches(member: Member) -> bool:
    """Whoever may read notices keeps searches of the list, for themselves."""
    return member.may(Permission.READ_NOTICES)


def own_searches(member: Member) -> QuerySet[SavedSearch]:
    """Return the searches that somebody keeps."""
    return SavedSearch.objects.filter(member=member) if can_keep_searches(member) else SavedSearch.objects.none()


def can_draft(member: Member) -> bool:
    """Analysts draft."""
    return member.may(Permission.DRAFT_NOTICES)


def can_edit(member: Member, notice: Notice) -> bool:
    """A notice is written by its author and co-authors, as long as they are analysts."""
    return member.may(Permission.DRAFT_NOTICES) and member.pk in notice.writers


def can_share(member: Member, notice: Notice) -> bool:
    """Its author alone says who else writes it and which bodies are asked to co-sponsor it."""
    return member.may(Permission.DRAFT_NOTICES) and notice.author_id == member.pk


def can_discard(member: Member, notice: Notice) -> bool:
    """Its author alone throws a draft away: no state that was ever read allows it."""
    return member.may(Permission.DRAFT_NOTICES) and notice.author_id == member.pk


def can_cosponsor(member: Member, notice: Notice) -> bool:
    """A focal point of a body that was asked answers for it, unless they write, clear or publish the notice."""
    asked = member.organisation_id in notice.cosponsors
    return member.may(Permission.COSPONSOR_NOTICES) and asked and member.pk not in notice.people_of_record


def can_update(member: Member, notice: Notice) -> bool:
    """Those who wrote it, and other analysts of the author's body, begin its next edition."""
    if not member.may(Permission.DRAFT_NOTICES):
        return False
    same_body = member.organisation_id is not None and member.organisation_id == notice.author.organisation_id
    return member.pk in notice.writers or same_body


def can_except(member: Member, notice: Notice) -> bool:
    """A publisher who neither wrote it nor cleared it makes and ends exceptions: they change who reads."""
    return member.may(Permission.PUBLISH_NOTICES) and member.pk not in {*notice.writers, notice.cleared_by_id}


def can_list_exceptions(member: Member) -> bool:
    """Publishers see every exception of the notices that they may take back: together they answer for who reads."""
    return member.may(Permission.PUBLISH_NOTICES)


def can_explain(member: Member, notice: Notice) -> bool:
    """Publishers, and those of record, ask why somebody may or may not see it; readers do not."""
    return member.may(Permission.PUBLISH_NOTICES) or member.pk in notice.people_of_record


def can_clear(member: Member, notice: Notice) -> bool:
    """A compliance officer who does not write it clears or returns."""
    return member.may(Permission.CLEAR_NOTICES) and member.pk not in notice.writers


def can_publish(member: Member, notice: Notice) -> bool:
    """A publisher who neither wrote nor cleared it publishes; with TLP:RED, two of them, one after the other."""
    return member.may(Permission.PUBLISH_NOTICES) and member.pk not in {
        *notice.writers,
        notice.cleared_by_id,
        notice.approved_by_id,
    }


def can_unschedule(member: Member, notice: Notice) -> bool:
    """Any publisher but its author and its officer stops it: not only the one who chose the hour."""
    return member.may(Permission.PUBLISH_NOTICES) and member.pk not in {*notice.writers, notice.cleared_by_id}


def can_confirm(member: Member, notice: Notice) -> bool:
    """Its author or its publisher says that it still holds, as long as they are analyst or publisher."""
    as_author = member.pk in notice.writers and member.may(Permission.DRAFT_NOTICES)
    return as_author or (notice.published_by_id == member.pk and member.may(Permission.PUBLISH_NOTICES))


def can_withdraw(member: Member, notice: Notice) -> bool:
    """Any publisher withdraws and suspends: taking a notice back must never wait for one person."""
    return member.may(Permission.PUBLISH_NOTICES)


def can_reinstate(member: Member, notice: Notice) -> bool:
    """Any publisher but those who wrote it gives it back to its readers: that is publishing once more."""
    return member.may(Permission.PUBLISH_NOTICES) and member.pk not in notice.writers


def can_follow(member: Member, notice: Notice) -> bool:
    """Those of record, and those whose step comes next, see what was done and said before publication."""
    return member.pk in notice.people_of_record or bool(steps_open_to(member, notice) - OPENS_NO_HISTORY)


def can_read_at_once(member: Member, notice: Notice) -> bool:
    """TLP:CLEAR and GREEN open at once, a stricter label only to those who know the text by their part in it.

    Everybody else acknowledges the label first; a stub has no text left to guard.
    """
    is_open = notice.is_stub or notice.edition is None or not notice.edition.is_restricted
    return is_open or can_follow(member, notice) or "cosponsor" in steps_open_to(member, notice)


# Taking back needs no reading, so these steps open no history.
TAKING_BACK = frozenset({"suspend", "reinstate", "withdraw"})
# Neither do these: an exception needs a number, an update the text in force, and a co-sponsor answers for the text.
OPENS_NO_HISTORY = TAKING_BACK | {"except", "update", "cosponsor"}

STEPS: dict[str, Callable[[Member, Notice], bool]] = {
    "edit": can_edit,
    "submit": can_edit,
    "share": can_share,
    "discard": can_discard,
    "clear": can_clear,
    "cosponsor": can_cosponsor,
    "publish": can_publish,
    "unschedule": can_unschedule,
    "confirm": can_confirm,
    "update": can_update,
    "except": can_except,
    "suspend": can_withdraw,
    "reinstate": can_reinstate,
    "withdraw": can_withdraw,
}


def steps_open_to(member: Member, notice: Notice) -> frozenset[str]:
    """Return the steps that this person may take in the present state."""
    return frozenset(step for step, allowed in STEPS.items() if notice.allows(step) and allowed(member, notice))
