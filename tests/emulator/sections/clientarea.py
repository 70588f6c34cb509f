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
        return {"token": None, "mfa": call.gate.challenge(options, name, contact)}
    return dict(call.gate.pair(options, name, contact))


@endpoint("POST", "/mfa/verify")
def verify(call: Call) -> dict[str, Any]:
    """The token of the challenge in the body or as Bearer; how the code is called is not known, so any of these."""
    body = call.body
    token = text(body, "token", False) or text(body, "mfa_token", False) or call.header.partition(" ")[2]
    code = next((text(body, name) for name in ("code", "otp", call.options.mfa_method) if body.get(name)), "")
    return dict(call.gate.answer(call.options, token, code))


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
