# Needs make and python3 (3.11 or newer); builds its own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Numbers of phrasings that bench-match measures; SIZES=1000,10000 takes half a minute.
SIZES ?= 1000,10000,100000
# Minutes that soak lasts.
MINUTES ?= 10
# How often crash kills the desk; a thousand take a quarter of an hour.
N ?= 120
FUZZ ?= 50

FOREIGN := tests/foreign

.PHONY: demo test fuzz crash foreign bench soak bench-match bench-intake bench-trace bench-growth bench-queue setup check format clean

# The desk on a Telegram of its own, in the browser: no token, no other set-up.
demo: setup
	$(BIN)/fapiao-desk demo

# Every test, side by side on as many processors as there are.
test: $(VENV)/developed
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

# Random histories of the core and of the store, and random files for each reader, FUZZ times as
# many as in `make test`.
fuzz: $(VENV)/developed
	FUZZ=$(FUZZ) $(BIN)/python -m pytest tests/core/test_histories.py tests/store/test_histories.py \
		tests/intake/test_fuzz.py tests/intake/test_hostile.py

# The real desk, killed at random moments: exits 1 unless nothing is lost and nothing doubled.
crash: $(VENV)/developed
	$(BIN)/python -m tests.benchmarks.crash --kills $(N)

# Bots of Node's libraries on the local Telegram: exits 1 at the first step that does not come true.
foreign: $(VENV)/developed $(FOREIGN)/node_modules/installed
	$(BIN)/python -m tests.foreign.walk

$(FOREIGN)/node_modules/installed: $(FOREIGN)/package.json
	@node --version >/dev/null 2>&1 && npm --version >/dev/null 2>&1 || \
		{ echo "make foreign needs Node 18 or newer with npm"; exit 1; }
	npm install --prefix $(FOREIGN) --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@

# How fast a question finds its entry, beside rapidfuzz over all phrasings.
bench-match: $(VENV)/developed
	$(BIN)/python -m tests.benchmarks.match --sizes $(SIZES)

# What reading invoices gets right and how long it takes; INTAKE="--pictures 20" is quicker.
bench-intake: $(VENV)/developed
	$(BIN)/python -m tests.benchmarks.intake $(INTAKE)

# The files that one question goes through, and how often; TRACE=--walk prints every step.
bench-trace: $(VENV)/developed
	$(BIN)/python -m tests.benchmarks.trace $(TRACE)

# What one more message costs a desk that has grown, beside a fresh one; GROWTH="--scale 0.1" is
# quicker.
bench-growth: $(VENV)/developed
	$(BIN)/python -m tests.benchmarks.growth $(GROWTH)

# What is asked of 100,000 open tickets and a million people, beside 100; QUEUE="--people 100000
# --tickets 10000" is quicker.
bench-queue: $(VENV)/developed
	$(BIN)/python -m tests.benchmarks.queue $(QUEUE)

# The desk beside bare echo bots, small databases and large ones; BENCH="--rounds 1" is quicker.
bench: $(VENV)/developed
	$(BIN)/python -m tests.benchmarks.load $(BENCH)

# The desk under mixed users and faults; exits 1 unless memory and waits stay flat.
soak: $(VENV)/developed
	$(BIN)/python -m tests.benchmarks.soak --minutes $(MINUTES)

# The environment alone, with what the desk needs to run.
setup: $(VENV)/ready

# Lint, types, and the rules of who may import whom.
check: $(VENV)/developed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/developed
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

$(VENV)/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "fapiao-desk needs Python 3.11 or newer; set PYTHON=..., this is $$($(PYTHON) -V)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "cannot make $(VENV); on Debian: apt-get install python3-venv"; exit 1; }
	@echo "building $(VENV) ..."
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/developed: $(VENV)/ready
	$(PIP) install --constraint constraints.txt --editable ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) $(FOREIGN)/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist
