"""Which meetings, sessions and registrations exist for whom, and who may do what? Rows: who; columns: what."""

import pytest

from congress.core.labels import Tlp
from events import policies
from events.models import Meeting
from members.models import Member
from tests import factories
from tests.events.factories import draft, registration, released, slot, speaker

LABELS = [Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED]
PEOPLE = ["visitor", "lapsed", "suspended", "member", "speaker", "administrator", "organiser"]

# who: which of the five labels they see on a programme, from CLEAR to RED
SESSIONS = {
    "visitor": "x....",
    "lapsed": "x....",
    "suspended": "x....",
    "member": "xxxx.",
    "administrator": "xxxx.",
    "speaker": "xxxxx",
    "organiser": "xxxxx",
}
# who: announced meeting, unannounced meeting, own registration, another's
EXISTENCE = {
    "visitor": "x...",
    "lapsed": "x.x.",
    "suspended": "x.x.",
    "member": "x.x.",
    "speaker": "x.x.",
    "administrator": "x.x.",
    "organiser": "xxxx",
}
# who: register when announced, when not, withdraw own, another's, organise, decide on own, on another's
ACTS = {
    "lapsed": "..x....",
    "suspended": "..x....",
    "member": "x.x....",
    "administrator": "x.x....",
    "organiser": "x.x.x.x",
}


def person(request: pytest.FixtureRequest, who: str) -> Member | None:
    if who == "visitor":
        return None
    found: Member = request.getfixturevalue("stranger" if who == "speaker" else who)
    return found


def cells(answers: list[bool]) -> str:
    return "".join("x" if answer else "." for answer in answers)


@pytest.fixture
def labelled(plenary: Meeting, stranger: Member) -> list[int]:
    """One session of each label; the stranger speaks in all of them."""
    sessions = [factories.session(plenary, label.name, tlp=label) for label in LABELS]
    guest = speaker(sessions[0], "Guest", member=stranger)
    for session in sessions[1:]:
        session.appearances.create(speaker=guest, part="presenter")
    return [session.pk for session in sessions]


@pytest.mark.parametrize("who", PEOPLE)
def test_slots_visible_to(request, labelled, who):
    seen = set(policies.slots_visible_to(person(request, who)).values_list("session", flat=True))
    assert cells([pk in seen for pk in labelled]) == SESSIONS[who]


@pytest.mark.parametrize("who", PEOPLE)
def test_visible_to_and_registrations_visible_to(request, plenary, who):
    hidden = factories.meeting("hidden", is_announced=False)
    viewer, another = person(request, who), factories.member("another")
    meetings = policies.visible_to(viewer)
    answers = [plenary in meetings, hidden in meetings, False, False]
    if viewer:
        own, others = registration(plenary, viewer), registration(plenary, another)
        seen = policies.registrations_visible_to(viewer)
        answers[2:] = [own in seen, others in seen]
    assert cells(answers) == EXISTENCE[who]


@pytest.mark.parametrize("who", ACTS)
def test_can(request, plenary, who):
    hidden = factories.meeting("hidden", is_announced=False)
    actor = request.getfixturevalue(who)
    own, others = registration(plenary, actor), registration(plenary, factories.member("another"))
    answers = [
        policies.can_register(actor, plenary),
        policies.can_register(actor, hidden),
        policies.can_withdraw(actor, own),
        policies.can_withdraw(actor, others),
        policies.can_organise(actor, plenary),
        policies.can_decide(actor, own),
        policies.can_decide(actor, others),
    ]
    assert cells(answers) == ACTS[who]


def test_speakers_visible_to_follows_their_sessions(plenary, member):
    public = speaker(factories.session(plenary, tlp=Tlp.CLEAR), "Public")
    inside = speaker(factories.session(plenary, tlp=Tlp.GREEN), "Inside")
    named = speaker(factories.session(plenary, tlp=Tlp.RED), "Named")
    assert list(policies.speakers_visible_to(None)) == [public]
    assert set(policies.speakers_visible_to(member)) == {public, inside}
    assert named not in policies.speakers_visible_to(member)


def test_slots_visible_to_ends_with_the_programme_in_force(plenary, organiser):
    session = factories.session(plenary, tlp=Tlp.CLEAR)
    released(plenary, number=2)
    slot(draft(plenary, number=3), session)
    assert list(policies.slots_visible_to(organiser)) == []
