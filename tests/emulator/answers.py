# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the portal sends back: JSON as PHP writes it, web server pages, refusals."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from typing import Any, NoReturn

JSON_TYPE = "application/json; charset=utf-8"


@dataclass(slots=True)
class Answer:
    """One HTTP answer."""

    status: int = 200
    body: bytes = b""
    content_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)


class Refused(Exception):
    """Raised by a handler to answer with an error."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def encode(payload: Any) -> bytes:
    """JSON as PHP's json_encode writes it: slashes escaped, nothing but ASCII."""
    return json.dumps(payload, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def json_answer(payload: Any, status: int = 200) -> Answer:
    return Answer(status, encode(payload))


def html_page(status: int, title: str, text: str = "") -> Answer:
    """A page of the web server in front of the portal."""
    safe = html.escape(title)
    below = html.escape(text) or "nginx"
    body = (
        f"<!DOCTYPE html>\r\n<html>\r\n<head><title>{safe}</title></head>\r\n<body>\r\n"
        f"<center><h1>{safe}</h1></center>\r\n<hr><center>{below}</center>\r\n</body>\r\n</html>\r\n"
    )
    return Answer(status, body.encode(), "text/html; charset=utf-8")


def refuse(*codes: Any, status: int = 200, **beside: Any) -> NoReturn:
    """Stop the request with {"error": [...]} and whatever stands beside it."""
    raise Refused(json_answer({**beside, "error": list(codes)}, status))
