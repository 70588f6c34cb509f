# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The canned answers of a dedicated server, service 201, that runs Debian 12 and does nothing."""

from __future__ import annotations

from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import TransportError
from unit.canned import offers

DEBIAN = {"id": "ISPsystem__Debian-12-x86_64", "name": "Debian 12"}
UBUNTU = {"id": "ISPsystem__Ubuntu-24.04-x86_64", "name": "Ubuntu 24.04"}
LIVE = {"id": "live-12", "name": "Debian Live 12"}
SYSRESCD = {"id": "sysrescd", "name": "Sysrescd x86_64"}
DONE = {"status": True}


def info(os="Debian 12", hostname="server1.example.com", **more):
    return {"info": {"hostname": hostname, "os": os, **more}}


def answers(**changed):
    """By request. *changed* by the last part of the route, such as C(reinstall=...), of GET; C(post_reinstall=...)."""
    found = {
        "GET /service/201/info": info(),
        "GET /service/201/status": {"status": "on"},
        "GET /service/201/reinstall": {"reinstall": []},
        "GET /service/201/rescue": {"rescue": []},
        "GET /service/201/diag": {"diag": []},
        "GET /service/201/reinstall/templates": {
            "templates": [DEBIAN, UBUNTU],
            "recipes": [{"id": "docker", "name": "Docker", "usablefor": [UBUNTU["id"]]}],
        },
        "GET /service/201/rescue/templates": {"templates": [LIVE, SYSRESCD]},
        "GET /service/201/diag/templates": {"templates": {"memtest": {"name": "Memtest86+"}}},
        "GET /service/201/methods": offers("POST /service/@id/hostname"),
        **{f"POST /service/201/{name}": DONE for name in ("reinstall", "rescue", "diag", "hostname")},
        **{f"POST /service/201/{name}": DONE for name in ("poweron", "poweroff", "reboot")},
        **{f"POST /service/201/{name}": DONE for name in ("rescue/cancel", "diag/cancel")},
    }
    for name, answer in changed.items():
        verb, _mark, route = name.partition("_") if name.startswith("post_") else ("get", "", name)
        found[f"{verb.upper()} /service/201/{route.replace('_', '/')}"] = answer
    return found


def turns(*given):
    """One answer after the other; the last stays."""
    left = list(given)
    return lambda body: left.pop(0) if len(left) > 1 else left[0]


def lost(then=None):
    """The answer to a POST is lost; *then* is called before, as the portal may have done it."""

    def answer(body):
        if then:
            then(body)
        return TransportError("The connection broke.", outcome_unknown=True)

    return answer


class Change:
    """What is answered to a POST, and what a GET tells before and from then on."""

    def __init__(self, answer=None):
        self.answer, self.happened = DONE if answer is None else answer, False

    def __call__(self, body):
        self.happened = True
        return self.answer(body) if callable(self.answer) else self.answer

    def told(self, before, *after):
        """*before* it happened, then one of *after* after the other; the last stays. Each may be told itself."""
        afterwards = turns(*after)

        def answer(body):
            told = afterwards(body) if self.happened else before
            return told(body) if callable(told) else told

        return answer
