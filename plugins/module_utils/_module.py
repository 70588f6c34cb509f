# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How every module begins and ends: options, check mode, results, diff, failures, secrets.

A module file holds its documentation, C(SPEC) and C(run(task)). What C(run) returns, or the Failure that it raises,
becomes the same result whether AnsibleModule started it (C(run_module)) or the action plugin did (C(perform)).
"""

from __future__ import annotations

import math
import os
import traceback

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible.module_utils.errors import AnsibleFallbackNotFound
from ansible_collections.sindad.cloud.plugins.module_utils._connection import REQUESTS_ERROR, Connection
from ansible_collections.sindad.cloud.plugins.module_utils._errors import Failure, InvalidInput, WouldChange
from ansible_collections.sindad.cloud.plugins.module_utils._services import Services, explained, require
from ansible_collections.sindad.cloud.plugins.module_utils._shapes import without_secrets
from ansible_collections.sindad.cloud.plugins.module_utils._waiting import TRACE, Deadline, sent, wait_for

DEFAULT_URL = "https://my.sindad.com/api"


def _environment(variable):
    """The value of a variable of the environment; an empty one, which AWX and shells leave behind, is none."""
    if not os.environ.get(variable):
        raise AnsibleFallbackNotFound
    return os.environ[variable]


def _connection_option(name, **definition):
    return {"fallback": (_environment, [f"SINDAD_{name.upper()}"]), **definition}


#: The options of doc_fragments/portal.py.
CONNECTION = {
    "api_url": _connection_option("api_url", type="str", default=DEFAULT_URL),
    "username": _connection_option("username", type="str"),
    "password": _connection_option("password", type="str", no_log=True),
    "token": _connection_option("token", type="str", no_log=True),
    "validate_certs": _connection_option("validate_certs", type="bool", default=True),
    "ca_path": _connection_option("ca_path", type="path"),
    "timeout": _connection_option("timeout", type="float", default=30),
    "retries": _connection_option("retries", type="int", default=4),
}


#: The option of a module whose result holds passwords that the portal tells; C(perform) takes them out without it.
RETURN_PASSWORD = {"return_password": {"type": "bool", "default": False, "no_log": False}}


def module_spec(options, **rules):
    """The arguments of AnsibleModule for a module with *options* and *rules* such as C(required_if)."""
    return {"argument_spec": {**CONNECTION, **options}, "supports_check_mode": True, **rules}


def waiting(seconds):
    """The options C(wait) and C(wait_timeout), which *seconds* is the default of."""
    return {"wait": {"type": "bool", "default": True}, "wait_timeout": {"type": "float", "default": seconds}}


class Task:
    """What C(run) is given: the options, the portal, and the one way to change something.

    :ivar params: validated options by name.
    :ivar changed: whether anything was changed, or would be in check mode.
    """

    def __init__(self, params, check_mode=False):
        self.params = params
        self.check_mode = check_mode
        self.changed = False
        self.warnings = []
        self.portal = Connection(**{name: params[name] for name in CONNECTION}, read_only=check_mode)
        seconds = params.get("wait_timeout", TRACE)
        if not 0 < seconds < math.inf:
            raise InvalidInput(f"wait_timeout must be more than 0 seconds, not {seconds:g}.")
        self.deadline = Deadline(seconds)

    def service(self):
        """The id of the service that the option C(service) names."""
        return Services(self.portal).find(self.params["service"])

    def positive(self, *names):
        """Refuse a number that is not more than 0, before anything is sent."""
        for name in names:
            value = self.params[name]
            if value is not None and value <= 0:
                raise InvalidInput(f"{name} must be more than 0, not {value}.")

    def act(self, call, landed, aim):
        """Do *call*, which changes the account, once. False in check mode: then it only asks if the route is offered.

        :param landed: tells by reading whether the call took effect; asked only if its answer was lost.
        :param aim: what the call is for, in words: C(VM web1 to be created).
        """
        self.changed = True
        if not self.check_mode:
            # Without wait_timeout nothing but a lost answer is looked for, however long the call itself took.
            deadline = self.deadline if "wait_timeout" in self.params else Deadline(math.inf)
            sent(self.portal, call, landed, deadline, aim)
            return True
        try:
            call()
        except WouldChange as held:
            require(self.portal, held.request)
        return False

    def wait(self, look, done, aim, tell):
        """Look until *done*, or until C(wait_timeout) is over; see C(wait_for)."""
        return wait_for(self.portal, look, done, self.deadline, aim, tell)

    def warn(self, text):
        if text not in self.warnings:
            self.warnings.append(text)


def perform(run, params, check_mode=False, diff=False):
    """Run a module's C(run). Returns C((result, warnings)) and raises nothing: a failure is a result with C(failed)."""
    warnings, task = [], None
    try:
        task = Task(params, check_mode)
        warnings = task.warnings
        result = run(task)
        result.setdefault("changed", task.changed)
    except Failure as error:
        result = _failed(task, error)
    except Exception as error:
        crash = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{crash.filename.rsplit('/', 1)[-1]}:{crash.lineno}"
        text = f"This is a defect of the collection, please report it: {type(error).__name__} at {where}: {error}"
        result = _failed(task, Failure(task.portal.clean(text) if task else text))
    if not diff:
        result.pop("diff", None)
    if not params.get("return_password"):
        result = {key: without_secrets(value) for key, value in result.items()}
    return result, warnings


def _failed(task, error):
    if task:
        error = explained(task.portal, error)
    result = {"failed": True, "msg": str(error), **error.details()}
    if task and task.portal.changed:
        result["changed"] = True  # something was done before it failed
    return result


class _Module(AnsibleModule):
    def add_path_info(self, kwargs):
        """Not here: the C(path) of a failure is a route of the portal, not a file of which to return the owner."""
        return kwargs


def run_module(spec, run):
    """The C(main) of every module."""
    module = _Module(**spec)
    if REQUESTS_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=str(REQUESTS_ERROR))
    result, warnings = perform(run, module.params, module.check_mode, module._diff)
    for text in warnings:
        module.warn(text)
    if result.pop("failed", False):
        module.fail_json(**result)
    module.exit_json(**result)
