# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a response of the portal means: its JSON, a file, or an error in words."""

from __future__ import annotations

import contextlib
import email.utils
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .clock import SYSTEM_CLOCK, Clock
from .errors import ApiError, AuthenticationFailed, DecodingError, NotFound, PortalError, RateLimited
from .request import Request

#: Statuses that ask to come back later.
LATER = (429, 502, 503, 504)
OUTCOME_UNKNOWN = " It may have taken effect all the same."

#: What the portal's own codes mean, in words. Source: the vendor's language keys (shared facts, section 4).
MEANINGS = {
    "wronglogin": "the user name or password is wrong",
    "unauthorized": "the token is not valid",
    "token_expired": "the token has expired",
    "access_blocked": "API access is blocked for this account",
    "bannedip_error_login": "this address is banned from logging in",
    "noprivileges": "this login lacks the privilege for it",
    "cannot_cancel_this_service": "this service cannot be cancelled",
    "cancelled_already": "its cancellation has been asked for already",
    "invalid_hostname": "the host name is not valid",
    "invalid_template": "the template is not valid for it",
    "resourcelimitreached": "the resources of the service do not suffice",
    "upgrade_not_available": "no upgrade is available",
    "upgrade_due_invoice": "an invoice of the service has to be paid first",
    "upgrade_order_fail": "the order could not be placed",
}
AUTHENTICATION_CODES = ("wronglogin", "unauthorized", "token_expired", "access_blocked", "bannedip_error_login")
ADDRESS_HINT = "Check that api_url is the address of the API"
AUTHENTICATION_HINT = (
    "Check username and password, or token, or the variables SINDAD_USERNAME, SINDAD_PASSWORD and SINDAD_TOKEN, "
    "and that the provider has switched on API access for them"
)


@dataclass(frozen=True)
class RawResponse:
    """What came back, whole: the status, the headers, the body, and the address that it came from."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str = ""


class Response:
    """The response to *request*; *redact* takes the credentials out of a text."""

    def __init__(
        self, request: Request, raw: RawResponse, redact: Callable[[object], str], clock: Clock = SYSTEM_CLOCK
    ):
        self.request, self.raw, self.redact, self.clock = request, raw, redact, clock
        self.status = raw.status

    def json(self) -> Any:
        """The decoded JSON. Everything else is an error: a redirect, a page, or nothing."""
        if 300 <= self.status < 400:
            target = bare_url(self.raw.headers.get("Location", "nowhere"))
            raise self._not_json(f"redirects to {self.redact(target)}; set api_url to the API's final address")
        text = self.raw.content.decode("utf-8-sig", "replace").strip()
        if not text and self.status == 204:
            return {}
        with contextlib.suppress(ValueError):
            return json.loads(text)
        if not text:
            raise self._not_json("answered nothing")
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.S | re.I)
        words = html.unescape(title.group(1) if title else re.sub(r"<[^>]*>", " ", text)).split()
        raise self._not_json(f'answered with a page, not with JSON: "{self.redact(" ".join(words))[:80]}"')

    def check(self, payload: Any, accept: Iterable[str] = ()) -> bool:
        """Raise if *payload* or the status is an error. True if the portal did it, False for errors in *accept*."""
        errors = errors_of(payload)
        if not errors and not self.request.is_safe:
            errors = _denials_of(payload)
        if errors and all(code in accept for code in errors):
            return False
        if errors or self.status >= 400:
            # A password such as "wrong" must not hide what ``wronglogin`` says.
            raise self._refused([code if code in MEANINGS else self.redact(code) for code in errors])
        return True

    def file(self) -> bytes:
        """The bytes of a file. What is not sent as a file may be an error, or a page."""
        headers, content = self.raw.headers, self.raw.content
        sent_as_file = "Content-Disposition" in headers
        page = not content or "html" in headers.get("Content-Type", "").lower()
        if self.status != 200 or (page and not sent_as_file):
            self.check(self.json())
        elif not sent_as_file:
            with contextlib.suppress(ValueError):
                self.check(json.loads(content))
        return content

    # -- the errors --------------------------------------------------------------------------------------------------

    def _refused(self, errors: list[str]) -> PortalError:
        """The error for a no of the API; *errors* are its codes or texts."""
        said = ", ".join(f"{MEANINGS[code]} ({code})" if code in MEANINGS else code for code in errors)
        said = said or f"HTTP {self.status}"
        words = " ".join(errors).lower()
        if self.status in LATER or re.search(r"too many requests|\brate.?limit|\bdiscarded\b", words):
            return self._busy(said, errors)
        kind: type[PortalError] = ApiError
        hint = ""
        if self.status in (401, 403) or any(code in AUTHENTICATION_CODES for code in errors):
            kind, hint = AuthenticationFailed, f" {AUTHENTICATION_HINT}."
        elif self.status in (404, 405, 501) or re.search(r"not[ _]?found|does not exist|no such", words):
            kind = NotFound
            hint = "" if self.request.ids else f" {ADDRESS_HINT}."
        outcome_unknown = not self.request.is_safe and self.status >= 500
        doubt = OUTCOME_UNKNOWN if outcome_unknown else ""
        message = f"The portal refused {self.request}: {said}.{hint}{doubt}"
        return kind(message, self.request, errors, self.status, outcome_unknown)

    def _not_json(self, what: str) -> PortalError:
        what = f"{what} (HTTP {self.status} from {bare_url(self.raw.url)})"
        if self.status in LATER:
            return self._busy(f"it {what}")
        outcome_unknown = not self.request.is_safe and not 400 <= self.status < 500
        hint = f"{ADDRESS_HINT}, and that no browser check stands before it."
        if self.status >= 500:
            hint = "Try again later."
        message = f"The portal {what}. {hint}"
        return DecodingError(
            message + (OUTCOME_UNKNOWN if outcome_unknown else ""), self.request, (), self.status, outcome_unknown
        )

    def _busy(self, said: str, errors: Iterable[str] = ()) -> RateLimited:
        """The error for an answer that asks to come back later: one of LATER, or a rate limit in words."""
        asked = retry_after(self.raw.headers.get("Retry-After"), self.clock.time())
        # Surely not done: 429, and 503 with Retry-After. The gateway of a 502 or 504 knows nothing of what lies behind.
        reached = self.status in (502, 504) or (self.status >= 500 and asked is None)
        outcome_unknown = reached and not self.request.is_safe
        when = f"in {asked:.0f} seconds" if asked else "later"
        error = RateLimited(
            f"The portal did not take {self.request} (HTTP {self.status}): {said}. Try again {when}."
            + (OUTCOME_UNKNOWN if outcome_unknown else ""),
            self.request,
            errors,
            self.status,
            outcome_unknown,
        )
        error.retry_after = asked
        error.repeatable = self.request.is_safe or (asked is not None and not outcome_unknown)
        return error


# -- small readers ---------------------------------------------------------------------------------------------------


def errors_of(payload: Any) -> list[str]:
    """The texts of ``error``: a list of strings, a string, an object, a list of objects, or absent."""
    return list(_texts(payload.get("error"))) if isinstance(payload, dict) else []


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        told = next((value[key] for key in ("code", "message", "error", "text") if value.get(key)), None)
        yield from _texts(list(value.values()) if told is None else told)
    elif value is True:
        yield "error"
    elif value not in (None, False) and str(value).strip():
        yield str(value).strip()


def _denials_of(payload: Any) -> list[str]:
    """What an action replies that did not work, and that names no error: ``{"status": false, "info": [...]}``."""
    if not isinstance(payload, dict):
        return []
    if not any(payload.get(key, True) in (False, "false", "0") for key in ("status", "success")):
        return []
    return list(_texts([payload.get("info"), payload.get("message")])) or ["status: false"]


def retry_after(value: str | None, now: float) -> float | None:
    """The seconds that a Retry-After header asks to wait, or None."""
    value = (value or "").strip()
    if value.isdecimal():
        return float(value)
    with contextlib.suppress(TypeError, ValueError, IndexError, OverflowError):
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - now)
    return None


def bare_url(address: object) -> str:
    """An address without credentials, query and fragment."""
    text = str(address).partition("?")[0].partition("#")[0]
    with contextlib.suppress(ValueError):
        netloc = urlsplit(text).netloc
        return text.replace(netloc, netloc.rpartition("@")[2], 1) if netloc else text
    return "an address that cannot be read"
