# The two commands of the set-up: `make demo` and `make test`. Each does everything that is missing first.

VENV := .venv
BIN := $(VENV)/bin
# Empty when the virtual environment is missing, half made or moved: it is made anew.
ALIVE := $(shell $(BIN)/python -c "import pip; print('yes')" 2>/dev/null)

.PHONY: help demo test kill kits forms check browser install lock clean anew

help:
	@echo "make demo   set up what is missing, then show the whole path on the stand-in portal"
	@echo "make test   set up what is missing, then run every check and test"
	@echo "make kill   kill groups at many moments (about an hour)"
	@echo "make kits   try controls of real kits, and write docs/kits.md (needs npm)"
	@echo "make forms  fill three thousand forms put together at random (about an hour)"
	@echo "make lock   choose the pinned packages anew (needs uv)"
	@echo "make clean  remove the virtual environment and caches"

demo: browser
	$(BIN)/nmo-autofill demo

test: browser check
	$(BIN)/pytest --numprocesses 3 --dist worksteal --cov --cov-report=term

kill: browser
	$(BIN)/pytest -m long tests/runs/test_kill.py

kits: browser
	$(BIN)/pytest tests/browser/kits --write-kits

forms: browser
	$(BIN)/pytest -m long --numprocesses 2 tests/browser/test_random_forms.py tests/browser/kits/test_random_kits.py

check: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# No stamp: a browser can go at any time, and looking is quick.
browser: install
	$(BIN)/nmo-autofill doctor --install

install: $(VENV)/.installed

$(VENV)/.installed: $(VENV)/.packages pyproject.toml
	@echo "Installing the project itself"
	@$(BIN)/python -m pip install --quiet --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.packages: $(VENV)/.made requirements.txt
	@echo "Installing the pinned packages (about a minute)"
	@$(BIN)/python -m pip install --quiet --quiet --only-binary :all: --require-hashes \
	    --requirement requirements.txt
	@touch $@

$(VENV)/.made: $(if $(ALIVE),,anew)
	@.ci/make-venv $(VENV)
	@touch $@

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: python3 -m pip install uv"; exit 1; }
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	    --generate-hashes --no-strip-extras --no-header --upgrade --quiet --output-file requirements.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage* htmlcov test-results
