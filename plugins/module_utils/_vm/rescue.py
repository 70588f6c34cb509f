# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rescue mode of one VM, on or off. Many backends never report which of the two it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .._core.change.transition import Target
from .._core.errors import ApiError
from .api import Vms
from .record import VmRecord, is_rescued, is_stable
from .state import Reached, VmState, describe
from .transitions import Vm, VmTransition, existing


@dataclass(frozen=True)
class Rescue(VmTransition):
    """Into rescue mode or out of it.

    :ivar was: whether the VM was in rescue mode; None if the portal does not report it, and it may never do.
    """

    enabled: bool
    was: bool | None

    @property
    def description(self) -> str:  # type: ignore[override]
        return "to be in rescue mode" if self.enabled else "to be out of rescue mode"

    @property
    def looks_the_same(self) -> bool:  # type: ignore[override]
        return self.was is None

    def send(self, api: Vms, record: Vm) -> Any:
        call = api.rescue if self.enabled else api.unrescue
        return call(existing(record)["id"])

    def is_done(self, record: Vm) -> bool:
        vm = existing(record)
        return self._shows(vm) or (self.was is None and is_rescued(vm) is None and is_stable(vm))

    def has_begun(self, record: Vm) -> bool:
        return self._shows(existing(record)) or not is_stable(existing(record))

    def predict(self, record: Vm) -> Vm:
        return record

    def _shows(self, vm: VmRecord) -> bool:
        now = is_rescued(vm)
        return is_stable(vm) and (now is self.enabled or (self.was is True and now is None))


class VmRescue(VmState):
    """A VM and whether it is to be in rescue mode."""

    def apply(self) -> Reached:
        """Bring the VM to the ``state`` of the module vm_rescue."""
        enabled = self.options["state"] == "enabled"
        if self.find_or_await() is None:
            raise self.missing()
        self._settle()
        was = is_rescued(existing(self.vm))
        if was is not enabled:
            self.found.ensure_known()
            self._switch(Rescue(enabled, was))
        before = {"label": existing(self.vm)["label"], "rescue": was}
        return Reached(self.vm, before, {**before, "rescue": enabled} if self.context.changed else before)

    def _switch(self, rescue: Rescue) -> None:
        target = Target(self.name, self.vms, self.refresh, describe)
        try:
            self.vm = self.context.apply(rescue, target, self.vm).record
        except ApiError as refusal:
            if not _is_so_already(refusal, rescue.enabled):
                raise
            self.context.changed = False
            return
        if rescue.was is None and is_rescued(existing(self.vm)) is not rescue.enabled:
            self.context.warn(
                f"The portal does not report whether {self.name} is in rescue mode, so this task reboots it every time."
            )


def _is_so_already(refusal: ApiError, enabled: bool) -> bool:
    word = "already" if enabled else "not"
    said = " ".join(refusal.errors)
    return bool(re.search(rf"\b{word}[ _](in[ _]rescue|rescued|enabled|active)", said, re.I))
