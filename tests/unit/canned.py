# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A portal of canned answers below the real client, and a module run against it."""

from __future__ import annotations

import functools
import json

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.sindad.cloud.plugins.module_utils._context import execute
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.client import Client
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.response import RawResponse
from returned import ANSIBLE, read, undocumented
from unit.clock import MovedClock

OPTIONS = {"api_url": "https://portal.example.com/api", "token": "a-token", "retries": 0}


def offers(*routes):
    """The answer to GET /service/@id/methods of a service that has these routes, such as ``GET /service/@id/label``.

    Each service has some: one that lists none tells nothing.
    """
    named = [route.split(" ") for route in ("GET /service/@id", *routes)]
    return {"methods": [{"name": route, "method": method, "route": route} for method, route in named]}


class Canned:
    """What is answered to which request, and what was asked: a transport for the client.

    :param answers: by ``GET /service``: the JSON of the answer, an exception, or a function of the body that gives one.
    """

    def __init__(self, answers):
        self.answers = answers
        self.asked = []
        self.warnings = []
        self.clock = MovedClock()
        self.make_client = functools.partial(Client, transport=self, clock=self.clock)
        self.client = self.make_client(**OPTIONS)

    def send(self, request, credentials, limits):
        return self._answer(request)

    def _answer(self, request):
        self.asked.append((str(request), request.body))
        answer = self.answers.get(str(request), {"error": ["Method not found"]})
        answer = answer(request.body) if callable(answer) else answer
        if isinstance(answer, Exception):
            raise answer
        return RawResponse(200, {}, json.dumps(answer).encode())

    @property
    def sent(self):
        """The requests that are no GET, with their bodies."""
        return [(request, body) for request, body in self.asked if not request.startswith("GET ")]

    def run(self, module, check_mode=False, **options):
        """The result of a module, as a task would get it, with its diff. What it returns must be documented."""
        rules = {key: value for key, value in module.SPEC.items() if key != "supports_check_mode"}
        checked = ArgumentSpecValidator(**rules).validate({**OPTIONS, **options})
        assert not checked.error_messages, checked.error_messages
        params = checked.validated_parameters
        result, self.warnings = execute(module.run, params, check_mode, diff=True, make_client=self.make_client)
        if not result.get("failed"):
            own = {key: value for key, value in result.items() if key not in ANSIBLE}
            assert undocumented(read(module.RETURN), own, "RETURN") == []
        return result
