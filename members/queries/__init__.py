"""What do the pages about people need? One module for each page or pair of pages."""

from members.queries.vetting import Waiting, waiting_for

__all__ = ["Waiting", "waiting_for"]
