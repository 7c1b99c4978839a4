# Every command a person needs. `make help` lists them.
SHELL := /bin/sh
PYTHON := .venv/bin/python
RUNNING := .venv/requirements.installed
DEVELOPING := .venv/requirements-dev.installed
PORT ?= 8000
SERVE ?= 1
# Compiled modules are kept: a run of the tests starts Python many times.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo serve test coverage check format bench messages requirements system-run system-test clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

demo: export DEBUG := on
demo: system-run $(RUNNING) ## Build the demo council and serve it (SERVE=0 stops before serving, PORT=8000)
	@$(PYTHON) scripts/demo.py --port "$(PORT)" --serve "$(SERVE)"

test: system-test $(DEVELOPING) ## Run the tests on SQLite and PostgreSQL, each its share (ALL=1: everything on both)
	@ALL="$(ALL)" $(PYTHON) scripts/run_tests.py

coverage: system-test $(DEVELOPING) ## Run every test on SQLite and print how much of the code they reach
	@$(PYTHON) -m pytest --numprocesses 2 --dist loadscope --cov --cov-report=term

check: system-run $(DEVELOPING) ## Lint, format, import contracts, templates, migrations, message catalogue
	@$(PYTHON) scripts/run_checks.py

format: $(DEVELOPING) ## Format code and templates
	@$(PYTHON) -m ruff check --fix --quiet . || true
	@$(PYTHON) -m ruff format --quiet .
	@find templates -name '*.html' -o -name '*.txt' | xargs .venv/bin/djade --target-version 5.2 || true

bench: system-test $(DEVELOPING) ## Measure: one line a figure
	@$(PYTHON) scripts/run_bench.py

messages: system-run $(DEVELOPING) ## Collect the screen texts into locale/vi for translation
	@DEBUG=on $(PYTHON) manage.py makemessages --locale vi --no-wrap --no-location --ignore .venv --ignore var --ignore tests

requirements: $(DEVELOPING) ## Pin the dependencies named in pyproject.toml again
	@$(PYTHON) -m uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet -o requirements.txt
	@$(PYTHON) -m uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet -o requirements-dev.txt

clean: ## Remove what the commands above made
	rm -rf .venv var staticfiles

system-run:
	@scripts/system-packages run

system-test:
	@scripts/system-packages test

$(RUNNING): requirements.txt scripts/installer.txt
	@scripts/install requirements.txt

$(DEVELOPING): requirements-dev.txt scripts/installer.txt
	@scripts/install requirements-dev.txt
	@touch $(RUNNING)
