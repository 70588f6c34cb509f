# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The label of a service as ``service_label`` finds it set."""

from __future__ import annotations

from .._core.change.draft import Draft, is_writable, left_out


def draft_label(service_id: str, label: str) -> Draft:
    """The label of a service, as ``service_label`` compares it."""
    if not is_writable(label):
        return left_out(service_id, "The label has characters that no file can hold.")
    return Draft(service_id, {"label": label}, "")
