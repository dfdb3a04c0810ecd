"""What can go wrong on this machine that people should read as one sentence?"""


class LocalError(Exception):
    """Says in its text what is wrong and what to do; the command line prints it and ends with 1."""


class HomeBusyError(LocalError):
    """Another portal runs from the same folder."""


class AddressError(LocalError):
    """The portal cannot listen where it was asked to."""


class NoServerError(LocalError):
    """No program for a server that the portal needs runs on this machine."""


class StartError(LocalError):
    """A part of the portal does not come up."""


class TooManyDeathsError(LocalError):
    """A process dies as often as it is started."""
