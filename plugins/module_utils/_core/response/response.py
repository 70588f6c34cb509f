# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a response of the portal means: its JSON, a file, or an error in words."""

from __future__ import annotations

import contextlib
import email.utils
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ..errors import (
    ApiError,
    AuthenticationFailed,
    DecodingError,
    NotFound,
    PortalError,
    RateLimited,
    UnclearResponse,
)
from ..http.clock import SYSTEM_CLOCK, Clock
from ..http.request import Request
from ..reading.values import fold
from .decoding import MAX_WORDS, decode, words_of_page
from .verdict import code_of, denials_of, errors_of, refusals_of, says_done

#: Statuses that ask to come back later.
LATER = (429, 502, 503, 504)
OUTCOME_UNKNOWN = " The request may still have taken effect."

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
BASIC_HINT = "Set username and password and no token: some portals accept them with each request, but not at /login"
#: What a portal says of what does not exist, and of requests that come too fast, in either language [C, G].
_MISSING = re.compile(
    r"not?[ _-]?(be )?found|not exist|n't exist|no (such|longer exists?)|unknown (id|vm|service|server|object)"
    r"|یافت ?نشد|پیدا ?نشد|وجود ?ندارد|موجود ?نیست|ناموجود"
)
_TOO_FAST = re.compile(
    r"too many (requests|calls|attempts)|(?<![a-z])(rate|request|call)s?[ _-]?limit|\bdiscarded\b|throttl|slow down"
    r"|تعداد ?درخواست|درخواست.{0,20}بیش ?از ?حد|بیش ?از ?حد.{0,20}درخواست|محدودیت ?درخواست"
)
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
        if self.raw.content.strip(b"\xef\xbb\xbf \t\r\n") == b"":
            if self.status == 204:
                return {}
            raise self._not_json("answered nothing")
        try:
            return decode(self.raw.content)
        except json.JSONDecodeError:
            words = self.redact(words_of_page(self.raw.content))[:80]
            raise self._not_json(f'answered with a page, not with JSON: "{words}"') from None
        except ValueError as error:
            raise self._not_json(f"answered with JSON that cannot be used: {error}") from None

    def check(
        self, payload: Any, accept: Iterable[str] = (), own_status: bool = False, needs_receipt: bool = True
    ) -> bool:
        """Raise if *payload* or the status is an error. True if the portal did it, False for errors in *accept*.

        :param own_status: ``status`` is what was asked for, and not a flag of the answer.
        :param needs_receipt: whether the answer to what is not a GET must say that it was done.
        :raises UnclearResponse: if it does not.
        """
        errors = errors_of(payload, not self.request.is_safe)
        if not errors:
            errors = denials_of(payload, own_status) if self.request.is_safe else refusals_of(payload)
        if errors and all(code in accept for code in errors):
            return False
        if errors or self.status >= 400:
            raise self._refused(self._shown(errors), code_of(payload))
        endpoint = f"{self.request.method} {self.request.route}"
        if not self.request.is_safe and needs_receipt and not says_done(payload, self.status, endpoint):
            raise self.unclear(payload)
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
                self.check(decode(content))
        return content

    def _shown(self, errors: Iterable[str]) -> list[str]:
        """*errors* without secrets; a password such as "wrong" must not hide what ``wronglogin`` says."""
        return [code if code in MEANINGS else self.redact(code) for code in errors]

    # -- the errors --------------------------------------------------------------------------------------------------

    def _refused(self, errors: list[str], code: int | None = None, is_certain: bool = False) -> PortalError:
        """Return the error for a refusal of the API.

        :param errors: its codes or texts. :param code: a status in the answer itself.
        :param is_certain: whether nothing was done, whatever the status.
        """
        said = ", ".join(f"{MEANINGS[code]} ({code})" if code in MEANINGS else code for code in errors)
        said = said or f"HTTP {self.status}"
        words = fold(" ".join(errors)[:MAX_WORDS])
        if self.status in LATER or _TOO_FAST.search(words):
            return self._busy(said, errors, is_certain)
        kind: type[PortalError] = ApiError
        hint = ""
        if {self.status, code} & {401, 403} or any(code in AUTHENTICATION_CODES for code in errors):
            kind, hint = AuthenticationFailed, f" {AUTHENTICATION_HINT}."
        elif {self.status, code} & {404, 405, 501} or _MISSING.search(words):
            kind = NotFound
            hint = "" if self.request.ids else f" {ADDRESS_HINT}."
        elif self.request.route == "/login" and "internal_error_0" in errors:
            hint = f" {BASIC_HINT}."
        outcome_unknown = not (self.request.is_safe or is_certain) and self.status >= 500
        doubt = OUTCOME_UNKNOWN if outcome_unknown else ""
        message = f"The portal refused {self.request}: {said}.{hint}{doubt}"
        return kind(message, self.request, errors, self.status, outcome_unknown)

    def refusal(self, reasons: Iterable[str], payload: Any) -> PortalError:
        """Return the error for an answer that a dialect calls a refusal: whatever the status, nothing was done.

        :param reasons: the portal's codes or texts; if there are none, *payload* is asked for some.
        """
        errors = list(reasons) or errors_of(payload) or refusals_of(payload)
        return self._refused(self._shown(errors), code_of(payload), True)

    def unclear(self, payload: Any) -> UnclearResponse:
        """Return the error for the answer to a change that neither confirms nor rejects it."""
        shown = self.redact(json.dumps(payload, ensure_ascii=False))[:80]
        message = f"The response to {self.request} neither confirms nor rejects the request: {shown}.{OUTCOME_UNKNOWN}"
        return UnclearResponse(message, self.request, (), self.status, outcome_unknown=True)

    def _not_json(self, what: str) -> PortalError:
        what = f"{what} (HTTP {self.status} from {bare_url(self.raw.url)})"
        if self.status in LATER:
            return self._busy(f"it {what}")
        outcome_unknown = not self.request.is_safe and not 400 <= self.status < 500
        doubt = OUTCOME_UNKNOWN if outcome_unknown else ""
        kind = AuthenticationFailed if self.status in (401, 403) else DecodingError
        message = f"The portal {what}. {self._page_hint()}{doubt}"
        return kind(message, self.request, (), self.status, outcome_unknown)

    def _page_hint(self) -> str:
        """What to do about an answer that is not JSON."""
        check = f"{ADDRESS_HINT}, and that no browser check stands before it."
        address, path = bare_url(self.raw.url), self.request.path
        base = address.removesuffix(path)
        if base and not urlsplit(base).path.rstrip("/"):
            check = f"{ADDRESS_HINT}, such as {base.rstrip('/')}/api."
        if self.status in (401, 403):
            return f"{AUTHENTICATION_HINT}. If they are right, a firewall or a browser check may stand before the API."
        if self.status in (404, 405, 501):
            return f"Either this portal does not have {self.request.method} {self.request.route}, or: {check}"
        return "Try again later." if self.status >= 500 else check

    def _busy(self, said: str, errors: Iterable[str] = (), is_certain: bool = False) -> RateLimited:
        """The error for an answer that asks to come back later: one of LATER, or a rate limit in words."""
        asked = retry_after(self.raw.headers.get("Retry-After"), self.clock.time())
        # Only a 429 says that nothing was done. A gateway's 502 to 504, or a maintenance page, knows nothing of what
        # lies behind it.
        outcome_unknown = self.status >= 500 and not (self.request.is_safe or is_certain)
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
        error.repeatable = self.request.is_safe or (asked is not None and self.status == 429)
        return error


# -- small readers ---------------------------------------------------------------------------------------------------


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
