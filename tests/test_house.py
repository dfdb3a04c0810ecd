"""Does the house keep its own rules?"""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from congress import celery_app
from congress.core import journal, step_up
from congress.core.doors import doors, project_doors, views
from congress.core.models import APPEND_ONLY
from congress.core.permissions_page import render
from congress.core.roles import Standing
from congress.costs import COSTS, FREE

celery_app.loader.import_default_modules()

ROOT: Path = settings.BASE_DIR
PACKAGES = {"congress", "members", "events", "notices"}
CODE = [ROOT / "congress", ROOT / "members", ROOT / "events", ROOT / "notices"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))

OPEN_TO_ANYONE = {
    "about",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "events:calendar_feed",
    "events:meeting",
    "events:meetings",
    "events:programme",
    "events:programme_calendar",
    "events:session",
    "events:speaker",
    "health_live",
    "health_ready",
    "landing",
    "members:application_check",
    "members:application_answer",
    "members:application_appeal",
    "members:application_form",
    "members:application_sponsor",
    "members:application_sponsor_again",
    "members:application_step",
    "members:application_status",
    "members:application_verify",
    "members:application_withdraw",
    "members:apply",
    "members:apply_sent",
    "members:digest_stop",
    "members:lost_factor",
    "members:recovery_stop",
    "members:sponsor",
    "members:sponsor_withdraw",
    "mfa_authenticate",
    "mfa_login_webauthn",
}


# What asks for a second factor that was shown minutes ago.
STEPS_UP = {
    "members:erasure",
    "members:own_data",
    "members:own_data_copy",
    "members:members_import",
    "members:recovery_part",
    "members:reinstate",
    "members:role_approve",
    "members:role_propose",
    "members:suspend",
    "members:vetting_decide",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "notices:notice_publish",
    "members:tokens",
}


def python_files() -> list[Path]:
    return [path for folder in CODE for path in folder.rglob("*.py") if "migrations" not in path.parts]


def test_views_open_to_anyone_are_exactly_these():
    assert {name for name, door in doors().items() if Standing.ANYONE in door.standings} == OPEN_TO_ANYONE


def test_views_that_ask_for_a_fresh_factor_are_exactly_these():
    assert {name for name, pattern in views() if step_up.asks(pattern.callback, name)} == STEPS_UP


def test_doors_wider_than_the_rule_say_why():
    assert [name for name, door in project_doors().items() if not door.why.strip()] == []


def test_every_view_of_the_project_has_a_page_test():
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    ours = [
        (name, p)
        for name, p in views()
        if p.callback.__module__.split(".")[0] in {"congress", "members", "events", "notices"}
    ]
    names = {name.rpartition(":")[2] for name, _pattern in ours}
    assert sorted(name for name in names if f"def test_{name}" not in tests) == []


def test_every_address_has_a_cost_or_a_reason_for_none():
    """What shows people or notices stands in COSTS of congress/costs.py, anything else in FREE with its reason."""
    ours = {name for name, p in views() if p.callback.__module__.split(".")[0] in PACKAGES}
    said = [*COSTS, *chain.from_iterable(FREE.values())]
    assert (sorted(ours - set(said)), sorted(set(said) - ours), len(said) - len(set(said))) == ([], [], 0)


def test_views_that_answer_get_answer_head():
    assert [path for path in python_files() if 'methods(["GET", "POST"])' in path.read_text()] == []


def test_view_url_and_template_share_a_name():
    ours = [(name, p) for name, p in views() if p.callback.__module__.split(".")[0] in {"members", "events", "notices"}]
    assert [name for name, p in ours if name.rpartition(":")[2] != p.callback.__name__] == []


def test_every_event_has_a_listener_or_says_why_it_is_silent():
    unheard = {name for name, event in journal.EVENTS.items() if not event.silent and name not in journal.LISTENERS}
    assert unheard == set()


def test_every_listener_hears_a_declared_event():
    assert set(journal.LISTENERS) <= set(journal.EVENTS)


def test_listeners_stand_in_tasks_only():
    modules = {listener.__module__ for heard in journal.LISTENERS.values() for listener in heard.values()}
    assert {module for module in modules if ".tasks" not in module} == set()


def test_permissions_page_is_current():
    assert (ROOT / "docs" / "permissions.md").read_text() == render(project_doors())


def addresses_of_other_blocks(text: str) -> set[str]:
    """Return the `…_url` that a block of a page uses and another one set: there it is empty, and leads nowhere."""
    blocks = re.split(r"^{% block ", text, flags=re.MULTILINE)[1:]
    found = [(set(re.findall(r" as (\w+_url) ", block)), set(re.findall(r"\b\w+_url\b", block))) for block in blocks]
    made = set().union(*(names for names, _used in found))
    return {name for names, used in found for name in used & made - names}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_uses_an_address_in_the_block_that_made_it(path: Path):
    assert addresses_of_other_blocks(path.read_text()) == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_has_no_inline_style_or_script(path: Path):
    text = path.read_text()
    if "mail" not in path.relative_to(ROOT / "templates").parts:
        assert not re.search(r"\sstyle\s*=|<style\b", text)
    assert "|safe" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son\w+\s*=\s*[\"']", text)


def test_no_signal_receivers_outside_the_journal():
    found = [p for p in python_files() if re.search(r"@receiver|\.connect\(.*sender", p.read_text())]
    assert found == []


def test_modules_say_which_question_they_answer():
    silent = [p for p in python_files() if p.read_text().strip() and not ast.get_docstring(ast.parse(p.read_text()))]
    assert silent == []


def test_files_stay_readable():
    assert [str(p.relative_to(ROOT)) for p in python_files() if len(p.read_text().splitlines()) > 400] == []


def test_functions_stay_short():
    assert [name for path in python_files() for name in _long_functions(path)] == []


def _long_functions(path: Path) -> list[str]:
    nodes = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [f"{path.name}:{n.name}" for n in nodes if (n.end_lineno or 0) - n.lineno + 1 > 40]


def test_views_stay_thin():
    long = [
        name for path in python_files() if path.name == "views.py" or "views" in path.parts for name in _thick(path)
    ]
    assert long == []


def _thick(path: Path) -> list[str]:
    nodes = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)]
    return [f"{path.name}:{n.name}" for n in nodes if (n.end_lineno or 0) - n.lineno + 1 > 22]


def test_append_only_tables_are_tables():
    tables = {model._meta.db_table for model in apps.get_models()}
    assert set(APPEND_ONLY) <= tables
