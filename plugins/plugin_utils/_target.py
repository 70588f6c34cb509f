# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task on an inventory host is about: the service, and the VM, that the variables of the host name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.options import is_same_portal
from ansible_collections.sindad.cloud.plugins.module_utils._service.api import is_whole_account

#: The prefix of the inventory's variables; the variable that tells of another one.
DEFAULT_PREFIX, PREFIX_VARIABLE = "sindad_", "sindad_vars_prefix"
#: Options with which a task says itself what it is about; label, too, where a module has vmid.
NAMING = frozenset({"service", "category", "status", "vms"})
#: Cost money or destroy data of everything on a service, so one of its VMs does not stand for the service.
ON_WHOLE_SERVICE = frozenset({"service_cancellation", "service_upgrade"})


@dataclass(frozen=True)
class HostObject:
    """What a host is at a portal.

    :ivar host: its name in the inventory. :ivar api_url: the portal that the inventory read it from, if it tells.
    """

    host: str
    prefix: str
    service: str
    vmid: str | None
    api_url: str | None = None

    @property
    def described(self) -> str:
        return f"VM {self.vmid} of service {self.service}" if self.vmid else f"service {self.service}"

    def is_same(self, other: HostObject) -> bool:
        return (self.service, self.vmid) == (other.service, other.vmid)

    def options(self, module: str, spec: Mapping[str, Any]) -> dict[str, str]:
        """The options that make *module* act on this object.

        :param spec: the arguments of AnsibleModule for the module.
        :raises InvalidInput: if the module is not for such an object.
        """
        if self.vmid and module in ON_WHOLE_SERVICE:
            raise InvalidInput(
                f"{self.host} is {self.described}, but {module} acts on the service with all of its VMs. "
                f"If this is intended, set service: '{self.service}'."
            )
        if "vmid" not in spec["argument_spec"]:
            return {"service": self.service}
        if self.vmid:
            return {"service": self.service, "vmid": self.vmid}
        if ("label", "vmid") in spec.get("required_one_of", ()):
            raise InvalidInput(
                f"{self.host} is {self.described} and not a VM: its variable {self.prefix}vm_id is not set. "
                "Run the task on hosts of the group sindad_kind_vm, or set service, and label or vmid."
            )
        return {"service": self.service}


def names_object(spec: Mapping[str, Any], args: Mapping[str, Any]) -> bool:
    """Whether *args* say what a task is about, or the module needs no service."""
    options = spec["argument_spec"]
    naming = NAMING | {"label", "vmid"} if "vmid" in options else NAMING
    return "service" not in options or (bool(naming & args.keys()) and not asks_for_all(spec, args))


def asks_for_all(spec: Mapping[str, Any], args: Mapping[str, Any]) -> bool:
    """Whether a task asks for the whole account, which is to be had from the controller, too."""
    return not spec["argument_spec"].get("service", {}).get("required", False) and is_whole_account(args.get("service"))


def ensure_service_named(target: HostObject, spec: Mapping[str, Any], args: Mapping[str, Any]) -> None:
    """Refuse a task on the host of *target* that names a VM, but not the service that it is on.

    :raises InvalidInput: saying that the host names both.
    """
    named = sorted({"label", "vmid"} & args.keys() & spec["argument_spec"].keys())
    if named and spec["argument_spec"]["service"].get("required") and "service" not in args:
        raise InvalidInput(
            f"missing required arguments: service. {target.host} is {target.described}: leave {' and '.join(named)} "
            "out, and the task is about it. For another VM, set service, too."
        )


def object_of(host: str, variable: Callable[[str], Any]) -> HostObject | None:
    """What *host* is at a portal; None if its variables do not tell.

    :param variable: gives the value of a variable, or None.
    """
    given = variable(PREFIX_VARIABLE)
    prefix = DEFAULT_PREFIX if given is None else str(given)
    service, vmid, api_url = (_text(variable(f"{prefix}{name}")) for name in ("service_id", "vm_id", "api_url"))
    return HostObject(host, prefix, service, vmid, api_url) if service else None


def _text(value: Any) -> str | None:
    return str(value).strip() or None if value is not None else None


def require_portal(target: HostObject, api_url: str | None) -> None:
    """Refuse to look for the ids of one portal at another one, where they belong to something else.

    :param api_url: the portal that the task would ask.
    """
    if target.api_url and not is_same_portal(target.api_url, api_url):
        raise InvalidInput(
            f"{target.host} is {target.described} at {target.api_url}, but api_url of the task is {api_url}. Set "
            "api_url and the credentials for the portal of this host, in the task, in module_defaults or in the "
            "environment (SINDAD_API_URL)."
        )
