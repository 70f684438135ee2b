# make run, make test: all the set-up on a fresh machine is in here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The lock files are whole: nothing is resolved again, each file is checked against its hash.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SHELLS := $(VENV)/shells/1.4 $(VENV)/shells/1.5

.PHONY: help setup run test pictures faults fuzz bench bench-warehouse bench-night bench-scale bench-archive lint format dictionary lock clean
help: ## these lines
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

setup: $(VENV)/run.stamp ## set up, and no more

run: $(VENV)/run.stamp ## set up, then read the sample letters into warehouse/sample.duckdb and show the figures
	$(BIN)/kamercijfers nightly --inbox tests/letters --warehouse warehouse/sample.duckdb
	@$(BIN)/kamercijfers query --example figures --warehouse warehouse/sample.duckdb

# One more than the cores of a small machine: many tests wait for servers and for the clock.
TEST_WORKERS ?= 3
test: $(VENV)/test.stamp lint ## set up, then the whole suite, in TEST_WORKERS processes
	$(BIN)/python -m pytest --numprocesses $(TEST_WORKERS) --dist loadfile --no-loadscope-reorder

pictures: $(VENV)/test.stamp ## set up, then take the pictures of docs/dashboard anew
	TAKE_PICTURES=1 FAULTS=all $(BIN)/python -m pytest tests/dashboard -k "accessible or 1222"

FAULTS ?= all
faults: $(VENV)/test.stamp ## set up, then every fault as often as is promised, with counts (FAULTS=10: a tenth of it), and the dashboard at length; takes an hour
	FAULTS=$(FAULTS) $(BIN)/python -m pytest tests/faults tests/dashboard tests/warehouse/test_properties.py tests/warehouse/test_sequences_of_nights.py
	FAULTS=$(FAULTS) $(BIN)/python -m pytest -m long_form tests/benchmarks tests/flows tests/warehouse

BENCH_LETTERS ?= 10000
BENCH_SECONDS ?= 1200
bench: $(VENV)/bench.stamp ## set up, then us and others on the same text, and what extraction costs (BENCH_LETTERS, BENCH_OPTIONS); no part of the suite
	PYTHONPATH=$(VENV)/peers $(BIN)/python -W ignore::SyntaxWarning -m benchmarks --letters $(BENCH_LETTERS) --seconds $(BENCH_SECONDS) $(BENCH_OPTIONS)

BENCH_CLAIMS ?= 1000000
bench-warehouse: $(VENV)/run.stamp ## set up, then what a warehouse of generated claims costs (BENCH_CLAIMS, BENCH_OPTIONS)
	$(BIN)/python -m benchmarks.warehouse --claims $(BENCH_CLAIMS) $(BENCH_OPTIONS)

BENCH_NIGHT ?= 100000
bench-night: $(VENV)/run.stamp ## set up, then what a night of so many letters costs (BENCH_NIGHT), one of 20 more, and one of none
	$(BIN)/python -m benchmarks.night --letters $(BENCH_NIGHT) $(BENCH_OPTIONS)

BENCH_SCALE ?= 1000 10000
bench-scale: $(VENV)/test.stamp ## set up, then letters end to end as they grow in number (BENCH_SCALE), the last number on Dask too
	$(BIN)/python -m benchmarks.scale --letters $(BENCH_SCALE) --dask $(BENCH_OPTIONS)

BENCH_ARCHIVE ?= 10000 100000
bench-archive: $(VENV)/run.stamp ## set up, then what a night of 1,000 letters costs upon archives of copies (BENCH_ARCHIVE)
	$(BIN)/python -m benchmarks.archive --letters $(BENCH_ARCHIVE) $(BENCH_OPTIONS)

FUZZ_SECONDS ?= 600
fuzz: $(VENV)/fuzz.stamp ## set up, then look for texts that reading stumbles over (FUZZ_SECONDS, FUZZ_OPTIONS); no part of the suite
	PYTHONPATH=$(VENV)/fuzzer:. $(BIN)/python tests/fuzzing/fuzz.py --seconds $(FUZZ_SECONDS) $(FUZZ_OPTIONS)

lint: $(VENV)/test.stamp ## style, types and the arrows of the design
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/test.stamp ## put the code into its one style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

dictionary: $(VENV)/run.stamp ## write docs/data-dictionary.md anew from the comments in sql/
	$(BIN)/python -m warehouse.dictionary docs/data-dictionary.md

# Every set-up step leaves a stamp: a second make sets nothing up again.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kamercijfers needs Python 3.11 or newer: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "setting up $(VENV) (once)" >&2
	$(PIP) install --no-deps --require-hashes --requirement requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q dashboard flows transforms warehouse
	@touch $@

$(VENV)/test.stamp: requirements/test.txt requirements/shell-1.4.txt requirements/shell-1.5.txt $(VENV)/run.stamp
	@echo "setting up the tools of the test suite (once)" >&2
	$(PIP) install --no-deps --require-hashes --requirement requirements/test.txt
	for version in 1.4 1.5; do \
	  rm -rf $(VENV)/shells/$$version && \
	  $(PIP) install --no-deps --require-hashes --target $(VENV)/shells/$$version --requirement requirements/shell-$$version.txt || exit 1; \
	done
	@touch $@

$(VENV)/bench.stamp: requirements/bench.txt $(VENV)/run.stamp
	@echo "setting up what the bench compares with (once)" >&2
	rm -rf $(VENV)/recogniser $(VENV)/peers
	$(PIP) install --no-deps --require-hashes --target $(VENV)/peers --requirement requirements/bench.txt
	@touch $@

$(VENV)/fuzz.stamp: requirements/fuzz.txt $(VENV)/run.stamp
	@echo "setting up the fuzzer (once)" >&2
	rm -rf $(VENV)/fuzzer
	$(PIP) install --no-deps --require-hashes --target $(VENV)/fuzzer --requirement requirements/fuzz.txt
	@touch $@

UV := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock: ## resolve the requirements anew (needs uv)
	$(UV) pyproject.toml --group setup --extra dashboard --output-file requirements/run.txt
	$(UV) pyproject.toml --group test --constraint requirements/run.txt --output-file requirements/test.txt
	for version in 1.4 1.5; do $(UV) requirements/shell-$$version.in --output-file requirements/shell-$$version.txt; done
	for name in bench fuzz; do $(UV) requirements/$$name.in --output-file requirements/$$name.txt; done

clean: ## remove what make made, but no warehouse
	rm -rf $(VENV) .fuzz .mypy_cache .ruff_cache .pytest_cache .hypothesis
