"""The web server's entry."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")

application = get_wsgi_application()

# All views are loaded now, not by whoever comes first. Then nothing of it is looked through for garbage ever again:
# that held up a request every few dozen for a tenth of a second and longer.
get_resolver().url_patterns  # noqa: B018 (a property that loads)
gc.collect()
gc.freeze()
