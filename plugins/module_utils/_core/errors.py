# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of failure. Each carries a sentence that a user can act on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .http.request import Request


class SindadError(Exception):
    """Something that ends the task: one clear sentence, and what to do about it."""

    #: True if a request that changes something may have taken effect although it looks failed.
    outcome_unknown = False

    def details(self) -> dict[str, Any]:
        """The keys that a failed module returns besides ``msg``: only those that mean something."""
        return {}


class InvalidInput(SindadError):
    """A value that is refused before anything is sent."""


class LookupFailed(SindadError):
    """A name that fits nothing, or more than one thing."""


class Busy(SindadError):
    """The object is at work, and must not be asked for anything else now."""


class WouldChange(SindadError):
    """A request that check mode holds back."""

    def __init__(self, request: Request):
        super().__init__(f"Check mode does not send {request}.")
        self.request = request


class TimedOut(SindadError):
    """The deadline of ``wait_timeout`` passed before the wanted state was seen."""


class PortalError(SindadError):
    """A request that the portal, or the way to it, did not answer as hoped.

    :param errors: the portal's codes or texts, as it sent them.
    :param status_code: HTTP status, or None if there was no response.
    :ivar is_passing: whether whoever waits shall ask again: what was asked for is there, as another answer shows.
    """

    is_passing = False

    def __init__(
        self,
        message: str,
        request: Request | None = None,
        errors: Iterable[str] = (),
        status_code: int | None = None,
        outcome_unknown: bool = False,
    ):
        super().__init__(message)
        self.request = request
        self.errors = list(errors)
        self.status_code = status_code
        self.outcome_unknown = outcome_unknown

    def details(self) -> dict[str, Any]:
        request = {"method": self.request.method, "path": self.request.path} if self.request else {}
        errors = {"errors": self.errors} if self.errors else {}
        status = {} if self.status_code is None else {"status_code": self.status_code}
        return {**errors, **status, **request}


class AuthenticationFailed(PortalError):
    """The portal does not know the credentials, or does not let them do this."""


class NotOffered(PortalError):
    """The service, or the whole portal, has no such route."""


class NotFound(PortalError):
    """The portal says that the object does not exist."""


class Repeatable(PortalError):
    """A failure that may pass.

    :ivar repeatable: whether the request may be sent again. :ivar retry_after: in so many seconds.
    """

    repeatable = False
    retry_after: float | None = None


class RateLimited(Repeatable):
    """The portal refuses for now: a rate limit, or a maintenance page."""


class TransportError(Repeatable):
    """No response came: DNS, connection, TLS, time-out, or a broken connection."""


class DecodingError(PortalError):
    """A response came, but not from the API: an HTML page, a redirect, or nothing."""


class ApiError(PortalError):
    """The portal understood and said no."""


class UnclearResponse(PortalError):
    """A response to a change that says neither that it was done nor that it was refused."""


class UnexpectedResponse(SindadError):
    """An answer in a shape that this collection does not know: never taken for "nothing"."""

    def __init__(self, what: str, answer: object):
        keys = f"keys: {', '.join(map(str, answer)) or 'none'}" if isinstance(answer, dict) else repr(answer)[:40]
        super().__init__(
            f'The response does not contain "{what}" ({keys[:400]}). '
            "If this persists, please report this shape to the collection."
        )


class IncompleteList(UnexpectedResponse):
    """A list that says that it is longer than what can be had of it."""

    def __init__(self, what: str, told: str, came: str, why: str):
        super(UnexpectedResponse, self).__init__(
            f"The portal's list of {what} is incomplete: it reports {told}, and {came} came: {why}. "
            "If this persists, please report it to the collection."
        )


class EmptyResponse(UnexpectedResponse):
    """An answer that is well formed and holds no object."""


class UnannouncedChange(Exception):
    """A defect of this collection: a change was about to be sent by other means than :func:`polling.send_once`."""

    def __init__(self, request: Request):
        super().__init__(f"{request} would change the account, but no transition sends it")
