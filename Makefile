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
export PARAMS PARAMS_FILE JOBS
# Somebody else's packages must not shadow those of the lock.
unexport PYTHONPATH PYTHONHOME

PY := .venv/bin/python
HELPERS := $(PY) -m helpers

.PHONY: help reproduce test validate accept check readme synthetic sources lab tidy lock clean

help:  ## this list
	@awk -F ':.*  ## ' '/^[a-z]+:.*  ## / {printf "make %-11s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

reproduce: .venv/run.stamp  ## run the notebooks, judge every number, write build/; PARAMS="name=value ..." PARAMS_FILE=file JOBS=n
	@$(HELPERS) reproduce $${PARAMS:+--params "$$PARAMS"} $${PARAMS_FILE:+--params-file "$$PARAMS_FILE"} $${JOBS:+--jobs "$$JOBS"}

test: .venv/all.stamp  ## unit tests, notebook checks, nbval; SLOW=1 for those that need the network too; ARGS="..." for pytest
	@$(PY) -m pytest $(if $(SLOW),-m "slow or not slow") $(ARGS)
	@$(HELPERS) validate

validate: .venv/all.stamp  ## run the committed notebooks through nbval and compare with their stored outputs
	@$(HELPERS) validate

accept: .venv/run.stamp  ## make the notebooks of the last complete default run the record, and show what changed
	@$(HELPERS) accept

check: .venv/run.stamp  ## check data, claims, parameters and the shape of the notebooks, without running anything
	@$(HELPERS) check

readme: .venv/run.stamp  ## bring the generated parts of README.md up to date with the committed notebooks
	@$(HELPERS) readme

synthetic: .venv/run.stamp  ## judge 120,000 drawn claims whose truth is known, in about two minutes; ARGS="--seed 1 --accept"
	@$(HELPERS) synthetic $(ARGS)

sources: .venv/run.stamp  ## what each verdict would be without each of its sources; ARGS=--accept for docs/sources.md
	@$(HELPERS) sources $(ARGS)

lab: .venv/all.stamp  ## open JupyterLab on the first notebook; ARGS="--no-browser" and the like are handed on
	@$(PY) -m jupyterlab --ServerApp.root_dir=. $(ARGS) notebooks/01_introduction.ipynb

tidy: .venv/all.stamp  ## mend what ruff can mend in the code and name the rest
	@$(PY) -m ruff check --fix

LOCK := UV_PYTHON_DOWNLOADS=never $(UV) pip compile --quiet --universal --python-version 3.11 --python "$(PYTHON)" \
	--no-header --no-annotate $(ARGS)

lock:  ## compile requirements/*.txt again (needs uv); ARGS=--upgrade for newer versions
	$(LOCK) --generate-hashes pyproject.toml requirements/run.in -o requirements/run.txt
	$(LOCK) --generate-hashes pyproject.toml --all-extras requirements/all.in -c requirements/run.txt -o requirements/all.txt
	$(LOCK) pyproject.toml --all-extras requirements/all.in -c requirements/all.txt -o requirements/conda.txt \
		--no-emit-package pip --no-emit-package setuptools

clean:  ## delete what runs have written; .venv stays
	@if [ -x $(PY) ]; then $(HELPERS) clean; else rm -rf build; fi

# A .venv that is half made, moved, copied, or whose Python is gone is made again whatever the age of its stamps.
ifneq ($(shell test -x $(PY) && cat .venv/where 2>/dev/null),$(CURDIR))
.PHONY: .venv/run.stamp .venv/all.stamp
endif
.venv/run.stamp .venv/all.stamp: .venv/%.stamp: requirements/%.txt pyproject.toml requirements/install.py
	@$(PYTHON) requirements/install.py $*
