# `make demo` and `make test` need Python 3.11 or newer, git and make; each sets up .venv when it is not there.
# Another interpreter: make test PYTHON=python3.13 VENV=.venv-3.13

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# The sample organisation's "now": shortly after its last entry, so that every build of the demo is the same.
DEMO_NOW ?= 2026-03-10T09:00:00+01:00
DEMO_OUT ?= build/site
DOCS_OUT ?= build/docs

.PHONY: help demo docs test coverage lint reference reference-check golden clean

help:
	@echo 'make demo        lint, check, link and render the sample organisation in records/'
	@echo 'make docs        the documentation as a site in $(DOCS_OUT)'
	@echo 'make test        all tests, in parallel'
	@echo 'make coverage    the same with branch coverage, which takes twice as long'
	@echo 'make lint        ruff, mypy and the layers contract'
	@echo 'make reference   write docs/rules/ from the rules, docs/kinds/ from the schemas; reference-check: is that done?'
	@echo 'make golden      rewrite the golden files; review the diff'
	@echo 'make clean       remove what was built; $(VENV) stays'

demo: $(VENV)/run.stamp
	@printf '\n$$ itsm lint --strict\n' && $(BIN)/itsm lint --strict
	@printf '\n$$ itsm check --as-of $(DEMO_NOW)\n' && $(BIN)/itsm check --as-of $(DEMO_NOW)
	@printf '\n$$ itsm link\n' && $(BIN)/itsm link
	@printf '\n$$ itsm render $(DEMO_OUT) --now $(DEMO_NOW)\n' && $(BIN)/itsm render $(DEMO_OUT) --now $(DEMO_NOW)
	@printf '\nOpen in a browser:\n  %s  everything\n  %s    what customers see\n' \
		'$(DEMO_OUT)/internal/index.html' '$(DEMO_OUT)/public/index.html'

docs: $(VENV)/run.stamp
	@$(BIN)/python -m tools.docs_site $(DOCS_OUT)

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n auto

coverage: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n auto --cov --cov-report=term

lint: $(VENV)/dev.stamp
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

reference: $(VENV)/dev.stamp
	@$(BIN)/python tools/generate_reference.py

reference-check: $(VENV)/dev.stamp
	@$(BIN)/python tools/generate_reference.py --check

golden: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n auto --update-golden
	@git status --short tests/golden

clean:
	rm -rf build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find itsm_as_code tests bench tools -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'This needs Python 3.11 or newer, and $(PYTHON) is not. Name another: make demo PYTHON=python3.13' >&2; exit 1; }
	@echo 'Setting up $(VENV) (once) ...'
	@$(PYTHON) -m venv $(VENV) || { \
		rm -rf $(VENV); echo 'Python cannot make a virtual environment (Debian: apt-get install python3-venv).' >&2; exit 1; }

# Installed again only when pyproject.toml changes, so later runs are quick and need no network.
$(VENV)/run.stamp: pyproject.toml | $(BIN)/python
	@echo 'Installing itsm into $(VENV) ...'
	@$(PIP) install --editable .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml | $(BIN)/python
	@echo 'Installing itsm and the development tools into $(VENV) ...'
	@$(PIP) install --editable '.[dev]'
	@touch $(VENV)/run.stamp $@
