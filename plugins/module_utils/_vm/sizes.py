# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sizes of a VM as options of a module: memory and disk may have a unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._core.errors import InvalidInput
from .._core.reading.values import size_option

SIZE_SPEC: dict[str, dict[str, Any]] = {"memory": {"type": "str"}, "cpu": {"type": "int"}, "disk": {"type": "str"}}
#: The unit of a size that is given as a number.
UNITS = {"memory": "MB", "disk": "GB"}


def with_sizes(options: Mapping[str, Any], owner: str = "") -> dict[str, Any]:
    """*options* with memory in MB and disk in GB as numbers; what is not given stays None.

    :param owner: the VM, for the message, if the task is about several.
    :raises InvalidInput: for a size that no VM has.
    """
    given = {name: options[name] for name in UNITS if options[name] is not None}
    if options["cpu"] is not None and options["cpu"] <= 0:
        raise InvalidInput(f"cpu{owner and f' of {owner}'} must be more than 0, not {options['cpu']}.")
    return {**options, **{name: size_option(value, UNITS[name], name, owner) for name, value in given.items()}}
