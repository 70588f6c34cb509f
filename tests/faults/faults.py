# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The faults that each change meets. Each hits the request of the change, once, unless it says otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.emulator.replies import BESIDE_DATA, BUSY, DENIALS, REPLIES

#: The answers that say neither yes nor no.
UNCLEAR = ("list", "null", "false", "text", "object")
#: Seconds that a client waits which is to give up, and that the portal takes then.
IMPATIENT, SLOW = 0.25, 0.6
READS = {"method": "GET", "times": None}
HOUR = 3600.0


@dataclass(frozen=True)
class Fault:
    """One fault.

    :ivar name: its row in the table. :ivar kind: of the emulator, with what it needs.
    :ivar lies: the portal says clearly that the request was not done, and did it; or that it was done, and did not.
    :ivar timeout: of the client, in seconds. :ivar token: the task has a token and no password.
    :ivar ways: options of the emulator, for portals that are so all the time. :ivar later: seconds until the next run.
    :ivar suspend: seconds that the machine sleeps after the change was sent.
    """

    name: str
    kind: str
    more: dict[str, Any] = field(default_factory=dict)
    lies: bool = False
    timeout: float | None = None
    token: bool = False
    suspend: float = 0.0
    ways: dict[str, Any] = field(default_factory=dict)
    later: float = 3.0

    @property
    def is_busy(self) -> bool:
        return self.kind == "busy"

    @property
    def takes_effect(self) -> bool:
        if self.kind in ("drop_after", "truncate", "drip"):
            return True
        return bool(self.more.get("effect", self.kind in ("advance", "hang", "reply", "busy", "blank")))


def _twice(name: str, kind: str, **more: Any) -> list[Fault]:
    """Once with nothing done, once with the request done."""
    return [Fault(f"{name}, {when}", kind, {**more, "effect": done}) for when, done in BEFORE_AND_AFTER]


BEFORE_AND_AFTER = (("nothing done", False), ("done", True))


def _connections() -> list[Fault]:
    return [
        Fault("closed before it was done", "drop_before"),
        Fault("closed after it was done", "drop_after"),
        Fault("reset before it was done", "drop_before", {"how": "reset"}),
        Fault("reset after it was done", "drop_after", {"how": "reset"}),
        Fault("hangs, nothing done", "hang", {"seconds": SLOW, "effect": False}, timeout=IMPATIENT),
        Fault("hangs, done", "hang", {"seconds": SLOW, "effect": True}, timeout=IMPATIENT),
        Fault("slow drip, in time", "drip", {"seconds": 0.1}),
        Fault("slow drip, too late", "drip", {"seconds": SLOW}, timeout=IMPATIENT),
        Fault("half an answer, closed", "truncate"),
        Fault("half an answer, reset", "truncate", {"how": "reset"}),
    ]


def _statuses() -> list[Fault]:
    found = [
        Fault("429", "status", {"status": 429}),
        Fault("429, Retry-After", "status", {"status": 429, "retry_after": 2}),
        Fault("429, done all the same", "status", {"status": 429, "effect": True}, lies=True),
    ]
    for status in (500, 502, 503, 504, 520):
        found += _twice(str(status), "status", status=status)
    return [*found, *_twice("503, Retry-After", "status", status=503, retry_after=2)]


def _bodies() -> list[Fault]:
    beside = {"body": {"id": "58213", "status": True}}
    return [
        *_twice("invalid JSON", "invalid_json"),
        *_twice("HTML", "html"),
        *_twice("empty", "empty"),
        *_twice("redirect", "redirect"),
        *_twice("redirect to nowhere", "redirect", location="http://[::1"),
        Fault("error beside data", "error", beside),
        Fault("error beside data, done all the same", "error", {**beside, "effect": True}, lies=True),
    ]


def _words() -> list[Fault]:
    denials = [Fault(f"denial {form}", "denial", {"form": form}) for form in (*DENIALS, BESIDE_DATA)]
    lie = {"form": "status_false_message", "effect": True}
    unclear = [Fault(f"reply {form}, nothing done", "reply", {"form": form, "effect": False}) for form in UNCLEAR]
    return [
        *denials,
        Fault("denial, done all the same", "denial", lie, lies=True),
        *(Fault(f"reply {form}", "reply", {"form": form}) for form in REPLIES),
        *unclear,
        Fault("says that it is done, nothing done", "reply", {"form": "status_true", "effect": False}, lies=True),
    ]


def _in_the_middle() -> list[Fault]:
    expired = {"then": [{"kind": "expire", **READS}]}
    lost = {
        "500": {"kind": "status", **READS},
        "HTML": {"kind": "html", **READS},
        "an empty list": {"kind": "reply", "form": "list", **READS},
        "a denial": {"kind": "denial", "form": BESIDE_DATA, **READS},
        "503 three times": {"kind": "status", "status": 503, "method": "GET", "times": 3},
    }
    return [
        Fault("token expired", "expire", token=True),
        Fault("token expired an hour before", "advance", {"seconds": HOUR + 1}, token=True),
        Fault("answer lost, then reads give token expired", "drop_after", expired, token=True),
        *(Fault(f"answer lost, then reads give {what}", "drop_after", {"then": [then]}) for what, then in lost.items()),
        Fault("clock of the portal jumps an hour", "advance", {"seconds": HOUR}),
        Fault("the controller is suspended for an hour", "advance", {"seconds": 0}, suspend=HOUR),
    ]


def _doubts() -> list[Fault]:
    """Portals that make a client doubt what it reads."""
    busy = [Fault(f"busy ({form}), and done", "busy", {"form": form}) for form in BUSY]
    blank = {**READS, "times": 1, "path": "/(vms|ips|tickets|contact)$"}
    lagging = {"lagging": 4, "lagging_share": 0.5}
    nothing = {"seconds": 0}
    return [
        *busy,
        Fault("busy, nothing done", "busy", {"form": "try_again", "effect": False}),
        Fault("the first read of a list is empty", "blank", blank),
        Fault("the second read of a list is empty", "blank", {**blank, "skip": 1}),
        Fault("one of two front ends lags behind", "advance", nothing, ways=lagging, later=10),
        Fault("it lags, and the answer is lost", "drop_after", ways=lagging, later=10),
        Fault("labels of new VMs are tagged", "advance", nothing, ways={"label_changes": "tag"}),
        Fault("ids of VMs are used again", "advance", nothing, ways={"reuse_ids": True}),
    ]


FAULTS = [*_connections(), *_statuses(), *_bodies(), *_words(), *_in_the_middle(), *_doubts()]
