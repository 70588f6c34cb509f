#!/usr/bin/env bash

set -eux

export ANSIBLE_INVENTORY_UNPARSED_FAILED=true

ansible-inventory -i test.sindad.yml -e @../../integration_config.yml --graph
ansible-playbook -i test.sindad.yml -e @../../integration_config.yml playbook.yml "$@"
ansible-doc -t inventory sindad.cloud.sindad > /dev/null

# Wrong credentials are an error, and no host is there.
if ansible-inventory -i test.sindad.yml -e @../../integration_config.yml -e portal_password=wrong --list; then
    exit 1
fi
