# `make help` lists what there is; a comment after `##` is its text.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.PHONY: help run build test check lint format bench soak fuzz snapshots migrate routes demo photograph

# Swift's libraries go into the program: it starts sooner, calls them faster, and runs where no toolchain is.
RELEASE := swift build --configuration release --static-swift-stdlib --product mediashare
PROGRAM := .build/release/mediashare
DATA ?= ./data

help: ## List these commands
	@sed --quiet --regexp-extended -e 's/^##@ (.*)/\n\1/p' -e 's/^([a-z]+):.*## (.*)/  \1\t\2/p' Makefile | expand --tabs=14

##@ Running
run: build ## Install what is missing, build, and serve http://127.0.0.1:8080 from ./data (ARGS="--port 9000")
	$(PROGRAM) serve --data $(DATA) $(ARGS)

build: ## Build the program in release mode
	@scripts/install-dependencies runtime build
	$(RELEASE)

migrate: build ## Bring the database of ./data up to date without serving
	$(PROGRAM) migrate --data $(DATA)

demo: build ## Fill ./data with a believable platform to look at
	$(PROGRAM) demo --data $(DATA)

routes: build ## Print every route with who may call it
	$(PROGRAM) routes

##@ Checking
test: ## Run all tests (FLAGS="--filter Ranges", "--swift-only", "--no-browser")
	@scripts/test $(FLAGS)

check: lint ## Everything that must hold before a change lands: format, no warnings, all tests
	@scripts/test --strict $(FLAGS)

lint: ## Check formatting and style
	@scripts/lint

format: ## Format every Swift and Python file in place
	swift format format --in-place --parallel --recursive Package.swift Sources Tests Plugins
	@scripts/make-venv .build/venv Tests/requirements.txt
	@.build/venv/bin/python -m ruff format Tests Benchmarks

snapshots: ## Write the page snapshots and matrices anew; look at the difference before you commit it
	MEDIASHARE_RECORD=1 MEDIASHARE_RECORD_SNAPSHOTS=1 scripts/test --filter SiteTests || true
	git add --intent-to-add Tests/SiteTests && git diff --stat Tests/SiteTests

soak: ## Run the storms at full length, and each fuzzer for five minutes
	MEDIASHARE_SOAK=1 scripts/test
	scripts/fuzz

fuzz: ## Look for inputs that break a reader of outside bytes (ARGS="--seconds 60 range")
	scripts/fuzz $(ARGS)

##@ Measuring
bench: build ## Measure against nginx and Flask; one table in Benchmarks/results (ROWS="ranges-1m library-html")
	@scripts/install-dependencies bench
	@scripts/make-venv .build/bench-venv Benchmarks/requirements.txt
	@scripts/with-postgres .build/bench-venv/bin/python Benchmarks/run.py $(ROWS)

photograph: build ## Take a picture of every page, narrow and wide, light and dark, into .build/photographs
	@scripts/install-dependencies test
	@scripts/photograph .build/photographs
