# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms in which portals say no, say yes, and say nothing, all of them with HTTP 200."""

from __future__ import annotations

from typing import Any

from .pages import LISTS

WORDS = "Node is down"
DENIALS: dict[str, Any] = {
    "error_text": {"error": WORDS},
    "error_list": {"error": [WORDS]},
    "error_objects": {"error": [{"code": 5, "message": WORDS}]},
    "error_beside_true": {"status": True, "error": [WORDS]},
    "errors_list": {"errors": [WORDS]},
    "errors_object": {"errors": {"node": [WORDS]}},
    "status_error": {"status": "error"},
    "status_failed": {"status": "failed"},
    "status_false": {"status": False},
    "status_false_message": {"status": False, "message": WORDS},
    "status_false_msg": {"status": False, "msg": WORDS},
    "success_false": {"success": False},
    "success_no": {"success": "no"},
    "success_zero": {"success": 0},
    "result_error": {"result": "error"},
    "ok_false": {"ok": False},
    "code_500": {"code": 500, "message": WORDS},
}
# A denial with an empty list beside it, as a read may get it.
BESIDE_DATA = "beside_data"
REPLIES: dict[str, Any] = {
    "status_true": {"status": True},
    "status_one": {"status": 1},
    "status_ok": {"status": "ok"},
    "status_success": {"status": "success"},
    "success_true": {"success": True},
    "success_text": {"success": "1"},
    "result_success": {"result": "success"},
    "ok_true": {"ok": True},
    "code_200": {"code": 200, "message": "OK"},
    "task": {"task_id": "58213"},
    "message": {"message": "Your request has been queued"},
    "object": {},
    "list": [],
    "null": None,
    "false": False,
    "true": True,
    "text": "OK",
}
# Refusals of a portal that is busy; it may be busy with what it was asked for.
BUSY: dict[str, Any] = {
    "locked_create": {"error": ["VM is locked (create)"]},
    "locked": {"error": ["VM is locked by another operation"]},
    "in_progress": {"status": False, "message": "Another operation is in progress"},
    "try_again": {"result": "error", "message": "The node is busy, please try again in a few moments"},
    "task_running": {"errors": {"task": ["Task 58213 is already running"]}},
    "conflict": {"code": 409, "message": "Conflict: a request of this kind is pending"},
    "persian": {"success": False, "message": "عملیات دیگری در حال انجام است"},
}
# Values of `error` that tell of no error.
HARMLESS: dict[str, Any] = {
    "list": [],
    "object": {},
    "empty": "",
    "null": None,
    "zero": 0,
    "zero_text": "0",
    "false": False,
    "none": "none",
}
# A bare "done" has these keys only; an answer with others tells something that a client needs.
_DONE = frozenset({"status", "success", "info"})


def denial(form: str, route: str | None) -> dict[str, Any]:
    """A denial in this form."""
    if form == BESIDE_DATA:
        return {"success": False, "message": WORDS, LISTS.get(route or "", "data"): []}
    found: dict[str, Any] = DENIALS[form]
    return found


def replied(payload: Any, reply: str, harmless: str) -> Any:
    """The answer of an action that was done, in the form `reply`, and with a harmless `error` beside it."""
    if not isinstance(payload, dict) or payload.get("error"):
        return payload
    if reply and set(payload) <= _DONE:
        payload = REPLIES[reply]
    if harmless and isinstance(payload, dict):
        payload = {**payload, "error": HARMLESS[harmless]}
    return payload
