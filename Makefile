# make demo   set everything up and audit the sample county
# make test   set everything up and run the tests
# make lint   form, types and boundaries
# make bench  the benchmarks of docs/benchmarks.md
# make folder the program as one folder that needs no Python: dist/lbt-audit; try-folder audits with it
# make site   the documentation as a site, without a network: dist/site/index.html
# make lock   choose the versions of requirements/ anew, with their hashes
# make lowest the tests under the lowest versions pyproject.toml allows
# make sbom   what is installed with the program, as CycloneDX: dist/lbt-audit.cdx.json
# make audit  known weaknesses of what is installed, where the network lets one ask
PYTHON ?= python3
VENV   ?= .venv
# The peers of the benchmarks ask for an older pandas: they get an environment of their own.
PEERS  ?= .venv-peers
TABLES ?= .venv-tables
# So do the tools that choose, list and look up versions, and what the lowest ones are tried in.
TOOLS  ?= .venv-tools
LOWEST ?= .venv-lowest
PLAIN  ?= .venv-plain
BIN    := $(VENV)/bin
PIP    := -m pip install --quiet --disable-pip-version-check
WORKERS ?= 2

.PHONY: demo test lint bench sample lock lowest lowest-installed sbom audit folder try-folder site clean

# What the command needs, and what working on it needs besides.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# The versions of requirements/dev.txt, whose files must have the hashes that stand there.
$(VENV)/.installed-dev: $(VENV)/.installed requirements/dev.txt
	$(BIN)/python $(PIP) --require-hashes --requirement requirements/dev.txt
	$(BIN)/python $(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(VENV)/.installed
	$(BIN)/lbt-audit check sample_data/qinghe --out lbt-report --fail-on never

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal tests

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

# The tools that hold tables against checks.
$(TABLES)/.installed: Makefile
	test -x $(TABLES)/bin/python || $(PYTHON) -m venv $(TABLES)
	$(TABLES)/bin/python $(PIP) pandas polars "pandera[pandas,polars]" pointblank great_expectations frictionless \
		dataframely duckdb pyarrow
	@touch $@

bench: $(VENV)/.installed-dev $(PEERS)/.installed $(TABLES)/.installed
	PEERS_PYTHON=$(PEERS)/bin/python TABLES_PYTHON=$(TABLES)/bin/python $(BIN)/python -m tests.benchmarks

dist/lbt-audit/lbt-audit: $(VENV)/.installed-dev $(shell find packaging src rules schemas -type f -not -name '*.pyc')
	$(BIN)/pyinstaller --noconfirm --log-level ERROR --distpath dist --workpath build/folder packaging/lbt-audit.spec
	cp LICENSE NOTICE dist/lbt-audit
	@touch $@

folder: dist/lbt-audit/lbt-audit

try-folder: folder
	LBT_AUDIT_FOLDER=dist/lbt-audit $(BIN)/python -m pytest -s tests/packaging/test_folder.py

# Dead links fail. jieba tells the Chinese words that can be searched for.
site: $(VENV)/.installed-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --config-file mkdocs.en.yml

$(TOOLS)/.installed: Makefile
	test -x $(TOOLS)/bin/python || $(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python $(PIP) "uv>=0.5" "cyclonedx-bom>=5" "pip-audit>=2.7" || \
		{ echo "The tools of lock, lowest, sbom and audit cannot be fetched here: is there a network?" >&2; exit 1; }
	@touch $@

# For every platform and Python from 3.11 on; neither an address nor a path stands in them.
COMPILE = $(TOOLS)/bin/uv pip compile pyproject.toml --quiet --no-header --python-version 3.11
lock: $(TOOLS)/.installed
	$(COMPILE) --upgrade --universal --generate-hashes --output-file requirements/run.txt
	$(COMPILE) --upgrade --universal --generate-hashes --extra dev --output-file requirements/dev.txt
	sed -n 's/^requires = \["\(.*\)"\]/\1/p' pyproject.toml | $(TOOLS)/bin/uv pip compile - --quiet --no-header --python-version 3.11 \
		--upgrade --universal --generate-hashes --output-file requirements/build.txt

# What cannot be right under old versions only by chance: the sample's issues, documents, readers, values, deadlines.
QUICK = tests/sample/test_truth.py tests/reports tests/notices/test_docx.py tests/intake/readers tests/schemas tests/values \
	tests/deadlines --ignore=tests/reports/page/test_browser.py
$(LOWEST)/.installed: pyproject.toml $(TOOLS)/.installed
	test -x $(LOWEST)/bin/python || $(PYTHON) -m venv $(LOWEST)
	$(COMPILE) --resolution lowest-direct --output-file $(LOWEST)/lowest.txt
	$(TOOLS)/bin/uv pip install --quiet --python $(LOWEST)/bin/python --constraint $(LOWEST)/lowest.txt --editable . \
		pytest hypothesis jsonschema openpyxl xlwt XlsxWriter
	@touch $@

lowest-installed: $(LOWEST)/.installed

lowest: $(LOWEST)/.installed
	$(LOWEST)/bin/python -m pytest $(QUICK)

# The program as it is handed on: what it needs, and nothing of what working on it needs.
$(PLAIN)/.installed: requirements/run.txt
	test -x $(PLAIN)/bin/python || $(PYTHON) -m venv --without-pip $(PLAIN)
	$(TOOLS)/bin/uv pip install --quiet --python $(PLAIN)/bin/python --require-hashes --requirement requirements/run.txt
	@touch $@

sbom: $(TOOLS)/.installed $(PLAIN)/.installed
	mkdir -p dist
	$(TOOLS)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --of JSON \
		--output-file dist/lbt-audit.cdx.json $(PLAIN)/bin/python

# Where nobody can be asked that is said: nothing is then known of weaknesses, neither that there are any nor that not.
audit: $(TOOLS)/.installed
	@$(TOOLS)/bin/python -m pip index versions pip > /dev/null 2>&1 || \
		{ echo "Nothing was looked up: the package index cannot be reached from here." >&2; exit 1; }
	$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements/dev.txt

sample: $(VENV)/.installed-dev
	$(BIN)/python -m sample_data.generate

clean:
	rm -rf $(VENV) $(PEERS) $(TABLES) $(TOOLS) $(LOWEST) $(PLAIN) lbt-report dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
