# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on demand: which requests they hit, and what becomes of the answer."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any

from .replies import BESIDE_DATA, BUSY, DENIALS, REPLIES

KINDS = [
    "status",
    "drop_before",
    "drop_after",
    "hang",
    "html",
    "empty",
    "invalid_json",
    "redirect",
    "error",
    "drip",
    "truncate",
    "denial",
    "busy",
    "blank",
    "reply",
    "expire",
    "endless",
    "advance",
    "tamper",
]
# These change the account or the clock right before a request, which is then done as it is.
EVENTS = ("advance", "tamper")
FORMS = {"denial": (*DENIALS, BESIDE_DATA), "busy": tuple(BUSY), "reply": tuple(REPLIES)}
# The request has taken effect, unless the fault says otherwise.
_DONE = ("drop_after", "hang", "drip", "truncate", "reply", "busy", "blank", "endless")


@dataclass(slots=True)
class Fault:
    """One fault. `effect`: whether the request takes effect before its answer is spoilt."""

    kind: str
    method: str = "*"
    path: str = ""
    times: int | None = 1  # None: for ever
    skip: int = 0
    probability: float = 1.0
    seed: int = 1
    effect: bool | None = None
    status: int | None = None
    retry_after: str | int | None = None
    title: str | None = None
    seconds: float = 1.0
    how: str = "close"  # close: FIN; reset: RST
    body: Any = None
    error: Any = None
    location: str = "https://elsewhere.example.com/login"
    headers: dict[str, str] = field(default_factory=dict)  # of an answer that takes the place of the true one
    form: str = ""  # of a denial or reply
    unit: str = " "
    size: int | None = None
    changes: list[dict[str, Any]] = field(default_factory=list)
    then: list[dict[str, Any]] = field(default_factory=list)  # faults that begin once this one has hit
    hits: int = 0
    _pattern: re.Pattern[str] = field(default_factory=lambda: re.compile(""))
    _random: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such fault: {self.kind}; there are {', '.join(KINDS)}")
        if self.how not in ("close", "reset"):
            raise ValueError("how: close or reset")
        forms = FORMS.get(self.kind)
        if forms and self.form not in forms:
            raise ValueError(f"form: {self.form!r} is none of {', '.join(forms)}")
        if not self.unit:
            raise ValueError("unit: a text")
        self._pattern = re.compile(self.path)
        self._random = random.Random(self.seed)
        if self.effect is None:
            self.effect = self.kind in _DONE
        if self.kind == "drop_before":
            self.effect = False
        elif self.kind in ("drop_after", "drip", "truncate"):
            self.effect = True

    def takes(self, method: str, path: str) -> bool:
        """Whether this request is hit; counts it."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.method != "*" and method not in self.method.upper().split(","):
            return False
        if not self._pattern.search(path):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.probability < 1 and self._random.random() >= self.probability:
            return False
        self.hits += 1
        return True

    def describe(self) -> dict[str, Any]:
        names = ["kind", "method", "path", "times", "skip", "probability", "effect", "status", "seconds", "how", "form"]
        names.append("hits")
        return {name: getattr(self, name) for name in names}


class Faults:
    """The faults that were asked for, the first that fits is taken."""

    def __init__(self) -> None:
        self.active: list[Fault] = []

    def add(self, wanted: dict[str, Any]) -> None:
        fault = self._made(wanted)
        for later in fault.then:
            self._made(later)  # a wrong one is refused now
        self.active.append(fault)

    def _made(self, wanted: dict[str, Any]) -> Fault:
        known = {name for name in Fault.__dataclass_fields__ if not name.startswith("_") and name != "hits"}
        unknown = sorted(set(wanted) - known)
        if unknown or "kind" not in wanted:
            raise ValueError(f"a fault has a kind and may have {', '.join(sorted(known))}; not {', '.join(unknown)}")
        return Fault(**wanted)

    def pick(self, method: str, path: str) -> tuple[list[Fault], Fault | None]:
        """The events before this request, and the fault of its answer."""
        events: list[Fault] = []
        for one in list(self.active):
            if not one.takes(method, path):
                continue
            for next_one in one.then:
                self.add(next_one)
            if one.kind not in EVENTS:
                return events, one
            events.append(one)
        return events, None
