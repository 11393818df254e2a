# Every recipe is one call that can be typed without make. On Windows: py requirements\install.py, then
# .venv\Scripts\python -m asprinted reproduce, and so on. What only maintainers run: make -C tools.
SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

PYTHON ?= python3
# Handed on through the environment as they were typed: neither make nor the shell reads what they hold.
GIVEN := PARAMS PARAMS_FILE JOBS FRESH TIMINGS QUIET SAMPLE SEED SCHEDULER ID
$(foreach name,$(GIVEN),$(eval override $(name) := $$(value $(name))))
export $(GIVEN)
# FRESH=0 is no.
$(foreach name,FRESH TIMINGS QUIET,$(if $(filter 0 no false,$($(name))),$(eval override $(name) :=)))
# Somebody else's packages must not shadow those of the lock.
unexport PYTHONPATH PYTHONHOME

PY := .venv/bin/python
AUDIT := $(PY) -m asprinted
TESTS := $(PY) -m pytest -n auto --dist worksteal

.PHONY: help reproduce view show list lab sweep accept readme test test-audit test-all validate clean

help:  ## this list
	@awk '/^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*  ## / {split($$0, a, ":.*  ## "); printf "  make %-11s %s\n", a[1], a[2]}' $(firstword $(MAKEFILE_LIST))

##@ Read
reproduce: .venv/$(if $(SCHEDULER),all,run).stamp  ## run the notebooks, judge every number, write build/; PARAMS="name=value ..." PARAMS_FILE=file JOBS=n FRESH=1 TIMINGS=1 QUIET=1 SCHEDULER=address
	@$(AUDIT) reproduce $${PARAMS:+--params "$$PARAMS"} $${PARAMS_FILE:+--params-file "$$PARAMS_FILE"} $${JOBS:+--jobs "$$JOBS"} $${FRESH:+--fresh} $${TIMINGS:+--timings} $${QUIET:+--quiet} $${SCHEDULER:+--scheduler "$$SCHEDULER"}

view: .venv/run.stamp  ## open the report of the last run, build/report/index.html, in a browser
	@$(AUDIT) view

show: .venv/run.stamp  ## one claim with all it rests on: ID=manufacturing-investment, or a number or words of it: ID=9.3
	@$(AUDIT) show "$${ID:?name a claim, for example: make show ID=manufacturing-investment (make list names them all)}"

list: .venv/run.stamp  ## every claim: where, verdict, what is stated and what was published
	@$(AUDIT) list

lab: .venv/all.stamp  ## open JupyterLab on the first notebook; ARGS="--no-browser" and the like are handed on
	@$(AUDIT) lab $(ARGS)

sweep: .venv/$(if $(SCHEDULER),all,run).stamp  ## judge every claim under every combination of the parameters; SAMPLE=n SEED=n runs n of them through papermill and compares
	@$(AUDIT) sweep $${SAMPLE:+--sample "$$SAMPLE"} $${SEED:+--seed "$$SEED"} $${JOBS:+--jobs "$$JOBS"} $${SCHEDULER:+--scheduler "$$SCHEDULER"}

##@ Change
accept: .venv/run.stamp  ## make the notebooks of the last complete default run the record, and show what changed
	@$(AUDIT) accept

readme: .venv/run.stamp  ## bring the generated parts of README.md up to date with the committed notebooks
	@$(AUDIT) readme

##@ Develop
test: .venv/all.stamp  ## units, this audit, the engine, nbval over the notebooks: minutes; all but the report, tools and long ones; ARGS="..." for pytest
	@$(TESTS) -m "not (site or browser or tools or long or slow)" $(ARGS)
	@$(AUDIT) validate

test-audit: .venv/all.stamp  ## data, claims and notebooks of this audit alone, for an edit of these: a minute
	@$(TESTS) tests/audit tests/helpers $(ARGS)

test-all: .venv/all.stamp  ## everything: the site, a browser where one is, tools, other audits; SLOW=1 for what needs the network too
	@$(TESTS) -m $(if $(SLOW),"slow or not slow","not slow") $(ARGS)
	@$(AUDIT) validate

validate: .venv/all.stamp  ## run the committed notebooks through nbval and compare with their stored outputs
	@$(AUDIT) validate

clean:  ## delete what runs have written; .venv stays
	@if [ -x $(PY) ]; then $(AUDIT) clean; else rm -rf build; fi

# A .venv that is half made, moved, copied, or whose Python is gone is made again whatever the age of its stamps.
ifneq ($(shell test -x $(PY) && cat .venv/where 2>/dev/null),$(CURDIR))
.PHONY: .venv/run.stamp .venv/all.stamp
endif
.venv/run.stamp .venv/all.stamp: .venv/%.stamp: requirements/%.txt pyproject.toml requirements/install.py
	@$(PYTHON) requirements/install.py $*
