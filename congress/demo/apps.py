"""What makes the demonstration network an application?"""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Fills an empty portal with a fictitious network; refuses to run in production."""

    name = "congress.demo"
    label = "demo"
