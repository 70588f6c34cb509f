# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tag ``#protected`` forbids without ``force``."""

from __future__ import annotations

from .._core.errors import InvalidInput, LookupFailed
from .._core.http.client import Client
from .api import MAY_NOT_BE_OFFERED, Service
from .tags import PROTECTED, is_protected


def ensure_unprotected(name: str, act: str, *labels: str | None) -> None:
    """Refuse what destroys, if one of the *labels* of the machine and its service protects it.

    :param name: of the machine, for the message. :param act: what would be done to it: "destroy it".
    """
    if is_protected(*labels):
        raise InvalidInput(f"{name} is tagged #{PROTECTED}, and was left alone. To {act} anyway, use force=true.")


def label_of_service(client: Client, service_id: str) -> str:
    """The label of the service, for its tags; "" if the service has no labels.

    :raises PortalError: if the label cannot be read although the service has one.
    :raises LookupFailed: if it cannot be read, and the service does not report what it offers.
    """
    service = Service(client, service_id)
    try:
        return service.label()
    except MAY_NOT_BE_OFFERED as error:
        if not service.routes_without(error):
            raise LookupFailed(
                f"It is unknown whether service {service_id} is tagged #{PROTECTED}: its label cannot be read "
                f"({error}), and the portal lists no routes of it. Nothing was changed. Use force=true to go on anyway."
            ) from None
        return ""
