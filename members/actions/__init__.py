"""What changes about members, and who may change it? One module for each subject."""

from members.actions.search import refresh_search

__all__ = ["refresh_search"]
