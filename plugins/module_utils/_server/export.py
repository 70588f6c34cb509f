# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host name of a dedicated server as ``server_hostname`` finds it set."""

from __future__ import annotations

from .._core.change.draft import Draft, left_out
from .._core.errors import InvalidInput
from .api import Server
from .hostname import checked_hostname


def draft_hostname(server: Server) -> Draft:
    hostname = server.snapshot().record["hostname"]
    if not hostname:
        return left_out(server.id, "The portal does not report the host name.")
    try:
        return Draft(server.id, {"hostname": checked_hostname(hostname)}, "")
    except InvalidInput:
        return left_out(server.id, f"The host name is none that can be set: {hostname}")
