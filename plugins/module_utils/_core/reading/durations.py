# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Durations as options: a number of seconds, or a number with a unit."""

from __future__ import annotations

import re

from ..errors import InvalidInput

_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_UNIT = r"(?:(s)(?:ec(?:onds?|s)?)?|(m)(?:in(?:utes?|s)?)?|(h)(?:(?:ou)?rs?)?|(d)(?:ays?)?)?"
_DURATION = re.compile(rf"(\d{{1,15}}(?:\.\d{{1,15}})?|\.\d{{1,15}}) ?{_UNIT}", re.I | re.A)
#: What timers of the operating system take for certain.
LONGEST_S = 366 * 86400


def duration_option(value: object, name: str) -> float:
    """Return what a user gave as a duration, in seconds: ``90``, ``90s``, ``10m``, ``1.5 h``.

    :param name: the option, for the message.
    :raises InvalidInput: for what is not a duration, 0, or longer than a year.
    """
    found = None if isinstance(value, bool) else _DURATION.fullmatch(str(value).strip())
    if not found:
        raise InvalidInput(
            f"{name} must be more than 0 seconds: a number, or one with the unit s, m, h or d, such as 90, 90s or "
            f"10m, not {value}."
        )
    unit = next((each for each in found.groups()[1:] if each), "").lower()
    seconds = float(found[1]) * _SECONDS[unit]
    if not 0 < seconds <= LONGEST_S:
        raise InvalidInput(f"{name} must be more than 0 seconds and at most a year, not {value}.")
    return seconds
