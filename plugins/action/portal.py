# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module of this collection: inside the controller where that is the same thing, else as an ordinary module.

The same thing means: the task's target is the controller itself, as the same user, with the same Python and the same
environment. There a module costs more before its first byte than the request itself; see docs/design.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import sys

from ansible import constants as C
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.plugins.action import ActionBase
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.sindad.cloud.plugins.module_utils._context import REQUESTS_KEY, execute
from ansible_collections.sindad.cloud.plugins.module_utils._core.session import REQUESTS_ERROR

MODULES = "ansible_collections.sindad.cloud.plugins.modules"


class ActionModule(ActionBase):
    """The action of every module of the collection (see plugin_routing in meta/runtime.yml)."""

    _supports_async = True
    _supports_check_mode = True

    def run(self, tmp=None, task_vars=None):
        super().run(tmp, task_vars)
        task_vars = task_vars or {}
        if not self._is_here(task_vars):
            result = self._execute_module(task_vars=task_vars, wrap_async=bool(self._task.async_val))
            for line in result.pop(REQUESTS_KEY, ()):
                self._tell(line)
            return result
        return self._as_module_result(self._run_here(task_vars))

    # -- where -------------------------------------------------------------------------------------------------------

    def _is_here(self, task_vars):
        """Whether a module would run as this very process: same machine, user, Python and environment."""
        return not (
            REQUESTS_ERROR
            or self._connection.transport not in ("local", "ansible.builtin.local")
            or self._connection.become
            or self._task.async_val
            or any(self._task.environment or ())
            or self._other_python(task_vars)
        )

    def _other_python(self, task_vars):
        if self._task.delegate_to:
            host = self._templar.template(self._task.delegate_to)
            task_vars = task_vars.get("ansible_delegated_vars", {}).get(host, task_vars)
        asked = C.config.get_config_value("INTERPRETER_PYTHON", variables=task_vars)
        asked = str(self._templar.template(asked) or "")
        return not (asked == "" or asked.startswith("auto") or _same_python(asked, sys.executable))

    # -- here --------------------------------------------------------------------------------------------------------

    def _run_here(self, task_vars):
        """The result that AnsibleModule would print."""
        module = importlib.import_module(f"{MODULES}.{self._task.action.rpartition('.')[2]}")
        rules = {key: value for key, value in module.SPEC.items() if key != "supports_check_mode"}
        checked = ArgumentSpecValidator(**rules).validate(_plain(self._task.args))
        params = checked.validated_parameters
        if checked.error_messages:
            message = checked.errors.msg
            if isinstance(checked.errors[0], UnsupportedError):
                message = f"Unsupported parameters for ({self._task.action}) module: {message}"
            result, warnings = {"failed": True, "msg": message}, []
        else:
            verbosity = self._display.verbosity
            result, warnings = execute(
                module.run, params, self._task.check_mode, self._task.diff, verbosity, self._tell
            )
        if self._shows_invocation(task_vars):
            result["invocation"] = {"module_args": params}
        if warnings:
            result["warnings"] = warnings
        kept = {key: value for key, value in result.items() if value is None or isinstance(value, bool)}
        return {**remove_values(result, checked._no_log_values), **kept}

    def _tell(self, line):
        """Show a request, for ``-vvv``."""
        self._display.vvv(line, host=self._play_context.remote_addr)

    def _shows_invocation(self, task_vars):
        """Since ansible-core 2.21 it is a setting whether results tell their options; before, they always do."""
        try:
            return C.config.get_config_value("INJECT_INVOCATION", variables=task_vars)
        except Exception:
            return True

    def _as_module_result(self, result):
        """What ActionBase makes of the JSON that a module prints: errors and untrusted text are treated alike."""
        printed = {"stdout": json.dumps(result), "stderr": "", "rc": 0}
        parse = self._parse_returned_data
        if "profile" not in inspect.signature(parse).parameters:
            return wrap_var(parse(printed))  # ansible-core 2.18 and older
        parsed = parse(printed, "legacy")
        return parsed if isinstance(parsed, dict) else parsed.as_result_dict(for_round_trip=True)


def _same_python(asked, running):
    """Whether *asked* is the running interpreter, or another name of it in the same folder (python, python3)."""
    asked = os.path.expanduser(asked)
    if os.path.dirname(asked) != os.path.dirname(running):
        return False
    return asked == running or os.path.realpath(asked) == os.path.realpath(running)


def _plain(args):
    """The options as a module would read them: through JSON, without tags, lazy values or vault objects."""
    return json.loads(
        json.dumps(args, default=lambda value: value.isoformat() if hasattr(value, "isoformat") else str(value))
    )
