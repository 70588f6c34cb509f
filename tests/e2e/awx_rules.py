# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX checks when a credential type is saved, as its fields of that name do."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from awx_plugins.interfaces._temporary_private_inject_api import ENV_BLOCKLIST
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
FIELD_KEYS = {
    "id",
    "label",
    "type",
    "help_text",
    "format",
    "choices",
    "secret",
    "multiline",
    "default",
    "ask_at_runtime",
}
ONLY_OF_TEXT = {"choices", "multiline", "format", "secret"}


def complaints(credential_type: dict[str, Any]) -> list[str]:
    """What AWX would refuse in a credential type, in words; nothing if it is right."""
    found = [f"unknown: {key}" for key in set(credential_type) - {"name", "description", "kind", "inputs", "injectors"}]
    if credential_type.get("kind") not in ("cloud", "net"):
        found.append("a custom type is of the kind cloud or net")
    inputs, injectors = credential_type["inputs"], credential_type["injectors"]
    found += [f"inputs: {key}" for key in set(inputs) - {"fields", "required"}]
    found += [f"injectors: {key}" for key in set(injectors) - {"file", "env", "extra_vars"}]
    fields = inputs.get("fields", [])
    ids = [each.get("id", "") for each in fields]
    for each in fields:
        found += [f"{each}: {key}" for key in set(each) - FIELD_KEYS]
        if not NAME.fullmatch(each.get("id", "")) or each["id"] == "tower" or not isinstance(each.get("label"), str):
            found.append(f"id and label of {each}")
        if each.get("type", "string") not in ("string", "boolean"):
            found.append(f"type of {each}")
        if each.get("type") == "boolean" and ONLY_OF_TEXT & set(each):
            found.append(f"not for a boolean: {each}")
        if "default" in each and not isinstance(each["default"], bool if each.get("type") == "boolean" else str):
            found.append(f"default of {each}")
    if len(set(ids)) != len(ids) or not set(inputs.get("required", [])) <= set(ids):
        found.append("ids are unique, and required names some of them")
    return found + _injected(ids, injectors)


def _injected(ids: list[str], injectors: dict[str, dict[str, str]]) -> list[str]:
    found = []
    files = injectors.get("file", {})
    if "template" in files and len(files) > 1:
        found.append("one file is template, several are template.name")
    found += [f"file {name}" for name in files if not re.fullmatch(r"template(\.[a-zA-Z_]\w*)?", name)]
    for name, template in injectors.get("env", {}).items():
        if not NAME.fullmatch(name) or name.startswith("ANSIBLE_") or name in ENV_BLOCKLIST or not template.isascii():
            found.append(f"env {name}")
    known: dict[str, Any] = dict.fromkeys(ids, "EXAMPLE")
    if files:
        several = {name.partition(".")[2]: "EXAMPLE" for name in files if "." in name}
        known["tower"] = SimpleNamespace(filename=SimpleNamespace(**several) if several else "EXAMPLE")
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    for kind, templates in injectors.items():
        for name, template in templates.items():
            try:
                sandbox.from_string(template).render(known)
            except TemplateError as error:
                found.append(f"{kind} {name}: {error}")
    return found
