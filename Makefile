# What you can ask for. Everything behind it is in config/local/, in plain Python.
PYTHON ?= python3
VESTIGE = $(PYTHON) -m config.local

.PHONY: help up manage demo check test bench

help:
	@echo 'make up                    start Vestige here; Ctrl-C stops it'
	@echo 'make demo                  load the exercise, a fictional investigation to look round in'
	@echo 'make manage ARGS="help"    run a management command on the same data'
	@echo 'make check                 the laws: style, types, imports, architecture, migrations'
	@echo 'make test [ARGS="-k word"] check, then all tests on servers of their own'
	@echo 'make bench [ARGS="name"]   measure the figures in bench/'

up demo check: python
	@$(VESTIGE) $@

manage test bench: python
	@$(VESTIGE) $@ $(ARGS)

.PHONY: python
python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo 'Python is missing: run "apt-get install python3 python3-venv" as root, then again.'; \
	  exit 1; }
