# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of the API: the documented route, the ids in it, and what goes along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ..errors import InvalidInput


@dataclass(frozen=True)
class Request:
    """A call that can be sent, and told in a message.

    :ivar route: as documented, such as ``/service/@id/vms``; *ids* fills its names.
    :ivar body: sent as JSON. :ivar query: sent in the address.
    """

    method: str
    route: str
    ids: tuple[tuple[str, Any], ...] = ()
    body: Mapping[str, Any] | None = field(default=None, repr=False)  # it may hold a password
    query: Mapping[str, Any] | None = field(default=None, repr=False)

    @property
    def path(self) -> str:
        """The route with its names filled in, each quoted: ``/service/301/vms``."""
        values = dict(self.ids)
        return re.sub(r"@(\w+)", lambda match: _segment(values[match.group(1)]), self.route)

    @property
    def is_safe(self) -> bool:
        """Whether the verb changes nothing, and may be repeated."""
        return self.method == "GET"

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def _segment(value: object) -> str:
    segment = quote("" if value is None else str(value).strip(), safe="")
    if segment in ("", ".", ".."):
        raise InvalidInput(f"'{value}' cannot be an id: it is not a name that an address may hold.")
    return segment
