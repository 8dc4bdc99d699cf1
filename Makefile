# What you can ask for. Everything behind it is in config/local/, in plain Python.
PYTHON ?= python3
VESTIGE = $(PYTHON) -m config.local

.PHONY: help up manage demo check test soak bench mutate-access

help:
	@echo 'make up                    start Vestige here; Ctrl-C stops it'
	@echo 'make demo                  load the exercise, a fictional investigation to look round in'
	@echo 'make manage ARGS="help"    run a management command on the same data'
	@echo 'make check                 the laws: style, types, imports, architecture, migrations'
	@echo 'make test [ARGS="-k word"] check, then all tests on servers of their own'
	@echo 'make soak [ARGS="60"]      five copies over a bad line for ten minutes, or so many seconds'
	@echo 'make mutate-access          take each line that guards access away: do the tests notice?'
	@echo 'make bench [ARGS="name"]   measure the figures in bench/'
	@echo 'make bench-comparison      how honest and how fast comparing is'

up demo check: python
	@$(VESTIGE) $@

manage test soak bench mutate-access: python
	@$(VESTIGE) $@ $(ARGS)

.PHONY: bench-comparison
bench-comparison: python
	@$(VESTIGE) bench $(basename $(notdir $(wildcard bench/comparison_*.py)))

.PHONY: python
python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Vestige needs Python 3.11, 3.12 or 3.13, and "$(PYTHON)" is none of them.'; \
	  echo 'As root: apt-get install python3 python3-venv. Another one: make up PYTHON=python3.12'; \
	  exit 1; }
