# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings one VM to a state: find, compare, act, wait."""

from __future__ import annotations

import re
import typing

from .._core.errors import ApiError, Busy, InvalidInput, LookupFailed, NotFound
from .._core.lookup import listing
from .._core.polling import SeenToChange
from .._core.values import to_text
from .._core.vocabulary import ON_THE_WAY, is_transitional
from .record import has_template, is_in_transition, is_rescued, is_stable, to_vm

SIZES = ("memory", "cpu", "disk")
MANAGED = ("label", "template", *SIZES, "power")
POWERS = {"started": "on", "stopped": "off"}


class VmState:
    """One VM of a service and what is wanted of it.

    :param task: the Task; its ``act`` and ``wait`` are the only ways to change and to wait.
    :param wanted: the options of M(sindad.cloud.vm) but for the connection.
    """

    def __init__(self, context, vms, wanted):
        self.context, self.vms, self.wanted = context, vms, {**wanted, "label": to_text(wanted["label"])}
        name = self.wanted["label"] or to_text(wanted["vmid"])
        if not name:
            raise InvalidInput("label and vmid must not be empty.")
        self.name = f"VM {name} of service {vms.service_id}"
        self.vm: typing.Any = None  # its record, once it was looked for

    def reach(self):
        """Bring the VM to ``state``. Returns C((record or None, before, after)), the latter two for the diff."""
        self.vm = self.vms.find(self.wanted["label"], self.wanted["vmid"])
        before = _managed(self.vm)
        if self.wanted["state"] == "absent":
            self._destroy()
            return None, before, {}
        if self.vm and _going(self.vm):
            self._let_go()
        if self.vm is None:
            self._create()
        else:
            self._settle()
            self._compare_fixed()
            self._resize()
            self._finish()
        return self.vm, before, _managed(self.vm)

    def rescue(self, enabled):
        """Bring the VM into rescue mode, or out of it. Returns what ``reach`` returns."""
        self.vm = self.vms.find(self.wanted["label"], self.wanted["vmid"])
        if self.vm is None:
            raise self._missing()
        self._settle()
        was = is_rescued(self.vm)
        if was is not enabled:
            self._switch_rescue(enabled, was)
        before = {"label": self.vm["label"], "rescue": was}
        return self.vm, before, {**before, "rescue": enabled} if self.context.changed else before

    # -- one step each -----------------------------------------------------------------------------------------------

    def _create(self):
        wanted = self.wanted
        missing = [name for name in ("label", "template", *SIZES) if wanted[name] is None]
        if missing or wanted["state"] in ("restarted", "rebuilt"):
            raise self._missing(f" To create it, give {', '.join(missing)} too." if missing else "")
        template = self.vms.template(wanted["template"])
        sizes = {name: wanted[name] for name in SIZES}
        done = self.context.act(
            lambda: self.vms.create(wanted["label"], template["id"], **sizes),
            landed=self._listed,
            aim=f"{self.name} to be created",
        )
        if not done:
            expected = {
                "label": wanted["label"],
                "template": template["id"],
                "template_name": template["name"],
                **sizes,
            }
            self.vm = {**to_vm(self.vms.service_id, expected), "power": POWERS.get(wanted["state"], "on")}
            return
        if not wanted["wait"]:
            # Until it is listed, the same task run again would create a second one.
            self._wait(self._find_created, bool, "to be listed")
            if wanted["state"] == "stopped":
                self.context.warn(f"{self.name} is being created: run the task again to stop it.")
            return
        self._wait(self._find_created, _at_rest, "to be created")
        self._finish()

    def _missing(self, how=""):
        there = listing(self.vms.labelled(), ("label",)) or "none"
        return LookupFailed(f"There is no {self.name}. There is: {there}.{how}")

    def _destroy(self):
        if self.vm is None:
            return
        vmid = self.vm["id"]
        if not _going(self.vm):
            self._settle()

            def landed():
                return all(_going(vm) for vm in self.vms.list() if vm["id"] == vmid)

            if not self.context.act(lambda: self.vms.destroy(vmid), landed, f"{self.name} to be destroyed"):
                return
        if self.wanted["wait"]:
            self._wait_until_gone()

    def _let_go(self):
        """Wait for the end of a VM that is being destroyed and yet wanted."""
        if not self.context.check_mode:
            self._refuse_if_busy()
            self._wait_until_gone()
        self.vm = None

    def _wait_until_gone(self):
        gone = self._gone(self.vm["id"])
        self.context.wait(gone, bool, f"{self.name} to be destroyed", lambda gone: "it is still listed")

    def _refuse_if_busy(self):
        if not self.wanted["wait"] and is_transitional(self.vm["state"]):
            raise Busy(
                f"{self.name} is {self.vm['state']} just now. Run the task again later, or let it wait (wait=true)."
            )

    def _settle(self):
        """Let an operation that runs already come to its end: what is asked of a busy VM is refused."""
        if is_in_transition(self.vm) and self.wanted["wait"] and not self.context.check_mode:
            self._wait(self._look, lambda vm: not is_in_transition(vm), "to end what it is doing")

    def _compare_fixed(self):
        """What cannot be changed: the disk, and without ``rebuilt`` the template."""
        disk, template = self.wanted["disk"], self.wanted["template"]
        if disk is not None and self.vm["disk"] is not None and disk != self.vm["disk"]:
            raise InvalidInput(
                f"{self.name} has a disk of {self.vm['disk']} GB, and the API cannot change it to {disk} GB. "
                "Leave disk out, or create another VM."
            )
        if template is None or (
            self.wanted["state"] != "rebuilt" and template in (self.vm["template"], self.vm["template_name"])
        ):
            return
        template = self.vms.template(template)
        if self.wanted["state"] == "rebuilt":
            if not (self.wanted["force"] or self.vm["template"] or self.vm["template_name"]):
                raise InvalidInput(
                    f"The portal does not tell the template of {self.name}. "
                    f"To install {template['name']} all the same, use force."
                )
        elif not self._has(self.vm, template):
            has = self.vm["template_name"] or self.vm["template"] or "an unknown template"
            self.context.warn(
                f"{self.name} was made from {has}, not from {template['name']}. To install that, use state=rebuilt."
            )

    def _has(self, vm, template):
        return has_template(vm, template, self.vms.templates())

    def _resize(self):
        for name in ("memory", "cpu"):
            if self.wanted[name] is not None and self.vm[name] is None:
                self.context.warn(f"The portal does not tell the {name} of {self.name}: it is left as it is.")
        sizes = {name: self.wanted[name] if self.wanted[name] else self.vm[name] for name in ("memory", "cpu")}
        sizes = {name: self.vm[name] and size for name, size in sizes.items()}
        if all(self.vm[name] == size for name, size in sizes.items()):
            return

        def resized(vm):
            return all(vm[name] == size for name, size in sizes.items())

        self._act(
            lambda: self.vms.resize(self.vm["id"], **sizes),
            lambda vm: resized(vm) and not is_in_transition(vm),
            "to be resized",
            sizes,
            lost=lambda vm: resized(vm) or is_in_transition(vm),
        )

    def _finish(self):
        state = self.wanted["state"]
        if state in POWERS:
            self._power(POWERS[state])
        elif state == "restarted":
            self._restart()
        elif state == "rebuilt":
            self._rebuild()

    def _power(self, power):
        vmid, call = self.vm["id"], self.vms.start if power == "on" else self.vms.stop
        if self.vm["power"] == power or ON_THE_WAY[power].fullmatch((self.vm["state"] or "").lower()):
            return
        self._refuse_if_busy()
        word = "running" if power == "on" else "stopped"
        self._act(
            lambda: call(vmid),
            lambda vm: vm["power"] == power and _at_rest(vm),
            f"to be {word}",
            {"power": power},
            lost=lambda vm: vm["power"] == power or is_in_transition(vm),
        )

    def _restart(self):
        if self.vm["power"] == "off":
            self._power("on")
            return
        running: SeenToChange = SeenToChange(lambda vm: vm["power"] == "on" and _at_rest(vm), self.context.client.clock)
        self._act(
            lambda: self.vms.reboot(self.vm["id"]),
            running,
            "to be restarted",
            {"power": "on"},
            lost=lambda vm: not _at_rest(vm),
        )

    def _rebuild(self):
        template = self.vms.template(self.wanted["template"])
        same = self._has(self.vm, template)
        if same and not self.wanted["force"]:
            return
        silent = not (self.vm["template"] or self.vm["template_name"])
        rebuilt: SeenToChange = SeenToChange(
            lambda vm: (silent or self._has(vm, template)) and _at_rest(vm), self.context.client.clock
        )
        self._act(
            lambda: self.vms.rebuild(self.vm["id"], template["id"]),
            rebuilt,
            f"to be rebuilt with {template['name']}",
            {"template": template["id"], "template_name": template["name"]},
            lost=lambda vm: is_in_transition(vm) or (not same and self._has(vm, template)),
        )

    def _switch_rescue(self, enabled, was):
        """Into rescue mode or out of it; *was* is None if the VM does not tell, and it may never tell."""
        vmid, call = self.vm["id"], self.vms.rescue if enabled else self.vms.unrescue
        rested = SeenToChange(_at_rest, self.context.client.clock)

        def shown(vm):
            now = is_rescued(vm)
            return _at_rest(vm) and (now is enabled or (was is True and now is None))

        def reached(vm):
            return shown(vm) or (was is None and is_rescued(vm) is None and rested(vm))

        aim = "to be in rescue mode" if enabled else "to be out of rescue mode"
        try:
            self._act(lambda: call(vmid), reached, aim, {}, lost=lambda vm: shown(vm) or not _at_rest(vm))
        except ApiError as refusal:
            word = "already" if enabled else "not"
            if not re.search(rf"\b{word}[ _](in[ _]rescue|rescued|enabled|active)", " ".join(refusal.errors), re.I):
                raise
            self.context.changed = False
            return
        if was is None and is_rescued(self.vm) is not enabled:
            self.context.warn(
                f"The portal does not tell whether {self.name} is in rescue mode, so this task reboots it on every run."
            )

    # -- acting and looking ------------------------------------------------------------------------------------------

    def _act(self, call, reached, aim, expected, lost=None):
        """*call*, and wait until the VM is as *reached* says; in check mode or without waiting, expect *expected*.

        *lost*: how the VM shows that the call took effect if its answer was lost; else as *reached* says.
        """

        def landed():
            return (lost or reached)(self._look())

        if self.context.act(call, landed, f"{self.name} {aim}") and self.wanted["wait"]:
            self._wait(self._look, reached, aim)
        else:
            self.vm = {**self.vm, **expected}

    def _wait(self, look, done, aim):
        self.vm = self.context.wait(look, done, f"{self.name} {aim}", _told)

    def _look(self):
        """The VM of now, from the list and its details: what an earlier list told must not outlive it."""
        vm = self.vms.find(vmid=self.vm["id"])
        if vm is None:
            raise NotFound(f"{self.name} is not there any more. Somebody else may have destroyed it.")
        return vm

    def _find_created(self):
        try:
            return self.vms.find(self.wanted["label"])
        except NotFound:
            return None  # listed, but not yet known in detail

    def _listed(self):
        return self._find_created() is not None

    def _gone(self, vmid):
        return lambda: vmid not in [vm["id"] for vm in self.vms.list()]


def _managed(vm):
    return {name: vm[name] for name in MANAGED} if vm else {}


def _at_rest(vm):
    return vm is not None and is_stable(vm)


def _going(vm):
    """Whether the VM is being destroyed already."""
    return (vm["state"] or "").lower() in ("destroying", "deleting", "removing", "terminating")


def _told(vm):
    if vm is None:
        return "it is not listed yet"
    told = [f"its state is {vm['state'] or vm['power']}"]
    told += [f"its {name} is {vm[name]}" for name in ("memory", "cpu") if vm[name] is not None]
    told += ["it is not built yet"] if vm["built"] is False else []
    told += ["it is locked"] if vm["locked"] else []
    return ", ".join(told)
