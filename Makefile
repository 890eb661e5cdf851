# The contributor's manual: `make` alone lists what can be made. Everything is done by small programs in tools/.

PYTHON ?= python3
.DEFAULT_GOAL := help

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: python
python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "conference_hub needs Python 3.11 or newer, and $(PYTHON) is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 ...")'

.PHONY: setup
setup: python ## install what the server needs, without starting it
	@$(PYTHON) -m tools.prepare

.PHONY: run
run: setup ## set everything up and serve the model conference on http://127.0.0.1:8000 (HUB_BIND changes it)
	@.venv/bin/python -m conference_hub serve --demo

.PHONY: test
test: python ## install what the checks need, run every check, say what ran
	@$(PYTHON) -m tools.check

.PHONY: lint
lint: dev ## run the checks that execute nothing of ours: style, types, imports, catalogues
	@$(PYTHON) -m tools.check --no-install ruff format mypy imports tsc catalogues

.PHONY: unit
unit: dev ## run the quick tests only: pure rules in Python and in JavaScript
	@$(PYTHON) -m tools.check --no-install node unit

.PHONY: format
format: dev ## put the Python code into its one form
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .

.PHONY: catalogues
catalogues: dev ## bring the translation catalogues up to date with the source (JSON="a.json b.json" merges translations)
	@.venv/bin/python -m tools.extract_catalogues $(JSON)
	@$(PYTHON) -m tools.prepare

.PHONY: wheel
wheel: setup ## build dist/conference_hub-<version>-py3-none-any.whl, with everything a server needs
	@.venv/bin/python -m tools.wheel

.PHONY: bench
bench: dev ## run every load generator in bench/; each ends with one line of JSON
	@$(PYTHON) -m tools.bench

.PHONY: lock
lock: dev ## resolve pyproject.toml into the pinned requirement files (UPGRADE=--upgrade takes newer versions)
	@.venv/bin/python -m tools.lock $(UPGRADE)

.PHONY: dev
dev: python
	@$(PYTHON) -m tools.prepare --dev
