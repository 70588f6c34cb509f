# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: sindad
short_description: Services and virtual machines of an account as inventory hosts
version_added: 0.1.0
author:
  - The sindad.cloud contributors (@sindad-cloud)
description:
  - Creates hosts from the services of an account at a hosting portal. A service that offers virtual machines becomes
    one host per virtual machine, any other service becomes one host.
  - Hosts are grouped without any configuration, by category (C(sindad_category_dedicated_servers)), status
    (C(sindad_status_active)), power (C(sindad_power_on)) and kind (C(sindad_kind_vm), C(sindad_kind_server),
    C(sindad_kind_service)). All hosts are in the group C(sindad). Group names are in lower case, and all characters
    other than letters, digits and C(_) are replaced by C(_).
  - Every host has the variables C(sindad_kind), C(sindad_service_id), C(sindad_vm_id), C(sindad_label),
    C(sindad_hostname), C(sindad_domain), C(sindad_product), C(sindad_category), C(sindad_category_url),
    C(sindad_status), C(sindad_power), C(sindad_state), C(sindad_billing_cycle), C(sindad_next_due), C(sindad_total),
    C(sindad_memory) (MB), C(sindad_cpu), C(sindad_disk) (GB), C(sindad_template), C(sindad_ipv4) and C(sindad_ipv6).
    Values that the portal does not report are V(null). C(ansible_host) is set if there is an address or host name to
    connect to.
  - If the account cannot be read completely, the inventory fails. It is never silently incomplete.
  - The name of the inventory file must end in C(sindad.yml) or C(sindad.yaml).
extends_documentation_fragment:
  - sindad.cloud.inventory
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
requirements:
  - requests
options:
  plugin:
    description: Must be V(sindad.cloud.sindad).
    type: str
    required: true
    choices: [sindad.cloud.sindad]
  statuses:
    description:
      - Only include services with one of these statuses. Compared case-insensitively. An empty list includes all
        services.
    type: list
    elements: str
    default: [Active]
  categories:
    description:
      - Only include services of these categories, specified by name or by the name used in URLs. Compared
        case-insensitively. An empty list includes all services.
    type: list
    elements: str
    default: []
  services:
    description:
      - Only include these services, specified by ID or domain. A service that does not exist is an error. An empty list
        includes all services.
    type: list
    elements: str
    default: []
  filters:
    description:
      - Conditions on the variables of a host, each as C(include) or C(exclude). They are evaluated in order, and the
        first that is true decides. A host for which none is true is included.
      - A condition that cannot be evaluated, for example because of an undefined variable, is considered false. With
        O(strict=true), it is an error.
    type: list
    elements: dict
    default: []
    suboptions:
      include:
        description: Include the host if this condition is true.
        type: str
      exclude:
        description: Exclude the host if this condition is true.
        type: str
  details:
    description:
      - Details to request for each service. Each choice needs additional requests.
      - V(vms) requests the VMs, with one request per service that offers VMs. Without it, such a service becomes one
        host of the kind C(service).
      - V(vm_details) requests the details of each VM, with one request per VM, for portals whose list of VMs contains
        few details. It includes V(vms).
      - V(ips) requests the IP addresses, with one request per service that has a list of addresses but no VMs.
      - V(server) requests host name, operating system and power state, with two requests per dedicated server.
    type: list
    elements: str
    choices: [vms, vm_details, ips, server]
    default: [vms, ips]
  hostnames:
    description:
      - Sources of the host name in order of preference. The first with a value is used.
      - A single word is a variable without its prefix, such as V(label). V(id) is the ID of the VM or, for hosts that
        are no VM, of the service.
      - Anything else is a template or an expression, such as
        V({{ sindad_label }}.example.com) or V(sindad_label ~ '.example.com').
    type: list
    elements: str
    default: [label, domain, id]
  connect_with:
    description:
      - Sources of C(ansible_host) in order of preference. The first with a value is used. If there is none,
        C(ansible_host) is not set.
    type: list
    elements: str
    choices: [public_ipv4, public_ipv6, private_ipv4, hostname]
    default: [public_ipv4, public_ipv6, private_ipv4, hostname]
  group_prefix:
    description: Prefix of the names of the groups that need no configuration, except C(sindad).
    type: str
    default: sindad_
  vars_prefix:
    description: Prefix of the names of the variables.
    type: str
    default: sindad_
  include_passwords:
    description:
      - Whether to set C(sindad_username) and C(sindad_password), if reported by the portal. Everyone who can read the
        inventory can then read the passwords. Such an inventory is never cached.
    type: bool
    default: false
  workers:
    description: Maximum number of concurrent requests.
    type: int
    default: 16
  on_error:
    description:
      - What to do if a service cannot be read. V(fail) raises an error, V(skip) omits the service with a warning.
      - If the list of services cannot be read, the inventory always fails.
    type: str
    choices: [fail, skip]
    default: fail
"""

EXAMPLES = r"""
# Minimal example. The credentials are taken from SINDAD_USERNAME and SINDAD_PASSWORD, or from SINDAD_TOKEN.
plugin: sindad.cloud.sindad

---
# Use another portal with a token, and exclude machines that are off
plugin: sindad.cloud.sindad
api_url: https://my.royaserver.com/api
token: "{{ lookup('ansible.builtin.env', 'ROYASERVER_TOKEN') }}"
filters:
  - exclude: sindad_power == 'off'

---
# Define custom host names and groups
plugin: sindad.cloud.sindad
categories: [cloud-servers]
hostnames:
  - sindad_label and sindad_label ~ '.example.com'
  - id
compose:
  ansible_user: "'root'"
groups:
  large: sindad_memory >= 8192
keyed_groups:
  - key: sindad_template
    prefix: os
"""

import contextlib
import hashlib
import ipaddress
import json
import re

from ansible import constants
from ansible.errors import AnsibleError, AnsibleParserError
from ansible.module_utils.basic import missing_required_lib
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible_collections.sindad.cloud.plugins.module_utils._context import CONNECTION, TELL_REQUESTS, TELL_SHAPES
from ansible_collections.sindad.cloud.plugins.module_utils._core.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import SindadError
from ansible_collections.sindad.cloud.plugins.module_utils._core.session import REQUESTS_ERROR
from ansible_collections.sindad.cloud.plugins.module_utils._core.values import is_host_name
from ansible_collections.sindad.cloud.plugins.plugin_utils._hosts import FIELDS, SECRET_FIELDS, FetchOptions, fetch
from ansible_collections.sindad.cloud.plugins.plugin_utils._templating import (
    RememberingTemplar,
    mark_trusted,
    mark_unsafe,
)

#: Part of the cache key: a cache that another version wrote in another shape is not read.
CACHE_SCHEMA = 1
GROUPED_BY = {"category": ("category_url", "category"), "status": ("status",), "power": ("power",), "kind": ("kind",)}
STATUSES = "Pending|Active|Suspended|Terminated|Cancelled|Fraud"
CYCLES = "Free|One Time|Hourly|Daily|Weekly|Monthly|Quarterly|Semi-Annually|Annually|Biennially|Triennially"
#: What a field must look like to count as checked; all other text is the portal's and stays untrusted.
CHECKED = {
    **{name: re.compile(r"[\w.:-]+", re.A) for name in ("kind", "service_id", "vm_id", "power", "ipv4", "ipv6")},
    "status": re.compile(STATUSES),
    "billing_cycle": re.compile(CYCLES),
    "next_due": re.compile(r"[\d: -]+", re.A),
    "total": re.compile(r"-?[\d.]+", re.A),
}
PRIVATE = [ipaddress.ip_network(net) for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")]
UNREACHABLE = [
    ipaddress.ip_network(net) for net in ("127.0.0.0/8", "169.254.0.0/16", "::1/128", "fe80::/10", "fc00::/7")
]
#: A label must neither become a group of Ansible's nor take the controller's own name.
RESERVED_NAMES = ("all", "ungrouped", *constants.LOCALHOST)
#: Portal text is never a path, and Ansible looks for host_vars by the name of a host.
UNSAFE_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\]+")


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    NAME = "sindad.cloud.sindad"

    def verify_file(self, path):
        return super().verify_file(path) and path.endswith(("sindad.yml", "sindad.yaml"))

    def parse(self, inventory, loader, path, cache=True):
        super().parse(inventory, loader, path, cache)
        if REQUESTS_ERROR:
            raise AnsibleParserError(missing_required_lib("requests")) from REQUESTS_ERROR
        self._in_file = self._read_config_data(path)
        self._skipped = False
        try:
            hosts = self._cached(path, cache) if self.get_option("cache") else self._fetched()
        except SindadError as failure:
            raise AnsibleParserError(f"The inventory of {path} is incomplete and not used. {failure}") from None
        self._populate(hosts)

    # -- fetching ----------------------------------------------------------------------------------------------------

    def _connection_options(self):
        """The connection options, the file's templates resolved, checked as a module would check them."""
        self.templar.available_variables = self._vars
        given = {name: self.get_option(name) for name in CONNECTION}
        # A variable of the environment is no template in any ansible-core; what is empty is not set (AWX sets all).
        for name in self._in_file.keys() & given.keys():
            given[name] = self.templar.template(given[name])
        spec = {name: {**definition, "fallback": (None,)} for name, definition in CONNECTION.items()}
        checked = ArgumentSpecValidator(spec).validate(
            {name: value for name, value in given.items() if value not in (None, "")}
        )
        if checked.error_messages:
            raise AnsibleParserError("; ".join(checked.error_messages))
        return {name: checked.validated_parameters[name] for name in CONNECTION}

    def _wanted(self):
        if self.get_option("workers") < 1:
            raise AnsibleParserError(f"workers must be 1 or more, not {self.get_option('workers')}.")
        names = ("statuses", "categories", "services", "details", "workers")
        skip = self._skip if self.get_option("on_error") == "skip" else None
        return FetchOptions(**{name: self.get_option(name) for name in names}, skip=skip)

    def _skip(self, service, failure):
        self._skipped = True
        self.display.warning(f"Service {service['id']} ({service['domain']}) is left out of the inventory: {failure}")

    def _client(self, connection):
        client = Client(**connection)
        if self.display.verbosity >= TELL_REQUESTS:
            client.on_exchange = lambda exchange: self.display.vvv(str(exchange))
            client.with_shapes = self.display.verbosity >= TELL_SHAPES
        return client

    def _fetched(self):
        return fetch(self._client(self._connection_options()), self._wanted())

    def _cached(self, path, may_read):
        """The hosts from the cache, or fetched and put there. One text, as Ansible's cache reads structures slowly."""
        if self.get_option("include_passwords"):
            self.display.warning(
                "Passwords are never cached: with include_passwords the inventory is fetched every time."
            )
            return self._fetched()
        connection = self._connection_options()
        key = self._cache_key(path, connection)
        if may_read:
            # Nothing there, too old, damaged, or not ours: fetch.
            with contextlib.suppress(AnsibleError, KeyError, TypeError, ValueError):
                entry = self._cache[key]
                if entry["digest"] == _digest(entry["hosts"]):
                    return json.loads(entry["hosts"])
        hosts = [{name: host[name] for name in FIELDS} for host in fetch(self._client(connection), self._wanted())]
        if not self._skipped:
            text = json.dumps(hosts)
            self._cache[key] = {"hosts": text, "digest": _digest(text)}
        return hosts

    def _cache_key(self, path, connection):
        """One key for an endpoint, an account and what is fetched. A password is no part of it: it could be guessed."""
        fetched = ("statuses", "categories", "services", "details", "on_error")
        account = connection["token"] or connection["username"]
        parts = [CACHE_SCHEMA, connection["api_url"], account, [self.get_option(name) for name in fetched]]
        return f"{self.get_cache_key(path)}_{_digest(json.dumps(parts))[:24]}"

    # -- hosts -------------------------------------------------------------------------------------------------------

    def _populate(self, hosts):
        """Add all hosts: names first, so that nothing is added if one of them cannot be."""
        self.templar = RememberingTemplar(self.templar)
        strict = self.get_option("strict")
        members = {"sindad": []}
        kept = []
        for host in hosts:
            variables = self._variables(host)
            if self._passes(variables):
                groups = list(self._groups(host))
                kept.append((host, variables, groups))
                for group in groups:
                    members.setdefault(group, [])
        taken = {}
        for host, variables, groups in kept:
            name = self._unique(self._name(host, variables), host, taken, members)
            taken[name] = variables
            for group in groups:
                members[group].append(name)
        self._add(taken, members)
        options = {name: self.get_option(name) for name in ("compose", "groups", "keyed_groups")}
        if not any(options.values()):
            return
        for name, variables in taken.items():
            self._set_composite_vars(options["compose"], variables, name, strict=strict)
            self._add_host_to_composed_groups(options["groups"], variables, name, strict=strict)
            self._add_host_to_keyed_groups(options["keyed_groups"], variables, name, strict=strict)

    def _add(self, hosts, members):
        """Add hosts and groups in bulk: set_variable for each variable would double the time."""
        for name, variables in hosts.items():
            self.inventory.add_host(name)
            self.inventory.hosts[name].vars.update(variables)
        for group, names in members.items():
            added = self.inventory.groups[self.inventory.add_group(group)]
            for name in names[:-1]:
                added.add_host(self.inventory.hosts[name])
            for name in names[-1:]:
                self.inventory.add_child(added.name, name)  # this one tells InventoryData that the group has changed

    def _variables(self, host):
        prefix = self.get_option("vars_prefix")
        variables = {f"{prefix}{name}": _shown(name, host[name]) for name in self._fields()}
        address = self._address(host)
        if address:
            variables["ansible_host"] = mark_trusted(address)
        return variables

    def _fields(self):
        return FIELDS + SECRET_FIELDS if self.get_option("include_passwords") else FIELDS

    def _address(self, host):
        """What to connect to, as O(connect_with) prefers, or None."""
        for preferred in self.get_option("connect_with"):
            if preferred == "hostname":
                names = [host["hostname"], None if host["kind"] == "vm" else host["domain"]]
                found = [name for name in names if name and is_host_name(name)]
            else:
                scope, version = preferred.split("_")
                found = [each for each in host[version] if _scope(each) == scope]
            if found:
                return found[0]
        return None

    def _groups(self, host):
        yield "sindad"
        for group, fields in GROUPED_BY.items():
            value = next((host[name] for name in fields if host[name]), None)
            if value:
                yield re.sub(r"\W", "_", self.get_option("group_prefix") + f"{group}_{value}".lower())

    # -- names and filters -------------------------------------------------------------------------------------------

    def _passes(self, variables):
        for entry in self.get_option("filters"):
            if len(entry) != 1 or not {"include", "exclude"}.intersection(entry):
                raise AnsibleParserError(
                    f"An entry of filters is either include: or exclude: with a condition, not {entry}."
                )
            ((verdict, condition),) = entry.items()
            self.templar.available_variables = self._visible(variables)
            try:
                if self.templar.holds(condition):
                    return verdict == "include"
            except Exception as error:
                if self.get_option("strict"):
                    raise AnsibleParserError(f"The filter '{condition}' failed: {error}") from error
        return True

    def _name(self, host, variables):
        """The first of O(hostnames) that gives a name, without what a path or a pattern would trip over."""
        identity = host["vm_id"] or host["service_id"]
        for preferred in self.get_option("hostnames"):
            if preferred == "id":
                name = identity
            elif preferred in self._fields():
                name = host[preferred]
            elif preferred in variables or preferred == "ansible_host":
                name = variables.get(preferred)
            elif preferred.isidentifier():
                raise AnsibleParserError(
                    f"hostnames: there is no field {preferred}. There is: id, {', '.join(FIELDS)}."
                )
            else:
                name = self._evaluated(preferred, variables)
            if isinstance(name, list):
                name = name[0] if name else None
            name = "" if name is None else UNSAFE_IN_NAMES.sub("_", str(name).strip())
            if name.strip("."):
                return name
        return identity

    def _evaluated(self, text, variables):
        self.templar.available_variables = self._visible(variables)
        try:
            if "{{" in text or "{%" in text:
                return self.templar.template(text)
            return self._compose(text, variables)
        except Exception as error:
            if self.get_option("strict"):
                raise AnsibleParserError(f"hostnames: '{text}' failed: {error}") from error
            return None

    def _visible(self, variables):
        return {**variables, **self._vars} if self.get_option("use_extra_vars") else variables

    def _unique(self, name, host, taken, groups):
        """*name*, with the host's id appended if another host has it, or if it means something else to Ansible."""
        name = mark_unsafe(name)
        reserved = name in groups or name in RESERVED_NAMES
        if name not in taken and not reserved:
            return name
        identity = host["vm_id"] or host["service_id"]
        unique = f"{name}_{identity}"
        while unique in taken:
            unique += "_"
        why = f"{name} is no name for a host" if reserved else f"Two hosts are named {name}"
        self.display.warning(f"{why}: the one with the id {identity} is called {unique}.")
        return mark_unsafe(unique)


def _digest(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _shown(name, value):
    """The value of a hostvar: what was checked as a plain string, what is free text as no template."""
    texts = value if isinstance(value, list) else [value]
    checked = name in CHECKED and all(isinstance(text, str) and CHECKED[name].fullmatch(text) for text in texts)
    return mark_trusted(value) if checked else mark_unsafe(value)


def _scope(address):
    """C(public), C(private), or None for an address that is of no use from elsewhere."""
    each = ipaddress.ip_address(address)
    if any(each in net for net in PRIVATE if net.version == each.version):
        return "private"
    return None if any(each in net for net in UNREACHABLE if net.version == each.version) else "public"
