# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list or the object in a response, wrapped or not."""

from __future__ import annotations

from .errors import EmptyResponse, UnexpectedResponse
from .values import first_present, to_text

# -- answers ---------------------------------------------------------------------------------------------------------

ENVELOPE = ("status", "success", "info", "error", "message", "total", "count", "page")


def entries(answer, *names):
    """The collection in *answer* as a list of dicts, whatever its shape.

    *names* are the keys that it may stand under. An object keyed by id gives each entry its key as ``id`` unless it has
    one; an entry that is no object becomes ``{"id": key, "name": entry}`` or ``{"name": entry}``.
    """
    found, named = _under(answer, names)
    if isinstance(found, dict):
        objects = all(isinstance(value, dict) for value in found.values())
        if set(found) & {"id", "vmid", "name"} and not objects:
            return [found]
        holes = any(value is None or isinstance(value, bool) for value in found.values())
        if not holes and (named or objects or all(str(key).isdigit() for key in found)):
            return [_keyed(key, value) for key, value in found.items()]
    elif isinstance(found, list) and all(isinstance(value, dict) or to_text(value) for value in found):
        return [value if isinstance(value, dict) else {"name": value} for value in found]
    raise UnexpectedResponse(names[0], answer)


def entry(answer, *names, key=None):
    """The one object in *answer*; also from a collection that holds it under *key*, or holds nothing else."""
    found, named = _under(answer, names)
    if found in ([], {}, None):
        raise EmptyResponse(names[0], answer)
    if isinstance(found, list):
        fitting = [value for value in found if isinstance(value, dict) and to_text(_identity(value)) == str(key)]
        found = (fitting or found)[0] if len(fitting or found) == 1 else None
    if not isinstance(found, dict):
        raise UnexpectedResponse(names[0], answer)
    if all(isinstance(value, dict) for value in found.values()):
        if str(key) in found:
            return _keyed(str(key), found[str(key)])
        if len(found) == 1:
            return next(_keyed(inner, value) if str(inner).isdigit() else value for inner, value in found.items())
        if all(str(inner).isdigit() for inner in found):
            raise UnexpectedResponse(names[0], answer)
    elif not named and isinstance(answer, dict):
        # Of a bare object the state and the price are its own, unlike the success flag of an answer.
        found = {**{own: answer[own] for own in ("status", "total") if to_text(answer.get(own))}, **found}
    return found


def _identity(value):
    return first_present(value, "id", "vmid", "vm_id")


def _keyed(key, value):
    if not isinstance(value, dict):
        return {"id": key, "name": value}
    return value if _identity(value) is not None else {**value, "id": key}


def _under(answer, names):
    """What stands under one of *names*, or under the one other key, and True; else *answer* without its envelope."""
    if not isinstance(answer, dict):
        return answer, False
    for name in names:
        if name in answer:
            return answer[name], True
    rest = {key: value for key, value in answer.items() if key not in ENVELOPE}
    if answer and not rest:
        raise UnexpectedResponse(names[0], answer)
    if len(rest) == 1:
        key, value = next(iter(rest.items()))
        if isinstance(value, dict) and set(value) & set(names):
            return _under(value, names)
        if isinstance(value, (dict, list)) and not str(key).isdigit():
            return value, True
    return rest, False
