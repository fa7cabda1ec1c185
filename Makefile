# Samkraft on a machine with python3 (3.11 or newer, with venv) and make. `make` alone lists what there is.

PYTHON ?= python3
VENV := .venv/bin
SAMKRAFT := $(VENV)/python -m samkraft
# For example: make test PYTEST="-k ledger -x"
PYTEST ?=

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check fix clocks bench peers prove docs demo-environment test-environment

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name words; do printf '  make %-11s %s\n' "$$name" "$$words"; done

demo: demo-environment ## start everything on this machine with an invented city; Ctrl-C stops it
	@$(SAMKRAFT) demo

demo-reset: demo-environment ## forget what was done in the demo; the next start makes it anew
	@$(SAMKRAFT) demo --reset

test: test-environment ## everything that decides whether a change may go in: the checks and all tests
	@$(VENV)/python -m samkraft.operations.checks test -- $(PYTEST)

check: test-environment ## format, lint, types, layers, migrations, translations, documents; changes nothing
	@$(VENV)/python -m samkraft.operations.checks check

fix: test-environment ## let the tools put right what they can
	@$(VENV)/python -m samkraft.operations.checks fix

clocks: test-environment ## the tests that meet the clock, at midnights, new year, changes of the hour, leap day; needs libfaketime
	@$(VENV)/python -m tests.clocks

bench: test-environment ## measure, beside other ways of doing the same
	@$(SAMKRAFT) bench

peers: test-environment ## install what the engines are measured against, for make bench
	@$(VENV)/uv pip install --quiet --require-hashes -r requirements-peers.txt

prove: test-environment ## the long proofs; each has a small cousin in make test
	@$(SAMKRAFT) prove all

docs: test-environment ## make the generated pages of docs/reference anew
	@$(VENV)/python -m samkraft.operations.checks docs

demo-environment:
	@$(PYTHON) -m samkraft.operations.bootstrap demo

test-environment:
	@$(PYTHON) -m samkraft.operations.bootstrap test
