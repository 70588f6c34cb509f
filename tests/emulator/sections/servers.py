# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dedicated servers: power, information and the operations of the provisioning backend."""

from __future__ import annotations

import secrets
from typing import Any

from ..answers import refuse
from ..call import Call
from ..catalog import DIAG_TEMPLATES, RECIPES, REINSTALL_TEMPLATES, RESCUE_TEMPLATES
from ..params import hostname, php_truth, text
from ..routing import endpoint
from ..state import Operation, Server, Template
from ..wordings import worded

DONE: dict[str, Any] = {"status": True}
CHANGING = {"poweron": ("start", "starting"), "poweroff": ("stop", "stopping"), "reboot": ("reboot", "rebooting")}
# How a server says that no operation runs.
IDLE: dict[str, Any] = {
    "list": [],
    "null": None,
    "false": False,
    "status_true": {"status": True},
    "online": {"status": "online"},
    "text": "Server is not being reinstalled",
    "status_text": {"status": "not being reinstalled", "progress": 0},
}


def _server(call: Call) -> Server:
    assert call.service.server is not None
    return call.service.server


# Power


@endpoint("GET", "/service/@id/status")
def power_status(call: Call) -> dict[str, Any]:
    """The power state, in the form that the option `server_status` asks for. A bool has no word for a change."""
    server = _server(call)
    if call.options.server_status == "bool":
        return {"status": server.power == "on"}
    state = word = server.power
    changing = server.power_operation
    if changing and call.now >= changing.visible_at:
        state, word = CHANGING[changing.name]
    word = call.options.words.get(state) or word
    return {"status": {"power": word} if call.options.server_status == "object" else word}


@endpoint("POST", "/service/@id/poweron")
def poweron(call: Call) -> dict[str, Any]:
    return _power(call, "poweron", "on")


@endpoint("POST", "/service/@id/poweroff")
def poweroff(call: Call) -> dict[str, Any]:
    return _power(call, "poweroff", "off")


@endpoint("POST", "/service/@id/reboot")
def reboot(call: Call) -> dict[str, Any]:
    return _power(call, "reboot", "on")


def _power(call: Call, name: str, word: str) -> dict[str, Any]:
    server = _server(call)
    _refuse_busy(server, but="rescue")
    if server.power == word and name != "reboot":
        return call.nothing(DONE)
    if name == "reboot" and server.power == "off":
        refuse("Server is powered off")
    first = call.now + call.options.stale
    operation = Operation(name, first, first + call.options.duration)
    server.power_operation = operation

    def end() -> None:
        if server.power_operation is operation:
            server.power_operation = None
            server.power = word

    call.account.agenda.at(operation.ends_at, end)
    return DONE


# Information


@endpoint("GET", "/service/@id/info")
def info(call: Call) -> dict[str, Any]:
    server = _server(call)
    addresses = [one.ipaddress for one in server.ips.values() if one.visible_at <= call.now]
    found = {
        "hostname": worded(server.hostname, call.options.hostname_wording),
        "os": worded(server.os.name if server.os else "", call.options.os_wording),
        "cpu": server.cpu,
        "ram": server.ram,
        "hdd": server.disks,
        "mac": f"02:00:5e:00:00:{sum(map(ord, str(call.service.id))) % 256:02x}",
        "location": "Tehran / Rack 12",
        "ips": [one if place == 0 else f" {one}" for place, one in enumerate(addresses)],
        **server.extra,
    }
    return {"info": {name: value for name, value in found.items() if name not in server.omit}}


@endpoint("POST", "/service/@id/hostname")
def set_hostname(call: Call) -> dict[str, Any]:
    """Takes a moment to show."""
    server = _server(call)
    name = hostname(call.body)
    _refuse_busy(server, but="rescue")

    def apply() -> None:
        server.hostname = name

    call.account.agenda.at(call.now + call.options.stale, apply)
    return DONE


@endpoint("GET", "/serverstock")
def stock(call: Call) -> dict[str, Any]:
    return {"servers": call.account.stock}


# Operations


@endpoint("GET", "/service/@id/reinstall/templates")
def reinstall_templates(call: Call) -> dict[str, Any]:
    if _server(call).keyed:
        recipes: Any = {
            id: {"id": id, "name": name, "usablefor": {str(2 * place): one for place, one in enumerate(usable)}}
            for id, name, usable in RECIPES
        }
    else:
        recipes = [{"id": id, "name": name, "usablefor": usable} for id, name, usable in RECIPES]
    return {"templates": _templates(call, REINSTALL_TEMPLATES), "recipes": recipes}


@endpoint("GET", "/service/@id/diag/templates")
def diag_templates(call: Call) -> dict[str, Any]:
    return {"templates": _templates(call, DIAG_TEMPLATES)}


@endpoint("GET", "/service/@id/rescue/templates")
def rescue_templates(call: Call) -> dict[str, Any]:
    return {"templates": _templates(call, RESCUE_TEMPLATES)}


def _templates(call: Call, templates: list[Template]) -> Any:
    if _server(call).keyed:
        return {one.id: {"name": one.name} for one in templates}
    return [{"id": one.id, "name": one.name} for one in templates]


@endpoint("GET", "/service/@id/reinstall")
def reinstall_status(call: Call) -> dict[str, Any]:
    return {"reinstall": _progress(call, "reinstall")}


@endpoint("GET", "/service/@id/diag")
def diag_status(call: Call) -> dict[str, Any]:
    return {"diag": _progress(call, "diag")}


@endpoint("GET", "/service/@id/rescue")
def rescue_status(call: Call) -> dict[str, Any]:
    return {"rescue": _progress(call, "rescue")}


def _progress(call: Call, name: str) -> Any:
    """The operation as its GET shows it: idle when none runs, and just after the start."""
    running = _server(call).operation
    if not running or running.name != name or call.now < running.visible_at:
        return IDLE[call.options.idle]
    span = max(running.ends_at - running.visible_at, 0.001)
    progress = min(100, int(100 * (call.now - running.visible_at) / span))
    word = "running"
    if name == "rescue":
        word = "active" if progress >= 100 else "starting"
    found: dict[str, Any] = {
        "status": word,
        "template": running.template,
        "progress": str(progress) if name == "diag" else progress,
        "started": running.started,
    }
    if running.hostname:
        found["hostname"] = running.hostname
    if running.password:
        found["password"] = running.password
    return found


@endpoint("POST", "/service/@id/reinstall")
def reinstall(call: Call) -> dict[str, Any]:
    server, service, body = _server(call), call.service, call.body
    name = hostname(body)
    template = _pick(REINSTALL_TEMPLATES, text(body, "template"))
    recipe = text(body, "recipe", required=False)
    usable = next((usable for id, _name, usable in RECIPES if id == recipe), None)
    if recipe and (usable is None or template.id not in usable):
        refuse("Recipe can not be used with this template")
    password = text(body, "password", required=False)
    if password and len(password) < 8:
        refuse("Password is too short")
    _refuse_busy(server)
    password = password or secrets.token_urlsafe(9)
    operation = _begin(call, "reinstall", template)
    operation.hostname, operation.password = name, password

    def end() -> None:
        if server.operation is operation:
            server.operation = None
            server.os, server.hostname, server.power = template, name, "on"
            service.username, service.password = "root", password

    call.account.agenda.at(operation.ends_at, end)
    return DONE


@endpoint("POST", "/service/@id/diag")
def diag(call: Call) -> dict[str, Any]:
    server, body = _server(call), call.body
    template = _pick(DIAG_TEMPLATES, text(body, "template"))
    clear, full = (_flag(call, name) for name in ("clearhdd", "fullhddclear"))
    if full and not clear:
        refuse("clearhdd has to be set")
    _refuse_busy(server)
    operation = _begin(call, "diag", template)

    def end() -> None:
        if server.operation is operation:
            server.operation = None
            if clear:
                server.os = None

    call.account.agenda.at(operation.ends_at, end)
    return DONE


@endpoint("POST", "/service/@id/rescue")
def rescue(call: Call) -> dict[str, Any]:
    template = _pick(RESCUE_TEMPLATES, text(call.body, "template"))
    password = text(call.body, "password", required=False)
    _refuse_busy(_server(call))
    operation = _begin(call, "rescue", template)
    operation.password = password or secrets.token_urlsafe(9)
    return DONE


@endpoint("POST", "/service/@id/diag/cancel")
def cancel_diag(call: Call) -> dict[str, Any]:
    return _cancel(call, "diag")


@endpoint("POST", "/service/@id/rescue/cancel")
def cancel_rescue(call: Call) -> dict[str, Any]:
    return _cancel(call, "rescue")


def _cancel(call: Call, name: str) -> dict[str, Any]:
    """The operation is still shown for a moment."""
    server = _server(call)
    running = server.operation
    if not running or running.name != name:
        refuse("No operation in progress")
    if running.cancelled_at is None:
        running.cancelled_at = call.now

        def end() -> None:
            if server.operation is running:
                server.operation = None

        call.account.agenda.at(call.now + call.options.stale, end)
        return DONE
    return call.nothing(DONE)


def _flag(call: Call, name: str) -> bool:
    return name in call.body if call.options.flags_by_presence else php_truth(call.body.get(name))


def _pick(templates: list[Template], id: str) -> Template:
    found = next((one for one in templates if one.id == id), None)
    if not found:
        refuse("invalid_template")
    return found


def _begin(call: Call, name: str, template: Template) -> Operation:
    first = call.now + call.options.stale
    ends = first + call.options.operation_duration
    operation = Operation(name, first, ends, call.account.clock.stamp(), template.id)
    _server(call).operation = operation
    return operation


def _refuse_busy(server: Server, but: str = "") -> None:
    """One thing at a time, rescue and power aside."""
    running = server.operation
    if running and running.name != but:
        refuse(f"Another operation is in progress: {running.name}")
    if server.power_operation:
        refuse(f"Another operation is in progress: {server.power_operation.name}")
