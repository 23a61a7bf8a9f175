# Short names for what one does with Percuta; the build itself is CMake's (CMakePresets.json).
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build
.PHONY: validation calibrate calibrate-numbing draws sensitivity questions quotes build deps deps-all demo test check verify mutation golden drift bench \
  startup studies format install help clean

PREFIX ?= /usr/local
DESTDIR ?=
JOBS ?= $(shell nproc)
# Of `make drift` and `make mutation`.
REF ?=
SEED ?= 1
QUICK ?= 0
# Processes of the demo; one uses all cores.
RANKS ?= 1
RUN := $(if $(filter 1,$(RANKS)),,mpiexec -n $(RANKS))
DEMO := out/first-session
# Studies share their runs over one process per core.
STUDY := . tools/mpi-env.sh; mpiexec -n $(JOBS) build/percuta

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do \
	  printf '  make %-9s %s\n' "$$name" "$$what"; done

build: ## build/percuta and its engine
	@[ build/build.ninja -nt CMakePresets.json ] || cmake --preset default --log-level=WARNING > /dev/null
	@cmake --build --preset default -j $(JOBS) --target percuta percuta_library percuta_web

deps: ## install what building and running need (apt; only what is missing)
	@tools/install-deps.sh run

deps-all: ## the same, with what the tests need
	@tools/install-deps.sh all

demo: deps ## one roller session on a cheek, followed for a year, into out/first-session
	@$(MAKE) --no-print-directory build
	@. tools/mpi-env.sh; $(RUN) build/percuta run examples/first-session.yaml -o $(DEMO) --force
	@echo "Open it in a browser: file://$(CURDIR)/$(DEMO)/report.html"

test: deps-all ## build and run the quick tests; under a minute
	@JOBS=$(JOBS) tests/run.sh quick

check: deps-all ## build with gcc, clang and sanitizers and run all tests
	@JOBS=$(JOBS) tests/run.sh

verify: deps-all ## the numerics against known solutions, at length; writes docs/verification.md
	@JOBS=$(JOBS) tests/verify.sh

mutation: build ## does the suite notice mistakes? 30 small ones in the code, drawn by SEED (1)
	@tests/mutation.sh --seed $(SEED) --count 30 --least 27

golden: build ## write the examples' golden numbers anew, into tests/golden; look at what changed
	@. tools/mpi-env.sh; PERCUTA=$(CURDIR)/tests/without_draws.sh PERCUTA_PROGRAM=$(CURDIR)/build/percuta tests/golden.py --write

drift: ## REF=<commit> (QUICK=1): every outcome, column and evidence row that moved since, as one table
	@JOBS=$(JOBS) QUICK=$(QUICK) tools/drift.sh "$(REF)"

bench: ## Percuta beside its peers on this machine, into docs/performance.md; about 10 minutes
	@tools/install-deps.sh bench
	@$(MAKE) --no-print-directory build
	@cmake --build --preset default -j $(JOBS) --target percuta_bench percuta_methods percuta_triad percuta_permeation percuta_stepping > /dev/null
	@. tools/mpi-env.sh; bench/compare.py build --runs docs/performance.md
	@. tools/mpi-env.sh; bench/compare.py build --write docs/performance.md

startup: ## what comes before and beside solving, into docs/performance.md; about a minute
	@$(MAKE) --no-print-directory build
	@cmake --build --preset default -j $(JOBS) --target percuta_courses > /dev/null
	@. tools/mpi-env.sh; bench/compare.py build --startup docs/performance.md

studies: build ## runs an hour of studies, into docs/performance.md; about a minute
	@. tools/mpi-env.sh; bench/compare.py build --studies docs/performance.md

validation: build ## write docs/validation.md and its plot: every prediction against published measurements
	@$(STUDY) validate --markdown docs/validation.md > /dev/null
	@$(STUDY) validate --stage barrier --csv build/barrier.csv > /dev/null
	@tools/permeability_plot.py build/barrier.csv docs/permeability.svg

posterior: build ## calibrate insertion: draws into data/insertion/posterior.yaml, medians into the tables; half a minute
	@cmake --build --preset default -j $(JOBS) --target percuta_insertion_posterior > /dev/null
	@build/percuta_insertion_posterior -o data/insertion/posterior.yaml
	@tools/apply_posterior.py

calibrate: build ## fit data/fit/healing.yaml, set data/healing and docs/calibration.md by it
	@$(STUDY) fit data/fit/healing.yaml -o build/fit
	@tools/apply_fit.py build/fit
	@$(MAKE) --no-print-directory validation

calibrate-numbing: build ## fit data/fit/numbing.yaml, set data/ and docs/calibration-numbing.md by it; seconds
	@$(STUDY) fit data/fit/numbing.yaml -o build/fit-numbing
	@tools/apply_fit.py build/fit-numbing numbing

# The lists are drawn from one after the other; those that are done stay, so that a stopped run goes on.
DRAWN = joint-koppenol:320 barrier:320 closure:320 numbing:320
draws: build ## joint draws of all parameters: data/fit/draws.csv, docs/posterior.md; an hour on two quiet cores
	@for list in $(DRAWN); do name=$${list%:*}; test -s build/draws/$$name/draws.csv || \
	  $(STUDY) fit data/fit/$$name.yaml --draws $${list#*:} -o build/draws/$$name || exit; done
	@tools/merge_draws.py build/draws

sensitivity: build ## rank the parameters by what they do to collagen: data/fit/sensitivity.csv, docs/sensitivity.md
	@$(STUDY) sensitivity examples/first-session.yaml --fidelity column -o build/sensitivity
	@tools/apply_study.py sensitivity build/sensitivity

questions: build ## what the model is asked and its answers: data/fit/questions.csv, docs/questions.md
	@$(STUDY) ask -o build/questions
	@tools/apply_study.py questions build/questions

quotes: build ## what documents take from runs: the README's picture and numbers; about two minutes
	@. tools/mpi-env.sh; PERCUTA=$(CURDIR)/build/percuta tools/quotes.py

format: ## lay out all C code as .clang-format says
	@find . -name '*.[ch]' -not -path './build*' -not -path '*/node_modules/*' -print0 | xargs -0 -r clang-format -i

install: build ## into PREFIX (/usr/local), below DESTDIR if given
	@DESTDIR="$(DESTDIR)" cmake --install build --prefix "$(PREFIX)" > /dev/null
	@echo "Installed: $(DESTDIR)$(PREFIX)/bin/percuta"

clean: ## remove everything that was built
	@rm -rf build build-clang build-asan build-coverage
