# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of AWX as a sync needs: its REST API over objects in memory, its own injector, and ansible-runner.

What it runs is real: a sync runs ansible-inventory, a job ansible-playbook, each with what the credential injects. A
project is a folder, named by its scm_url.
"""

from __future__ import annotations

import json
import re
import tempfile
import threading
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import ansible_runner
import yaml
from awx_plugins.interfaces._temporary_private_api import ManagedCredentialType
from awx_plugins.interfaces._temporary_private_credential_api import Credential
from awx_plugins.interfaces._temporary_private_inject_api import inject_credential
from e2e.awx_rules import complaints

KINDS = [
    "organizations",
    "credential_types",
    "credentials",
    "execution_environments",
    "projects",
    "inventories",
    "inventory_sources",
    "job_templates",
    "project_updates",
    "inventory_updates",
    "jobs",
]
#: What AWX demands of a new object, and what it fills in.
REQUIRED = {
    "credential_types": {"name", "kind"},
    "credentials": {"name", "credential_type"},
    "execution_environments": {"name", "image"},
    "projects": {"name", "organization"},
    "inventories": {"name", "organization"},
    "inventory_sources": {"name", "inventory", "source"},
    "job_templates": {"name", "inventory", "project", "playbook"},
}
FILLED_IN = {
    "organizations": {"description": ""},
    "credentials": {"description": "", "inputs": {}, "organization": None},
    "execution_environments": {"description": "", "organization": None, "credential": None, "pull": ""},
    "projects": {"description": "", "scm_type": "", "scm_url": "", "scm_branch": "", "status": "never updated"},
    "inventories": {
        "description": "",
        "total_hosts": 0,
        "total_groups": 0,
        "variables": "",
        "kind": "",
        "host_filter": None,
    },
    "inventory_sources": {
        **{"description": "", "source_path": "", "source_vars": "", "credential": None, "execution_environment": None},
        **{"overwrite": False, "overwrite_vars": False, "update_on_launch": False, "update_cache_timeout": 0},
    },
    "job_templates": {"description": "", "job_type": "run", "execution_environment": None, "organization": 1},
}
STANDARD_ENV = {
    "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
    "ANSIBLE_INVENTORY_EXPORT": "True",
    "ANSIBLE_VERBOSE_TO_STDERR": "True",
}


class Refused(Exception):
    """A status, and what is wrong."""


def injected(credential_type: dict[str, Any], inputs: dict[str, Any], folder: Path) -> tuple[dict, dict]:
    """What AWX gives a process: its environment, and that as it is shown to people. Files lie in folder/env."""
    kind = ManagedCredentialType(
        namespace="sindad",
        name=credential_type["name"],
        kind=credential_type["kind"],
        inputs=credential_type["inputs"],
        injectors=credential_type["injectors"],
    )
    (folder / "env").mkdir(parents=True, exist_ok=True)
    env: dict[str, Any] = {"INVENTORY_UPDATE_ID": "1"}
    safe: dict[str, Any] = {}
    inject_credential(kind, Credential(inputs), env, safe, [], str(folder))
    # There is no container here in which the folder would be /runner.
    return {name: re.sub("^/runner(?=/)", str(folder), value) for name, value in env.items()}, safe


class Awx:
    """The objects, and what happens to them. *env* is that of the execution environment."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self.env, self.folder = env, folder
        self.objects: dict[str, dict[int, dict[str, Any]]] = {kind: {} for kind in KINDS}
        self.attached: dict[int, list[int]] = {}
        self.hosts: dict[int, dict[str, Any]] = {}
        self.log: list[tuple[str, str, Any]] = []
        self.add("organizations", {"name": "Default"})

    def add(self, kind: str, fields: dict[str, Any]) -> dict[str, Any]:
        missing = REQUIRED.get(kind, set()) - set(fields)
        if missing:
            raise Refused(400, {name: ["This field is required."] for name in missing})
        unknown = (
            set(fields) - REQUIRED.get(kind, set()) - set(FILLED_IN.get(kind, fields)) - {"name", "source_project"}
        )
        if kind == "credential_types":
            unknown = set(complaints(fields))
        if unknown:
            raise Refused(400, {"detail": f"AWX knows no {sorted(unknown)} of {kind}"})
        number = 1 + max((max(some, default=0) for some in self.objects.values()), default=0)
        url = f"/api/v2/{kind}/{number}/"
        more = {"id": number, "type": kind, "url": url, "related": {"credentials": f"{url}credentials/"}}
        self.objects[kind][number] = {**more, **FILLED_IN.get(kind, {}), **fields}
        return self.objects[kind][number]

    def shown(self, kind: str, one: dict[str, Any]) -> dict[str, Any]:
        """An object without its secrets."""
        if kind != "credentials":
            return one
        fields = self.objects["credential_types"][int(one["credential_type"])]["inputs"]["fields"]
        secret = {each["id"] for each in fields if each.get("secret")}
        return {
            **one,
            "inputs": {key: "$encrypted$" if key in secret else value for key, value in one["inputs"].items()},
        }

    # -- what it runs --------------------------------------------------------------------------------------------------

    def credential_env(self, numbers: list[Any], folder: Path) -> dict[str, str]:
        env: dict[str, str] = {}
        for number in filter(None, numbers):
            one = self.objects["credentials"][int(number)]
            env |= injected(self.objects["credential_types"][int(one["credential_type"])], one["inputs"], folder)[0]
        return env

    def ended(self, kind: str, code: int, text: str) -> dict[str, Any]:
        status = "failed" if code else "successful"
        return self.add(kind, {"name": "", "status": status, "finished": "2026-01-01T00:00:00Z", "result_stdout": text})

    def project_of(self, one: dict[str, Any], field: str) -> Path:
        return Path(self.objects["projects"][int(one[field])]["scm_url"].removeprefix("file://"))

    def update_project(self, one: dict[str, Any]) -> dict[str, Any]:
        there = Path(one["scm_url"].removeprefix("file://")).is_dir()
        one["status"] = "successful" if there else "failed"
        return self.ended("project_updates", not there, "" if there else "repository not found")

    def sync(self, one: dict[str, Any]) -> dict[str, Any]:
        """Run ansible-inventory as AWX does; only if it succeeds the hosts are replaced."""
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            folder = Path(name).resolve()
            output = folder / "output.json"
            source = self.project_of(one, "source_project") / one["source_path"]
            arguments = ["--list", "--export", "-i", str(source), "--output", str(output), "-vvv"]
            env = {**self.env, **STANDARD_ENV, **self.credential_env([one["credential"]], folder)}
            # AWX does so for sources from projects; what is set already stays.
            env = {**(yaml.safe_load(one["source_vars"]) or {}), **env}
            text, code = self._run("ansible-inventory", arguments, env, folder)
            if not code:
                listed = json.loads(output.read_text(encoding="utf-8"))
                self.hosts[int(one["inventory"])] = listed["_meta"]["hostvars"]
                inventory = self.objects["inventories"][int(one["inventory"])]
                inventory["total_hosts"] = len(listed["_meta"]["hostvars"])
                inventory["total_groups"] = len(set(listed) - {"_meta", "all", "ungrouped"})
        return self.ended("inventory_updates", code, text)

    def launch(self, one: dict[str, Any]) -> dict[str, Any]:
        """Run the playbook on the hosts that were synced, given to it as JSON with their marks."""
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            folder = Path(name).resolve()
            hosts = self.hosts.get(int(one["inventory"]), {})
            script = folder / "hosts"
            data = json.dumps({"all": {"hosts": list(hosts)}, "_meta": {"hostvars": hosts}})
            script.write_text(f"#!/bin/sh\ncat <<'THE_END'\n{data}\nTHE_END\n", encoding="utf-8")
            script.chmod(0o755)
            env = {**self.env, **self.credential_env(self.attached.get(one["id"], []), folder)}
            book = self.project_of(one, "project") / one["playbook"]
            text, code = self._run("ansible-playbook", ["-i", str(script), str(book)], env, folder)
        return self.ended("jobs", code, text)

    def _run(self, program: str, arguments: list[str], env: dict[str, str], folder: Path) -> tuple[str, int]:
        runner = self.env["PATH"].split(":")[0] + f"/{program}"
        out, err, code = ansible_runner.run_command(
            executable_cmd=runner,
            cmdline_args=arguments,
            envvars=env,
            private_data_dir=str(folder),
            quiet=True,
            runner_mode="subprocess",
        )
        return out + err, code

    # -- its API -------------------------------------------------------------------------------------------------------

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> tuple[int, Any]:
        parts = path.strip("/").split("/")
        kind, rest = parts[0], parts[1:]
        if kind not in self.objects:
            raise Refused(404, {"detail": "Not found."})
        if not rest:
            if method == "POST":
                if any(each["name"] == body.get("name") for each in self.objects[kind].values()):
                    raise Refused(400, {"__all__": ["one with this name already exists."]})
                return 201, self.shown(kind, self.add(kind, body))
            scope = {key: value for key, value in query.items() if "__" not in key}
            fit = [each for each in self.objects[kind].values() if all(str(each.get(k)) == v for k, v in scope.items())]
            return 200, self._listed(kind, fit)
        one = self.objects[kind].get(int(rest[0]))
        if one is None:
            raise Refused(404, {"detail": "Not found."})
        if len(rest) == 1:
            if method == "PATCH":
                if (
                    kind == "credential_types"
                    and self.objects["credentials"]
                    and body.get("inputs", one["inputs"]) != one["inputs"]
                ):
                    raise Refused(
                        403, {"detail": "Modifications to inputs are not allowed for credential types that are in use"}
                    )
                one.update(body)
            return 200, self.shown(kind, one)
        if rest[1] == "stdout":
            return 200, one["result_stdout"]
        if rest[1] == "credentials":
            return self._credentials(method, one, body)
        run = ACTIONS.get((kind, rest[1]))
        if run is None or method != "POST":
            raise Refused(404, {"detail": "Not found."})
        return (201 if rest[1] == "launch" else 202), run(self, one)

    def _credentials(self, method: str, one: dict[str, Any], body: Any) -> tuple[int, Any]:
        has = self.attached.setdefault(one["id"], [])
        if method == "POST":
            has.append(int(body["id"]))
            return 204, None
        return 200, self._listed("credentials", [self.objects["credentials"][each] for each in has])

    def _listed(self, kind: str, some: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "count": len(some),
            "next": None,
            "previous": None,
            "results": [self.shown(kind, each) for each in some],
        }


ACTIONS: dict[tuple[str, str], Callable[[Awx, dict[str, Any]], dict[str, Any]]] = {
    ("projects", "update"): Awx.update_project,
    ("inventory_sources", "update"): Awx.sync,
    ("job_templates", "launch"): Awx.launch,
}


class _Handler(BaseHTTPRequestHandler):
    awx: Awx

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        path = parts.path.removeprefix("/api/v2/")
        try:
            if self.headers.get("Authorization") != "Bearer awx-token":
                raise Refused(401, {"detail": "Authentication credentials were not provided."})
            if self.command != "GET":
                self.awx.log.append((self.command, path, body))
            status, found = self.awx.answer(self.command, path, dict(parse_qsl(parts.query)), body)
        except Refused as refused:
            status, found = refused.args
        data = b"" if found is None else found.encode() if isinstance(found, str) else json.dumps(found).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain" if isinstance(found, str) else "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PATCH = _answer

    def log_message(self, *_arguments: Any) -> None:
        """Nothing."""


@contextmanager
def served(awx: Awx):
    """The address at which *awx* answers."""
    handler = type("Handler", (_Handler,), {"awx": awx})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
