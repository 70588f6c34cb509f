# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done to a service, but for its upgrade, and what leads to the label that is wanted: ``plan_label``."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .._core.change.transition import Transition
from .api import Service
from .tags import with_tags


@dataclass(frozen=True)
class SetLabel(Transition[Service, str]):
    """Its record is the label."""

    label: str
    description = "to be labelled"

    def send(self, api: Service, record: str) -> Any:
        return api.set_label(self.label)

    def is_done(self, record: str) -> bool:
        return says_same(record, self.label)

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


def plan_label(label: str, wanted: str | None, tags: Sequence[str] | None) -> list[SetLabel]:
    """What gives a service with this *label* the *wanted* one, and the *tags* in it; None leaves either as it is."""
    target = label if wanted is None or says_same(label, wanted.strip()) else wanted.strip()
    if tags is not None:
        target = with_tags(target, tags)
    return [] if target == label else [SetLabel(target)]


def says_same(label: str, wanted: str) -> bool:
    """Whether the portal's *label* is the *wanted* one; it may write special signs as HTML."""
    return wanted in (label, html.unescape(label))
