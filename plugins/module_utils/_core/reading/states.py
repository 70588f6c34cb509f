# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words for a power state in what a portal reports, among the flags that stand beside them.

``status``, ``success`` and ``code`` may be a receipt of the request. They are one wherever something else holds the
state: a key of its own (``running``, ``power_state``), or the payload (``data``, ``message``). A key that is specific
decides; words that contradict each other leave the state unknown, see ``vocabulary.power``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .values import is_empty, to_bool
from .vocabulary import ALL_WELL, is_denied, is_transitional, is_understood, power_of, spelling

#: Keys that hold a power state, in lower case and without separators: [C] power; [G] the rest. Before them may stand
#: what has that state: ``vm_status``, ``isRunning``, ``guest_power_state``.
_OWNER = "(?:is|vm|server|machine|guest|instance|current|power(?:ed)?|run)"
_STATE = re.compile(f"power|{_OWNER}+(?:state|status)")
_SWITCHED_ON = re.compile(f"{_OWNER}*(?:on|running|online|started|booted|powered)|{_OWNER}+(?:up|alive)")
_SWITCHED_OFF = re.compile(f"{_OWNER}*(?:off|stopped|offline|halted|shutdown)|{_OWNER}+down")
#: Keys that hold a state or are a flag of the answer: [V] state, [C] status.
GENERAL = ("status", "state")
#: Keys that are flags of an answer, whatever they hold.
_RECEIPTS = ("success", "ok", "code", "result")
#: Keys whose values are the answer itself [G], and those of sentences, which may describe the state.
_PAYLOADS = ("data", "result", "value", "response", "output")
SENTENCES = ("message", "msg", "info", "description", "detail", "text", "statusmsg", "statusmessage", "note")
#: Keys below which an object may hold the state.
_AROUND = (*GENERAL, "server", "vm", *_PAYLOADS, "info")


def power_words(source: Mapping[Any, Any]) -> list[Any]:
    """Return the words for the power of one object: of its specific keys first, then ``status`` and ``state``."""
    keyed = {plain_key(key): value for key, value in source.items()}
    found = [word for key, value in keyed.items() for word in _specific(key, value)]
    return found + _beside(found, keyed)


def answered_words(answer: Any) -> list[Any]:
    """Return the words for the power in the answer to a request for it; [] if there are none.

    There, ``status: true`` alone is the state; beside a message or an empty payload it is a receipt.
    """
    answer = _unwrapped(answer)
    if not isinstance(answer, dict):
        return [answer] if _is_word(answer) else []
    keyed = {plain_key(key): _unwrapped(value) for key, value in answer.items()}
    found = [word for key, value in keyed.items() for word in _specific(key, value)]
    # A wrapper of any name counts; the object in it comes before a flag beside it.
    around = [keyed[key] for key in (_AROUND if len(keyed) > 1 else keyed) if isinstance(keyed.get(key), dict)]
    found += [word for value in around for word in answered_words(value)]
    found += [keyed[key] for key in _PAYLOADS if _is_word(keyed.get(key)) and not _is_receipt(key, keyed[key])]
    found += [keyed[key] for key in SENTENCES if _says_power(keyed.get(key))]
    general = [keyed[key] for key in GENERAL if _is_word(keyed.get(key))]
    if not found and all(map(is_understood, general)) and any(key in keyed for key in (*_PAYLOADS, *SENTENCES)):
        return []
    denied = any(map(is_denied, general))
    receipts = [True for key in _RECEIPTS if denied and is_understood(keyed.get(key))]
    return found + receipts + _beside(found, keyed)


def plain_key(key: object) -> str:
    """Return a key without case and separators: ``vmStatus`` and ``vm_status`` are one."""
    return re.sub(r"[\W_]", "", str(key)).casefold()


def _specific(key: str, value: Any) -> list[Any]:
    """Return the words of one key, if it is one for a power state."""
    if _STATE.fullmatch(key):
        if isinstance(value, dict):
            return answered_words(value)
        return [value] if _is_word(value) else []
    is_on = _SWITCHED_ON.fullmatch(key) is not None
    if not (is_on or _SWITCHED_OFF.fullmatch(key)):
        return []
    if to_bool(value) is not None:
        return [to_bool(value) is is_on]
    return [value] if _says_power(value) else []


def _beside(found: list[Any], keyed: Mapping[str, Any]) -> list[Any]:
    """Return the general words without receipts beside anything else, and without ``active`` beside what decides.

    A service, or an answer, may be well while its machine is off.
    """
    general = [keyed[key] for key in GENERAL if _is_word(keyed.get(key))]
    others = [word for word in general if not (is_understood(word) or spelling(word) in ALL_WELL)]
    if any(map(_says_power, (*found, *others))):
        return others
    return [word for word in general if not (found and is_understood(word))]


def _is_receipt(key: str, value: object) -> bool:
    return key == "result" and (is_understood(value) or is_denied(value))


def _unwrapped(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _is_word(value: object) -> bool:
    return not isinstance(value, (dict, list)) and not is_empty(value)


def _says_power(value: object) -> bool:
    return _is_word(value) and (power_of(value) is not None or is_transitional(value))
