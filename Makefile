# make demo   set everything up and audit the sample county
# make test   set everything up and run the tests
# make lint   form, types and boundaries
# make bench  the benchmarks of docs/benchmarks.md
PYTHON ?= python3
VENV   ?= .venv
# The peers of the benchmarks ask for an older pandas: they get an environment of their own.
PEERS  ?= .venv-peers
BIN    := $(VENV)/bin
WORKERS ?= 2

.PHONY: demo test lint bench sample clean

# What the command needs, and what working on it needs besides.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $@

demo: $(VENV)/.installed
	$(BIN)/lbt-audit check sample_data/qinghe --out lbt-report --fail-on never

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n $(WORKERS) tests

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lbt-audit rules lint

$(PEERS)/.installed: Makefile
	test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check "splink>=5" "recordlinkage>=0.16" pyarrow
	@touch $@

bench: $(VENV)/.installed-dev $(PEERS)/.installed
	PEERS_PYTHON=$(PEERS)/bin/python $(BIN)/python -m tests.benchmarks

sample: $(VENV)/.installed-dev
	$(BIN)/python -m sample_data.generate

clean:
	rm -rf $(VENV) $(PEERS) lbt-report dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
