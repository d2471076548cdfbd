# The few commands of this repository, the same for people and for CI.
#
#   make generate   write generated/ from models/
#   make check      fail, with a diff, when generated/ is not what models/ gives
#   make update     pin the newest botocore's models, and generate what they change
#   make test       every test, the linters and type checkers among them, in ten minutes
#   make test-all   the same on every supported Python that is here, with every case of
#                   the sweeps, more examples, test-damage and test-services
#   make test-damage   damage tens of thousands of replies, and read them
#   make test-services   generate every service that botocore ships, and test each
#   make lint       only the linters and type checkers
#   make bench      measure botosmith beside its peers; fails where a target is missed
#   make changelog  print what changelog.d/ gives for the next release's CHANGELOG.md
#   make demo       generate SageMaker and call it, without an AWS account
#   make dist       build the wheels and source distributions into dist/, and install them
#   make clean      remove what these commands leave behind

PYTHON ?= python3
VENV ?= .venv
PYTHONS ?= python3.11 python3.12 python3.13
# The botocore to update to, such as 1.44.5; the newest if none is named.
BOTOCORE ?=
# Passed on to pytest, or to the benchmark, as in: make test ARGS="-k write"
ARGS ?=

BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DEMO := $(VENV)/.demo
CRT := $(VENV)/crt
# Code that black lays out here; `check` holds the generated code to its own layout.
WRITTEN := benchmarks codegen examples hatch_build.py hatch_siblings.py runtime tests
# In the order in which they need each other.
PROJECTS := runtime codegen .

.PHONY: $(VENV) generate check update browser test test-all test-damage test-services lint bench changelog demo dist clean
.DEFAULT_GOAL := test

$(VENV): $(INSTALLED)

# Installs a dependency group, which takes pip 25.1. The three projects satisfy each
# other's requirements by their version (hatch_siblings.py).
define install
$(PYTHON) -m venv $(VENV)
$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
BOTOSMITH_RELEASE=1 $(BIN)/python -m pip install --quiet \
	$(PROJECTS:%=--editable ./%) --group $(1)
endef

$(INSTALLED): $(PROJECTS:%=%/pyproject.toml)
	$(call install,dev)
	touch $@ $(DEMO)

# The demonstration needs a part of it. `make test` adds the rest to the same folder.
$(DEMO): $(PROJECTS:%=%/pyproject.toml)
	$(call install,demo)
	touch $@

generate: $(VENV)
	$(BIN)/botosmith generate

check: $(VENV)
	$(BIN)/botosmith check

# boto3 and botocore are released together, under one number; the checks run with those
# whose models are pinned. The shell takes BOTOCORE from the environment, where it is a
# word whatever it holds; make would put its text into the command line.
update: $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade \
		"botocore$${BOTOCORE:+==$$BOTOCORE}" "boto3$${BOTOCORE:+==$$BOTOCORE}"
	$(BIN)/botosmith update $${BOTOCORE:+--botocore "$$BOTOCORE"}
	version=$$($(BIN)/python -c \
		'import json; print(json.load(open("models/SOURCE"))["botocore"])') && \
		sed -i.old -E "s/\"(boto3|botocore)==[0-9.]+\"/\"\1==$$version\"/" pyproject.toml
	rm -f pyproject.toml.old

# A file's tests stay together, so that what they share is built once; two workers,
# since the type checkers use a core each.
test: $(VENV) browser
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

# One test looks at a page. Where there is no browser yet, Debian's is installed.
browser:
	@if ! command -v chromedriver >/dev/null && command -v apt-get >/dev/null && \
		[ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
			chromium chromium-driver >/dev/null \
		|| echo "no browser could be installed: the test of the page will say so"; \
	fi

# The profile `thorough` adds to what `make test` runs:
#   - every case of the tests that are marked as a sweep (tests/support/sweep.py);
#   - 20 times the examples of each Hypothesis test, drawn anew each time;
#   - every operation of large services, each step of SageMaker's history, and every small
#     change of a model beside a program that uses it.
# After the tests, damaged replies and every service that botocore ships, with the first
# of the Pythons.
test-all:
	@start=$$(date +%s); first=; \
	for python in $(PYTHONS); do \
		if $$python --version >/dev/null 2>&1; then \
			HYPOTHESIS_PROFILE=thorough \
			$(MAKE) test PYTHON=$$python VENV=.venv-$$python || exit 1; \
			first=$${first:-$$python}; \
		else \
			echo "$$python is not here: left out"; \
		fi; \
	done; \
	if [ "$$first" ]; then \
		$(MAKE) test-damage PYTHON=$$first VENV=.venv-$$first || exit 1; \
		$(MAKE) test-services PYTHON=$$first VENV=.venv-$$first || exit 1; \
	fi; \
	echo "all of it took $$(( ($$(date +%s) - start) / 60 )) minutes"

# Signatures for many regions take awscrt, which the other tests go without.
$(CRT): $(INSTALLED)
	$(BIN)/python -m tests.support.crt $@
	touch $@

# Arguments as in: make test-damage ARGS="--examples 500 --seed 7"
test-damage: $(VENV)
	$(BIN)/python -m tests.contract.damage $(ARGS)

test-services: $(VENV) $(CRT)
	PYTHONPATH=$(CRT) $(BIN)/python -m tests.contract.services $(ARGS)

lint: $(VENV)
	$(BIN)/ruff check
	$(BIN)/black --check --quiet $(WRITTEN)
	$(BIN)/mypy
	$(BIN)/pyright

bench: $(VENV)
	$(BIN)/python -m benchmarks $(ARGS)

changelog: $(VENV)
	$(BIN)/towncrier build --draft --version "$${VERSION:-unreleased}"

demo: $(DEMO)
	$(BIN)/botosmith generate sagemaker
	$(BIN)/python examples/demo.py

# First the wheels are installed, then each is replaced by what pip makes of its source.
dist: $(VENV)
	rm -rf dist
	for project in $(PROJECTS); do \
		BOTOSMITH_RELEASE=1 $(BIN)/python -m build --outdir dist $$project || exit 1; \
	done
	check=$$(mktemp -d) && trap 'rm -rf "$$check"' EXIT && \
		$(PYTHON) -m venv "$$check" && \
		"$$check/bin/pip" install --quiet --find-links dist "botosmith[generate,testing]" && \
		"$$check/bin/botosmith" --version && \
		"$$check/bin/pip" install --quiet --find-links dist --no-deps --force-reinstall \
			--no-binary botosmith,botosmith-runtime,botosmith-tools \
			botosmith botosmith-runtime botosmith-tools && \
		"$$check/bin/botosmith" --version

clean:
	rm -rf .venv* dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find benchmarks codegen examples generated runtime tests -name __pycache__ -type d -prune -exec rm -rf {} +
