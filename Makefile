# Everything that is made here lies below .cache/, nothing in your home folder is touched.
# CORE chooses the ansible-core that the tests run on:  make sanity integration CORE=2.18

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The oldest first, the newest last: what else hangs on a version is taken from here.
CORES := 2.16 2.17 2.18 2.19 2.20 2.21
OLDEST := $(firstword $(CORES))
CORE ?= $(lastword $(CORES))
E2E_CORES ?= $(CORE)
TARGETS ?=
WAYS ?= in_process module
WAY ?= in_process
# FORKS=1 lets the tasks of targets fork, and wait by sleeping, as at a user's.
FORKS ?=
# How the lists of the emulated portal come: in pages of two, of a form for each target, where modules run in process.
PAGES ?= $(if $(filter in_process,$(WAY)),mixed)

CACHE := $(CURDIR)/.cache
TREE := $(CACHE)/tree
COLLECTION := $(TREE)/ansible_collections/sindad/cloud
COPY := $(CACHE)/test/ansible_collections/sindad/cloud
DEV := $(CACHE)/venv/dev
DEMO := $(CACHE)/venv/demo
IMPORTER := $(CACHE)/venv/importer
SITE := $(CACHE)/venv/site
UV := $(CACHE)/uv/bin/uv

# Pythons that pyenv keeps are used where they lie, because its shims fail for those that are not chosen.
PYENV_ROOT_FOUND := $(shell pyenv root 2>/dev/null)
PYENV_BINS := $(if $(PYENV_ROOT_FOUND),$(foreach v,13 12 11 10 9 8 7,$(lastword $(sort $(wildcard $(PYENV_ROOT_FOUND)/versions/3.$(v).*/bin)))))
empty :=
space := $(empty) $(empty)
export PATH := $(subst $(space),,$(foreach bin,$(PYENV_BINS),$(bin):))$(PATH)

# $(call python,VERSION...): the first of these Pythons that really runs, by its path.
python = $(shell PATH='$(PATH)'; for v in $(1); do python$$v -c 'import sys, venv; print(sys.executable)' 2>/dev/null && exit; done)
python_of_core = $(call python,$(if $(filter 2.1%,$(1)),3.11 3.12,3.13 3.12))
PYTHON := $(call python,3.13 3.12)

export UV_PYTHON_DOWNLOADS := never
export UV_CACHE_DIR := $(CACHE)/uv-cache
export ANSIBLE_HOME := $(CACHE)/ansible
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV ANSIBLE_CONFIG ANSIBLE_COLLECTIONS_PATH ANSIBLE_LIBRARY
# No test and no demo may ever meet your account.
unexport SINDAD_API_URL SINDAD_USERNAME SINDAD_PASSWORD SINDAD_TOKEN SINDAD_VALIDATE_CERTS SINDAD_CA_PATH SINDAD_TIMEOUT SINDAD_RETRIES SINDAD_DIALECT

.PHONY: help
help: ## List the targets
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/\1\t\2/p' Makefile | while IFS=$$'\t' read -r name text; do printf '  %-14s %s\n' "$$name" "$$text"; done

# --- environments -----------------------------------------------------------------------------------------------

.PHONY: venv cores environments environment-of-oldest requirements
venv: $(DEV)/.done $(COLLECTION) $(CACHE)/home ## Set up the developer's environment in .cache/venv/dev

cores: $(CORES:%=$(CACHE)/venv/%/.done) ## Set up every supported ansible-core in .cache/venv/2.*

environment-of-oldest: $(CACHE)/venv/$(OLDEST)/.done

environments: venv $(sort $(E2E_CORES:%=$(CACHE)/venv/%/.done) $(CACHE)/venv/$(CORE)/.done)

requirements: $(UV) ## Renew the pinned versions in requirements/*.txt
	cd requirements && for name in dev demo docs emulator; do $(UV) pip compile -q -U --no-header --no-annotate --universal --python-version 3.12 $$name.in -o $$name.txt; done
	cd requirements && $(UV) pip compile -q -U --no-header --no-annotate --python-version 3.12 importer.in -o importer.txt
	cd requirements && for core in $(CORES); do \
	  python=3.11; case $$core in 2.2*) python=3.12;; esac; \
	  { cat core.in; echo "ansible-core==$$core.*"; } | $(UV) pip compile -q -U --no-header --no-annotate --universal --python-version $$python - -o core-$$core.txt; \
	done

$(UV):
	@test -n "$(PYTHON)" || { echo 'Python 3.12 or 3.13 is needed, and none was found.' >&2; exit 1; }
	@$(PYTHON) -m venv $(CACHE)/uv
	@$(CACHE)/uv/bin/pip install -qq uv==0.13.9

# $(call environment,FOLDER,PYTHON,REQUIREMENTS)
define environment
$(UV) venv -q --clear -p $(2) $(1)
$(UV) pip sync -q -p $(1)/bin/python $(3)
touch $(1)/.done
endef

$(DEV)/.done: requirements/dev.txt | $(UV)
	$(call environment,$(@D),$(PYTHON),$<)

$(DEMO)/.done: requirements/demo.txt | $(UV)
	$(call environment,$(@D),$(PYTHON),$<)

$(IMPORTER)/.done: requirements/importer.txt | $(UV)
	$(call environment,$(@D),$(PYTHON),$<)

$(SITE)/.done: requirements/docs.txt | $(UV)
	$(call environment,$(@D),$(PYTHON),$<)

$(CACHE)/venv/2.%/.done: requirements/core-2.%.txt | $(UV)
	$(call environment,$(@D),$(call python_of_core,2.$*),$<)

$(CACHE)/home:
	mkdir -p $@

# The collection where Ansible looks for it.
$(COLLECTION):
	mkdir -p $(@D)
	ln -sfn $(CURDIR) $@

# --- what a newcomer types --------------------------------------------------------------------------------------

.PHONY: demo test test-slow test-more test-all bench
demo: $(DEMO)/.done $(COLLECTION) ## Watch real Ansible commands manage an account on the portal emulator
	@PATH=$(DEMO)/bin:$$PATH ANSIBLE_COLLECTIONS_PATH=$(TREE) python demo/demo.py

# What each of them leaves out stands in CONTRIBUTING.md. Stages run two at a time, the longest first.
RUN_STAGES = MAKE='$(MAKE)' $(PYTHON) tests/stages.py --logs $(CACHE)/log

test: $(UV) ## Run every check and every test that fits into six minutes
	@$(RUN_STAGES) environments
	@$(RUN_STAGES) e2e targets units sanity-quick lint docs-check changelog

test-slow: $(UV) ## Run what that leaves out: the oldest ansible-core, true forks, all faults, style
	@$(RUN_STAGES) environments environment-of-oldest
	@$(RUN_STAGES) targets-on-oldest faults e2e-on-oldest units-whole sanity-slow site

test-more: test-slow ## Run modules as modules, sanity and inventory on every ansible-core, the package
	@$(RUN_STAGES) --jobs 1 cores
	@$(RUN_STAGES) targets-as-modules sanity-on-others e2e-on-all
	@$(RUN_STAGES) import

test-all: test test-more ## Run all of it, with ansible-test in both ways on every supported ansible-core
	@$(RUN_STAGES) matrix

bench: $(DEMO)/.done $(COLLECTION) ## Measure the time of many tasks and of large inventories
	PATH=$(DEMO)/bin:$$PATH ANSIBLE_COLLECTIONS_PATH=$(TREE) python tests/bench/bench.py --output docs/benchmark.md

.PHONY: hooks
hooks: venv ## Let git run the quick checks before each commit, and the unit tests before each push
	$(DEV)/bin/pre-commit install --hook-type pre-commit --hook-type pre-push

# --- checks -----------------------------------------------------------------------------------------------------

.PHONY: lint changelog docs docs-check site docs-return new-module units
lint: venv ## Check style, types, RETURN and good practice (ruff, mypy, ansible-lint)
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/mypy $(COLLECTION)/plugins
	$(DEV)/bin/mypy --strict tools/returns/write.py
	$(DEV)/bin/python tools/returns/write.py --check
	$(DEV)/bin/reuse lint -q
	PATH=$(DEV)/bin:$$PATH ANSIBLE_COLLECTIONS_PATH=$(TREE) ansible-lint --offline --profile production -q playbooks roles demo extensions meta

changelog: venv ## Check the changelog's fragments
	HOME=$(CACHE)/home PATH=$(DEV)/bin:$$PATH antsibull-changelog lint

# What each page needs is checked here; that the whole site can be built, by make site.
docs: docs-check site ## Check the documentation, and build its site in .cache/site/html

docs-check: venv ## Check the documentation of the plugins and the guides
	HOME=$(CACHE)/home PATH=$(DEV)/bin:$$PATH ANSIBLE_COLLECTIONS_PATH=$(TREE) antsibull-docs lint-collection-docs \
	  --plugin-docs --skip-rstcheck --validate-collection-refs self --check-extra-docs-refs .

site: $(SITE)/.done $(COLLECTION) ## Build the documentation site in .cache/site/html
	HOME=$(CACHE)/home PATH=$(SITE)/bin:$$PATH ANSIBLE_COLLECTIONS_PATH=$(TREE) python tools/site/build.py $(CACHE)/site/source $(CACHE)/site/html

docs-return: venv ## Write the RETURN block of every module from the descriptions in tools/returns
	$(DEV)/bin/python tools/returns/write.py

new-module: venv ## Write what a new module needs  (NAME=vm_backup)
	$(DEV)/bin/python tools/new/module.py $(NAME)

# Of tests that try one thing in many ways a share is run, chosen by SEED; see tests/unit/conftest.py.
units: venv ## Run the unit tests  (ARGS='-k word -x' goes to pytest; SEED=2 or WHOLE=1 for other ways or all)
	SEED='$(SEED)' WHOLE='$(WHOLE)' PYTHONPATH=$(TREE) $(DEV)/bin/python -m pytest -q $(ARGS)

.PHONY: units-whole faults
units-whole:
	$(MAKE) units WHOLE=1

# What a user sends becomes a portal of the emulator and a test.  SHAPES is the file of portal_info.
.PHONY: family
family: venv ## Make a family of the emulator of a user's shapes  (SHAPES=shapes.json DIALECT=dialect.yml NAME=acme)
	$(DEV)/bin/python tests/emulator/family.py '$(or $(NAME),$(error NAME=... is missing))' '$(or $(SHAPES),$(error SHAPES=... is missing))' '$(DIALECT)'
	$(MAKE) units ARGS='tests/unit/portals/test_families.py -k $(NAME)'

faults: venv ## Run every change under every fault, random tasks under random faults, and hostile answers  (SEQUENCES=5000)
	PYTHONPATH=$(TREE):$(CURDIR):$(CURDIR)/tests $(DEV)/bin/python -m faults docs/fault_matrix.md
	PYTHONPATH=$(TREE):$(CURDIR):$(CURDIR)/tests $(DEV)/bin/python -m faults.sequences $(or $(SEQUENCES),1000)
	PYTHONPATH=$(TREE):$(CURDIR):$(CURDIR)/tests $(DEV)/bin/python -m faults.kill $(or $(KILLS),100)
	EXAMPLES=100 WHOLE=1 PYTHONPATH=$(TREE) $(DEV)/bin/python -m pytest -q tests/unit/hostile

# Without what only runs in processes of Ansible's own; see tests/e2e and tests/integration.
BRANCHES := import json, sys; share = json.load(open("$(CACHE)/coverage/report.json"))["totals"]["percent_branches_covered"]; \
  print(f"{share:.1f} % of the branches"); sys.exit(share < 95)

.PHONY: coverage
coverage: venv ## Run the unit tests, and show what of plugins/ they do not reach
	WHOLE=1 PYTHONPATH=$(TREE) $(DEV)/bin/python -m pytest -q --cov --cov-report=term-missing:skip-covered --cov-report=json:$(CACHE)/coverage/report.json $(ARGS)
	@$(DEV)/bin/python -c '$(BRANCHES)'

# A true sshd for the recipes that log in, kept apart from the system.
SSHD := $(if $(wildcard /usr/sbin/sshd),,$(CACHE)/sshd/.done)
PACKAGES_OF_SSHD := openssh-server libwrap0

$(CACHE)/sshd/.done:
	@mkdir -p $(@D)
	@cd $(@D) && { apt-get -q download $(PACKAGES_OF_SSHD) || { apt-get -q update && apt-get -q download $(PACKAGES_OF_SSHD); }; } > apt.log 2>&1 \
	  || { cat apt.log; echo 'No sshd was found, and apt could not fetch one: install openssh-server.' >&2; exit 1; }
	@cd $(@D) && for package in *.deb; do dpkg -x $$package .; done
	@touch $@

.PHONY: e2e e2e-on-all e2e-on-oldest
e2e: venv $(SSHD) $(E2E_CORES:%=$(CACHE)/venv/%/.done) ## Run Ansible's own commands on the inventory  (E2E_CORES='2.18 2.19')
	E2E_CORES='$(E2E_CORES)' PYTHONPATH=$(TREE) $(DEV)/bin/python -m pytest -q -n auto --dist loadgroup --no-loadscope-reorder tests/e2e $(ARGS)

e2e-on-oldest:
	$(MAKE) e2e E2E_CORES=$(OLDEST)

e2e-on-all:
	$(MAKE) e2e E2E_CORES='$(CORES)'

# --- ansible-test -----------------------------------------------------------------------------------------------
# It reads real files below ansible_collections/ in a git repository of their own, and nothing that git ignores.

ATEST_ON = cd $(COPY) && HOME=$(CACHE)/home PATH=$(CACHE)/venv/$(1)/bin:$$PATH
ATEST = $(call ATEST_ON,$(CORE))

.PHONY: copy sanity sanity-quick sanity-slow sanity-on-others integration matrix targets targets-as-modules targets-on-oldest
copy:
	@rm -rf $(COPY) && mkdir -p $(COPY)
	@git ls-files -z -co --exclude-standard | tar --null -T - --ignore-failed-read -cf - | tar -xf - -C $(COPY)
	@git -C $(COPY) init -q
	@test -n "$$(git -C $(COPY) ls-files -o --exclude-standard | sed -n 1p)"  # ansible-test calls an empty copy a success
	@mkdir -p $(CACHE)/home/.ansible/test/cache
	@for pip in 23_1_2 24_2 25_2; do cp tests/get_pip.py $(CACHE)/home/.ansible/test/cache/get_pip_$$pip.py; done

sanity: copy $(CACHE)/venv/$(CORE)/.done ## Run ansible-test sanity  (CORE=2.18 chooses the ansible-core)
	$(ATEST) ansible-test sanity --local --color no $(ARGS)

OLDEST_PYTHON := $(call python,3.9 3.10 3.11 3.12 3.13)
# What takes most of the time: style, which ruff has looked at, and to import each file on each Python but the oldest.
STYLE := pylint pep8 yamllint
SANITY_ON = $(call ATEST_ON,$(1)) ansible-test sanity --local --color no
SANITY = $(call SANITY_ON,$(CORE))

# The changelog is a stage of its own.
sanity-quick: copy $(CACHE)/venv/$(CORE)/.done
	$(SANITY) $(patsubst %,--skip-test %,$(STYLE) import changelog)
	$(SANITY) --test import --python $$($(OLDEST_PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')

sanity-slow: copy $(CACHE)/venv/$(OLDEST)/.done $(CACHE)/venv/$(CORE)/.done
	$(SANITY) $(STYLE:%=--test %) --test import
	$(call SANITY_ON,$(OLDEST)) $(STYLE:%=--test %)

sanity-on-others:
	for core in $(filter-out $(CORE),$(CORES)); do $(MAKE) sanity CORE=$$core; done

integration: copy venv $(CACHE)/venv/$(CORE)/.done ## Run playbooks on the emulator  (TARGETS='vm ip' WAYS=module CORE=2.18)
	$(ATEST) $(DEV)/bin/python tests/with_emulator.py $(WAYS:%=--way %) $(if $(TARGETS)$(ARGS),,--complete) -- ansible-test integration --local --color no $(ARGS) $(TARGETS)

# The same playbooks without ansible-test, which needs a process and a copy of the collection for each.
targets: venv $(CACHE)/venv/$(CORE)/.done ## Run the same playbooks in less time, in one way  (TARGETS='vm ip' WAY=module FORKS=1 CORE=2.18)
	HOME=$(CACHE)/home PATH=$(CACHE)/venv/$(CORE)/bin:$$PATH ANSIBLE_COLLECTIONS_PATH=$(TREE) \
	  $(DEV)/bin/python tests/play_targets.py --way $(WAY) $(PAGES:%=--pages %) $(FORKS:1=--forks) --logs $(CACHE)/log/targets-$(CORE) $(ARGS) $(TARGETS)

targets-as-modules:
	$(MAKE) targets WAY=module

targets-on-oldest:
	$(MAKE) targets CORE=$(OLDEST) FORKS=1

matrix: ## Run sanity and integration on every supported ansible-core
	for core in $(CORES); do $(MAKE) sanity integration CORE=$$core; done

# --- the report in a browser --------------------------------------------------------------------------------------
# Pictures are left in .cache/browser/pictures. CHROMIUM=/path/to/it takes another browser than the one on the PATH.

CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.PHONY: browser
browser: venv $(CACHE)/browser/.done ## Look at the reports in Chromium, on a phone, on paper and in the dark
	@test -n "$(CHROMIUM)" || { echo 'Chromium is needed (on Debian: apt-get install chromium), or CHROMIUM=/path/to/it.' >&2; exit 1; }
	PATH=$(DEV)/bin:$$PATH ANSIBLE_COLLECTIONS_PATH=$(TREE) python tests/browser/look.py $(CHROMIUM) $(CACHE)/browser $(CACHE)/browser/pictures

$(CACHE)/browser/.done: tests/browser/package.json
	@command -v npm >/dev/null || { echo 'Node.js with npm is needed to look at pages.' >&2; exit 1; }
	mkdir -p $(@D)
	cp $< $(@D)
	cd $(@D) && npm install --no-package-lock --no-audit --no-fund
	touch $@

# --- the package ------------------------------------------------------------------------------------------------

.PHONY: build import release release-check release-tag sanity-of-package
build: copy $(DEMO)/.done ## Build the collection's package in .cache/dist
	mkdir -p $(CACHE)/dist
	rm -f $(CACHE)/dist/*.tar.gz
	$(DEMO)/bin/ansible-galaxy collection build $(COPY) --output-path $(CACHE)/dist

import: build $(IMPORTER)/.done ## Check the package as Galaxy does
	cd $(CACHE)/dist && PATH=$(IMPORTER)/bin:$$PATH python -m galaxy_importer.main *.tar.gz 2>&1 | tee import.log
	! grep -E '^(ERROR|WARNING)' $(CACHE)/dist/import.log

# The package as it is published, unpacked: what Automation Hub runs the sanity tests on.
PACKAGE := $(CACHE)/package/ansible_collections/sindad/cloud

sanity-of-package: build $(CACHE)/venv/$(CORE)/.done ## Run ansible-test sanity on the built package  (CORE=2.16)
	@rm -rf $(PACKAGE) && mkdir -p $(PACKAGE)
	@tar -xzf $(CACHE)/dist/*.tar.gz -C $(PACKAGE)
	@git -C $(PACKAGE) init -q
	cd $(PACKAGE) && HOME=$(CACHE)/home PATH=$(CACHE)/venv/$(CORE)/bin:$$PATH ansible-test sanity --local --color no $(ARGS)

# The steps, and who does them: docs/releases.md
release: venv ## Prepare a release and commit it  (VERSION=1.1.0)
	HOME=$(CACHE)/home PATH=$(DEV)/bin:$$PATH $(DEV)/bin/python tools/release/release.py prepare $(VERSION)
	$(MAKE) import
	git add -A
	git commit -m 'Release $(VERSION)'

release-check: venv ## Check that the tree is a release, and write its notes to .cache/dist  (VERSION=1.1.0)
	@$(DEV)/bin/python tools/release/release.py check $(VERSION)
	@mkdir -p $(CACHE)/dist
	@$(DEV)/bin/python tools/release/release.py notes $(VERSION) > $(CACHE)/dist/release-notes.md

release-tag: release-check ## Tag the release  (VERSION=1.1.0)
	git tag -a -m 'sindad.cloud $(VERSION)' v$(VERSION)

.PHONY: clean
clean: ## Remove all that was made
	rm -rf $(CACHE)
