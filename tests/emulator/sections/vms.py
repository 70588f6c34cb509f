# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual servers."""

from __future__ import annotations

import secrets
from typing import Any

from .. import lifecycle, wordings
from ..answers import Refused, json_answer, refuse
from ..call import Call
from ..families import no_vm, template_list, vm_details, vm_list
from ..lifecycle import Seen, seen, visible
from ..params import amount, hostname, text
from ..routing import endpoint
from ..state import Service, Template, Vm

DONE: dict[str, Any] = {"status": True}


@endpoint("GET", "/service/@id/vms")
def vms(call: Call) -> dict[str, Any]:
    """Each look brings a VM that is listed late nearer."""
    looks = visible(call.service, call.now)
    for one in call.service.vms.values():
        one.looks = max(0, one.looks - 1)
    return vm_list(call.service, looks, call.options)


@endpoint("GET", "/service/@id/vms/@vmid")
def vm(call: Call) -> dict[str, Any]:
    found, look = _find(call)
    return vm_details(call.service, found, look, call.options)


@endpoint("POST", "/service/@id/vms")
def create(call: Call) -> dict[str, Any]:
    """Labels need not be unique; nobody is told the new id."""
    service, body = call.service, call.body
    label = text(body, "label").strip()
    template = _template(service, text(body, "template"))
    wanted = {name: amount(body, name) or 0 for name in ("memory", "cpu", "disk")}
    if service.product.family == "B":
        hostname(body, "label", dotted=False)
    if not template:
        refuse("invalid_template")
    _check_limits(call, wanted, None)
    label = wordings.label(label, call.options.label_changes)
    number = _new_id(call)
    call.made = str(number)
    machine = Vm(
        number,
        label,
        label,
        template,
        wanted["memory"],
        wanted["cpu"],
        wanted["disk"],
        password=secrets.token_urlsafe(9),
        ipv4=[f"203.0.113.{100 + number % 150}"],
        ipv6=[f"2001:db8:9::{number - 90000:x}"],
    )
    lifecycle.create(call.account, call.options, service, machine)
    return DONE


def _new_id(call: Call) -> int:
    """The next number, or the id of the VM that was destroyed last."""
    if call.options.reuse_ids and call.service.freed:
        return call.service.freed.pop()
    return call.account.number("vm", 90001)


@endpoint("DELETE", "/service/@id/vms/@vmid")
def destroy(call: Call) -> dict[str, Any]:
    found = _idle(call)
    lifecycle.destroy(call.account, call.options, call.service, found)
    return DONE


@endpoint("PUT", "/service/@id/vms/@vmid")
def resize(call: Call) -> dict[str, Any]:
    found = _idle(call)
    both = call.options.resize_needs_both
    memory = amount(call.body, "memory", required=both) or found.memory
    cpu = amount(call.body, "cpu", required=both) or found.cpu
    _check_limits(call, {"memory": memory, "cpu": cpu, "disk": found.disk}, found)
    lifecycle.resize(call.account, call.options, found, memory, cpu)
    return DONE


@endpoint("POST", "/service/@id/vms/@vmid/start")
def start(call: Call) -> dict[str, Any]:
    found = _idle(call)
    if found.power == "on":
        return call.nothing({"status": True, "error": ["VM is already running"]})
    lifecycle.power(call.account, call.options, found, "start", "on")
    return DONE


@endpoint("POST", "/service/@id/vms/@vmid/stop")
def stop(call: Call) -> dict[str, Any]:
    found = _idle(call)
    if found.power == "off":
        return call.nothing({"status": True, "error": ["VM is already stopped"]})
    lifecycle.power(call.account, call.options, found, "stop", "off")
    return DONE


@endpoint("POST", "/service/@id/vms/@vmid/reboot")
def reboot(call: Call) -> dict[str, Any]:
    """A stopped VM boots in family A; the others refuse."""
    found = _idle(call)
    if found.power == "off" and call.service.product.family != "A":
        refuse("VM is not running")
    lifecycle.power(call.account, call.options, found, "reboot", "on")
    return DONE


@endpoint("POST", "/service/@id/vms/@vmid/rescue")
def rescue(call: Call) -> dict[str, Any]:
    return _rescue(call, True)


@endpoint("POST", "/service/@id/vms/@vmid/unrescue")
def unrescue(call: Call) -> dict[str, Any]:
    return _rescue(call, False)


def _rescue(call: Call, enable: bool) -> dict[str, Any]:
    found = _idle(call)
    if found.rescue == enable and call.service.product.family != "C":
        words = "already in rescue mode" if enable else "not in rescue mode"
        return call.nothing({"status": True, "error": [f"VM is {words}"]})
    lifecycle.rescue(call.account, call.options, found, enable)
    return DONE


@endpoint("POST", "/service/@id/vms/@vmid/rebuild")
def rebuild(call: Call) -> dict[str, Any]:
    found = _idle(call)
    template = _rebuild_template(call, found, text(call.body, "template"))
    if not template:
        return call.nothing({"status": True, "error": ["invalid_template"]})
    lifecycle.rebuild(call.account, call.options, found, template)
    return DONE


@endpoint("GET", "/service/@id/vms/@vmid/rebuild")
def rebuild_list(call: Call) -> dict[str, Any]:
    found, _look = _find(call)
    product = call.service.product
    own = [Template(_own_id(found, one), one.name) for one in _rebuild_templates(call.service)]
    return {"templates": template_list(product.family, own)}


@endpoint("GET", "/service/@id/templates")
def templates(call: Call) -> dict[str, Any]:
    product = call.service.product
    return {"templates": template_list(product.family, product.templates)}


@endpoint("GET", "/service/@id/resources")
def resources(call: Call) -> dict[str, Any]:
    used = _used(call.service, None)
    found = {}
    for name, limit in call.service.product.limits.items():
        found[name] = {"limit": str(limit), "used": used[name], "free": limit - used[name]}
    return {"resources": found}


def _find(call: Call) -> tuple[Vm, Seen]:
    """The VM of the path and its looks; else what its family says about a missing one."""
    found = call.service.vms.get(call.params["vmid"])
    look = seen(found, call.now) if found else None
    if not found or not look:
        raise Refused(no_vm(call.service, call.params["vmid"]))
    return found, look


def _idle(call: Call) -> Vm:
    """The VM of the path, if nothing is being done with it."""
    found, look = _find(call)
    if found.operation or look.locked:
        raise Refused(json_answer({"error": ["VM is locked by another operation"]}))
    return found


def _template(service: Service, id: str) -> Template | None:
    return next((one for one in service.product.templates if one.id == id), None)


def _rebuild_templates(service: Service) -> list[Template]:
    """A VM may be rebuilt with all but the last template of its product."""
    return service.product.templates[:-1]


def _own_id(vm: Vm, template: Template) -> str:
    """The id that a template has in the VM's own list, and nowhere else."""
    if template.id.isdigit():
        return str(int(template.id) + 10000 * (1 + vm.id % 7))
    return f"{template.id}-vm{vm.id}"


def _rebuild_template(call: Call, vm: Vm, id: str) -> Template | None:
    if not call.options.rebuild_list:
        return _template(call.service, id)
    return next((one for one in _rebuild_templates(call.service) if _own_id(vm, one) == id), None)


def _used(service: Service, but: Vm | None) -> dict[str, int]:
    others = [one for one in service.vms.values() if one is not but]
    return {name: sum(getattr(one, name) for one in others) for name in ("memory", "cpu", "disk")}


def _check_limits(call: Call, wanted: dict[str, int], but: Vm | None) -> None:
    used, limits = _used(call.service, but), call.service.product.limits
    if any(used[name] + value > limits[name] * call.options.vm_room for name, value in wanted.items()):
        refuse("resourcelimitreached")
