# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module of this collection: inside the controller where that is the same thing, else as an ordinary module.

Each module has an action of its name in ``plugins/action/``: so Ansible loads it, with all that it needs, once before
it forks a process for each task. (An ``action_plugin`` of meta/runtime.yml is only loaded in each of those processes.)

The same thing means: the task's target is the controller itself, as the same user, with the same Python and the same
environment. There a module costs more before its first byte than the request itself; see docs/design.

On a host of the inventory a task need not say what it is about: the host's variables do, and as the portal is asked
and not the host, nothing of the host's connection matters; see docs/guide_ad_hoc.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from ansible import constants as C
from ansible.module_utils import basic
from ansible.module_utils.basic import missing_required_lib
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.plugins.action import ActionBase
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    REQUESTS_KEY,
    TELL_REQUESTS,
    execute,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.options import (
    DEFAULT_URL,
    VARIABLES,
    with_environment,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.http.session import REQUESTS_ERROR
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.dialect_file import read_dialect
from ansible_collections.sindad.cloud.plugins.plugin_utils._target import (
    HostObject,
    asks_for_all,
    ensure_service_named,
    names_object,
    object_of,
    require_portal,
)

API_URL = "SINDAD_API_URL"
LOCAL = ("local", "ansible.builtin.local")

Result = dict[str, Any]
Variables = Mapping[str, Any]


class ModuleAction(ActionBase):
    """The action of a module of the collection.

    :ivar MODULE: the module.
    """

    MODULE: ModuleType
    _supports_async = True
    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> Result:
        super().run(tmp, task_vars)
        _hand_on_home()
        task_vars = task_vars or {}
        try:
            target = self._target(task_vars)
            if target:
                return self._run_on_host(target, task_vars)
            args = self._args()
        except InvalidInput as refusal:
            return {"failed": True, "changed": False, "msg": str(refusal)}
        if self._is_here(task_vars) and not self._needs_module:
            return self._as_module_result(self._run_here(args, task_vars))
        return self._run_as_module(args, task_vars)

    # -- options -----------------------------------------------------------------------------------------------------

    def _args(self) -> dict[str, Any]:
        """The options of the task, completed by the connection options that its ``environment`` sets.

        Like options, those are of the task: what the process of a module has in its environment besides is not mixed
        with them, as it may be the login of another portal.
        """
        if not any(self._task.environment or ()):
            return self._with_dialect(self._task.args)
        of_task: dict[str, Any] = {}
        super()._compute_environment_string(of_task)
        set_here = {name: str(of_task[name]) for name in VARIABLES.keys() & of_task.keys() if of_task[name] is not None}
        portal = {API_URL: os.environ.get(API_URL, "")}
        if API_URL in of_task:
            portal[API_URL] = set_here[API_URL] = set_here.get(API_URL, "").strip() or DEFAULT_URL
        found = with_environment(self._task.args, {**set_here, **portal})
        known = {*self._task.args, *(VARIABLES[name] for name in set_here)}
        return self._with_dialect({name: value for name, value in found.items() if name in known})

    def _with_dialect(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """*args* with the dialect itself in place of its path: another machine has neither the file nor a reader of it.

        :raises InvalidInput: if it is wrong, in the same words wherever the module would run.
        """
        here = os.environ if self._is_local and not self._connection.become else {}
        source = args["dialect"] if "dialect" in args else here.get("SINDAD_DIALECT", "").strip()
        return {**args, "dialect": read_dialect(_plain({"dialect": source})["dialect"])} if source else dict(args)

    def _compute_environment_string(self, raw_environment_out: dict[str, Any] | None = None) -> str:
        """Leave out the connection options, which the module gets as options."""
        variables: dict[str, Any] = {}
        super()._compute_environment_string(variables)
        others = {name: value for name, value in variables.items() if name not in VARIABLES}
        if raw_environment_out is not None:
            raw_environment_out.clear()
            raw_environment_out.update(others)
        return str(self._connection._shell.env_prefix(**others))

    # -- where -------------------------------------------------------------------------------------------------------

    @property
    def _needs_module(self) -> bool:
        """Whether it needs an AnsibleModule, as it writes files, and so is never run in this process."""
        return getattr(self.MODULE, "RUNS_AS_MODULE", False)

    @property
    def _is_local(self) -> bool:
        return self._connection.transport in LOCAL

    def _is_here(self, task_vars: Variables) -> bool:
        """Whether a module would run as this very process: same machine, user, Python and environment."""
        return not (
            REQUESTS_ERROR
            or not self._is_local
            or self._connection.become
            or self._task.async_val
            or any(self._task.environment or ())
            or self._other_python(task_vars)
        )

    def _other_python(self, task_vars: Variables) -> bool:
        if self._task.delegate_to:
            task_vars = self._delegated_vars(task_vars, task_vars)
        asked = C.config.get_config_value("INTERPRETER_PYTHON", variables=task_vars)
        asked = str(self._templar.template(asked) or "")
        return not (asked == "" or asked.startswith("auto") or _same_python(asked, sys.executable))

    def _delegated_vars(self, task_vars: Variables, unknown: Variables) -> Variables:
        """The variables of the host that the task is delegated to, or *unknown*."""
        host = self._templar.template(self._task.delegate_to)
        found: Variables = task_vars.get("ansible_delegated_vars", {}).get(host, unknown)
        return found

    # -- on a host of the inventory ----------------------------------------------------------------------------------

    def _target(self, task_vars: Variables) -> HostObject | None:
        """What the variables of the task's host say that it is about, if the task does not say it itself."""
        spec, args = self.MODULE.SPEC, self._task.args
        target = self._object_of(task_vars["inventory_hostname"], task_vars)
        if target and names_object(spec, args):
            ensure_service_named(target, spec, args)
            return None
        other = self._delegate(task_vars)
        if target and other and not target.is_same(other):
            raise InvalidInput(
                f"It is unclear what this task is about: {target.host} is {target.described}, and {other.host}, which "
                f"it is delegated to, is {other.described}. Set service, and vmid for a VM."
            )
        return target

    def _delegate(self, task_vars: Variables) -> HostObject | None:
        """What the host is that the task is delegated to."""
        if not self._task.delegate_to:
            return None
        host = self._templar.template(self._task.delegate_to)
        return self._object_of(host, self._delegated_vars(task_vars, {}))

    def _object_of(self, host: str, variables: Variables) -> HostObject | None:
        return object_of(host, lambda name: self._templar.template(variables.get(name)))

    def _run_on_host(self, target: HostObject, task_vars: Variables) -> Result:
        """Act on *target*, from the controller unless the task is delegated to another machine."""
        args = self._args()
        if not asks_for_all(self.MODULE.SPEC, args):
            args.update(target.options(self.MODULE.__name__.rpartition(".")[2], self.MODULE.SPEC))
        # The machine that the task is about cannot be where it shall run: that is the controller.
        delegated = self._task.delegate_to and not self._delegate(task_vars)
        elsewhere = self._task.async_val if self._is_local else delegated
        if elsewhere:
            if target.api_url:  # the other machine may have the address, and the login, of another portal
                args.setdefault("api_url", target.api_url)
                require_portal(target, args["api_url"])
            return self._run_as_module(args, task_vars)
        if self._task.async_val:
            raise InvalidInput(
                f"async is not possible if the service is taken from the variables of {target.host}, because the task "
                "then runs inside of Ansible on the controller. Remove async: Ansible works on as many hosts at a time "
                "as forks allows, and with wait: false a task does not wait for the portal. Or add delegate_to: "
                "localhost."
            )
        if REQUESTS_ERROR:
            raise InvalidInput(missing_required_lib("requests"))
        return self._as_module_result(self._run_here(args, task_vars, target))

    # -- there -------------------------------------------------------------------------------------------------------

    def _run_as_module(self, args: Mapping[str, Any], task_vars: Variables) -> Result:
        result: Result = self._execute_module(
            module_args=dict(args), task_vars=task_vars, wrap_async=bool(self._task.async_val)
        )
        for line in result.pop(REQUESTS_KEY, ()):
            self._tell(line)
        return result

    def _update_module_args(
        self, module_name: str, module_args: dict[str, Any], task_vars: Variables, **more: Any
    ) -> None:
        """Besides what Ansible adds: nobody would take the requests out of the result of a background task."""
        super()._update_module_args(module_name, module_args, task_vars, **more)
        if self._task.async_val:
            module_args["_ansible_verbosity"] = min(module_args["_ansible_verbosity"], TELL_REQUESTS - 1)

    # -- here --------------------------------------------------------------------------------------------------------

    def _run_here(self, args: Mapping[str, Any], task_vars: Variables, target: HostObject | None = None) -> Result:
        """The result that AnsibleModule would print."""
        rules = {key: value for key, value in self.MODULE.SPEC.items() if key != "supports_check_mode"}
        given = _plain(args)
        checked = ArgumentSpecValidator(**rules).validate(with_environment(given, os.environ))
        params = checked.validated_parameters
        warnings: list[str] = []
        if checked.error_messages:
            message = checked.errors.msg
            if isinstance(checked.errors[0], UnsupportedError):
                message = f"Unsupported parameters for ({self._task.action}) module: {message}"
            result: Result = {"failed": True, "msg": message}
        else:
            if target:
                require_portal(target, params["api_url"])
            result, warnings = self._execute(params, given)
        if self._shows_invocation(task_vars):
            result["invocation"] = {"module_args": params}
        if warnings:
            result["warnings"] = warnings
        kept = {key: value for key, value in result.items() if value is None or isinstance(value, bool)}
        return {**remove_values(result, checked._no_log_values), **kept}

    def _execute(self, params: Variables, given: Variables) -> tuple[Result, list[str]]:
        task, verbosity = self._task, self._display.verbosity
        return execute(self.MODULE.run, params, task.check_mode, task.diff, verbosity, self._tell, given=given)

    def _tell(self, line: str) -> None:
        """Show a request, for ``-vvv``."""
        self._display.vvv(line, host=self._play_context.remote_addr)

    def _shows_invocation(self, task_vars: Variables) -> bool:
        """Since ansible-core 2.21 it is a setting whether results tell their options; before, they always do."""
        try:
            return bool(C.config.get_config_value("INJECT_INVOCATION", variables=task_vars))
        except Exception:
            return True

    def _as_module_result(self, result: Result) -> Result:
        """What ActionBase makes of the JSON that a module prints: errors and untrusted text are treated alike."""
        printed = {"stdout": json.dumps(result), "stderr": "", "rc": 0}
        parse = self._parse_returned_data
        if "profile" not in inspect.signature(parse).parameters:
            return dict(wrap_var(parse(printed)))  # ansible-core 2.18 and older
        parsed = parse(printed, "legacy")
        return parsed if isinstance(parsed, dict) else dict(parsed.as_result_dict(for_round_trip=True))


def _hand_on_home() -> None:
    """Let modules keep their notes where ``home`` of ansible.cfg says; they know the environment only."""
    home, origin = C.config.get_config_value_and_origin("ANSIBLE_HOME")
    if home and origin != "default":
        os.environ["ANSIBLE_HOME"] = str(home)


def options_check(module: ModuleType) -> Callable[[], None]:
    """Return the ``main`` of an action, which only checks options: ansible-lint runs that of the file that it finds.

    Nothing is sent, even if the options are right. What the variables of a host could say may be missing.
    """

    def main() -> None:
        spec = dict(module.SPEC)
        options = spec["argument_spec"]
        if "service" in options:
            spec["argument_spec"] = {**options, "service": {**options["service"], "required": False}}
            spec["required_one_of"] = [names for names in spec.get("required_one_of", ()) if "vmid" not in names]
        basic.AnsibleModule(**spec)  # by its place, as ansible-lint puts another class there

    return main


def _same_python(asked: str, running: str) -> bool:
    """Whether *asked* is the running interpreter, or another name of it in the same folder (python, python3)."""
    asked = os.path.expanduser(asked)
    if os.path.dirname(asked) != os.path.dirname(running):
        return False
    return asked == running or os.path.realpath(asked) == os.path.realpath(running)


def _plain(args: Mapping[str, Any]) -> dict[str, Any]:
    """The options as a module would read them: through JSON, without tags, lazy values or vault objects."""
    plain: dict[str, Any] = json.loads(json.dumps(args, default=_plain_value))
    return plain


def _plain_value(value: Any) -> str:
    return str(value.isoformat() if hasattr(value, "isoformat") else value)
