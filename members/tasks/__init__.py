"""Who hears of what happens to members, and what is periodic? One module for each subject."""

from members.tasks.applications import (
    NEW_PASSWORD,
    WELCOME,
    compose_new_password,
    compose_welcome,
    forget_unfinished_applications,
)

__all__ = ["NEW_PASSWORD", "WELCOME", "compose_new_password", "compose_welcome", "forget_unfinished_applications"]
