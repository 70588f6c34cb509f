# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: sindad
short_description: Services and virtual machines of an account as inventory hosts
version_added: 1.0.0
author:
  - The sindad.cloud contributors (@sindad-cloud)
description:
  - Creates hosts from the services of an account at a hosting portal. A service that offers virtual machines becomes
    one host per virtual machine, any other service becomes one host.
  - Hosts are grouped without any configuration, by category (C(sindad_category_dedicated_servers)), status
    (C(sindad_status_active)), power (C(sindad_power_on)), kind (C(sindad_kind_vm), C(sindad_kind_server),
    C(sindad_kind_service)) and tag (C(sindad_tag_prod)). All hosts are in the group C(sindad). Group names are in lower
    case, and all characters other than letters, digits and C(_) are replaced by C(_).
  - Every host has the variables C(sindad_id), C(sindad_kind), C(sindad_service_id), C(sindad_vm_id), C(sindad_label),
    C(sindad_service_label), C(sindad_tags), C(sindad_hostname), C(sindad_domain), C(sindad_product),
    C(sindad_category), C(sindad_category_url), C(sindad_status), C(sindad_power), C(sindad_state),
    C(sindad_billing_cycle), C(sindad_next_due), C(sindad_total), C(sindad_monthly), C(sindad_currency),
    C(sindad_memory) (MB), C(sindad_cpu), C(sindad_disk) (GB), C(sindad_template), C(sindad_ipv4), C(sindad_ipv6) and
    C(sindad_api_url), the portal that its ids belong to.
    Values that the portal does not report are V(null). C(ansible_host) is set if there is an address or host name to
    connect to.
  - C(sindad_id) is unique in the account and stays when a host is renamed, for example C(vm-301-18867) (service and VM)
    or C(service-301).
  - C(sindad_tags) are the words of a label that begin with C(#), without it. A VM has those of its service's label and
    of its own. The label of a service is only read if O(details) contains V(labels).
  - C(sindad_total) is the price of the service, so it is the same on every VM of a service. C(sindad_monthly) is the
    price of the service per month, divided by its number of hosts, so that the sum over all hosts is the price of the
    account. It is V(null) if the price or the billing cycle cannot be read.
  - The power state of dedicated servers is only read if O(details) contains V(server). Without it, they are in none of
    the groups by power.
  - Characters in host names that Ansible or AWX interpret are replaced by C(_), among them blanks, C(:) (except in an
    IPv6 address), C(/), brackets, braces, C(,), C(*), C(%) and a leading C(-). A host name has at most 200 bytes. Tags
    are not a part of it, so that a host keeps its name when it is tagged. The variables contain the unchanged text.
  - If two hosts have the same name, also in two sources of this plugin, both are included. The later one gets its ID
    appended, and a warning names it. A host of another inventory with that name is the same host.
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
      - Only include services with one of these statuses. Compared case-insensitively. A word that is neither a status
        of portals (V(Pending), V(Active), V(Suspended), V(Terminated), V(Cancelled), V(Fraud)) nor one of a service of
        the account is an error. An empty list includes all services.
    type: list
    elements: str
    default: [Active]
  categories:
    description:
      - Only include services of these categories, specified by name or by the name used in URLs. Compared
        case-insensitively. A category that no service of the account has is an error. An empty list includes all
        services.
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
  allow_empty:
    description:
      - Whether an inventory without hosts is fine although the account has services. If V(false), it is an error that
        O(statuses), O(categories), O(services) and O(filters) together leave none of them, as a misspelt word in them
        would.
      - An account without services is an empty inventory in any case.
    type: bool
    default: false
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
      - V(labels) requests the label of each service, with one request per service. It becomes C(sindad_service_label)
        on all hosts of the service, and C(sindad_label) on a host that is not a VM. Without it, O(hostnames) cannot use
        the label of a server or service, and tags of services are not known.
    type: list
    elements: str
    choices: [vms, vm_details, ips, server, labels]
    default: [vms, ips]
  hostnames:
    description:
      - Sources of the host name in order of preference. The first with a value is used.
      - A single word is a variable without its prefix, such as V(label). V(id) is the ID of the VM or, for hosts that
        are no VM, of the service; V(sindad_id) is the unique one.
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
    description:
      - Prefix of the names of the variables. Any other than the default is told to modules in C(sindad_vars_prefix).
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
# Minimal example. The credentials are taken from SINDAD_USERNAME and SINDAD_PASSWORD, or from SINDAD_TOKEN, and those
# are of my.sindad.com unless SINDAD_API_URL names another portal.
plugin: sindad.cloud.sindad

---
# Use another portal, and exclude machines that are off. A source with an api_url of its own gives the whole login:
# SINDAD_USERNAME and SINDAD_PASSWORD belong to the portal of SINDAD_API_URL and are not used here. If one of these
# variables is not set, the source fails.
plugin: sindad.cloud.sindad
api_url: https://my.royaserver.com/api
username: "{{ lookup('ansible.builtin.env', 'ROYASERVER_USERNAME') }}"
password: "{{ lookup('ansible.builtin.env', 'ROYASERVER_PASSWORD') }}"
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

---
# Read the labels of services, name servers after them, and use only what is tagged with #prod
plugin: sindad.cloud.sindad
details: [vms, ips, labels]
filters:
  - include: "'prod' in sindad_tags"
  - exclude: true
"""

import contextlib
import hashlib
import itertools
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ansible import constants
from ansible.errors import AnsibleError, AnsibleParserError
from ansible.module_utils.basic import missing_required_lib
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    CONNECTION,
    TELL_REQUESTS,
    TELL_SHAPES,
    client_options,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput, LookupFailed, SindadError
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client, Exchange
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.options import (
    canonical_url,
    checked_url,
    is_same_portal,
    refuse_empty,
    with_environment,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.session import REQUESTS_ERROR
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.labels import name_of
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.text import printable
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import CYCLES, SERVICE_STATUSES
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.dialect_file import read_dialect
from ansible_collections.sindad.cloud.plugins.plugin_utils._addresses import is_remote_name, means_controller, scope
from ansible_collections.sindad.cloud.plugins.plugin_utils._choice import ALLOW_EMPTY
from ansible_collections.sindad.cloud.plugins.plugin_utils._hosts import (
    FIELDS,
    SECRET_FIELDS,
    FetchOptions,
    Host,
    Record,
    fetch,
)
from ansible_collections.sindad.cloud.plugins.plugin_utils._naming import group_name, host_name, with_suffix
from ansible_collections.sindad.cloud.plugins.plugin_utils._source import unknown_options
from ansible_collections.sindad.cloud.plugins.plugin_utils._target import DEFAULT_PREFIX, PREFIX_VARIABLE
from ansible_collections.sindad.cloud.plugins.plugin_utils._templating import (
    RememberingTemplar,
    mark_trusted,
    mark_unsafe,
)

#: What ``omit`` stands for in the templates of a source.
OMITTED = "__sindad_omit__"
SUFFIXES = ("sindad.yml", "sindad.yaml")
#: Part of the cache key: a cache that another version wrote in another shape is not read.
CACHE_SCHEMA = 2
#: The options that change what is fetched, besides the connection.
FETCH_OPTIONS = ("statuses", "categories", "services", "details", "allow_empty")
GROUPED_BY = {"category": ("category_url", "category"), "status": ("status",), "power": ("power",), "kind": ("kind",)}
#: What a field must look like to count as checked; all other text is the portal's and stays untrusted.
CHECKED = {
    **{name: re.compile(r"[\w.:-]+", re.A) for name in ("id", "kind", "service_id", "vm_id", "power", "ipv4", "ipv6")},
    "status": re.compile("|".join(SERVICE_STATUSES)),
    "billing_cycle": re.compile("|".join(cycle.word for cycle in CYCLES)),
    "next_due": re.compile(r"[\d: -]+", re.A),
    **{name: re.compile(r"-?[\d.]+", re.A) for name in ("total", "monthly")},
    "currency": re.compile(r"[A-Z]{3}"),
}
#: A label must neither become a group of Ansible's nor take the controller's own name.
RESERVED_NAMES = ("all", "ungrouped", *constants.LOCALHOST)

Variables = dict[str, Any]
#: Hosts by group.
Members = dict[str, list[str]]


@dataclass
class Kept:
    """A host that the filters let through, before it has a name."""

    host: Host
    variables: Variables
    groups: list[str]

    @property
    def identity(self) -> str:
        """Its id at the portal: of the VM, else of the service; as it may stand in a name."""
        return host_name(self.host["vm_id"] or self.host["service_id"]) or "_"


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    NAME = "sindad.cloud.sindad"
    templar: Any

    def verify_file(self, path: str) -> bool:
        if not super().verify_file(path):
            return False
        if not path.endswith(SUFFIXES) and _names_this_plugin(path):
            raise AnsibleParserError(
                f"{path}: the name of a source of {self.NAME} must end in {' or '.join(SUFFIXES)}, such as "
                f"{os.path.splitext(os.path.basename(path))[0]}.sindad.yml."
            )
        return bool(path.endswith(SUFFIXES))

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        if REQUESTS_ERROR:
            raise AnsibleParserError(missing_required_lib("requests")) from REQUESTS_ERROR
        try:
            self._in_file: Mapping[str, Any] = self._read_config_data(path)
        except AnsibleError as error:
            if "details" in str(error) and "tags" in str(error):
                raise AnsibleParserError(f"{path}: details: tags are read from labels, set labels instead.") from error
            raise
        unknown = unknown_options(self._in_file, self.option_definitions)
        if unknown:
            raise AnsibleParserError(f"{path}: {' '.join(unknown)}")
        self._skipped = False
        try:
            hosts = self._cached(path, cache) if self.get_option("cache") else self._fetched()
        except (InvalidInput, LookupFailed) as failure:
            raise AnsibleParserError(printable(f"{path}: {failure}")) from None
        except SindadError as failure:
            message = f"The inventory of {path} is incomplete and not used. {failure}"
            raise AnsibleParserError(printable(message)) from None
        self._populate(hosts)

    def _warn(self, text: str) -> None:
        self.display.warning(printable(text))

    # -- fetching ----------------------------------------------------------------------------------------------------

    def _connection_options(self) -> dict[str, Any]:
        """The connection options, the file's templates resolved, checked as a module would check them."""
        self.templar.available_variables = {**self._vars, "omit": OMITTED}
        # Only what stands in the file may be a template, and no variable of the environment. (For what is null in the
        # file, get_option gives the environment's.)
        set_here = [name for name in CONNECTION if self._in_file.get(name) is not None]
        given = {name: self._in_file[name] for name in CONNECTION if name in self._in_file}
        given.update({name: self.templar.template(self.get_option(name)) for name in set_here})
        given = {name: value for name, value in given.items() if value != OMITTED}
        refuse_empty(given)
        checked = ArgumentSpecValidator(CONNECTION).validate(with_environment(given, os.environ))
        if checked.error_messages:
            raise AnsibleParserError("; ".join(checked.error_messages))
        connection = client_options(checked.validated_parameters)
        self._api_url = checked_url(connection["api_url"])
        self._account = (canonical_url(self._api_url), _digest(connection["token"] or connection["username"] or ""))
        if connection["dialect"]:
            connection["dialect"] = read_dialect(connection["dialect"])
        return connection

    def _wanted(self) -> FetchOptions:
        if self.get_option("workers") < 1:
            raise AnsibleParserError(f"workers must be 1 or more, not {self.get_option('workers')}.")
        skip = self._skip if self.get_option("on_error") == "skip" else None
        return FetchOptions(**{name: self.get_option(name) for name in (*FETCH_OPTIONS, "workers")}, skip=skip)

    def _skip(self, service: Record, failure: SindadError) -> None:
        self._skipped = True
        self._warn(f"Service {service['id']} ({service['domain']}) is left out of the inventory: {failure}")

    def _client(self, connection: Mapping[str, Any]) -> Client:
        client = Client(**connection)
        if self.display.verbosity >= TELL_REQUESTS:
            client.on_exchange = self._tell
            client.with_shapes = self.display.verbosity >= TELL_SHAPES
        return client

    def _tell(self, exchange: Exchange) -> None:
        self.display.vvv(printable(exchange))

    def _fetched(self) -> list[Host]:
        return fetch(self._client(self._connection_options()), self._wanted())

    def _cached(self, path: str, may_read: bool) -> list[Host]:
        """The hosts from the cache, or fetched and put there. One text, as Ansible's cache reads structures slowly."""
        if self.get_option("include_passwords"):
            self._warn("Passwords are never cached: with include_passwords the inventory is fetched every time.")
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

    def _cache_key(self, path: str, connection: Mapping[str, Any]) -> str:
        """One key for an endpoint, an account and what is fetched. A password is no part of it: it could be guessed."""
        account = connection["token"] or connection["username"]
        fetched = [self.get_option(name) for name in (*FETCH_OPTIONS, "on_error")]
        parts = [CACHE_SCHEMA, connection["api_url"], account, fetched, connection.get("dialect")]
        return f"{self.get_cache_key(path)}_{_digest(json.dumps(parts))[:24]}"

    # -- hosts -------------------------------------------------------------------------------------------------------

    def _populate(self, hosts: list[Host]) -> None:
        """Add all hosts: names first, so that nothing is added if one of them cannot be."""
        self.templar = RememberingTemplar(self.templar)
        kept = self._kept(hosts)
        if hosts and not kept and not self.get_option("allow_empty"):
            raise AnsibleParserError(f"The filters leave none of {len(hosts)} hosts. {ALLOW_EMPTY}")
        members: Members = {"sindad": [], **{group: [] for each in kept for group in each.groups}}
        named: dict[str, Variables] = {}
        origins: dict[str, tuple[str, ...]] = {}
        for each in kept:
            name = self._unique(self._name(each), each, named, members)
            named[name] = each.variables
            origins[name] = (*self._account, each.host["id"])
            for group in each.groups:
                members[group].append(name)
        self._add(named, members)
        self._hosts_of_accounts().update(origins)
        self._construct(named)
        self._warn_of_power(hosts)

    def _kept(self, hosts: Iterable[Host]) -> list[Kept]:
        """The hosts that pass the filters, with their variables and groups."""
        all_of_them = ((host, self._variables(host)) for host in hosts)
        return [Kept(host, each, list(self._groups(host))) for host, each in all_of_them if self._passes(each)]

    def _add(self, hosts: Mapping[str, Variables], members: Members) -> None:
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

    def _construct(self, hosts: Mapping[str, Variables]) -> None:
        """The variables and groups of the user."""
        strict = self.get_option("strict")
        options = {name: self.get_option(name) for name in ("compose", "groups", "keyed_groups")}
        for name, variables in hosts.items() if any(options.values()) else ():
            self._set_composite_vars(options["compose"], variables, name, strict=strict)
            self._add_host_to_composed_groups(options["groups"], variables, name, strict=strict)
            self._add_host_to_keyed_groups(options["keyed_groups"], variables, name, strict=strict)

    def _warn_of_power(self, hosts: Iterable[Host]) -> None:
        """Groups by power that lack all servers are easily taken for complete."""
        name = f"{self.get_option('vars_prefix')}power"
        expressions = str([self.get_option("groups"), self.get_option("keyed_groups")])
        if "server" in self.get_option("details") or not re.search(rf"\b{re.escape(name)}\b", expressions):
            return
        if any(host["kind"] == "server" for host in hosts):
            self._warn(f"Groups are made by {name}, which is null for dedicated servers unless details has server.")

    def _variables(self, host: Host) -> Variables:
        prefix = self.get_option("vars_prefix")
        variables = {f"{prefix}{name}": _shown(name, host[name]) for name in self._fields()}
        variables[f"{prefix}api_url"] = mark_trusted(self._api_url)
        if prefix != DEFAULT_PREFIX:
            variables[PREFIX_VARIABLE] = prefix
        address = self._address(host)
        if address:
            variables["ansible_host"] = mark_trusted(address)
        return variables

    def _fields(self) -> tuple[str, ...]:
        return FIELDS + SECRET_FIELDS if self.get_option("include_passwords") else FIELDS

    def _address(self, host: Host) -> str | None:
        """What to connect to, as O(connect_with) prefers, or None."""
        for preferred in self.get_option("connect_with"):
            if preferred == "hostname":
                names = [host["hostname"], None if host["kind"] == "vm" else host["domain"]]
                found = [name for name in names if name and is_remote_name(name)]
            else:
                wanted, version = preferred.split("_")
                found = [each for each in host[version] if scope(each) == wanted]
            if found:
                return found[0]
        return None

    def _groups(self, host: Host) -> Iterator[str]:
        prefix = self.get_option("group_prefix")
        yield "sindad"
        for group, fields in GROUPED_BY.items():
            value = next((host[name] for name in fields if host[name]), None)
            if value:
                yield group_name(f"{prefix}{group}_{value}")
        yield from dict.fromkeys(group_name(f"{prefix}tag_{tag}") for tag in host["tags"])

    # -- names and filters -------------------------------------------------------------------------------------------

    def _passes(self, variables: Variables) -> bool:
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

    def _name(self, kept: Kept) -> str:
        """The first of O(hostnames) that gives a name, without what a path or a pattern would trip over."""
        for preferred in self.get_option("hostnames"):
            value = kept.identity if preferred == "id" else self._named_by(preferred, kept)
            if isinstance(value, list):
                value = value[0] if value else None
            name = None if value is None else host_name(name_of(str(value)))
            if name:
                return name
        return kept.identity

    def _named_by(self, preferred: str, kept: Kept) -> Any:
        """The value of a field, of a variable, or of a template or an expression."""
        if preferred in self._fields():
            return kept.host[preferred]
        if preferred in kept.variables or preferred == "ansible_host":
            return kept.variables.get(preferred)
        if preferred.isidentifier():
            raise AnsibleParserError(f"hostnames: there is no field {preferred}. There is: {', '.join(FIELDS)}.")
        variables = {**kept.variables, **self._names_in_labels(kept.host)}
        self.templar.available_variables = self._visible(variables)
        try:
            if "{{" in preferred or "{%" in preferred:
                return self.templar.template(preferred)
            return self._compose(preferred, variables)
        except Exception as error:
            if self.get_option("strict"):
                raise AnsibleParserError(f"hostnames: '{preferred}' failed: {error}") from error
            return None

    def _names_in_labels(self, host: Host) -> Variables:
        """The variables of labels without tags, which are not a part of a name."""
        labels = {name: host[name] for name in ("label", "service_label") if host[name]}
        prefix = self.get_option("vars_prefix")
        return {f"{prefix}{name}": _shown(name, name_of(label)) for name, label in labels.items()}

    def _visible(self, variables: Variables) -> Variables:
        return {**variables, **self._vars} if self.get_option("use_extra_vars") else variables

    def _unique(self, name: str, kept: Kept, taken: Mapping[str, Variables], groups: Members) -> str:
        """Return *name*, with the host's id appended if it is another host's, or means something else to Ansible.

        Where the id is taken too, as by a host of another account, the address of the portal follows.
        """
        reserved = name in groups or name in RESERVED_NAMES or means_controller(name)

        def is_free(name: str) -> bool:
            return name not in taken and not self._is_of_another_account(name, kept)

        if not reserved and is_free(name):
            return name
        place = f"_{kept.identity}_{host_name(urlsplit(self._api_url).netloc)}"
        suffixes = itertools.chain((f"_{kept.identity}", place), (f"{place}_{number}" for number in itertools.count(2)))
        unique = next(full for full in (with_suffix(name, suffix) for suffix in suffixes) if is_free(full))
        why = f"{name} is not a name for a host" if reserved else f"Two hosts are named {name}"
        self._warn(f"{why}: the one with the id {kept.identity} is called {unique}.")
        return unique

    def _is_of_another_account(self, name: str, kept: Kept) -> bool:
        """Whether a host of this name came from another source, and is not the same object of the same account.

        A host whose variables name no such object is one of the user's, and is merged.
        """
        origin = self._hosts_of_accounts().get(name)
        if origin:
            return origin != (*self._account, kept.host["id"])
        host = self.inventory.hosts.get(name)
        if host is None:
            return False
        prefix = host.vars.get(PREFIX_VARIABLE, DEFAULT_PREFIX)
        identity, portal = (host.vars.get(f"{prefix}{field}") for field in ("id", "api_url"))
        return identity is not None and (identity != kept.host["id"] or not is_same_portal(portal, self._api_url))

    def _hosts_of_accounts(self) -> dict[str, tuple[str, ...]]:
        """Portal, account and id of each host that a source of this plugin has added to the present inventory."""
        found: dict[str, tuple[str, ...]] = self.inventory.__dict__.setdefault("sindad_origins", {})
        return found


def _names_this_plugin(path: str) -> bool:
    """Whether the file at *path* is meant for this plugin."""
    with contextlib.suppress(OSError, ValueError), open(path, encoding="utf-8") as file:
        return bool(re.search(r"^plugin: *['\"]?sindad\.cloud\.sindad\b", file.read(65536), re.M))
    return False


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _shown(name: str, value: Any) -> Any:
    """The value of a hostvar: what was checked as a plain string, what is free text as no template."""
    texts = value if isinstance(value, list) else [value]
    checked = name in CHECKED and all(isinstance(text, str) and CHECKED[name].fullmatch(text) for text in texts)
    return mark_trusted(value) if checked else mark_unsafe(value)
