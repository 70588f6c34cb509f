# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of failure. Every one carries a sentence that a user can act on."""

from __future__ import annotations


class Failure(Exception):
    """Something that ends the task: one clear sentence, and what to do about it."""

    #: True if a request that changes something may have taken effect although it looks failed.
    uncertain = False

    def details(self):
        """The keys that a failed module returns besides C(msg)."""
        return {"errors": [], "status_code": None, "method": None, "path": None}


class InvalidInput(Failure):
    """A value that is refused before anything is sent."""


class NoChoice(Failure):
    """A name that fits nothing, or more than one thing."""


class WouldChange(Failure):
    """A request that check mode holds back."""

    def __init__(self, request):
        super().__init__(f"Check mode does not send {request}.")
        self.request = request


class TimedOut(Failure):
    """The deadline of C(wait_timeout) passed before the wanted state was seen."""


class PortalError(Failure):
    """A request that the portal, or the way to it, did not answer as hoped.

    :param errors: the portal's codes or texts, as it sent them.
    :param status_code: HTTP status, or None if there was no answer.
    :param route: the documented route, such as C(/service/@id/vms); *ids* fills its names.
    """

    def __init__(self, message, request=None, errors=(), status_code=None, uncertain=False):
        super().__init__(message)
        self.request = request
        self.errors = list(errors)
        self.status_code = status_code
        self.uncertain = uncertain

    def details(self):
        request = self.request
        return {
            "errors": self.errors,
            "status_code": self.status_code,
            "method": request.method if request else None,
            "path": request.path if request else None,
        }


class AuthenticationFailed(PortalError):
    """The portal does not know the credentials, or does not let them do this."""


class NotOffered(PortalError):
    """The service, or the whole portal, has no such route."""


class NotFound(PortalError):
    """The portal says that the object does not exist."""


class Repeatable(PortalError):
    """A failure that may pass. *repeatable*: the request may be sent again; *retry_after*: in so many seconds."""

    repeatable = False
    retry_after = None


class Busy(Repeatable):
    """The portal refuses for now: a rate limit, or a maintenance page."""


class Unreachable(Repeatable):
    """No answer came: DNS, connection, TLS, time-out, or a broken connection."""


class NotJson(PortalError):
    """An answer came, but not from the API: an HTML page, a redirect, or nothing."""


class Refused(PortalError):
    """The portal understood and said no."""
