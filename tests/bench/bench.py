# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the collection against the floor and against what people use without it; writes docs/benchmark.md.

python tests/bench/bench.py [--quick] [--runs N] [--only tasks,hosts,workers,constructed,cache,fleet,limit,dialect] [--output FILE]

Only ratios of runs made in turns on one machine mean anything: every figure stands beside its reference.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BIN = Path(sys.executable).parent
WORKERS = 16
CONSTRUCTED = {
    "compose": {"ansible_user": "'root'", "size": "sindad_memory | default(0, true) // 1024"},
    "groups": {
        "large": "sindad_memory | default(0, true) >= 4096",
        "vms": "sindad_kind == 'vm'",
        "web": "'web' in sindad_domain",
    },
    "keyed_groups": [
        {"key": key, "prefix": key}
        for key in ("sindad_template", "sindad_product", "sindad_billing_cycle", "sindad_state")
    ],
}


class Emulator:
    """The portal, in a process of its own."""

    def __enter__(self):
        command = [sys.executable, str(ROOT / "tests/emulator/portal.py"), "--port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.url = re.search(r"http://\S+", self.process.stdout.readline())[0]
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait()

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.url}/_emulator/{path}", data, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def reset(self, **options):
        self.call("POST", "reset", options)

    def requests(self):
        """How often it was asked since the last time."""
        count = self.call("GET", "log?summary=1")["count"]
        self.call("DELETE", "log")
        return count


class Bench:
    def __init__(self, emulator, folder, runs):
        self.emulator, self.folder, self.runs = emulator, folder, runs
        self.noise = []
        tree = folder / "tree/ansible_collections/sindad"
        tree.mkdir(parents=True)
        (tree / "cloud").symlink_to(ROOT)
        (folder / "library").mkdir()
        minimal = (HERE / "minimal.py").read_text()
        (folder / "library/minimal.py").write_text(f"#!/usr/bin/python\n{minimal}")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "SINDAD_"))},
            "ANSIBLE_COLLECTIONS_PATH": str(folder / "tree"),
            "ANSIBLE_INVENTORY_PLUGINS": str(HERE / "plugins/inventory"),
            "ANSIBLE_INVENTORY_ENABLED": "floor,plain_sindad,auto",
            "ANSIBLE_LIBRARY": str(folder / "library"),
            "ANSIBLE_LOCALHOST_WARNING": "0",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "0",
            "ANSIBLE_HOME": str(folder / "home"),
            "SINDAD_API_URL": f"{emulator.url}/api",
            "SINDAD_USERNAME": "user@example.com",
            "SINDAD_PASSWORD": "secret",
        }

    def run(self, command, **environment):
        """Wall seconds and peak MiB of a command that must succeed."""
        began = time.perf_counter()
        process = subprocess.Popen(
            command, env={**self.environment, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        errors = process.stderr.read()
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{shlex.join(map(str, command))} failed:\n{errors.decode()}")
        return time.perf_counter() - began, usage.ru_maxrss / 1024

    def paired(self, runs, **commands):
        """Median (seconds, MiB) of each command, run in turns."""
        seen = {name: [] for name in commands}
        for _turn in range(runs):
            for name, (command, environment) in commands.items():
                seen[name].append(self.run(command, **environment))
        for samples in seen.values():
            times = [seconds for seconds, _mib in samples]
            if len(times) > 1:
                self.noise.append((max(times) - min(times)) / statistics.median(times))
        return {name: tuple(statistics.median(column) for column in zip(*samples)) for name, samples in seen.items()}

    # -- commands ----------------------------------------------------------------------------------------------------

    def playbook(self, name, tasks, **environment):
        path = self.folder / f"{name}.json"
        play = {"hosts": "localhost", "gather_facts": False, "tasks": tasks}
        path.write_text(json.dumps([play]))
        return [BIN / "ansible-playbook", path], environment

    def inventory(self, name, **options):
        path = self.folder / name
        path.write_text(json.dumps(options))
        command = [BIN / "ansible-inventory", "-i", path, "--list", "--export", f"--output={self.folder}/out.json"]
        return command, {"ANSIBLE_INVENTORY_UNPARSED_FAILED": "1"}

    def source(self, **options):
        return self.inventory(
            "bench.sindad.yml", plugin="sindad.cloud.sindad", workers=options.pop("workers", WORKERS), **options
        )

    def floor(self, count):
        return self.inventory(f"{count}.floor.yml", plugin="floor", count=count)

    # -- what is measured --------------------------------------------------------------------------------------------

    def tasks(self, quick):
        """Fifty tasks, compared to a minimal module and to uri."""
        wrapper = self.folder / "python"
        wrapper.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
        wrapper.chmod(0o755)
        url = f"{self.emulator.url}/api/service/101/label"
        login = {"username": "user@example.com", "password": "secret"}
        ours = {"sindad.cloud.service_label": {"service": "101", "label": "main cloud"}}
        as_module = {**ours, "vars": {"ansible_python_interpreter": str(wrapper)}}
        minimal = {"minimal": {"url": url, **login}}
        uri = {
            "ansible.builtin.uri": {
                "url": url,
                "url_username": login["username"],
                "url_password": login["password"],
                "force_basic_auth": True,
            }
        }
        fifty = list(range(50))

        def loop(task):
            return [{**task, "loop": fifty}]

        def singles(task):
            return [task] * 50

        yield "| fifty tasks | latency | ours | ours as modules | minimal module | uri | minimal / ours | uri / ours |"
        yield "|---|---|---|---|---|---|---|---|"
        for shape in (loop,) if quick else (loop, singles):
            for latency in (0, 0.1):
                self.emulator.reset(latency=latency)
                kinds = {
                    "none": [],
                    "ours": shape(ours),
                    "modules": shape(as_module),
                    "minimal": shape(minimal),
                    "uri": shape(uri),
                }
                took = self.paired(self.runs, **{name: self.playbook(name, tasks) for name, tasks in kinds.items()})
                took = {name: seconds for name, (seconds, _mib) in took.items()}
                own = took["ours"]
                name = "in a loop" if shape is loop else "one by one"
                columns = " | ".join(f"{took[kind]:.1f} s" for kind in ("ours", "modules", "minimal", "uri"))
                yield (
                    f"| {name} | {latency * 1000:.0f} ms | {columns} | **{took['minimal'] / own:.1f}** | {took['uri'] / own:.1f} |"
                )
        yield f"\nAll times include the start of `ansible-playbook`, {took['none']:.1f} s for a play without tasks."

    def hosts(self, quick):
        """The inventory, compared to the ideal time of the network and to the minimum."""
        yield "| hosts | latency | requests | ours | minimum | ideal | ours / ideal | memory / minimum |"
        yield "|---|---|---|---|---|---|---|---|"
        for count in (10, 100, 1000) if quick else (10, 100, 1000, 10000):
            for latency in (0, 0.1):
                self.emulator.reset(services=count, latency=latency)
                runs = 1 if count == 10000 and latency else self.runs
                took = self.paired(runs, ours=self.source(), floor=self.floor(count))
                requests = self.emulator.requests() // runs
                (own, memory), (floor, floor_memory) = took["ours"], took["floor"]
                ideal = requests * latency / WORKERS + floor
                yield (
                    f"| {count:,} | {latency * 1000:.0f} ms | {requests:,} | {own:.2f} s | {floor:.2f} s | {ideal:.2f} s "
                    f"| **{own / ideal:.2f}** | {memory / floor_memory:.2f} |"
                )
        yield (
            f"\nIdeal: requests × latency / {WORKERS} workers, plus the minimum (the same number of hosts with 25 variables in five groups, "
            "set from memory). Without latency, the ideal does not include the network, so the difference is the cost of the requests themselves."
        )

    def dialect(self, quick):
        """The inventory of a portal whose responses are translated, compared to one that answers as documented."""
        yield "| hosts | documented | translated | ratio |"
        yield "|---|---|---|---|"
        for count in (100, 1000):
            self.emulator.reset(services=count, families="A")
            plain = self.paired(self.runs, ours=self.source())["ours"][0]
            self.emulator.reset(services=count, families="A", tongue="camel")
            command, environment = self.source()
            environment = {**environment, "SINDAD_DIALECT": str(ROOT / "docs/dialects/camel_case.yml")}
            own = self.paired(self.runs, ours=(command, environment))["ours"][0]
            yield f"| {count:,} | {plain:.2f} s | {own:.2f} s | **{own / plain:.2f}** |"

    def workers(self, quick):
        """The inventory of 1,000 services at a latency of 100 ms, by number of workers."""
        yield "| workers | ours | ideal | ours / ideal |"
        yield "|---|---|---|---|"
        self.emulator.reset(services=1000, latency=0.1)
        floor = self.paired(self.runs, floor=self.floor(1000))["floor"][0]
        self.emulator.requests()
        for count in (8, 32) if quick else (1, 2, 4, 8, 16, 32, 64):
            own = self.paired(1 if count < 8 else self.runs, ours=self.source(workers=count))["ours"][0]
            requests = self.emulator.requests() // (1 if count < 8 else self.runs)
            ideal = requests * 0.1 / count + floor
            yield f"| {count} | {own:.1f} s | {ideal:.1f} s | **{own / ideal:.2f}** |"

    def constructed(self, quick):
        """Four keyed groups, two composed variables and three conditional groups, compared to Ansible's own evaluation."""
        yield "| hosts | ours, without | ours, with | Ansible's own, with | added by ours | added by Ansible's own | ratio |"
        yield "|---|---|---|---|---|---|---|"
        for count in (1000,) if quick else (1000, 10000):
            self.emulator.reset(services=count)
            plain = self.inventory("plain.sindad.yml", plugin="plain_sindad", workers=WORKERS, **CONSTRUCTED)
            name = self.folder / "constructed.sindad.yml"
            name.write_text(json.dumps({"plugin": "sindad.cloud.sindad", "workers": WORKERS, **CONSTRUCTED}))
            own = ([*self.source()[0][:2], name, *self.source()[0][3:]], {})
            took = self.paired(1 if count == 10000 else self.runs, without=self.source(), own=own, plain=plain)
            without, with_it, with_plain = (took[each][0] for each in ("without", "own", "plain"))
            added, added_plain = with_it - without, with_plain - without
            yield (
                f"| {count:,} | {without:.1f} s | {with_it:.1f} s | {with_plain:.1f} s | {added:.2f} s | {added_plain:.2f} s "
                f"| **{added / added_plain:.2f}** |"
            )

    def cache(self, quick):
        """A warm cache, compared to the minimum."""
        yield "| hosts | warm cache | minimum | ratio | memory / minimum | requests |"
        yield "|---|---|---|---|---|---|"
        for count in (1000,) if quick else (1000, 10000):
            self.emulator.reset(services=count)
            warm = self.inventory(
                "cached.sindad.yml",
                plugin="sindad.cloud.sindad",
                cache=True,
                cache_plugin="jsonfile",
                cache_connection=str(self.folder / f"cache{count}"),
            )
            self.run(*warm[:1])
            self.emulator.requests()
            took = self.paired(self.runs, warm=warm, floor=self.floor(count))
            requests = self.emulator.requests()
            (own, memory), (floor, floor_memory) = took["warm"], took["floor"]
            yield f"| {count:,} | {own:.2f} s | {floor:.2f} s | **{own / floor:.2f}** | {memory / floor_memory:.2f} | {requests} |"

    def fleet(self, quick):
        """Fifty VMs that take ten seconds to build, at a latency of 100 ms: one fleet, compared to a loop of tasks."""
        size = {"template": "Debian 12", "memory": 512, "cpu": 1, "disk": 10}
        looped = 3 if quick else 10

        def vms(count):
            return [{"label": f"bench{number}", "state": "started", **size} for number in range(count)]

        def fleet(count):
            options = {"service": "101", "vms": vms(count), "wait_timeout": 1800}
            return self.playbook(f"fleet{count}", [{"sindad.cloud.vm_fleet": options}])

        one = {"sindad.cloud.vm": {"service": "101", "wait_timeout": 1800, **vms(1)[0], "label": "{{ item.label }}"}}
        loop = self.playbook("loop", [{**one, "loop": vms(looped)}])
        kinds = {
            "none": self.playbook("none", []),
            "one": fleet(1),
            "fifty": fleet(50),
            "loop": loop,
            "many": fleet(500),
        }
        took, requests = {}, {}
        for name, (command, environment) in kinds.items():
            if quick and name == "many":
                continue
            self.emulator.reset(latency=0.1, duration=10, create_delay=1, vm_room=100)
            took[name] = self.run(command, **environment)
            requests[name] = self.emulator.requests()
        start = took["none"][0]
        seconds = {name: wall - start for name, (wall, _mib) in took.items()}
        loop_of_fifty = seconds["loop"] * 50 / looped
        yield "| | seconds | requests | peak memory |"
        yield "|---|---|---|---|"
        names = {"one": "a fleet of 1", "fifty": "a fleet of 50", "loop": f"a loop of {looped} `vm` tasks"}
        for name, text in {**names, **({} if quick else {"many": "a fleet of 500"})}.items():
            yield f"| {text} | {seconds[name]:.1f} | {requests[name]} | {took[name][1]:.0f} MiB |"
        yield ""
        yield "| a loop of 50 / a fleet of 50 | a fleet of 50 / a fleet of 1 | requests of the fleet / of the loop |"
        yield "|---|---|---|"
        share = requests["fifty"] / (requests["loop"] * 50 / looped)
        yield (
            f"| **{loop_of_fifty / seconds['fifty']:.0f}** | **{seconds['fifty'] / seconds['one']:.2f}** | **{share:.3f}** |"
        )
        yield (
            f"\nWithout the start of `ansible-playbook`. The loop was measured with {looped} VMs and multiplied, as its time is "
            "proportional to their number."
        )

    def limit(self, quick):
        """200 services of a portal that accepts 20 requests per second."""
        yield "| workers | response | requests | rejected | ours | at the limit |"
        yield "|---|---|---|---|---|---|"
        for answer in ("429", "429-plain", "200"):
            self.emulator.reset(services=200, latency=0.05, rate_limit=20, rate_limit_answer=answer)
            own = self.paired(1, ours=self.source())["ours"][0]
            log = self.emulator.call("GET", "log")["log"]
            refused = len(log) - len({entry["path"] for entry in log})
            yield f"| {WORKERS} | {answer} | {len(log)} | **{refused}** | {own:.1f} s | {(len(log) - refused) / 20:.1f} s |"
            self.emulator.requests()


SECTIONS = {
    "tasks": "Tasks",
    "hosts": "Inventory",
    "workers": "Workers",
    "constructed": "Constructed variables and groups",
    "cache": "Cache",
    "fleet": "Fleet",
    "limit": "Portal with a rate limit",
    "dialect": "Portal with a dialect",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer sizes and runs, for a look")
    parser.add_argument("--runs", type=int, help="how often each command runs; default 3, with --quick 1")
    parser.add_argument("--only", default=",".join(SECTIONS), help="comma separated: " + ", ".join(SECTIONS))
    parser.add_argument("--output", type=Path, help="write the result here, too")
    options = parser.parse_args()
    runs = options.runs or (1 if options.quick else 3)
    with Emulator() as emulator, tempfile.TemporaryDirectory() as folder:
        bench = Bench(emulator, Path(folder), runs)
        lines = []
        for name in options.only.split(","):
            section = getattr(bench, name)
            lines += ["", f"## {SECTIONS[name]}", section.__doc__.strip(), ""]
            print("\n".join(lines[-4:]), flush=True)
            for line in section(options.quick):
                lines.append(line)
                print(line, flush=True)
        core = subprocess.run(
            [BIN / "python", "-c", "import ansible.release as r; print(r.__version__)"],
            capture_output=True,
            text=True,
            check=True,
        )
        noise = (
            f"median {statistics.median(bench.noise):.0%}, maximum {max(bench.noise):.0%}" if bench.noise else "unknown"
        )
        head = [
            "<!--",
            "SPDX-FileCopyrightText: 2026 sindad.cloud contributors",
            "SPDX-License-" + "Identifier: GPL-3.0-or-later",  # this is not the licence of this line
            "-->",
            "# Benchmark",
            "",
            "Created by `make bench` with the portal emulator on the same machine. Only the ratios are meaningful: each figure was",
            "measured alternately with its reference, and is the median of the runs.",
            "",
            f"ansible-core {core.stdout.strip()}, Python {platform.python_version()}, {os.cpu_count()} cores, {runs} runs. "
            f"Spread of the runs of one figure: {noise}.",
        ]
        print("\n" + "\n".join(head[6:]))
        if options.output:
            options.output.write_text("\n".join([*head, *lines]) + "\n")


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
