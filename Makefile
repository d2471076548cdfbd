# The few commands of this repository, the same for people and for CI.
#
#   make generate   write generated/ from models/
#   make check      fail, with a diff, when generated/ is not what models/ gives
#   make test       every test, the linters and type checkers among them
#   make test-all   the same on every supported Python that is here, more thoroughly
#   make lint       only the linters and type checkers
#   make bench      what generating takes, beside black alone
#   make demo       generate SageMaker and call it, without an AWS account
#   make clean      remove what these commands leave behind

PYTHON ?= python3
VENV ?= .venv
PYTHONS ?= python3.11 python3.12 python3.13
# Passed on to pytest, or to the benchmark, as in: make test ARGS="-k write"
ARGS ?=

BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# Code that black lays out here; `check` holds the generated code to its own layout.
WRITTEN := benchmarks codegen tests

.PHONY: $(VENV) generate check test test-all lint bench demo clean
.DEFAULT_GOAL := test

$(VENV): $(INSTALLED)

# Installing a dependency group takes pip 25.1.
$(INSTALLED): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

generate: $(VENV)
	$(BIN)/botosmith generate

check: $(VENV)
	$(BIN)/botosmith check

# A file's tests stay together, so that what they share is built once; two workers,
# since the type checkers use a core each.
test: $(VENV)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

test-all:
	@for python in $(PYTHONS); do \
		if $$python --version >/dev/null 2>&1; then \
			HYPOTHESIS_PROFILE=thorough \
			$(MAKE) test PYTHON=$$python VENV=.venv-$$python || exit 1; \
		else \
			echo "$$python is not here: left out"; \
		fi; \
	done

lint: $(VENV)
	$(BIN)/ruff check
	$(BIN)/black --check --quiet $(WRITTEN)
	$(BIN)/mypy
	$(BIN)/pyright

bench: $(VENV)
	$(BIN)/python benchmarks/incremental.py $(ARGS)

demo: $(VENV)
	$(BIN)/botosmith generate sagemaker
	$(BIN)/python -m botosmith.testing.demo

clean:
	rm -rf .venv* dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find benchmarks codegen generated tests -name __pycache__ -type d -prune -exec rm -rf {} +
