# Thin: every target is a command that you can also type. PYTHON names the interpreter, 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# This machine's address in its network, for a phone beside it.
ADDRESS ?= $(or $(firstword $(shell hostname -I 2>/dev/null)),127.0.0.1)
PHONE = http://$(ADDRESS):8000/

.PHONY: demo test check clean

demo: $(VENV)/ready
	@$(BIN)/roadcast build --date 2026-11-20
	@echo
	@echo "Listen:  mpv $$(ls -t feeds/m/*.mp3 | head -1)"
	@$(BIN)/roadcast subscriber add you@example.com --name "You" >/dev/null
	@echo "On a phone in the same network, run this and scan the code:"
	@echo "    ROADCAST_BASE_URL=$(PHONE) $(BIN)/roadcast serve --host 0.0.0.0"
	@ROADCAST_BASE_URL=$(PHONE) $(BIN)/roadcast subscriber invite you@example.com

# On every core; the tests of a file stay together with what they share, and files begin in the order of tests/conftest.py.
test: $(VENV)/ready-test
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config setup.cfg

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/ready: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/ready-test: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test,gtts,fast]"
	@touch $(VENV)/ready $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
