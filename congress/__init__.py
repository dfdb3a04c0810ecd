"""The project. Its Celery app is made with it, so that every process rings the same doorbell."""

from congress.celery import app as celery_app

__all__ = ["celery_app"]
