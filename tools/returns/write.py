# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the RETURN block of every module from the descriptions in the YAML files beside this one.

A file describes records, key by key as in RETURN, and what modules return. A returned value, or a key of a record,
names the record that it is (``record``) or a list of (``records``), where needed ``without`` some keys and with
``notes``: sentences that are added to a key's description (``replies.id`` is a key of an inner record).
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
import typing as t
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
MODULES = HERE.parents[1] / "plugins/modules"
BLOCK = re.compile(r'(?<=^RETURN = r"""\n).*?(?=^""")', re.M | re.S)
WIDTH = 120

Tree = dict[str, t.Any]

#: What every module returns of a request that failed.
FAILURE: Tree = {
    "errors": {
        "description": "Error codes or messages of the portal, as it sent them.",
        "returned": "if the portal refused a request",
        "type": "list",
        "elements": "str",
        "sample": ["noprivileges"],
    },
    "status_code": {
        "description": "HTTP status code of the response.",
        "returned": "if a request failed and the portal responded",
        "type": "int",
        "sample": 200,
    },
    "method": {
        "description": "HTTP method of the request that failed.",
        "returned": "if a request failed",
        "type": "str",
        "sample": "GET",
    },
    "path": {
        "description": "Path of the request that failed, below the URL of the API.",
        "returned": "if a request failed",
        "type": "str",
        "sample": "/service",
    },
}


def load(folder: Path = HERE) -> tuple[Tree, Tree]:
    """All records, and what the modules return, from the files of *folder*."""
    records: Tree = {}
    modules: Tree = {}
    for path in sorted(folder.glob("*.yml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        for known, new in ((records, told["records"]), (modules, told["modules"])):
            twice = known.keys() & new.keys()
            if twice:
                raise ValueError(f"{path.name} describes again: {', '.join(sorted(twice))}")
            known.update(new)
    return records, modules


def expand(value: Tree, records: Tree) -> Tree:
    """The description of a value, with the keys of its record in place of the record's name."""
    if "record" not in value and "records" not in value:
        return {**value}
    name = value.get("record") or value["records"]
    shape = {"type": "dict"} if "record" in value else {"type": "list", "elements": "dict"}
    left_out = value.get("without", [])
    contains = {key: expand(part, records) for key, part in records[name].items() if key not in left_out}
    for path, note in value.get("notes", {}).items():
        _add_note(contains, path.split("."), note)
    return {"description": value["description"], **shape, "contains": contains}


def _add_note(contains: Tree, path: list[str], note: str) -> None:
    key, *inner = path
    if inner:
        _add_note(contains[key]["contains"], inner, note)
        return
    told = contains[key]["description"]
    whole = f"{told} {note}" if isinstance(told, str) else [*told, note]
    contains[key] = {**contains[key], "description": whole}


def _note_raw(value: Tree) -> None:
    """Say of every ``raw``, at any depth, that an info module leaves it out on request."""
    for key, part in value.get("contains", {}).items():
        if key == "raw":
            _add_note(value["contains"], ["raw"], "Not returned with O(raw=false).")
        else:
            _note_raw(part)


def block(returned: Tree, records: Tree, is_info: bool = False) -> str:
    """The text of a RETURN block."""
    values = {}
    for name, told in returned.items():
        value = expand(told, records)
        if is_info:
            _note_raw(value)
        values[name] = {"description": value.pop("description"), "returned": "success", **value}
    return "\n".join(_values({**values, **FAILURE}, "")) + "\n"


def _values(values: Tree, indent: str) -> t.Iterator[str]:
    for name, value in values.items():
        yield f"{indent}{name}:"
        for key, part in value.items():
            if key == "contains":
                yield f"{indent}  contains:"
                yield from _values(part, f"{indent}    ")
            elif key == "description":
                yield from _description(part, f"{indent}  ")
            else:
                yield f"{indent}  {key}: {_scalar(part)}"


def _description(told: str | list[str], indent: str) -> t.Iterator[str]:
    """On the line of its key if it fits there, else as a list."""
    line = f"{indent}description: {_scalar(told)}"
    if isinstance(told, str) and len(line) <= WIDTH:
        yield line
        return
    yield f"{indent}description:"
    for paragraph in [told] if isinstance(told, str) else told:
        yield from textwrap.wrap(
            _scalar(paragraph),
            WIDTH,
            initial_indent=f"{indent}  - ",
            subsequent_indent=f"{indent}    ",
            break_long_words=False,
            break_on_hyphens=False,
        )


def _scalar(value: t.Any) -> str:
    """A value on one line: plain if YAML reads it as that text, else as JSON."""
    return value if isinstance(value, str) and _is_plain(value) else json.dumps(value, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    try:
        return bool(yaml.safe_load(f"key: {text}") == {"key": text})
    except yaml.YAMLError:
        return False


def stale(folder: Path = MODULES, descriptions: Path = HERE) -> t.Iterator[tuple[Path, str]]:
    """The modules whose RETURN block is not what is described, each with the source that it should have."""
    records, modules = load(descriptions)
    paths = {path.stem: path for path in sorted(folder.glob("*.py"))}
    if paths.keys() != modules.keys():
        raise ValueError(f"Only a module or only a description: {', '.join(sorted(paths.keys() ^ modules.keys()))}")
    for name, path in paths.items():
        source = path.read_text(encoding="utf-8")
        found = BLOCK.search(source)
        if not found:
            raise ValueError(f"{path.name} has no RETURN block")
        wanted = source[: found.start()] + block(modules[name], records, name.endswith("_info")) + source[found.end() :]
        if source != wanted:
            yield path, wanted


def main(arguments: list[str]) -> int:
    found = list(stale())
    if arguments == ["--check"]:
        for path, _wanted in found:
            print(f"{path.name}: RETURN is not what tools/returns describes. Run: make docs-return", file=sys.stderr)
        return 1 if found else 0
    for path, wanted in found:
        path.write_text(wanted, encoding="utf-8")
        print(f"{path.name}: RETURN written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
