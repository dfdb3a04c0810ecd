"""Which address leads where?"""

from django.conf import settings
from django.urls import include, path

from congress import home
from congress.core import health
from congress.core.styleguide import styleguide

urlpatterns = [
    path("", home.landing, name="landing"),
    path("about/", home.about, name="about"),
    path("home/", home.home, name="home"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("accounts/", include("allauth.urls")),
    path("", include("members.urls")),
    path("meetings/", include("events.urls")),
    path("notices/", include("notices.urls")),
]

if settings.DEMONSTRATION:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))

handler400 = "congress.core.errors.bad_request"
handler403 = "congress.core.errors.forbidden"
handler404 = "congress.core.errors.not_found"
handler429 = "congress.core.errors.too_many_requests"
handler500 = "congress.core.errors.server_error"
