"""Is this process alive, and is the portal ready to be used?"""

from typing import TYPE_CHECKING, cast

from django.core.cache import caches
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from congress.core.access import open_to
from congress.core.roles import Standing

if TYPE_CHECKING:
    from congress.core.cache import SharedCache


@require_safe
@open_to(Standing.ANYONE, why="the supervisor asks whether the process answers; says nothing else")
def live(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process does; depends on nothing."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@open_to(Standing.ANYONE, why="the supervisor and the proxy ask before they send people here; says yes or no")
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 if database, migrations and broker are in place, else 503 with what is missing."""
    checks = {"database": _database(), "broker": _broker()}
    status = 200 if all(checks.values()) else 503
    return JsonResponse({"ready": status == 200, **checks}, status=status)


def _database() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return False


def _broker() -> bool:
    return not cast("SharedCache", caches["default"]).is_away()
