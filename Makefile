# Fihrist: `make run` and `make test` do all set-up; everything they install goes to .venv and .fihrist.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
# The fastest supported interpreter: built without profile-guided optimisation (as by pyenv) the same version takes 1.3
# times as long. Each is timed for a moment; PYTHON=/path/to/python takes another.
TRIAL := import sys, time, venv, ensurepip; \
	sys.exit(1) if not (3, 11) <= sys.version_info[:2] <= (3, 13) else None; clock = time.perf_counter; \
	times = [(clock(), [str(n)[-1:] in "13" for n in range(20000)], clock()) for _ in range(9)]; \
	print(min(end - start for start, _, end in times), sys.executable)
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do \
	$$p -c '$(TRIAL)' 2>/dev/null; done | sort -n | head -1 | cut -d " " -f 2-)
SIZES ?= 1000,10000
.PHONY: setup run test test-faults lint quality bench fuzz test-image test-cluster up down lock clean
.DEFAULT_GOAL := run

$(VENV)/.installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Fihrist needs Python 3.11, 3.12 or 3.13 with venv; found none. Set PYTHON=/path/to/python." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(VENV)/.installed  ## virtual environment with the locked dependencies

run: setup  ## the main job over seeds/, on the embedded default
	$(BIN)/fihrist run

test: setup lint  ## all tests: units, the real server, a real Airflow
	$(BIN)/pytest

test-faults: setup  ## every fault is injected for real, the worker killed some 300 times: about ten minutes
	$(BIN)/pytest tests/faults -m "faults or not faults"

lint: setup  ## style, types, and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

quality: setup  ## how well the five samples and the labelled cases are cleaned and enriched
	$(BIN)/pytest tests/quality -s

bench: setup  ## the whole pipeline beside a ceiling and a plain script; SIZES=1000,10000,100000 for the plots
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group bench
	$(BIN)/python -m benchmarks.pipeline --sizes $(SIZES) --write
	$(BIN)/python -m benchmarks.capacity --write

fuzz: setup  ## coverage-guided random files through decode, clean and enrich; FUZZ_SECONDS=600 says how long
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group fuzz
	mkdir -p .fihrist/fuzz
	$(BIN)/python -m tests.bad_input.fuzz -max_total_time=$(or $(FUZZ_SECONDS),600) -len_control=0 -max_len=2000 \
		-timeout=20 -artifact_prefix=.fihrist/fuzz/ .fihrist/fuzz

test-image: setup  ## the steps of the image's build, in an empty folder, without Docker
	TEST_IMAGE=1 $(BIN)/pytest tests/integration/docker/test_image.py

test-cluster: setup  ## the production topology without Docker (needs postgresql, redis-server); CLUSTER_ARTICLES=20000 for many
	$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python .fihrist/cluster-venv
	$(BIN)/uv pip install --quiet --python .fihrist/cluster-venv --require-hashes -r docker/airflow/requirements.lock
	$(BIN)/uv pip install --quiet --python .fihrist/cluster-venv --group cluster -c docker/airflow/requirements.lock
	$(BIN)/uv pip install --quiet --python .fihrist/cluster-venv --no-deps --no-build-isolation --editable .
	.fihrist/cluster-venv/bin/python -m pytest tests/cluster --confcutdir tests/cluster -s

up: setup  ## Elasticsearch and Airflow, staying up
	$(BIN)/fihrist up

down: setup
	$(BIN)/fihrist down

lock: setup  ## resolve the dependencies anew, with hashes and without addresses
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --quiet --upgrade --output-file requirements.lock
	cp requirements.lock docker/airflow/requirements.lock  # the versions that the image's lock keeps where it can
	$(BIN)/uv pip compile pyproject.toml --extra celery --group image --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --quiet --output-file docker/airflow/requirements.lock

clean:  ## stop the servers, and remove everything that was installed or written
	@test ! -x $(BIN)/fihrist || $(BIN)/fihrist down
	@test ! -f .fihrist/elasticsearch-is-elsewhere || rm -rf "$$(cat .fihrist/elasticsearch-is-elsewhere)"
	rm -rf $(VENV) .fihrist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
