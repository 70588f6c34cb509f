# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which routes a service offers."""

from __future__ import annotations

import re

from .._core.errors import NotOffered


def same_route(left, right):
    """Whether two routes are the same but for the names, or values, of their ids."""
    return _shape(left) == _shape(right)


def _shape(route):
    return [re.sub(r"^([@:$].*|\{.*\}|\d+)$", "@", part) for part in (route or "").strip("/").split("/")]


_SPEAKS_OF_ROUTES = re.compile(r"service|method|route|endpoint|not[ _](available|supported|offered|allowed)", re.I)


def offers(offered, request):
    return any(
        (each["method"] or "").upper() == request.method and same_route(each["route"], request.route)
        for each in offered
    )


def not_offered(request, offered, cause=None):
    """The error for a route that a service does not offer; it lists what the service does offer."""
    routes = ", ".join(f"{each['method']} {each['route']}" for each in offered) or "nothing"
    return NotOffered(
        f"Service {dict(request.ids)['id']} does not offer {request.method} {request.route}. It offers: {routes}.",
        request,
        cause.errors if cause else (),
        cause.status_code if cause else None,
    )
