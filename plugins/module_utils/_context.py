# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module is given, and how it ends: options, check mode, results, diff, failures, secrets.

A module file holds its documentation, ``SPEC`` and ``run(context)``. What ``run`` returns, or the SindadError that it
raises, becomes the same result whether AnsibleModule started it (``run_module``) or the action plugin (``execute``).
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ._core.change.polling import LOST_RESPONSE_TIMEOUT_S, RESUME_ADVICE, Deadline, SeenToChange, send_once, wait_for
from ._core.change.transition import Outcome, Target, Transition
from ._core.errors import InvalidInput, SindadError, WouldChange
from ._core.http.client import Client
from ._core.http.options import DEFAULT_URL, canonical_url, refuse_empty, with_environment
from ._core.http.session import REQUESTS_ERROR
from ._core.http.shared_throttle import SharedThrottle
from ._core.reading.durations import duration_option
from ._core.reading.text import printable
from ._core.response.dialect_file import jinja2_error
from ._core.response.redaction import Redactor, shown, without_raw, without_secrets
from ._service.api import Services, ensure_offered, refine_error

#: The key under which a module hands its requests to the action plugin, which shows them at ``-vvv``.
REQUESTS_KEY = "sindad_requests"
#: The verbosity from which requests are told, and from which the shape of their responses is.
TELL_REQUESTS, TELL_SHAPES = 3, 4

Record = TypeVar("Record")
Result = dict[str, Any]
Run = Callable[["ModuleContext"], Result]


#: The options of doc_fragments/portal.py. What the environment adds to them: ``with_environment``.
CONNECTION: dict[str, dict[str, Any]] = {
    "api_url": {"type": "str", "default": DEFAULT_URL},
    "username": {"type": "str"},
    "password": {"type": "str", "no_log": True},
    "token": {"type": "str", "no_log": True},
    "validate_certs": {"type": "bool", "default": True},
    "ca_path": {"type": "path"},
    "timeout": {"type": "str", "default": "30"},
    "retries": {"type": "int", "default": 4},
    "dialect": {"type": "raw"},
}


#: The option of a module whose result holds passwords that the portal sends; ``execute`` takes them out without it.
RETURN_PASSWORD: dict[str, dict[str, Any]] = {"return_password": {"type": "bool", "default": False, "no_log": False}}


#: The option of a module that destroys data unless what is there is what is wanted: what to do if that is unknown.
WHEN_UNKNOWN: dict[str, Any] = {"type": "str", "choices": ["fail", "keep", "install"], "default": "fail"}


def module_spec(options: Mapping[str, Any], **rules: Any) -> dict[str, Any]:
    """The arguments of AnsibleModule for a module with *options* and *rules* such as ``required_if``."""
    return {"argument_spec": {**CONNECTION, **options}, "supports_check_mode": True, **rules}


def info_spec(options: Mapping[str, Any], **rules: Any) -> dict[str, Any]:
    """The same for a module that only reads: its records are returned without ``raw`` on request."""
    return module_spec({**options, "raw": {"type": "bool", "default": True}}, **rules)


def client_options(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the connection options among *params* as :class:`Client` takes them.

    :raises InvalidInput: if the timeout is not a duration.
    """
    return {**{name: params[name] for name in CONNECTION}, "timeout": duration_option(params["timeout"], "timeout")}


def waiting(seconds: int) -> dict[str, dict[str, Any]]:
    """The options ``wait`` and ``wait_timeout``, which *seconds* is the default of."""
    return {"wait": {"type": "bool", "default": True}, "wait_timeout": {"type": "str", "default": str(seconds)}}


def paced_client(**connection: Any) -> Client:
    """Return a client that shares its pace with all other tasks of this machine, each of which is its own process."""
    account = connection["token"] or connection["username"] or ""
    return Client(**connection, throttle=SharedThrottle(canonical_url(connection["api_url"]), account))


class ModuleContext:
    """What ``run`` is given: the options, the client, and the one way to change something.

    :ivar params: validated options by name.
    :ivar changed: whether anything was changed, or would be in check mode.
    :ivar module: the AnsibleModule; only for a module that says ``RUNS_AS_MODULE``, which is never run without one.
    """

    module: Any = None

    def __init__(
        self, params: Mapping[str, Any], check_mode: bool = False, make_client: Callable[..., Client] = paced_client
    ):
        self.params = params
        self.check_mode = check_mode
        self.changed = False
        self.warnings: list[str] = []
        self.client = make_client(**client_options(params), read_only=check_mode)
        seconds = duration_option(params.get("wait_timeout", LOST_RESPONSE_TIMEOUT_S), "wait_timeout")
        self.deadline = Deadline(seconds, self.client.clock)

    def service(self) -> str:
        """The id of the service that the option ``service`` names."""
        return Services(self.client).find(self.params["service"])

    def positive(self, *names: str) -> None:
        """Refuse a number that is not more than 0, before anything is sent."""
        for name in names:
            value = self.params[name]
            if value is not None and value <= 0:
                raise InvalidInput(f"{name} must be more than 0, not {value}.")

    def apply(
        self,
        transition: Transition[Any, Record],
        target: Target[Any, Record],
        record: Record,
        wait: bool | None = None,
        advice: str = RESUME_ADVICE,
    ) -> Outcome[Record]:
        """Carry out *transition* once, and wait until it is done.

        In check mode nothing is sent; it is only asked whether the service offers the route.

        :param record: the target as it was read last.
        :param wait: whether to poll until it is done; by default the option ``wait``.
        """
        self.changed = True
        if self.check_mode:
            self.ensure_offered(transition, target, record)
            return Outcome(transition.predict(record), sent=False)
        answer = send_once(self.client, transition, target, record, self._time_to_send())
        wanted = self.params.get("wait", False) if wait is None else wait
        if not wanted or target.refresh is None:
            return Outcome(transition.predict(record), answer)
        is_done = transition.is_done
        if transition.looks_the_same:
            is_done = SeenToChange(is_done, self.client.clock)
        awaited = f"{target.name} {transition.description}"
        return Outcome(self.wait(target.refresh, is_done, awaited, target.describe, advice), answer)

    def _time_to_send(self) -> Deadline | None:
        """Without wait_timeout nothing but a lost response is looked for, however long the request itself took."""
        return self.deadline if "wait_timeout" in self.params else None

    def ensure_offered(self, transition: Transition[Any, Record], target: Target[Any, Record], record: Record) -> None:
        try:
            with self.client.one_change():
                transition.send(target.api, record)
        except WouldChange as held:
            ensure_offered(self.client, held.request)

    def wait(
        self,
        poll: Callable[[], Record],
        is_done: Callable[[Record], bool],
        awaited: str,
        describe: Callable[[Record], str],
        advice: str = RESUME_ADVICE,
    ) -> Record:
        """Poll until *is_done*, or until ``wait_timeout`` is over; see ``wait_for``."""
        return wait_for(self.client, poll, is_done, self.deadline, awaited, describe, advice)

    def warn(self, text: str) -> None:
        text = printable(self.client.redact(text))
        if text not in self.warnings:
            self.warnings.append(text)


def execute(
    run: Run,
    params: Mapping[str, Any],
    check_mode: bool = False,
    diff: bool = False,
    verbosity: int = 0,
    tell: Callable[[str], None] | None = None,
    make_client: Callable[..., Client] = paced_client,
    module: AnsibleModule | None = None,
    given: Mapping[str, Any] | None = None,
) -> tuple[Result, list[str]]:
    """Run a module's ``run``. Raises nothing: a failure is a result with ``failed``.

    :param given: the options as the task sets them, none of which may be empty if it is one of the connection.
    :param tell: is given a line for each request at verbosity 3 and above.
    :returns: the result, and the warnings.
    """
    warnings: list[str] = []
    context = None
    try:
        refuse_empty(given or {})
        context = ModuleContext(params, check_mode, make_client)
        warnings, context.module = context.warnings, module
        if tell and verbosity >= TELL_REQUESTS:
            context.client.on_exchange = lambda exchange: tell(printable(exchange))
            context.client.with_shapes = verbosity >= TELL_SHAPES
        result = run(context)
        result.setdefault("changed", context.changed)
    except SindadError as error:
        result = _failed(context, error)
    except Exception as error:
        result = _crashed(context, error)
    result = shown(result, context.client.redactor if context else Redactor())
    if not diff:
        result.pop("diff", None)
    if not params.get("return_password"):
        result = {key: without_secrets(value) for key, value in result.items()}
    if params.get("raw") is False:
        result = {key: without_raw(value) for key, value in result.items()}
    return result, warnings


def _failed(context: ModuleContext | None, error: SindadError) -> Result:
    if context:
        error = refine_error(context.client, error)
    result = {"failed": True, "msg": str(error), **error.details()}
    if context and context.client.changed:
        result["changed"] = True  # something was done before it failed
    return result


def _crashed(context: ModuleContext | None, error: Exception) -> Result:
    """The result of a defect, with the whole traceback: what a report of it needs."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{where.filename.rsplit('/', 1)[-1]}:{where.lineno}"
    defect = f"This is a defect of the collection, please report it: {type(error).__name__} at {place}: {error}"
    result = _failed(context, SindadError(defect))
    return {**result, "exception": "".join(traceback.format_exception(type(error), error, error.__traceback__))}


class _Module(AnsibleModule):
    def _load_params(self) -> None:
        """Keep what the task sets, and complete it, before Ansible checks the options."""
        super()._load_params()
        self.given: Result = self.params
        self.params: Result = with_environment(self.given, os.environ)

    def add_path_info(self, kwargs: Result) -> Result:
        """Not here: the ``path`` of a failure is a route of the portal, not a file of which to return the owner."""
        return kwargs


def run_module(spec: dict[str, Any], run: Run) -> None:
    """The ``main`` of every module."""
    module = _Module(**spec)
    if REQUESTS_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=str(REQUESTS_ERROR))
    if module.params["dialect"] and (error := jinja2_error()):
        module.fail_json(msg=missing_required_lib("jinja2"), exception=error)
    requests: list[str] = []
    result, warnings = execute(
        run,
        module.params,
        module.check_mode,
        module._diff,
        module._verbosity,
        requests.append,
        module=module,
        given=module.given,
    )
    if requests:
        result[REQUESTS_KEY] = requests
    for text in warnings:
        module.warn(text)
    if result.pop("failed", False):
        module.fail_json(**result)
    module.exit_json(**result)
