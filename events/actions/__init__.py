"""What changes, what can be refused, what is recorded? One module for seats, one for the programme."""

from events.actions.programme import release_programme
from events.actions.registration import approve, refuse, register, withdraw

__all__ = ["approve", "refuse", "register", "release_programme", "withdraw"]
