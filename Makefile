# Every recipe is one call that can be typed without make. On Windows: py requirements\install.py, then
# .venv\Scripts\python -m helpers reproduce, and so on.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

PYTHON ?= python3
UV ?= uv
# Handed on through the environment, so that the shell never reads what they hold.
export PARAMS PARAMS_FILE JOBS FRESH TIMINGS QUIET SAMPLE SEED SCHEDULER QUICK
# Somebody else's packages must not shadow those of the lock.
unexport PYTHONPATH PYTHONHOME

PY := .venv/bin/python
HELPERS := $(PY) -m helpers

FAULTS ?= 200

.PHONY: faults fuzz licences mutants versions
.PHONY: browser
.PHONY: help reproduce why test validate accept check readme lab tidy lock clean view sweep bench-many bench-first bench synthetic sources

help:  ## this list
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / {printf "make %-11s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

reproduce: .venv/$(if $(SCHEDULER),all,run).stamp  ## run the notebooks, judge every number, write build/; PARAMS="name=value ..." PARAMS_FILE=file JOBS=n FRESH=1 TIMINGS=1 QUIET=1 SCHEDULER=address
	@$(HELPERS) reproduce $${PARAMS:+--params "$$PARAMS"} $${PARAMS_FILE:+--params-file "$$PARAMS_FILE"} $${JOBS:+--jobs "$$JOBS"} $${FRESH:+--fresh} $${TIMINGS:+--timings} $${QUIET:+--quiet} $${SCHEDULER:+--scheduler "$$SCHEDULER"}

sweep: .venv/$(if $(SCHEDULER),all,run).stamp  ## judge every claim under every combination of the parameters, into build/sweep; SAMPLE=n SEED=n runs n of them through papermill and compares
	@$(HELPERS) sweep $${SAMPLE:+--sample "$$SAMPLE"} $${SEED:+--seed "$$SEED"} $${JOBS:+--jobs "$$JOBS"} $${SCHEDULER:+--scheduler "$$SCHEDULER"}

why: .venv/run.stamp  ## say which notebooks a run would execute now and which input changed; PARAMS as for reproduce
	@$(HELPERS) why $${PARAMS:+--params "$$PARAMS"} $${PARAMS_FILE:+--params-file "$$PARAMS_FILE"}

view: .venv/run.stamp  ## open the report of the last run, build/report/index.html, in a browser
	@$(HELPERS) view

bench-many: .venv/all.stamp  ## runs of a small notebook in the time of one papermill command, here and by others; ARGS="--runs 20"
	@$(PY) bench/many.py $(ARGS)

bench-first: .venv/all.stamp  ## the first make reproduce of a fresh clone against the installer alone; ARGS="--rounds 1"
	@$(PY) bench/first.py $(ARGS)

test: .venv/all.stamp  ## unit tests, the report and JupyterLab in a browser where one is, notebook checks, nbval; SLOW=1 for those that need the network too; ARGS="..." for pytest
	@$(PY) -m pytest -n auto --dist worksteal $(if $(SLOW),-m "slow or not slow") $(ARGS)
	@$(HELPERS) validate

browser: .venv/all.stamp  ## of the tests those in a real browser alone, where Debian's chromium or the like is installed
	@$(PY) -m pytest tests/browser $(ARGS)

validate: .venv/all.stamp  ## run the committed notebooks through nbval and compare with their stored outputs
	@$(HELPERS) validate

accept: .venv/run.stamp  ## make the notebooks of the last complete default run the record, and show what changed
	@$(HELPERS) accept

check: .venv/run.stamp  ## check data, claims, parameters and the shape of the notebooks, without running anything
	@$(HELPERS) check

readme: .venv/run.stamp  ## bring the generated parts of README.md up to date with the committed notebooks
	@$(HELPERS) readme

licences: .venv/all.stamp  ## write docs/licences.md: the licences of all that requirements/all.txt pins
	@$(PY) requirements/licences.py

faults: .venv/all.stamp  ## kill runs in every way, FAULTS=n times, and write what happened to docs/faults.md (Linux, as root)
	@$(PY) tests/faults --count $(FAULTS) --table docs/faults.md $(ARGS)

fuzz: .venv/all.stamp  ## feed every parser a million broken inputs; INPUTS=n for another number
	@$(PY) tests/faults/fuzz.py $${INPUTS:+--count "$$INPUTS"} $(ARGS)

versions: .venv/all.stamp  ## this audit under other Pythons and older libraries, and which bytes they change; ARGS="--only pandas"
	@$(PY) tests/other_versions.py $(ARGS)

synthetic: .venv/run.stamp  ## judge 120,000 drawn claims whose truth is known, in about two minutes; ARGS="--seed 1 --accept"
	@$(HELPERS) synthetic $(ARGS)

sources: .venv/run.stamp  ## what each verdict would be without each of its sources; ARGS=--accept for docs/sources.md
	@$(HELPERS) sources $(ARGS)

lab: .venv/all.stamp  ## open JupyterLab on the first notebook; ARGS="--no-browser" and the like are handed on
	@$(HELPERS) lab $(ARGS)

mutants: .venv/all.stamp  ## plant defects in copies and write build/mutants.md: what notices them; SAMPLE=n of each class, DOCS=1 for docs/ as well
	@$(HELPERS) mutants $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(DOCS),--page docs/planted-defects.md) $${JOBS:+--jobs "$$JOBS"}

tidy: .venv/all.stamp  ## bring the notebooks into their normal form, mend what ruff can mend in the code and name the rest
	@$(HELPERS) tidy
	@$(PY) -m ruff check --fix

LOCK := UV_PYTHON_DOWNLOADS=never $(UV) pip compile --quiet --universal --python-version 3.11 --python "$(PYTHON)" \
	--no-header --no-annotate $(ARGS)

lock:  ## compile requirements/*.txt again (needs uv); ARGS=--upgrade for newer versions
	$(LOCK) --generate-hashes pyproject.toml requirements/run.in -o requirements/run.txt
	$(LOCK) --generate-hashes pyproject.toml --all-extras requirements/all.in -c requirements/run.txt -o requirements/all.txt
	$(LOCK) --generate-hashes pyproject.toml bench/peers.in -c requirements/all.txt -o bench/peers.txt
	$(LOCK) pyproject.toml --all-extras requirements/all.in -c requirements/all.txt -o requirements/conda.txt \
		--no-emit-package pip --no-emit-package setuptools --no-emit-package uv

bench: .venv/all.stamp  ## time a run against other tools, an hour or two; QUICK=1 for a few minutes; ARGS="--series 7 --rounds 3"
	@$(PY) bench/bench.py $${QUICK:+--quick} $(ARGS)

clean:  ## delete what runs have written; .venv stays
	@if [ -x $(PY) ]; then $(HELPERS) clean; else rm -rf build; fi

# A .venv that is half made, moved, copied, or whose Python is gone is made again whatever the age of its stamps.
ifneq ($(shell test -x $(PY) && cat .venv/where 2>/dev/null),$(CURDIR))
.PHONY: .venv/run.stamp .venv/all.stamp
endif
.venv/run.stamp .venv/all.stamp: .venv/%.stamp: requirements/%.txt pyproject.toml requirements/install.py
	@$(PYTHON) requirements/install.py $*
