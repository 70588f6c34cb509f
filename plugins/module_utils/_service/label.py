# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Apply what is desired of the label of one service, and read back what the portal made of it."""

from __future__ import annotations

from collections.abc import Sequence

from .._context import ModuleContext
from .._core.change.polling import STALE_READ_WINDOW_S, Deadline, watch
from .._core.change.transition import Target
from .._core.errors import SindadError
from .api import Service
from .transitions import SetLabel, plan_label


def apply_label(
    context: ModuleContext, service: Service, desired: str | None, tags: Sequence[str] | None
) -> tuple[str, str]:
    """Set the label, or only its *tags*. Return the label before and after.

    :raises SindadError: if the portal made something else of it, such as a label without the tag that protects.
    """
    before = after = service.label()
    target = Target(f"service {service.id}", service, service.label, "its label is {!r}".format)
    for transition in plan_label(before, desired, tags):
        outcome = context.apply(transition, target, before)
        after = _read_back(context, service, transition, before) if outcome.sent else outcome.record
    return before, after


def _read_back(context: ModuleContext, service: Service, transition: SetLabel, before: str) -> str:
    seen = service.label()
    if not transition.is_done(seen):
        deadline = Deadline(STALE_READ_WINDOW_S, context.client.clock)
        seen = watch(context.client, service.label, transition.is_done, deadline, seen)
    if not transition.is_done(seen):
        context.client.changed = seen != before
        raise SindadError(
            f"The portal accepted the label '{transition.label}' of service {service.id}, but reports "
            f"{repr(seen) if seen else 'none'}. A tag that is not reported has no effect. Choose a label that the "
            "portal keeps as it is."
        )
    return seen
