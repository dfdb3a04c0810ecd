"""How does a thing with a life of its own move from state to state?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core.errors import DomainError


class IllegalTransitionError(DomainError):
    """The thing is not in a state from which this step is possible."""

    code = "illegal_transition"
    message = _("This has moved on in the meantime, and the step is no longer possible. Reload the page to see why.")


@dataclass(frozen=True)
class State:
    """One state: what staff call it, what those concerned are told, what may be done, where it leads."""

    label: str | Promise
    public_label: str | Promise
    capabilities: frozenset[str] = frozenset()
    leads_to: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Machine:
    """All states of one aggregate. Every check asks for a capability, so that a new state cannot forget one."""

    states: Mapping[str, State] = field(default_factory=dict)

    def having(self, capability: str) -> tuple[str, ...]:
        """Return the states in which something may be done, for use in a query."""
        return tuple(name for name, state in self.states.items() if capability in state.capabilities)

    def allows(self, state: str, capability: str) -> bool:
        """Tell whether something may be done in a state; an unknown state allows nothing."""
        return state in self.states and capability in self.states[state].capabilities

    def require(self, before: str, after: str) -> None:
        """Check one step. Raises: IllegalTransitionError."""
        if before not in self.states or after not in self.states[before].leads_to:
            raise IllegalTransitionError
