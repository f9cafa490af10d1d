# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Everything that is made lies in .venv and .build, and "make clean" removes it.

.DEFAULT_GOAL := help
.PHONY: help .venv .venv-demo .venv-release demo simulator lint unit contract integration awx some-faults molecule docs checklist sanity test every-case faults release-check matrix whole-matrix newest generate new bench lock changelog build picture clean

PYTHON := .venv/bin/python
COLLECTION := .build/ansible_collections/community/openai_admin
TOOLS := PYTHONPATH=tests $(PYTHON) -m tools

# Nothing is taken from the user's collections, nor put there: a stale copy would hide the checkout.
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/.build
export ANSIBLE_HOME := $(CURDIR)/.build/home/.ansible

# Whichever Python runs at all will do to begin with: it looks for the newest one (a version manager's shim may not run).
FIND_PYTHON = for python in python3 python3.14 python3.13 python3.12 python3.11 python3.10 /usr/bin/python3 \
	"$$HOME"/.pyenv/versions/3.1*/bin/python3; do \
	if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then break; fi; python=; done; \
	if [ -z "$$python" ]; then echo "No Python from 3.10 on was found." >&2; exit 1; fi

help: ## Show this list
	@awk -F ':.*## ' '/^[^ ]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv-demo $(COLLECTION) ## Provision an organization of a simulator, run again, make drift, audit, report costs
	@PYTHONPATH=tests exec $(PYTHON) tests/demo/demo.py

simulator: .venv-demo ## Run the simulator of the Administration API in the foreground
	@PYTHONPATH=tests exec $(PYTHON) -m simulator

lint unit contract integration awx some-faults molecule docs checklist sanity: .venv $(COLLECTION)
	@$(TOOLS) $@
lint: ## Check style, types, playbooks, documentation and changelog
unit: ## Run the unit tests
contract: ## Check simulator and modules against the official SDK
integration: ## Run modules and playbooks against the simulator
awx: ## Configure a small AWX, and run its jobs as AWX does
some-faults: ## Run each kind of fault on each route once, and more by a seed
molecule: ## Run the scenarios of extensions/molecule against the simulator
docs: ## Build the documentation site in .build/docs/html
checklist: ## Check what a release needs: files, pages of the site, an installation in an empty environment
sanity: ## Run ansible-test sanity, ignoring nothing

test: .venv $(COLLECTION) ## Run all of these
	@$(TOOLS) $@

every-case: .venv $(COLLECTION) ## Run every case of all tests of which "make test" runs a part, but for faults
	@$(TOOLS) $@

faults: .venv $(COLLECTION) ## Run every fault at every request of every kind of task
	@$(TOOLS) $@

release-check: .venv-release $(COLLECTION) ## Check all that Galaxy, Automation Hub and the community package ask for
	@$(TOOLS) $@

matrix: .venv $(COLLECTION) ## Run unit tests and playbooks on each supported ansible-core and the next one; sanity of the tests
	@$(TOOLS) $@

whole-matrix: .venv $(COLLECTION) ## Run all tests of behaviour on the newest two, in the controller and as modules
	@$(TOOLS) $@

newest: .venv $(COLLECTION) ## Compare the newest SDK on the package index with the pinned one, and run the contract tests with it
	@PYTHONPATH=tests $(PYTHON) -m tools.newest

.venv: ## Make the virtual environment, or renew it after a change of its requirements
	@$(FIND_PYTHON); PYTHONPATH=tests "$$python" -m tools.venvs .venv ansible-core simulator pytest browser charts molecule lint docs onto

.venv-release:
	@$(FIND_PYTHON); PYTHONPATH=tests "$$python" -m tools.venvs .venv ansible-core simulator pytest browser charts molecule lint docs onto release

.venv-demo:
	@$(FIND_PYTHON); PYTHONPATH=tests "$$python" -m tools.venvs .venv ansible-core simulator charts

# A link, so that what is tested is the checkout itself.
$(COLLECTION):
	@mkdir -p $(@D)
	@ln -s ../../.. $@

bench: .venv $(COLLECTION) ## Compare tasks in the controller with tasks as modules, and with ping
	@PYTHONPATH=tests:.build $(PYTHON) -m benchmark

generate: .venv $(COLLECTION) ## Write what files repeat: action plugins, parts of documentation, rows of tables
	@PYTHONPATH=tests:.build $(PYTHON) -m tools.generate

new: .venv $(COLLECTION) ## Write the skeletons of a new kind of object: make new KIND=policy PLURAL=policies
	@PYTHONPATH=tests:.build $(PYTHON) -m tools.new_kind "$(KIND)" "$(PLURAL)"

lock: ## Pin anew what the requirements pull in, with every Python of this machine
	@$(FIND_PYTHON); PYTHONPATH=tests "$$python" -m tools.lock

picture: .venv demo ## Take the picture of the README, docs/audit.png, from the demo's audit page
	@PYTHONPATH=tests $(PYTHON) tests/demo/picture.py

changelog: .venv $(COLLECTION) ## Turn the fragments into the release notes of the version in galaxy.yml
	@PATH="$(CURDIR)/.venv/bin:$$PATH" antsibull-changelog release --reload-plugins --update-existing --refresh-plugins prevent-removal

build: .venv-demo ## Build the collection's archive in .build/dist
	@.venv/bin/ansible-galaxy collection build --force --output-path .build/dist

clean: ## Remove everything that was made
	rm -rf .build .venv
