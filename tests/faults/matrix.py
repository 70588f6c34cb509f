# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One change under one fault: run, the fault ends, run again, and what the portal's log says of it."""

from __future__ import annotations

import random
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ansible_collections.sindad.cloud.plugins.module_utils._core.http.session import forget_sessions
from ansible_collections.sindad.cloud.plugins.modules import token

from faults.controller import PATIENT, Controller
from faults.faults import Fault
from faults.routes import REFRESH, TOKEN, Case
from tests.emulator.portal import Running

#: Seconds of the portal, of which none is waited for.
PACE = {"stale": 1, "duration": 4, "create_delay": 3, "operation_duration": 30, "upgrade_delay": 2}
DOUBT = "have taken effect"
#: What a task says that waits for a person to look: it was ordered, and is not listed.
LEFT_TO_A_PERSON = "is ordered and is not listed|not (ordered|created|opened|sent) again"

#: What a cell of the table says.
MARKS = {
    "=": "The task succeeded, and the run after it changed nothing.",
    "r": "The task failed, nothing had been done, and the next run did it.",
    "d": "The task failed, and it had been done: it said that it may have, or `changed`. The next run saw that.",
    "u": "The task failed and said that it may have taken effect. It had not, and the next run did it.",
    "p": "Likewise, but the next run did not send it again, as it might be there twice, and left it to a person.",
    "b": "Only a note says which object is meant: the task failed, named its id and sent nothing. So did each run.",
    "+": "The task failed. What each run does by what it is (a reboot, a login) was done at most once by each.",
    "L": "The portal said the opposite of what it did. No client can tell; see below.",
    "x": "A defect.",
}


@dataclass
class Cell:
    """What was seen of one change under one fault. *counts*: how often it had been done after each run."""

    case: Case
    fault: Fault
    results: list[dict[str, Any]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)
    by_a_person: bool = False

    @property
    def first(self) -> dict[str, Any]:
        return self.results[0]

    @property
    def has_doubt(self) -> bool:
        return DOUBT in text_of(self.first)

    @property
    def is_lie(self) -> bool:
        """Whether no client can tell what was done. What is paid is looked for where a portal is busy."""
        return self.fault.lies or (self.fault.is_busy and self.fault.takes_effect and not self.case.is_paid)

    # -- what is wrong -----------------------------------------------------------------------------------------------

    @property
    def problems(self) -> list[str]:
        found = [problem for result in self.results for problem in unclear(result)]
        found += [f"something else was done: {self.others}"] if self.others else []
        found += [f"done {self.counts[0]} times"] if self.counts[0] > 1 else []
        if self.case.is_believed:
            return found + self._acted_on_a_belief()
        if self.case.module is not token and not self.is_lie:
            found += [*self._told_wrong(), *self._not_converged()]
        most = 1 if not self.case.again else len(self.counts)
        return found + ([f"done {self.counts} times after each run"] if self.counts[-1] > most else [])

    def _acted_on_a_belief(self) -> list[str]:
        found = [f"done {self.counts} times, on a belief"] if self.counts[-1] else []
        last = self.results[-1]
        is_refused = last.get("failed") and "vmid" in text_of(last)
        return found + ([] if is_refused else [f"did not ask for the vmid: {text_of(last)}"])

    def _told_wrong(self) -> list[str]:
        """Whether the first result says what was done."""
        done, changed, failed = self.counts[0] == 1, bool(self.first.get("changed")), bool(self.first.get("failed"))
        if not failed:
            return [] if done and changed else [f"succeeded with changed={changed}, done={done}"]
        if done and not (changed or self.has_doubt):
            return ["failed, was done, and told neither changed nor a doubt"]
        if changed and not done and not self.has_doubt:
            return ["failed with changed, was not done, and told no doubt"]
        return []

    def _not_converged(self) -> list[str]:
        found = [f"the fault is over, and it fails: {text_of(one)}" for one in self.results[1:] if one.get("failed")]
        if self.case.again:
            return found
        found += ["was never done"] if self.counts[-1] == 0 else []
        found += ["changes on every run"] if self.results[-1].get("changed") else []
        return found

    # -- in one sign -------------------------------------------------------------------------------------------------

    @property
    def mark(self) -> str:
        if self.problems:
            return "x"
        if self.case.is_believed:
            return "b"
        if self.is_lie:
            return "L"
        if not self.first.get("failed"):
            return "="
        if self.case.again:
            return "+"
        if self.counts[0] == 0 and not self.has_doubt:
            return "r"
        if self.by_a_person:
            return "p"
        return "d" if self.counts[0] else "u"

    def __str__(self) -> str:
        lines = [f"{self.case.name}, {self.fault.name}: {'; '.join(self.problems) or self.mark}"]
        for result, count in zip(self.results, self.counts):
            how = "failed" if result.get("failed") else "succeeded"
            lines.append(f"{how}, changed={result.get('changed')}, done {count} times by then: {text_of(result)[:600]}")
        return "\n  ".join(lines)


def text_of(result: Mapping[str, Any]) -> str:
    """The message of a result, and those of its items."""
    items = result.get("fleet") or []
    return " ".join([str(result.get("msg") or ""), *(str(item.get("msg") or "") for item in items)]).strip()


def unclear(result: Mapping[str, Any]) -> list[str]:
    """What is wrong with the message of a failure."""
    if not result.get("failed"):
        return []
    found = [f"a defect: {result['exception']}"] if "exception" in result else []
    return found if text_of(result) else [*found, "failed without a word"]


class Matrix:
    """Runs cells, one after the other, on one emulator."""

    def __init__(self, portal: Running) -> None:
        self.portal = portal

    def run(self, case: Case, fault: Fault) -> Cell:
        home = Path(tempfile.mkdtemp(prefix="faults"))
        try:
            return self._run(Cell(case, fault), Controller(self.portal, home))
        finally:
            shutil.rmtree(home)

    def _run(self, cell: Cell, controller: Controller) -> Cell:
        case, fault = cell.case, cell.fault
        forget_sessions()
        random.seed(1)  # of the jitter
        self.portal.reset(**{**PACE, **fault.ways, **case.pace})
        if case.prepare:
            self.portal.tamper(*case.prepare)
        if case.before:
            module, options = case.before
            assert not controller.run(module, options).get("failed")
        options = self._options(case, fault, controller)
        self.portal.clear_log()
        self.portal.fault(fault.kind, **{"method": case.method, "path": case.path, **fault.more})
        timeout = fault.timeout or PATIENT
        self._note(cell, controller.run(case.module, options, timeout, fault.suspend))
        self.portal.clear_faults()
        self._recover(cell, controller)
        return cell

    def _recover(self, cell: Cell, controller: Controller) -> None:
        """The fault is over: the same task again, and once more if it is to change nothing any more."""
        result = self._run_again(cell, controller)
        said = " ".join([text_of(result), *controller.warnings])
        is_left = not cell.case.is_believed and re.search(LEFT_TO_A_PERSON, said)
        if is_left and controller.notes and not cell.counts[0]:
            cell.by_a_person = True
            for path in controller.notes:
                path.unlink()
            result = self._run_again(cell, controller)
        self._note(cell, result)
        if not cell.case.again:
            self._note(cell, self._run_again(cell, controller))

    def _run_again(self, cell: Cell, controller: Controller) -> dict[str, Any]:
        controller.clock.sleep(cell.fault.later)
        return controller.run(cell.case.module, self._options(cell.case, cell.fault, controller))

    def _options(self, case: Case, fault: Fault, controller: Controller) -> dict[str, Any]:
        """The options of the task, with the token of a new login where it takes one."""
        if not (fault.token or case.module is token):
            return case.options
        given = controller.run(token, {})
        known = {TOKEN: given["token"], REFRESH: given["refresh_token"]}
        options = {key: known.get(str(value), value) for key, value in case.options.items()}
        return options if case.module is token else {**options, "token": given["token"]}

    def _note(self, cell: Cell, result: dict[str, Any]) -> None:
        cell.results.append(result)
        wanted = re.compile(f"^{cell.case.method} /api{cell.case.path[1:]}")
        effects = self.portal.effects()
        cell.counts.append(sum(count for key, count in effects.items() if wanted.search(key)))
        cell.others = {key: count for key, count in effects.items() if not wanted.search(key)}
