# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option of the emulator with its default. `reset` and the command line take all of them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from .replies import HARMLESS, REPLIES
from .routing import REBUILD_LIST, SECOND_FACTOR, Endpoint
from .tongues import TONGUES
from .wordings import LABELS, TICKETS, ways

CHOICES: dict[str, tuple[Any, ...]] = {
    "profile": ("sindad", "royaserver"),
    "login": ("ok", "error", "html"),
    "auth_status": (200, 401),
    "not_offered": ("json404", "error200", "html"),
    "unknown_service": (200, 404),
    "rate_limit_answer": ("429", "429-plain", "200"),
    "server_status": ("string", "bool", "object"),
    "custom_fields": ("set", "always"),
    "own_ids": ("", "vmid", "id"),
    "page_form": ("page", "sorter", "total", "next"),
    "page_lie": ("", "more", "ignored", "echo", "elsewhere"),
    "wrapper": ("", "data", "code", "list"),
    "nesting": ("", "entries", "groups"),
    "tongue": ("", *TONGUES),
    "reply": ("", *REPLIES),
    "harmless": ("", *HARMLESS),
    "units": ("", "text", "short", "bytes"),
    "amounts": ("", "grouped", "persian", "rial", "dollar"),
    "idle": ("list", "null", "false", "status_true", "online", "text", "status_text"),
    "rebuild_list": ("", "offered", "hidden"),
    "order_reply": ("info", "numbers", "no_invoice", "checkout", "status"),
}


@dataclass
class Options:
    """The emulator's options."""

    # the account (a change needs a reset)
    services: int | None = None  # None: the small account; a number: that many generated services
    mix: dict[str, float] = field(default_factory=lambda: {"vm": 0.6, "server": 0.3, "hosting": 0.1})
    vms_per_service: int = 1
    vm_room: int = 1  # how many times as many VMs as usual a service has room for
    families: str = "ABC"  # VM families, dealt in turn to the VM products
    seed: int = 1
    today: str | None = None  # YYYY-MM-DD, the day the seed's dates count from

    # the portal
    profile: str = "sindad"
    not_offered: str = "json404"
    unknown_service: int = 200
    server_status: str = "string"
    custom_fields: str = "set"
    html_entities: bool = False
    currency: str = "USD"
    resize_needs_both: bool = True
    reopen: bool = True
    auto_pay: bool = True

    # the portal's own ways, each off at first
    own_ids: str = ""  # a key of a VM's details that carries a number of the backend's own
    other_ids: bool = False  # the details of contacts, tickets and addresses carry the id of another one
    page_size: int = 0  # entries on a page of a list, 0: the whole list
    page_form: str = "page"
    page_lie: str = ""
    wrapper: str = ""
    nesting: str = ""
    dialect: str = ""  # a file of families/: a portal by the dialect and the shapes of its user
    tongue: str = ""  # how another portal says the same, in no word as documented
    reply: str = ""  # the form of an action's answer
    harmless: str = ""  # an `error` that is none, beside the answer of an action
    label_changes: str = ""  # what becomes of the label of a new VM, with commas
    ticket_changes: str = ""  # what becomes of tickets and replies, with commas
    create_looks: int = 0  # looks at the list that do not show a new VM yet
    reuse_ids: bool = False  # a new VM gets the id of the one that was destroyed last
    lagging: float = 0  # seconds that one of two front ends lags behind; 0: there is one
    lagging_share: float = 0.5  # of the reads
    second: str = ""  # the username of a second account at this portal, alike, with the same password
    words: dict[str, str] = field(default_factory=dict)  # state: the portal's word for it
    os_wording: str = "{name}"
    hostname_wording: str = "{name}"
    template_wording: str = "{name}"
    units: str = ""
    amounts: str = ""
    idle: str = "list"  # how a server says that no operation runs
    flags_by_presence: bool = False  # a flag that was sent is set, "false" too
    rebuild_list: str = ""  # each VM lists templates of its own to be rebuilt with
    order_reply: str = "info"
    query_parameters: bool = False  # parameters of a change may come in the query string

    # seconds
    stale: float = 0.3
    duration: float = 0.6
    create_delay: float = 0.3
    operation_duration: float = 1.5
    upgrade_delay: float = 0.9
    cancel_delay: float | None = None  # None: a cancellation stays queued

    # authentication
    username: str = "user@example.com"
    password: str = "secret"
    basic: bool = True
    tokens: bool = True
    login: str = "ok"
    mfa: bool = False
    mfa_method: str = "totp"
    mfa_code: str = "123456"
    opaque_tokens: bool = False
    auth_status: int = 200
    token_lifetime: float = 3600
    refresh_lifetime: float = 86400
    refresh_omitted: bool = False

    # the network
    latency: float = 0.0
    jitter: float = 0.0
    rate_limit: int = 0  # requests a second, 0: none
    rate_limit_answer: str = "429"

    @property
    def more_endpoints(self) -> tuple[Endpoint, ...]:
        """The endpoints that the documentation does not have."""
        return (*([REBUILD_LIST] if self.rebuild_list else []), *([SECOND_FACTOR] if self.mfa else []))

    @property
    def dressed(self) -> bool:
        """Whether answers have to be rewritten."""
        ways = (self.page_size, self.wrapper, self.nesting, self.reply, self.harmless, self.amounts)
        return any((*ways, self.tongue, self.dialect))


STATES = frozenset({"on", "off", "start", "stop", "reboot", "rebuild", "resize", "create", "destroy"})
_WAYS = {"label_changes": tuple(LABELS), "ticket_changes": TICKETS}
NEED_RESET = frozenset({"services", "mix", "vms_per_service", "families", "seed", "today", "second"})
_NUMBERS = {"float": float, "float | None": float, "int": int, "int | None": int}


def changed(options: Options, values: dict[str, Any]) -> Options:
    """A copy of the options with these values; ValueError for a name or a value that is none."""
    known = {one.name: one for one in dataclasses.fields(Options)}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise ValueError(f"no such option: {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    clean: dict[str, Any] = {}
    for name, value in values.items():
        number = _NUMBERS.get(str(known[name].type))
        if number and value is not None:
            value = number(value)
        if name in CHOICES and value not in CHOICES[name]:
            raise ValueError(f"{name}: {value!r} is none of {', '.join(map(str, CHOICES[name]))}")
        clean[name] = value
    result = dataclasses.replace(options, **clean)
    if not result.families or set(result.families) - set("ABCDE"):
        raise ValueError(f"families: {result.families!r} holds a letter that is none of A to E")
    if result.page_size < 0:
        raise ValueError("page_size: 0 or more")
    for name, known_ways in _WAYS.items():
        wrong = sorted(set(ways(getattr(result, name))) - set(known_ways))
        if wrong:
            raise ValueError(f"{name}: {', '.join(wrong)}: none of {', '.join(known_ways)}")
    if set(result.words) - STATES:
        raise ValueError(f"words: states are {', '.join(sorted(STATES))}")
    return result
