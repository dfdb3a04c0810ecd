# The commands of the project. `make run` and `make test` need Python 3.11 or newer, make and a package index.
PYTHON ?= python3
LOCAL := .venv/bin/python -m congress.core.local
.DEFAULT_GOAL := help
.PHONY: help run test check bench sweep mutants reset installed tools

help: ## says what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 12

run: installed ## starts the portal with its own servers and a demonstration network
	@$(LOCAL) run --with-parent

test: tools ## runs every test, browser journeys included
	@.venv/bin/python -m tests.chromium
	@.venv/bin/python -m pytest --numprocesses 2 -p tests.sharing

check: tools ## lint, types, import contracts, templates, migrations, deployment
	@$(LOCAL) check

bench: installed ## measures the pages and prints the figures
	@.venv/bin/python -m tests.bench

sweep: tools ## proves that nobody sees what they must not, on a large generated world
	@.venv/bin/python -m tests.proofs sweep

mutants: tools ## takes each condition out of both walls in turn and sees whether anything notices
	@.venv/bin/python -m tests.proofs mutants

reset: installed ## deletes .local with its database, after asking (FORCE=1 does not ask)
	@$(LOCAL) reset

installed:
	@$(PYTHON) congress/core/local/bootstrap.py local

tools:
	@$(PYTHON) congress/core/local/bootstrap.py dev
