"""Why may a person see a notice, or why not? Told rule by rule, in plain Python.

Not made from the predicate that decides (`policies.visible_to`): tests compare both for everybody in a generated world.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congress.core import wall
from congress.core.audiences import countries_in_words
from congress.core.geography import country_name
from congress.core.labels import Audience, Tlp
from congress.core.roles import Permission
from congress.core.sectors import Sector
from members.models import Group, Member
from members.policies import visible_to
from notices.models import AccessException, Effect, Notice
from notices.queries.exceptions import exceptions_of

STAGES: dict[str, str | Promise] = {
    "edit": _("It is being written, and they are one of those who write it."),
    "clear": _("It waits for a compliance officer who does not write it, and they are one."),
    "publish": _("It waits for a publisher who neither wrote, cleared nor approved it, and they are one."),
    "unschedule": _("It is scheduled, and as a publisher they may stop it."),
    "cosponsor": _("Their body is asked to co-sponsor it, and they are its focal point."),
}


@dataclass(frozen=True)
class Rule:
    """One rule: what it is about, what it says of this person and this notice, and whether that opens or closes it.

    `opens` is None where the rule says nothing for or against.
    """

    name: str | Promise
    sentence: str | Promise
    opens: bool | None = None


@dataclass(frozen=True)
class Explanation:
    """Whether a person sees a notice, the rule that decides, and all rules in the order in which they were asked."""

    sees: bool
    decisive: Rule
    rules: tuple[Rule, ...]


def explain(notice: Notice, person: Member) -> Explanation:
    """Return why a person, loaded with rights, may see a notice, or why not; one query, two where a seat speaks.

    Everything that speaks is asked, in this order of force: standing, part in it, next step, state, exceptions,
    exclusions, audience.
    """
    with wall.reading_as_portal("why somebody may see a notice is told with every exception to it"):
        theirs = [each for each in exceptions_of(notice) if _is_about(each, person)]
    rules = (_standing(person), *_part(notice, person), *_readership(notice, person, theirs))
    return Explanation(_sees(rules), _decisive(rules), rules)


def _sees(rules: tuple[Rule, ...]) -> bool:
    return _decisive(rules).opens is True


def _decisive(rules: tuple[Rule, ...]) -> Rule:
    """The first rule that opens or closes decides; if none does, nothing names the person."""
    return next((rule for rule in rules if rule.opens is not None), rules[-1])


def _standing(person: Member) -> Rule:
    words = {"standing": person.get_standing_display()}
    if person.may(Permission.READ_NOTICES):
        return Rule(_("Standing"), str(_("Standing: %(standing)s. Every label may be read.")) % words)
    return Rule(_("Standing"), str(_("Standing: %(standing)s. No notice may be read.")) % words, opens=False)


def _part(notice: Notice, person: Member) -> Iterator[Rule]:
    """Those who wrote, checked or published it know it; those whose step comes next must see it."""
    record = {
        _("They are its author."): notice.author_id == person.pk,
        _("They write it too."): person.pk in notice.coauthors,
        _("They cleared it."): notice.cleared_by_id == person.pk,
        _("They approved it as the first of two publishers."): notice.approved_by_id == person.pk,
        _("They published it, or scheduled it."): notice.published_by_id == person.pk,
    }
    parts = [sentence for sentence, is_so in record.items() if is_so]
    yield Rule(_("Part in it"), parts[0] if parts else _("They had no part in it."), opens=True if parts else None)
    step = next((step for step in STAGES if notice.allows(step) and _is_next(step, notice, person)), "")
    yield Rule(_("Next step"), STAGES.get(step, _("No step is theirs to take.")), opens=True if step else None)


def _is_next(step: str, notice: Notice, person: Member) -> bool:
    writes, checked = person.pk in notice.writers, {notice.cleared_by_id, notice.approved_by_id}
    is_publisher = person.may(Permission.PUBLISH_NOTICES) and not writes
    return {
        "edit": person.may(Permission.DRAFT_NOTICES) and writes,
        "clear": person.may(Permission.CLEAR_NOTICES) and not writes,
        "publish": is_publisher and person.pk not in checked,
        "unschedule": is_publisher and person.pk != notice.cleared_by_id,
        "cosponsor": person.may(Permission.COSPONSOR_NOTICES) and person.organisation_id in notice.cosponsors,
    }[step]


def _readership(notice: Notice, person: Member, theirs: list[AccessException]) -> Iterator[Rule]:
    yield _state(notice)
    yield _label(notice, person)
    yield from (_exception(each) for each in sorted(theirs, key=lambda each: each.effect != Effect.DENY))
    yield _exclusion(notice.audience, person)
    yield from _audience(notice.audience, person)


def _state(notice: Notice) -> Rule:
    words = {"state": notice.state_label}
    if notice.published_at and (notice.allows("read") or notice.is_stub):
        return Rule(_("State"), str(_("It is there for its readers (%(state)s).")) % words)
    return Rule(_("State"), str(_("It is not there for readers yet (%(state)s).")) % words, opens=False)


def _label(notice: Notice, person: Member) -> Rule:
    words = {"label": notice.tlp}
    if Tlp(notice.tlp).rank <= person.reader.ceiling.rank:
        return Rule(_("Label"), str(_("%(label)s is not above what their standing allows.")) % words)
    return Rule(_("Label"), str(_("%(label)s is above what their standing allows.")) % words, opens=False)


def _is_about(exception: AccessException, person: Member) -> bool:
    if exception.country:
        return exception.country == person.country
    if exception.organisation_id:
        return exception.organisation_id == person.organisation_id
    return exception.member_id == person.pk


def _exception(exception: AccessException) -> Rule:
    words = {"rule": exception.in_words, "until": f"{exception.until:%Y-%m-%d %H:%M} UTC"}
    sentence = str(_("%(rule)s, until %(until)s.")) % words
    return Rule(_("Exception"), sentence, opens=exception.effect == Effect.GRANT)


def _exclusion(audience: Audience, person: Member) -> Rule:
    excluded = {
        _("The audience leaves them out by name."): person.pk in audience.excluded_people,
        _("The audience leaves out their country."): person.country in audience.excluded_countries,
        _("The audience leaves out their body."): person.organisation_id in audience.excluded_organisations,
    }
    found = [sentence for sentence, is_so in excluded.items() if is_so]
    return Rule(_("Exclusion"), found[0] if found else _("Nothing leaves them out."), opens=False if found else None)


def _audience(audience: Audience, person: Member) -> Iterator[Rule]:
    if person.pk in audience.people:
        yield Rule(_("Person"), _("The audience names them."), opens=True)
    if person.organisation_id in audience.organisations:
        words = {"body": person.organisation}
        yield Rule(_("Body"), str(_("The audience names their body, %(body)s.")) % words, opens=True)
    if theirs := {*audience.groups} & {*person.group_ids}:
        names = ", ".join(Group.objects.filter(pk__in=theirs).values_list("name", flat=True))
        sentence = str(_("The audience names a group in which they have a seat: %(groups)s.")) % {"groups": names}
        yield Rule(_("Group"), sentence, opens=True)
    yield _group(audience, person)


def _group(audience: Audience, person: Member) -> Rule:
    if not (audience.sectors or audience.countries):
        return Rule(_("Sector and country"), _("The audience names no sector and no country; nothing names them."))
    in_sector = not audience.sectors or person.sector in audience.sectors
    in_country = not audience.countries or person.country in audience.countries
    words = {
        "sector": Sector(person.sector).label if person.sector else "–",
        "country": country_name(person.country, get_language() or "en"),
        "sectors": ", ".join(str(Sector(each).label) for each in audience.sectors) or _("all sectors"),
        "countries": countries_in_words(audience.countries) or _("all countries"),
    }
    if in_sector and in_country:
        sentence = _("%(sector)s in %(country)s belongs to the audience: %(sectors)s; %(countries)s.")
        return Rule(_("Sector and country"), str(sentence) % words, opens=True)
    sentence = _("%(sector)s in %(country)s does not belong to the audience: %(sectors)s; %(countries)s.")
    return Rule(_("Sector and country"), str(sentence) % words)


def person_to_explain(viewer: Member, person: Member, at: datetime) -> Member:
    """Return somebody of the viewer's directory as a session would load them, with rights and body; one query."""
    return visible_to(viewer).with_rights(at).select_related("organisation").get(pk=person.pk)
