# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random tasks of two controllers under random faults; then the faults are over, and the last word counts.

Every second seed has a portal that makes a client doubt: one of its two front ends lags, it is busy with what it
refuses, ids are used again, a list is empty for once, a colleague tags VMs, and a second account is like the first.

``python -m faults.sequences 1000`` runs the seeds 0 to 999, ``python -m faults.sequences --seed 7`` runs one, and tells
what it did if something is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from ansible_collections.sindad.cloud.plugins.module_utils._core.http.session import forget_sessions
from ansible_collections.sindad.cloud.plugins.modules import ip, service_upgrade

from faults.controller import PATIENT, Controller, empty_environment
from faults.matrix import LEFT_TO_A_PERSON, text_of, unclear
from faults.twice import SECOND, done_twice
from faults.wishes import Wish, of_second, wishes
from tests.emulator import wordings
from tests.emulator.portal import Running, serve
from tests.emulator.replies import BUSY

#: Seconds after which a request that never showed is sent again, if it costs no money.
HOUR = 3700.0
#: Faults of which a client can tell that the request failed, or that it does not know.
FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "drop_before"},
    {"kind": "drop_after"},
    {"kind": "drop_before", "how": "reset"},
    {"kind": "drop_after", "how": "reset"},
    {"kind": "truncate"},
    {"kind": "status", "status": 429},
    {"kind": "status", "status": 429, "retry_after": 1},
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 500, "effect": True},
    {"kind": "status", "status": 502, "effect": True},
    {"kind": "status", "status": 503, "retry_after": 1},
    {"kind": "status", "status": 503, "retry_after": 1, "effect": True},
    {"kind": "html"},
    {"kind": "html", "effect": True},
    {"kind": "empty", "effect": True},
    {"kind": "invalid_json", "effect": True},
    {"kind": "redirect", "effect": True},
    {"kind": "denial", "form": "error_text"},
    {"kind": "denial", "form": "status_false_message"},
    {"kind": "denial", "form": "beside_data"},
    {"kind": "advance", "seconds": 90},
)
#: Those of portals that make a client doubt: busy with what they refuse, and without an entry for once.
DOUBTS: tuple[dict[str, Any], ...] = (
    *({"kind": "busy", "form": form, "method": "POST,PUT,DELETE"} for form in BUSY),
    {"kind": "busy", "form": "try_again", "method": "POST,PUT,DELETE", "effect": False},
    {"kind": "blank", "method": "GET"},
    {"kind": "blank", "method": "GET", "path": "/vms$"},
)
#: Seconds between two tasks: by then the portal lists what was ordered, for other controllers too.
PAUSE = 30.0
TRIES = 4


def _is_of(order: dict[str, Any], wish: Wish) -> bool:
    """Whether an open note is one of what *wish* orders."""
    options = f"{wish.module.__name__} {wish.options}".casefold()
    return order["id"] is None and all(part in options for part in order["label"].casefold().split("\n"))


class Sequence:
    """What a seed makes: an emulator with ways of its own, tasks, and faults. *told*: what was done and seen."""

    def __init__(self, seed: int, portal: Running, home: Path) -> None:
        self.seed, self.portal, self.home = seed, portal, home
        self.chance = random.Random(seed)
        self.wishes = wishes(self.chance)
        self.doubts = random.Random(f"doubts {seed}") if seed % 2 else None
        if self.doubts:
            self.wishes = [of_second(wish) if self.doubts.random() < 0.3 else wish for wish in self.wishes]
        self.told: list[str] = []
        self.problems: list[str] = []
        self.controllers = [Controller(portal, home / name) for name in self._names()]

    def _names(self) -> tuple[str, ...]:
        """Two controllers, or one where the portal hides what was ordered from all but the one that noted it."""
        self.hides = self.chance.random() < 0.3
        return ("one",) if self.hides else ("one", "two")

    def run(self) -> list[str]:
        """The problems."""
        forget_sessions()
        random.seed(self.seed)
        self.ways = self._ways()
        self.portal.reset(**self.ways)
        for wish in self.wishes:
            self._add_faults()
            self._do(self.chance.choice(self.controllers), wish)
            self.portal.clear_faults()
            self._tag()
            self.controllers[0].clock.sleep(PAUSE)
        for wish in {wish.about: wish for wish in self.wishes}.values():
            self._converge(wish)
        log = self.portal.log(effect=1)
        self.told += [f"{entry['method']} {entry['path']} {entry['body']} ({entry['fault']})" for entry in log]
        self.problems += done_twice(log, self._most_addresses())
        return self.problems

    def _ways(self) -> dict[str, Any]:
        chance = self.chance
        ways = {
            "families": chance.choice(("ABC", "CBA", "DBA", "EBC", "ABE")),  # B takes no label with blanks
            "stale": chance.choice((0, 1)),
            "duration": chance.choice((0, 4)),
            "create_delay": chance.choice((0, 3, 12)),
            "operation_duration": chance.choice((2, 30)),
            "label_changes": chance.choice(("", "", "lower", "upper", "entities", "blanks")),
            "reply": chance.choice(("", "", "status_one", "task", "list", "null")),
            "wrapper": chance.choice(("", "", "data", "code")),
            "own_ids": chance.choice(("", "id")),
        }
        if self.hides:
            ways["label_changes"] = chance.choice(("cut", "prefix"))
            ways["create_looks"] = chance.choice((0, 3))
        if self.doubts:
            ways["second"] = SECOND
            ways["reuse_ids"] = self.doubts.random() < 0.5
            ways["lagging"] = self.doubts.choice((0, 4))
            if not ways["label_changes"]:
                ways["label_changes"] = self.doubts.choice(("", "tag"))
        self.told.append(str(ways))
        return ways

    def _tag(self) -> None:
        """A colleague tags a VM now and then."""
        if not self.doubts or self.doubts.random() < 0.8:
            return
        account = self.doubts.choice(("", SECOND))
        services = self.portal.state(account=account)["services"]
        service = self.doubts.choice([name for name, each in services.items() if each["vms"]])
        machine = self.doubts.choice(list(services[service]["vms"].values()))
        label = f"{machine['label']} #prod"
        self.told.append(f"a colleague names VM {machine['id']} of {service} {label} {account}")
        self.portal.tamper({"account": account, "service": service, "vm": machine["id"], "set": {"label": label}})

    def _add_faults(self) -> None:
        for _each in range(self.chance.choice((0, 1, 1, 2))):
            method = self.chance.choice(("POST,PUT,DELETE", "POST,PUT,DELETE", "GET", "*"))
            when = {"times": self.chance.choice((1, 1, 3)), "skip": self.chance.choice((0, 0, 1, 4))}
            fault = {"method": method, **when, **self.chance.choice(FAULTS)}
            if self.doubts and self.doubts.random() < 0.4:
                fault = {**when, **self.doubts.choice(DOUBTS)}
            self.told.append(f"fault {fault}")
            self.portal.fault(**fault)

    def _do(self, controller: Controller, wish: Wish, timeout: float = PATIENT) -> dict[str, Any]:
        result = controller.run(wish.module, wish.options, timeout)
        how = "failed" if result.get("failed") else f"changed={result['changed']}"
        self.told.append(f"{controller.home.name}: {wish}: {how} {text_of(result)[:300]}")
        self.problems += unclear(result)
        return result

    def _converge(self, wish: Wish) -> None:
        """The faults are over: the task comes through, and then changes nothing."""
        controller = self.chance.choice(self.controllers)
        for _try in range(TRIES):
            result = self._do(controller, wish)
            if not result.get("failed"):
                break
            wish = self._look(controller, wish, result)
            controller.clock.sleep(PAUSE)
        else:
            self.problems.append(f"does not come through: {wish}: {text_of(result)}")
            return
        controller.clock.sleep(PAUSE)
        again = self._do(controller, wish)
        if again.get("failed") or again["changed"]:
            self.problems.append(f"does not stay as it is: {wish}: {text_of(again)}")

    def _look(self, controller: Controller, wish: Wish, result: dict[str, Any]) -> Wish:
        """What a person does who was asked to look: name a VM by its id, wait, or drop a void order."""
        message = text_of(result)
        believed = re.search(r"\(id (\d+)\).*name it by its vmid", message)
        if believed and "label" in wish.options:
            rest = {key: value for key, value in wish.options.items() if key != "label"}
            return replace(wish, options={**rest, "vmid": believed.group(1)})
        if "within the last hour" in message:
            controller.clock.sleep(HOUR)
        if re.search(f"{LEFT_TO_A_PERSON}|does not show yet", message):
            self._drop_notes(controller, wish, message)
        return wish

    def _drop_notes(self, controller: Controller, wish: Wish, message: str) -> None:
        named = {Path(path) for path in re.findall(r"remove (\S+\.json)", message)}
        for note in named or controller.notes:
            if not note.exists():
                self.problems.append(f"a message names a note that does not exist: {message}")
                continue
            order = json.loads(note.read_text())
            if (note in named or _is_of(order, wish)) and not self._is_there(wish, order):
                note.unlink()
                self.told.append(f"{controller.home.name}: a person drops the order {order}")

    def _is_there(self, wish: Wish, order: dict[str, Any]) -> bool:
        """Whether the portal has what was ordered, listed or not. An upgrade is paid at once: it shows, or is not."""
        account = self.portal.state(account=wish.options.get("username", ""))
        service = account["services"].get(wish.options.get("service"))
        if service is None or wish.module is service_upgrade:
            return service is None
        if wish.module is ip:
            there = {address["ipaddress"] for address in service["server"]["ips"].values()}
            return bool(there - set(order["before"]))
        label = wordings.label(order["label"], self.ways["label_changes"]).partition(" #")[0]
        return label in [machine["label"].partition(" #")[0] for machine in service["vms"].values()]

    def _most_addresses(self) -> dict[str, int]:
        most: dict[str, int] = {}
        for wish in self.wishes:
            if "count" in wish.options:
                path = f"/api/service/{wish.options['service']}/ips"
                path = f"{SECOND} {path}" if "username" in wish.options else path
                most[path] = max(most.get(path, 0), wish.options["count"])
        return most


def tried(seed: int, portal: Running) -> str:
    """What is wrong with the sequence of this seed, and all that it did; "" if nothing is."""
    home = Path(tempfile.mkdtemp(prefix="sequence"))
    try:
        sequence = Sequence(seed, portal, home)
        problems = sequence.run()
    finally:
        shutil.rmtree(home)
    told = [f"seed {seed} (replay: python -m faults.sequences --seed {seed})", *problems, *sequence.told]
    return "\n  ".join(told) if problems else ""


def several(seeds: range) -> list[str]:
    """What is wrong with these."""
    empty_environment()
    with serve() as portal:
        return [words for words in (tried(seed, portal) for seed in seeds) if words]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    if options.seed is not None:
        empty_environment()
        with serve() as portal:
            words = tried(options.seed, portal)
        sys.exit(words or 0)
    parts = [range(first, min(first + 25, options.count)) for first in range(0, options.count, 25)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        wrong = [words for found in pool.map(several, parts) for words in found]
    print(*wrong, sep="\n")
    print(f"{options.count} sequences, {len(wrong)} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
