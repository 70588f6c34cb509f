# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done to a service, but for its upgrade, and what leads to the label that is desired: ``plan_label``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .._core.change.transition import Transition
from .._core.reading.labels import name_of, unescaped
from .._core.reading.values import fold
from .api import Service
from .tags import same_tags, with_tags


@dataclass(frozen=True)
class SetLabel(Transition[Service, str]):
    """Its record is the label.

    :ivar tags: those that were requested; None if the whole label was.
    """

    label: str
    tags: Sequence[str] | None = None
    description = "to be labelled"

    def send(self, api: Service, record: str) -> Any:
        return api.set_label(self.label)

    def is_done(self, record: str) -> bool:
        if says_same(record, self.label):
            return True
        return self.tags is not None and same_tags(record, self.tags) and same_name(record, self.label)

    def predict(self, record: str) -> str:
        return self.label


@dataclass(frozen=True)
class Cancel(Transition[Service, None]):
    """Ask for the cancellation. The request is queued, and cannot be read."""

    immediate: bool
    reason: str
    description = "to be cancelled"

    def send(self, api: Service, record: None) -> Any:
        return api.cancel(self.immediate, self.reason)

    def is_done(self, record: None) -> bool:
        return False

    def predict(self, record: None) -> None:
        return None


def plan_label(label: str, desired: str | None, tags: Sequence[str] | None) -> list[SetLabel]:
    """What gives a service with this *label* the *desired* one, and the *tags* in it; None leaves either as it is."""
    target = label if desired is None or says_same(label, desired) else desired.strip()
    if tags is not None:
        target = with_tags(target, tags)
    return [] if target == label else [SetLabel(target, tags if desired is None else None)]


def says_same(label: str, desired: str) -> bool:
    """Whether the portal's *label* is the *desired* one; it may write special signs as HTML, and join blanks."""
    forms = (label.split(), unescaped(label).split())
    return desired.split() in forms


def same_name(label: str, other: str) -> bool:
    """Whether two labels hold one name, however it is spelt."""
    return fold(unescaped(name_of(label))) == fold(unescaped(name_of(other)))
