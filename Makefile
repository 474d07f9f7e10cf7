# Everything a person does with the stack. `make help` lists it.
INVENTORY ?= local
# More for ansible-playbook, e.g. ARGS='-e stack_http_port=9000'
ARGS ?=

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: tools-control tools-dev $(shell awk -F: '/^[a-z-]+:.*## / {print $$1}' $(MAKEFILE_LIST))

playbook := .venv/bin/ansible-playbook -i inventory/$(INVENTORY)/hosts.yml
# a value with spaces in it is one for Ansible too
extra = $(if $(2),-e '{"$(1)": "$(2)"}')
setting = $$(.venv/bin/ansible localhost -i inventory/$(INVENTORY)/hosts.yml -o -m ansible.builtin.debug -a var=$(1) 2>/dev/null | sed 's/.*"$(1)": "\(.*\)".*/\1/')
stack = state=$(call setting,stack_state_dir); namespace=$(call setting,stack_namespace); \
  [ -e "$$state/kubeconfig" ] || { echo "There is no stack here: run make up first."; exit 1; }; \
  kubectl="$$state/bin/kubectl --kubeconfig $$state/kubeconfig -n $$namespace"
kubectl = $(stack); $$kubectl

operations = .venv/bin/python -m operations --inventory inventory/$(INVENTORY)
# a question is anybody's words: the shell takes it from the environment as it is
export Q

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: tools-control ## bring the whole stack up, or repair it; ends with the URL
	@$(playbook) site.yml $(ARGS)

down: tools-control ## take the stack down; leaves only the cache and your vault
	@$(playbook) playbooks/destroy-stack.yml $(ARGS)

upgrade: tools-control ## a newer checkout: a backup of the data first, then what `make up` does
	@$(playbook) playbooks/upgrade-stack.yml $(ARGS)

open: tools-control ## print the URL
	@$(stack); echo "$(call setting,stack_public_url)"

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

logs: tools-control ## the last log lines of every part; SERVICE=backend for one, SINCE=10m for more, FOLLOW=1 to go on
	@$(stack); all=app.kubernetes.io/part-of=wealth-companion; component='{.metadata.labels.app\.kubernetes\.io/component}'; \
	parts=$$($$kubectl get pods -l $$all -o jsonpath="{range .items[*]}$$component "'{end}' | tr ' ' '\n' | sort -u); \
	[ -n "$$parts" ] || { echo "Nothing of the stack answers: make up repairs it."; exit 1; }; \
	[ -z '$(SERVICE)' ] || echo "$$parts" | grep -qxF -- '$(SERVICE)' || \
	  { echo "There is no SERVICE '$(SERVICE)': choose of" $$parts; exit 1; }; \
	[ -z '$(SINCE)' ] || echo '$(SINCE)' | grep -qxE '([0-9]+[hms])+' || \
	  { echo "SINCE='$(SINCE)' is no time: say it as 90s, 10m or 2h."; exit 1; }; \
	$$kubectl logs --prefix --ignore-errors $(if $(SINCE),--since=$(SINCE),--tail=50) $(if $(FOLLOW),--follow --max-log-requests=50) \
	  -l $(if $(SERVICE),app.kubernetes.io/component=$(SERVICE),$$all)

diff: tools-control ## what `make up` would change
	@$(playbook) site.yml --check --diff $(ARGS)

secrets: tools-control ## edit the vault; `make up` then brings the change to the cluster
	@file=$(call setting,stack_vault_file); password=$(call setting,stack_vault_password_file); \
	[ -e "$$file" ] || { echo "There is no vault yet: make up makes one."; exit 1; }; \
	.venv/bin/ansible-vault edit --vault-password-file "$${ANSIBLE_VAULT_PASSWORD_FILE:-$$password}" "$$file"

rotate: tools-control ## give KEY another value, without it list the keys; FINISH=1 ends an overlap, FILE=<path> holds a value of yours
ifdef KEY
	@$(if $(FILE),ROTATION_VALUE=$$(cat '$(FILE)') || exit 1; export ROTATION_VALUE;) \
	$(playbook) playbooks/rotate-secrets.yml $(call extra,rotation_key,$(KEY)) $(if $(FINISH),-e rotation_finish=true) $(ARGS)
else
	@awk -F '[ :"]+' '/^  vault_.*meaning: "/ {line = $$0; sub(/.*meaning: "/, "", line); sub(/"}$$/, "", line); \
	  printf "  %-34s %s\n", $$2, line}' roles/rotation/vars/main.yml
endif

backup: tools-control ## write the embedded database into a file, FILE=<path> or a new one in ~/.local/share/wealth-companion/backups
	@$(playbook) playbooks/backup-database.yml $(call extra,backup_file,$(abspath $(FILE))) $(ARGS)

restore: tools-control ## replace the embedded database's data by those of FILE=<path>; CONFIRM=yes answers the question
	@$(playbook) playbooks/restore-database.yml $(call extra,backup_file,$(abspath $(FILE))) \
	  $(if $(filter yes,$(CONFIRM)),-e backup_confirmed=true) $(ARGS)

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
