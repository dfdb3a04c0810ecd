"""Is every state machine of the portal sound, and does a step that does not exist fail?"""

import pytest

from congress.core.states import IllegalTransitionError, Machine, State
from events.models import REGISTRATION_STATES, RegistrationState
from members.models import APPLICATION_STATES, ApplicationState
from notices.models import NOTICE_STATES, NoticeState

MACHINES = [
    (NOTICE_STATES, NoticeState, "draft"),
    (REGISTRATION_STATES, RegistrationState, "applied"),
    (APPLICATION_STATES, ApplicationState, "unverified"),
]

DOOR = Machine(
    {
        "open": State("Open", "You may enter", frozenset({"enter"}), frozenset({"shut"})),
        "shut": State("Shut", "Wait", frozenset(), frozenset({"open"})),
    }
)


@pytest.mark.parametrize(("machine", "words", "_first"), MACHINES)
def test_machine_has_every_state_and_no_other(machine, words, _first):
    assert set(machine.states) == set(words.values)


@pytest.mark.parametrize(("machine", "words", "_first"), MACHINES)
def test_machine_leads_to_states_that_it_has(machine, words, _first):
    assert {after for state in machine.states.values() for after in state.leads_to} <= set(machine.states)


@pytest.mark.parametrize(("machine", "_words", "first"), [MACHINES[0], MACHINES[2]])
def test_machine_reaches_every_state(machine, _words, first):
    reached, ahead = set(), [first]
    while ahead:
        state = ahead.pop()
        if state not in reached:
            reached.add(state)
            ahead += machine.states[state].leads_to
    assert reached == set(machine.states)


def test_require_goes_on():
    assert DOOR.require("open", "shut") is None


@pytest.mark.parametrize(("before", "after"), [("open", "open"), ("shut", "shut"), ("open", "gone"), ("gone", "open")])
def test_require_refuses_with_409(before, after):
    with pytest.raises(IllegalTransitionError) as refusal:
        DOOR.require(before, after)
    assert refusal.value.status == 409


@pytest.mark.parametrize(
    ("state", "capability", "answer"),
    [("open", "enter", True), ("shut", "enter", False), ("open", "fly", False), ("gone", "enter", False)],
)
def test_allows(state, capability, answer):
    assert DOOR.allows(state, capability) is answer


def test_having_names_the_states_for_a_query():
    assert (DOOR.having("enter"), DOOR.having("fly")) == (("open",), ())
