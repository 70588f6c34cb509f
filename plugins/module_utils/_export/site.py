# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of a project that are the same for every account."""

from __future__ import annotations

SITE_HEADER = """\
# Keeps the account as the files beside this one say.
#
#   ansible-playbook site.yml --check --diff    shows what differs, and changes nothing
#   ansible-playbook site.yml                   brings the account back to what the files say
#
# account.yml        contacts, and the services that there were
# services/ID.yml    one service: its label, virtual machines, host name, domains of addresses
# inventory.sindad.yml    the machines themselves, for playbooks that log in to them
#
# The credentials come from SINDAD_USERNAME and SINDAD_PASSWORD, or SINDAD_TOKEN; another portal from SINDAD_API_URL.
# Written by the role sindad.cloud.account_export. Edit it as you like: files that were edited are not overwritten.
"""
SITE = """\
---
- name: Keep the account as the files say
  hosts: localhost
  connection: local
  gather_facts: false
  vars:
    # Creating a VM costs money, and one that is missing may have been renamed: -e create_vms=true allows it.
    create_vms: false
    services: "{{ exported_services | default({}) | dict2items | map(attribute='value') | list }}"

  tasks:
    - name: Read what was exported of the account
      ansible.builtin.include_vars:
        file: "{{ playbook_dir }}/account.yml"
        name: account

    - name: Read what was exported of each service
      ansible.builtin.include_vars:
        dir: "{{ playbook_dir }}/services"
        extensions: [yml]
        name: exported_services
      when: (playbook_dir ~ '/services') is directory

    - name: Keep the contacts
      sindad.cloud.contact:
        id: "{{ item.id }}"
        email: "{{ (item.email | string) if item.email is defined else omit }}"
        firstname: "{{ (item.firstname | string) if item.firstname is defined else omit }}"
        lastname: "{{ (item.lastname | string) if item.lastname is defined else omit }}"
        national_id: "{{ (item.national_id | string) if item.national_id is defined else omit }}"
        companyname: "{{ (item.companyname | string) if item.companyname is defined else omit }}"
        address1: "{{ (item.address1 | string) if item.address1 is defined else omit }}"
        city: "{{ (item.city | string) if item.city is defined else omit }}"
        province: "{{ (item.province | string) if item.province is defined else omit }}"
        postcode: "{{ (item.postcode | string) if item.postcode is defined else omit }}"
        country: "{{ (item.country | string) if item.country is defined else omit }}"
        phonenumber: "{{ (item.phonenumber | string) if item.phonenumber is defined else omit }}"
        type: "{{ item.type | default(omit) }}"
        national_id_card_image: >-
          {{ (item.national_id_card_image | string) if item.national_id_card_image is defined else omit }}
        telegram_notifications: "{{ item.telegram_notifications | default(omit) }}"
        landline: "{{ (item.landline | string) if item.landline is defined else omit }}"
        privileges: "{{ item.privileges | default(omit) }}"
      loop: "{{ account.contacts | default([]) }}"
      loop_control:
        label: "{{ item.id }}"
      register: contacts
      ignore_errors: true

    - name: Keep the labels of the services
      sindad.cloud.service_label:
        service: "{{ item.id }}"
        label: "{{ item.label | string }}"
      loop: "{{ services | selectattr('label', 'defined') | list }}"
      loop_control:
        label: "{{ item.id }}"
      register: labels
      ignore_errors: true

    - name: Keep the host names of the servers
      sindad.cloud.server_hostname:
        service: "{{ item.id }}"
        hostname: "{{ item.hostname }}"
      loop: "{{ services | selectattr('hostname', 'defined') | list }}"
      loop_control:
        label: "{{ item.id }}"
      register: hostnames
      ignore_errors: true

    - name: Keep the domains of the addresses
      sindad.cloud.ip:
        service: "{{ item.0.id }}"
        address: "{{ item.1.address }}"
        domain: "{{ item.1.domain }}"
      loop: "{{ services | subelements('addresses', skip_missing=true) }}"
      loop_control:
        label: "{{ item.0.id }}: {{ item.1.address }}"
      register: addresses
      ignore_errors: true

    - name: Refuse to create VMs unless it is allowed
      when: not ansible_check_mode and not (create_vms | bool)
      block:
        - name: See which VMs would be created
          sindad.cloud.vm_fleet:
            service: "{{ item.id }}"
            vms: "{{ item.vms }}"
          loop: "{{ services | selectattr('vms', 'defined') | selectattr('vms') | list }}"
          loop_control:
            label: "{{ item.id }}"
          check_mode: true
          changed_when: false
          failed_when: false
          register: planned

        - name: Refuse to create VMs
          ansible.builtin.fail:
            msg: >-
              These VMs are not there, and may have been destroyed or renamed:
              {{ missing | map(attribute='label') | join(', ') }}. Take them out of the files in services, or allow to
              create them with -e create_vms=true.
          vars:
            fleets: "{{ planned.results | selectattr('fleet', 'defined') | map(attribute='fleet') | flatten }}"
            missing: "{{ fleets | selectattr('action', 'equalto', 'created') | list }}"
          when: missing | length > 0

    - name: Keep the virtual machines
      sindad.cloud.vm_fleet:
        service: "{{ item.id }}"
        vms: "{{ item.vms }}"
      loop: "{{ services | selectattr('vms', 'defined') | selectattr('vms') | list }}"
      loop_control:
        label: "{{ item.id }}"
      register: vms
      ignore_errors: true

    - name: Look for what is new on the account
      when: ansible_check_mode
      block:
        - name: Read the contacts
          sindad.cloud.contact_info:
          when: account.known_contacts is defined
          register: contacts_now

        - name: Read the services
          sindad.cloud.service_info:
          when: account.known_services is defined
          register: services_now

        - name: Read the VMs
          sindad.cloud.vm_info:
            service: "{{ item.id }}"
          loop: "{{ services | selectattr('known_vms', 'defined') | list }}"
          loop_control:
            label: "{{ item.id }}"
          register: vms_now
          ignore_errors: true

        - name: Read the addresses
          sindad.cloud.ip_info:
            service: "{{ item.id }}"
          loop: "{{ services | selectattr('known_addresses', 'defined') | list }}"
          loop_control:
            label: "{{ item.id }}"
          register: addresses_now
          ignore_errors: true

        - name: Report what is new, and in no file
          ansible.builtin.debug:
            msg: "{{ new }}"
          vars:
            new: "{{ account | sindad.cloud.not_exported([contacts_now, services_now, vms_now, addresses_now]) }}"
          when: new | length > 0
          changed_when: true

    - name: Fail if something could not be kept
      ansible.builtin.assert:
        that: done | selectattr('failed', 'defined') | selectattr('failed') | length == 0
        fail_msg: Not everything could be kept as the files say. The failed items above say why.
        quiet: true
      vars:
        done: "{{ [contacts, labels, hostnames, addresses, vms, vms_now | default({}), addresses_now | default({})] }}"
"""

INVENTORY_HEADER = """\
# The machines of the account, as hosts for playbooks of your own:
#
#   ansible-inventory -i inventory.sindad.yml --graph
#
# site.yml does not need it. All options: ansible-doc -t inventory sindad.cloud.sindad
"""
INVENTORY = """\
---
plugin: sindad.cloud.sindad
"""

SERVICE_NOTES = (
    "",
    "site.yml keeps it as this file says. What is not here is left alone. Text tagged !unsafe is never a template.",
    "Once you have edited this file, the export leaves it alone; account_export_overwrite=true writes it anew.",
)
LABEL_NOTES = ("The label of the service. Its words that begin with # are tags.",)
HOSTNAME_NOTES = ("The host name of the server, as the portal knows it.",)
ADDRESS_NOTES = ("The domains (reverse DNS names) of the addresses.",)
VM_NOTES = (
    "The virtual machines, as items of sindad.cloud.vm_fleet. Memory is in MB, disk in GB. A disk cannot be changed.",
    "What you take out of the list is left alone, not destroyed.",
)
ACCOUNT_NOTES = (
    "What site.yml keeps of the account itself.",
    "",
    "Once you have edited this file, the export leaves it alone; account_export_overwrite=true writes it anew.",
)
CONTACT_NOTES = ("The contacts. One that you take out of the list is left alone. Passwords are never exported.",)
KNOWN_SERVICES_NOTES = ("The services that there were. site.yml --check reports those that are new.",)
SERVICES_NOTES = ("The services that were exported.",)
KNOWN_NOTES = ("All that there were. site.yml --check reports those that are new.",)
