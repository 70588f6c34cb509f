# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every list of words that portals use for a state, and what a word means."""

from __future__ import annotations

import re

ON = ("running", "online", "on", "active", "true", "1", "up", "started", "poweredon", "powered on", "powered_on")
OFF = (
    "stopped",
    "offline",
    "off",
    "shutoff",
    "halted",
    "false",
    "0",
    "down",
    "poweredoff",
    "powered off",
    "powered_off",
)
#: States that end by themselves. Everything else that is neither on nor off is a word that we do not know.
PASSING = (
    "backup|snapshot|restore|rebuild|pending|queued|locked|busy|in[ _-]?progress|install|reinstall|build|destroy|delete"
    "|(?!running|not[_-]|missing|nothing)[a-z_-]*ing([ _-](on|off|up|down))?"
)
#: States of an operation that is over.
ENDED = (
    "none|no|null|idle|inactive|finished|done|completed?|success(ful)?|succeeded|ok|ready|ended|cancell?ed|stopped"
    "|not[ _-]running|off|false|0|"
)
FAILED = "failed|failure|error|errored|aborted|broken|timeout"


# -- power and progress ----------------------------------------------------------------------------------------------


def power(*words):
    """``on``, ``off``, or ``changing`` for a word that passes or is unknown. The first word that is known decides."""
    known = [str(word).strip().lower() for word in words if word is not None and not isinstance(word, (dict, list))]
    if any(re.fullmatch(PASSING, word) for word in known):
        return "changing"
    for word in known:
        if word in ON:
            return "on"
        if word in OFF:
            return "off"
    return "changing"


def is_transitional(word):
    """Whether the state *word* is one that ends by itself."""
    return bool(word and re.fullmatch(PASSING, str(word).strip().lower()))


#: States of an object that is about to be gone.
DESTROYING = (
    "destroying",
    "deleting",
    "removing",
    "terminating",
    "destroy",
    "delete",
    "delete_pending",
    "pending_delete",
)
#: States that lead to a power state by themselves.
ON_THE_WAY = {
    "on": re.compile(r"(start|boot)ing([ _-]up)?|(power|turn)ing[ _-](on|up)"),
    "off": re.compile(r"(stopp|halt)ing|(shutt|power|turn)ing[ _-](off|down)"),
}


# -- dedicated servers -----------------------------------------------------------------------------------------------

#: The operations of a server as its record names them, with the words that portals use for them.
OPERATIONS = {
    "reinstall": ("reinstall", "reinstallation", "install", "installation", "os_install"),
    "rescue": ("rescue", "sysrescd", "rescue_mode"),
    "diagnostics": ("diagnostics", "diag", "diagnostic"),
}
#: What a portal says when no operation runs, in a message or in an error.
IDLE = re.compile(
    r"(?<![a-z])no[ _](\w+[ _])??(operation|task|job|process|(re)?install|rescue|diag)(?!.*(allow|permit))"
    r"|(?<![a-z])not[ _](currently[ _])?(running|started|active|found|in[ _]progress|in[ _]rescue)(?![a-z])"
    r"|(?<![a-z])nothing[ _](is[ _])?running",
    re.I,
)

#: A refusal because of an operation that the portal knows of, but may not show yet.
BUSY = re.compile(r"in[ _]progress|another[ _]operation|already[ _](running|started|being)|\bbusy\b|\blocked\b", re.I)
#: Words for a power state that the portal could not find out.
UNTOLD = ("unknown", "n/a", "undefined", "unavailable", "error", "failed", "failure", "timeout", "none", "-", "?")
#: Words for an operation that is only about to be what it is: rescue mode that cannot be used yet.
STARTING = r"start(ing)?|boot(ing)?|reboot(ing)?|preparing|initiali[sz]ing|pending|queued|scheduled|waiting|created?"

#: The status of a service that is no more, as the portal words it.
GONE = ("terminated", "cancelled", "canceled")

#: Types of reply that are not the client's. ``Admin`` is documented; what is unknown counts as the client's.
STAFF = re.compile(r"admin|staff|system", re.I)


def is_being_destroyed(word: str | None) -> bool:
    """Whether the state *word* says that the object is about to be gone."""
    return (word or "").lower() in DESTROYING


def leads_to(word: str | None) -> str | None:
    """The power state, on or off, to which the state *word* leads by itself, or None."""
    return next((power for power, words in ON_THE_WAY.items() if words.fullmatch((word or "").lower())), None)
