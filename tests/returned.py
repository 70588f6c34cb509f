# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module returns, held against its RETURN: keys that it does not document, and keys that never come.

What RETURN documents without ``contains``, such as ``raw`` and ``privileges``, has the portal's own keys.
"""

from __future__ import annotations

import functools

import yaml

#: What Ansible returns for any module.
ANSIBLE = {"changed", "failed", "diff", "invocation", "warnings", "deprecations", "exception", "msg"}
#: ansible-test refuses a documented key that is also the name of a method, as `items` of invoices is.
METHODS = set(dir(dict))
TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}


@functools.cache
def read(text):
    """A RETURN block, read once."""
    return yaml.safe_load(text)


def undocumented(promised, result, where):
    """The paths of the keys of *result* that the RETURN *promised* does not have, at any depth."""
    found = [f"{where}.{key}" for key in result if key not in promised and key not in METHODS]
    for key, told in promised.items():
        for part in _parts(result.get(key)) if "contains" in told else ():
            found += undocumented(told["contains"], part, f"{where}.{key}")
    return found


def unkept(promised, results, where):
    """What none of *results* holds of the RETURN *promised*, or one of them with another type."""
    found = []
    for key, told in promised.items():
        if told.get("returned", "success") != "success":
            continue
        seen = [result[key] for result in results if result.get(key) is not None]
        wrong = [value for value in seen if not _is_a(value, told["type"])]
        if not seen:
            found.append(f"{where}.{key} is never returned")
        elif wrong:
            found.append(f"{where}.{key} is {wrong[0]!r}, not of type {told['type']}")
        elif "contains" in told:
            found += unkept(told["contains"], [part for value in seen for part in _parts(value)], f"{where}.{key}")
    return found


def _parts(value):
    """The objects that *value* is, or is a list of."""
    return [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, dict)]


def _is_a(value, kind):
    return isinstance(value, TYPES.get(kind, object)) and not (kind == "int" and isinstance(value, bool))
