# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways of a portal that lie over every answer: pages, wrappers, spellings, forms of success."""

from __future__ import annotations

import json
from typing import Any

from .amounts import respelled
from .answers import JSON_TYPE, Answer, encode
from .dialect import load
from .options import Options
from .pages import paged
from .replies import replied
from .tongues import TONGUES, speak
from .wrappers import nested, wrapped

# Live clients read the answers of these at the root, whatever the rest is wrapped in.
BARE = frozenset({"/login", "/token", "/revoke", "/mfa/verify"})


def dress(answer: Answer, method: str, route: str, query: dict[str, str], url: str, options: Options) -> Answer:
    """The answer as a portal with these options gives it."""
    if not options.dressed or route in BARE or answer.content_type != JSON_TYPE:
        return answer
    payload = json.loads(answer.body)
    # a VM has a total of its own: of its disk
    if options.amounts and "/vms" not in route:
        payload = respelled(payload, options.amounts)
    if isinstance(payload, dict) and method == "GET":
        payload = _list(payload, route, query, url, options)
    if method != "GET":
        payload = replied(payload, options.reply, options.harmless)
    if options.tongue:
        payload = speak(payload, method, TONGUES[options.tongue])
    if options.dialect:
        payload = load(options.dialect).says(payload, method, route)
    if options.wrapper:
        payload = wrapped(payload, options.wrapper)
    return Answer(answer.status, encode(payload), answer.content_type, answer.headers)


def _list(payload: dict[str, Any], route: str, query: dict[str, str], url: str, options: Options) -> dict[str, Any]:
    if options.page_size:
        payload = paged(payload, route, query, url, options)
    return nested(payload, route, options.nesting) if options.nesting else payload
