# make run: set up once, build the graph of the letters in seeds/letters.  make help: all targets.
.SUFFIXES:

# The first Python on the path that is new enough; `make PYTHON=/usr/bin/python3.12 …` takes another.
PYTHON := $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
RUN_STAMP := $(VENV)/.set-up-to-run
DEV_STAMP := $(VENV)/.set-up-to-develop

# A stamp holds the folder it was made in: scripts of a virtual environment break when it is moved or copied.
$(shell for s in $(RUN_STAMP) $(DEV_STAMP); do \
	[ -f "$$s" ] && { [ "$$(cat "$$s")" = "$$(pwd -P)" ] && $(PY) -c '' 2>/dev/null || rm -f "$$s"; }; done)

.PHONY: help run fast setup dev browser test lint format ontology bench fuzz lock clean

help:
	@echo 'make run      set up what is needed (once), build the graph of seeds/letters into out/'
	@echo 'make fast     build/fast/bin/kg: the same, its engine compiled to C (needs a C compiler; takes minutes)'
	@echo 'make test     set up what the tests need (once), then linters, types and all tests'
	@echo 'make lint     linters and types alone'
	@echo 'make format   put the code into the house format'
	@echo 'make ontology renew ontology/policy-kg.ttl and shapes.ttl from the files beside them'
	@echo 'make bench    measure speed (long)'
	@echo 'make fuzz     property-based tests with new inputs for ten minutes; says how many'
	@echo 'make lock     renew the locked versions in requirements*.lock (needs the network)'
	@echo 'make clean    remove .venv, caches and what builds wrote into out/'

run: setup
	@$(VENV)/bin/kg build

# An environment of its own: what is compiled never hides a source that is edited here.
FAST := build/fast
fast:
	@[ -n "$(PYTHON)" ] || { echo 'kg needs Python 3.11 or newer, and found none on the path' >&2; exit 1; }
	@echo 'Setting up build/fast, and compiling (a few minutes) …'
	@$(PYTHON) -m venv --clear $(FAST)
	@$(FAST)/bin/python -m pip --disable-pip-version-check --quiet install --requirement requirements.lock
	@HATCH_BUILD_HOOKS_ENABLE=true $(FAST)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps .
	@$(FAST)/bin/kg --version

setup: $(RUN_STAMP)

$(RUN_STAMP): pyproject.toml requirements.lock
	@[ -n "$(PYTHON)" ] || { echo 'kg needs Python 3.11 or newer, and found none on the path' >&2; exit 1; }
	@echo 'Setting up .venv with the locked versions (once, about a minute) …'
	@$(PY) -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --requirement requirements.lock
	@$(PIP) install --no-deps --editable .
	@pwd -P > $@

dev: $(DEV_STAMP)

$(DEV_STAMP): $(RUN_STAMP) requirements-dev.lock
	@echo 'Adding what the tests need to .venv (once) …'
	@$(PIP) install --requirement requirements-dev.lock
	@pwd -P > $@

browser: dev
	@sh tests/browser/setup.sh $(PY)

lint: dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy --strict kg hatch_build.py

format: dev
	@$(PY) -m ruff check --fix-only .
	@$(PY) -m ruff format .

# The tests come last, so that their summary is the last line.
test: lint browser
	@$(PY) -m pytest -n auto --cov=kg --cov-report=term --cov-fail-under=90 --durations=5 --durations-min=10

ontology: setup
	@$(PY) -m kg.export.ontology

bench: dev
	@KG_BENCH=full $(PY) -m pytest tests/benchmarks -s

fuzz: dev
	@$(PY) tests/fuzzing.py

# Fresh environments, newest versions that pyproject.toml allows; the second file holds what the first has not.
lock:
	@rm -rf build/lock && mkdir -p build && $(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install --quiet . && build/lock/bin/python -m pip uninstall --quiet --yes policy-kg
	@{ echo '# What the program runs with.  Renewed by `make lock`.'; \
		build/lock/bin/python -m pip freeze; } > requirements.lock
	@build/lock/bin/python -m pip install --quiet --requirement requirements.lock '.[dev]' \
		&& build/lock/bin/python -m pip uninstall --quiet --yes policy-kg
	@{ echo '# What tests and linters need besides.  Renewed by `make lock`.'; echo '--requirement requirements.lock'; \
		build/lock/bin/python -m pip freeze | grep -Fxv -f requirements.lock; } > requirements-dev.lock
	@rm -rf build/lock

clean:
	@rm -rf $(VENV) build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find kg tests -name __pycache__ -prune -exec rm -rf {} +
	@find out -mindepth 1 ! -name .gitignore -prune -exec rm -rf {} +
