# Everything a person does with the stack. `make help` lists it.
INVENTORY ?= local
# More for ansible-playbook, e.g. ARGS='-e stack_http_port=9000'
ARGS ?=

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: tools-control tools-dev $(shell awk -F: '/^[a-z-]+:.*## / {print $$1}' $(MAKEFILE_LIST))

playbook := .venv/bin/ansible-playbook -i inventory/$(INVENTORY)/hosts.yml
setting = $$(.venv/bin/ansible localhost -i inventory/$(INVENTORY)/hosts.yml -o -m ansible.builtin.debug -a var=$(1) 2>/dev/null | sed 's/.*"$(1)": "\(.*\)".*/\1/')
kubectl = state=$(call setting,stack_state_dir); namespace=$(call setting,stack_namespace); \
  [ -e "$$state/kubeconfig" ] || { echo "There is no stack here: run make up first."; exit 1; }; \
  $$state/bin/kubectl --kubeconfig $$state/kubeconfig -n $$namespace

operations = .venv/bin/python -m operations --inventory inventory/$(INVENTORY)
# a question is anybody's words: the shell takes it from the environment as it is
export Q

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: tools-control ## bring the whole stack up, or repair it; ends with the URL
	@$(playbook) site.yml $(ARGS)

down: tools-control ## take the stack down; leaves only the cache and your vault
	@$(playbook) playbooks/destroy-stack.yml $(ARGS)

open: tools-control ## print the URL
	@echo "$(call setting,stack_public_url)"

status: tools-control ## one screen: parts, versions, what they use, the URL, what is wrong
	@$(operations) status

doctor: tools-control ## why is it broken, and what helps; works without a cluster too
	@$(operations) doctor

health: tools-control ## how is the stack? kubectl-ai answers where a model is set, else rules
	@$(operations) health

why: tools-control ## why does a part fail: SERVICE=backend
	@$(operations) why "$(SERVICE)"

ask: tools-control ## a question in your own words: Q="why is the chat slow?"
	@$(operations) ask "$$Q"

restart: tools-control ## new pods for a part, the old ones serve until they are ready: SERVICE=backend
	@$(operations) restart "$(SERVICE)"

logs: tools-control ## the last log lines of every part; SERVICE=backend for one
	@$(kubectl) logs --prefix --tail=50 --ignore-errors -l '$(if $(SERVICE),app.kubernetes.io/component=$(SERVICE),app.kubernetes.io/part-of=wealth-companion)'

diff: tools-control ## what `make up` would change
	@$(playbook) site.yml --check --diff $(ARGS)

secrets: tools-control ## edit the vault; `make up` then brings the change to the cluster
	@file=$(call setting,stack_vault_file); password=$(call setting,stack_vault_password_file); \
	[ -e "$$file" ] || { echo "There is no vault yet: make up makes one."; exit 1; }; \
	.venv/bin/ansible-vault edit --vault-password-file "$${ANSIBLE_VAULT_PASSWORD_FILE:-$$password}" "$$file"

seed: tools-control ## add a demo user with three years of money; prints how to sign in, touches nobody else's data
	@$(kubectl) exec deploy/backend -- /opt/venv/bin/python -m wealth_backend.demo $(ARGS)

dev: tools-dev ## the product on this machine without a cluster; ARGS=--dev shows the pages of your own `next dev`
	@.venv/bin/python -m tests.support.local_stack $(ARGS)

check: tools-dev ## the fast checks: no cluster, under a minute
	@.venv/bin/python tests/run.py check

test: tools-dev ## everything: checks, units, charts, and a real cluster brought up and taken down
	@.venv/bin/python tests/run.py all

test-killed: tools-dev ## a first run killed in each stage that takes minutes; half an hour and more
	@.venv/bin/python tests/run.py killed

fuzz: tools-dev ## 100,000 requests of a fuzzer at the API and the MCP server; ARGS='--count 5000' for fewer
	@.venv/bin/python -m tests.fuzz.run --count 100000 $(ARGS)

bench: tools-dev ## measure the services and the pages beside rivals and floors; ARGS='read pages' for some of it
	@.venv/bin/python tests/bench/run.py $(ARGS)

bench-database: tools-dev ## measure what the distance to the database costs; ARGS='--rounds 2' for a quick look
	@.venv/bin/python tests/bench/database.py $(ARGS)

bench-runs: tools-dev ## measure the second run of the stack of inventory/ci; ARGS=--cycle takes it down and up too
	@.venv/bin/python tests/bench/provisioning.py $(ARGS)

api-types: tools-dev ## write the web app's types of the API's data anew from what the API says of itself
	@PYTHONPATH=services/core/src:services/backend/src .venv/bin/python -m wealth_backend.describe | node services/frontend/generate-types.mjs

traceability: tools-dev ## write docs/traceability.md anew from the tests' marks and their last results
	@.venv/bin/python -m tests.traceability

lock: tools-dev ## compile the lock files again after a change of dependencies
	@scripts/lock

tools-control:
	@scripts/control-node control

tools-dev:
	@scripts/control-node dev
