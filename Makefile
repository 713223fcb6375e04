# Every target sets up what it needs; see `make help`.
SHELL := /bin/bash
export PATH := $(CURDIR)/.venv/bin:$(PATH)
CHECKED := $(wildcard src tests samples benchmarks)
TASKS ?= tasks.jsonl

.PHONY: help demo test lint wheel bench eval lock clean
.DEFAULT_GOAL := help

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .stamps/venv  ## generate a mixed bundle and classify it
	@mkdir -p build
	python -m samples.bundle build/bundle.pdf --truth build/bundle.json
	pagesort classify build/bundle.pdf --classes build/bundle.json --table

test: lint .stamps/node .stamps/office  ## lint, types, layers and every test
	PAGESORT_REQUIRE_NODE=1 PAGESORT_REQUIRE_OFFICE=1 python -m pytest

lint: .stamps/venv  ## style, types and layers
	ruff check .
	ruff format --check .
	mypy $(CHECKED)
	lint-imports

wheel: .stamps/venv  ## build dist/*.whl
	python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

bench: .stamps/venv  ## speed, as ratios to raw text extraction and to full-page OCR
	python -m pagesort.judge.compiled
	python -m benchmarks

eval: .stamps/venv  ## score the classifier: make eval TASKS=data/tasks.jsonl
	pagesort eval $(TASKS)

LOCK := uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet

lock:  ## bring the lock files in line with pyproject.toml (needs uv)
	$(LOCK) pyproject.toml --extra http --group dev -o requirements.lock
	$(LOCK) pyproject.toml -c requirements.lock -o requirements-run.lock
	$(LOCK) --group pyproject.toml:node -o requirements-node.lock

clean:  ## remove everything the other targets made
	rm -rf .venv .stamps build dist tests/clients/node/node_modules

.stamps/venv: requirements.lock pyproject.toml scripts/make-venv
	scripts/make-venv
	@mkdir -p .stamps && touch $@

.stamps/node: tests/clients/node/package-lock.json requirements-node.lock scripts/make-node .stamps/venv
	scripts/make-node
	@touch $@

.stamps/office: scripts/make-office src/pagesort/read/office/install.py .stamps/venv
	scripts/make-office
	@touch $@
