"""What can be done with notices, and with the digest of them?"""

from notices.actions.search import refresh_search

__all__ = ["refresh_search"]
