#!/usr/bin/env bash

set -eux

# What the portal needs to know comes from the environment of the controller, and nothing from a variable.
eval "$(python - <<'PYTHON'
import shlex
import yaml

config = yaml.safe_load(open("../../integration_config.yml"))
for variable, name in {
    "SINDAD_API_URL": "portal_api_url",
    "SINDAD_USERNAME": "portal_username",
    "SINDAD_PASSWORD": "portal_password",
    "CONTROL": "portal_control_url",
}.items():
    print(f"export {variable}={shlex.quote(config[name])}")
PYTHON
)"
export ANSIBLE_INVENTORY_UNPARSED_FAILED=true ANSIBLE_SSH_ARGS="-o ConnectTimeout=1" ANSIBLE_HOST_KEY_CHECKING=false

control() {
    curl --fail --silent --show-error -X "$1" "$CONTROL/$2" -H 'Content-Type: application/json' -d "${3:-}"
}

effects() {
    control GET 'log?summary=1' | python -c 'import json, sys; print(sorted(json.load(sys.stdin)["effects"].items()))'
}

control POST reset '{"stale": 0, "duration": 0}'

# Ad hoc: the machine is not reached, the portal is.
ansible web1 -i test.sindad.yml -m sindad.cloud.vm -a state=restarted | tee out
grep -q '"changed": true' out
[ "$(effects)" = "[('POST /api/service/101/vms/18867/reboot', 1)]" ]
ansible 'server*' -i test.sindad.yml -m sindad.cloud.server_power -a state=on
ansible web1 -i test.sindad.yml -m sindad.cloud.vm -a state=absent --check | grep -q '"changed": true'
ansible web1 -i test.sindad.yml -m sindad.cloud.vm_info | grep -q '"id": "18867"'

# Nor does it matter what the command line says of the connection, as it does not concern the portal.
ansible web1 -i test.sindad.yml --become -u nobody -c local -e ansible_python_interpreter=/nowhere/python \
    -m sindad.cloud.vm_info | grep -q '"id": "18867"'
[ "$(effects)" = "[('POST /api/service/101/vms/18867/reboot', 1)]" ]

# In playbooks.
ansible-playbook -i test.sindad.yml -e portal_control_url="$CONTROL" playbook.yml "$@"
ansible-playbook -i prefixed.sindad.yml -e portal_control_url="$CONTROL" prefixed.yml "$@"

# A limit is a limit.
control POST reset '{"stale": 0, "duration": 0}'
ansible sindad_kind_vm -i test.sindad.yml --limit db1,mail1 -m sindad.cloud.vm -a state=stopped
[ "$(effects)" = "[('POST /api/service/101/vms/18868/stop', 1), ('POST /api/service/103/vms/31/stop', 1)]" ]

# Twenty machines of one service at a time, at a portal that takes few requests.
control POST reset '{"services": 1, "mix": {"vm": 1}, "vms_per_service": 20, "stale": 0, "duration": 0.1}'
ansible sindad_kind_vm -i test.sindad.yml --list-hosts | grep -q 'hosts (20)'
control POST options '{"rate_limit": 15}'
ansible sindad_kind_vm -i test.sindad.yml -f 20 -m sindad.cloud.vm -a state=restarted > out
[ "$(grep -c '"changed": true' out)" = 20 ]

# Tasks that name the machine themselves share the pace, too.
ansible-playbook -f 20 -i test.sindad.yml by_id.yml "$@"

# Fifty hosts want the same new machine and the same new address, at a portal that lists them late.
control POST reset '{"stale": 0, "duration": 0.2, "create_delay": 1}'
ansible-playbook -f 20 forks.yml "$@"
[ "$(effects)" = "[('POST /api/service/102/vms', 1), ('POST /api/service/201/ips', 1)]" ]
control POST reset '{}'
