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
from .decoding import decode, words_of_page
from .verdict import code_of, denials_of, errors_of, refusals_of, says_done

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
        if not text:
            raise self._not_json("answered nothing")
        try:
            return decode(text)
        except json.JSONDecodeError:
            words = self.redact(words_of_page(self.raw.content))[:80]
            raise self._not_json(f'answered with a page, not with JSON: "{words}"') from None
        except ValueError as error:
            raise self._not_json(f"answered with JSON that cannot be used: {error}") from None

    def check(self, payload: Any, accept: Iterable[str] = (), own_status: bool = False) -> bool:
        """Raise if *payload* or the status is an error. True if the portal did it, False for errors in *accept*.

        :param own_status: ``status`` is what was asked for, and no flag of the answer.
        :raises UnclearResponse: if a change was asked for, and the answer says neither yes nor no.
        """
        errors = errors_of(payload)
        if not errors:
            errors = denials_of(payload, own_status) if self.request.is_safe else refusals_of(payload)
        if errors and all(code in accept for code in errors):
            return False
        if errors or self.status >= 400:
            raise self._refused(self._shown(errors), code_of(payload))
        if not self.request.is_safe and not says_done(payload, self.status):
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
                self.check(decode(content.decode("utf-8-sig")))
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
        words = " ".join(errors).lower()
        if self.status in LATER or re.search(r"too many requests|\brate.?limit|\bdiscarded\b", words):
            return self._busy(said, errors, is_certain)
        kind: type[PortalError] = ApiError
        hint = ""
        if {self.status, code} & {401, 403} or any(code in AUTHENTICATION_CODES for code in errors):
            kind, hint = AuthenticationFailed, f" {AUTHENTICATION_HINT}."
        elif {self.status, code} & {404, 405, 501} or re.search(r"not[ _]?found|does not exist|no such", words):
            kind = NotFound
            hint = "" if self.request.ids else f" {ADDRESS_HINT}."
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
        message = f"The portal's answer to {self.request} says neither yes nor no: {shown}.{OUTCOME_UNKNOWN}"
        return UnclearResponse(message, self.request, (), self.status, outcome_unknown=True)

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
