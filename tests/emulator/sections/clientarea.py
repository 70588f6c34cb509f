# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging in and out, and the client's own details."""

from __future__ import annotations

from typing import Any

from ..answers import Refused, html_page, refuse
from ..call import Call
from ..fields import accept, shown
from ..params import text
from ..routing import endpoint


@endpoint("POST", "/login")
def login(call: Call) -> dict[str, Any]:
    options = call.options
    if options.login == "html":
        raise Refused(html_page(500, "500 Internal Server Error"))
    if options.login == "error":
        refuse("Undefined index: token")
    if not options.tokens:
        refuse("access_blocked")
    name, password = text(call.body, "username", False), text(call.body, "password", False)
    contact = call.gate.check(options, name, password)
    if options.mfa:
        expires = int(call.account.clock.wall() + 300)
        return {"token": None, "mfa": {"token": "mfa-3f1c", "methods": ["totp"], "expires_at": expires}}
    return dict(call.gate.pair(options, name, contact))


@endpoint("POST", "/logout")
def logout(call: Call) -> dict[str, Any]:
    assert call.caller is not None
    call.gate.revoke(call.caller.pair)
    return {"status": True}


@endpoint("POST", "/token")
def refresh(call: Call) -> dict[str, Any]:
    if not call.options.tokens:
        refuse("access_blocked")
    return dict(call.gate.refresh(call.options, text(call.body, "refresh_token")))


@endpoint("POST", "/revoke")
def revoke(call: Call) -> dict[str, Any]:
    value = text(call.body, "refresh_token", required=False)
    if value:
        call.gate.revoke_refresh(call.options, value)
    elif call.caller and call.caller.pair is not None:
        call.gate.revoke(call.caller.pair)
    else:
        refuse("refresh_token is required")
    return {"status": True}


@endpoint("GET", "/details")
def details(call: Call) -> dict[str, Any]:
    return {"client": shown(call.account.client, call.options)}


@endpoint("PUT", "/details")
def update_details(call: Call) -> dict[str, Any]:
    call.account.client.update(accept(call.body, call.options))
    return {"client": shown(call.account.client, call.options), "info": ["client_info_updated"]}
