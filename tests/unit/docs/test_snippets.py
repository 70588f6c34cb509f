# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""README.md and the guides say what is so: their playbooks, inventories, commands, tables, links and messages."""

from __future__ import annotations

import ast
import importlib
import re
import shlex
import textwrap
from pathlib import Path

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.parsing.splitter import parse_kv
from ansible.plugins.doc_fragments import constructed, inventory_cache
from ansible_collections.sindad.cloud.plugins.doc_fragments import inventory as connection
from ansible_collections.sindad.cloud.plugins.inventory import sindad
from ansible_collections.sindad.cloud.plugins.module_utils._context import CONNECTION
from ansible_collections.sindad.cloud.plugins.plugin_utils._hosts import FIELDS, SECRET_FIELDS
from ansible_collections.sindad.cloud.plugins.plugin_utils._target import HostObject, names_object

ROOT = Path(__file__).resolve().parents[3]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = sorted(path.stem for path in (ROOT / "plugins/modules").glob("*.py"))
FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.M | re.S)


class Loader(yaml.SafeLoader):
    """Reads what Ansible reads, without a warning; of tags such as !vault only the value."""

    def construct_mapping(self, node, deep=False):
        """A key that is there twice, and be it by a merge, is a warning of Ansible's."""
        self.flatten_mapping(node)
        keys = [key.value for key, _value in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(problem=f"duplicate {twice}", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


Loader.add_multi_constructor("!", lambda loader, _tag, node: loader.construct_scalar(node))


def blocks(language):
    """The fenced blocks in this language, each as a parameter that is named after its place."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in FENCE.finditer(text):
            if found[2] == language:
                place = f"{page.name}:{text.count(chr(10), 0, found.start()) + 2}"
                yield pytest.param(textwrap.dedent(found[3]), id=place)


def documented(fragment):
    return yaml.safe_load(fragment)["options"]


INVENTORY_OPTIONS = {
    name: option
    for fragment in (
        sindad.DOCUMENTATION,
        connection.ModuleDocFragment.DOCUMENTATION,
        constructed.ModuleDocFragment.DOCUMENTATION,
        inventory_cache.ModuleDocFragment.DOCUMENTATION,
    )
    for name, option in documented(fragment).items()
}


def likely(value, option):
    """A value in place of a template, of which only Ansible knows what it gives."""
    if not (isinstance(value, str) and "{{" in value):
        return value
    kinds = {"int": 1, "float": 1.0, "bool": True, "list": [], "dict": {}}
    return option["choices"][0] if "choices" in option else kinds.get(option.get("type"), "text")


def wrong_in_task(name, options, on_host=False):
    """What the module says of these options, on a host of the inventory or not; nothing if they are right."""
    if name not in MODULES:
        return [f"there is no module {name}"]
    spec = importlib.import_module(f"ansible_collections.sindad.cloud.plugins.modules.{name}").SPEC
    rules = {key: value for key, value in spec.items() if key != "supports_check_mode"}
    known = rules["argument_spec"]
    given = {key: likely(value, known.get(key, {})) for key, value in (options or {}).items()}
    if on_host and not names_object(spec, given):
        host = HostObject("host", "sindad_", "1", None if name.startswith(("server", "service", "ip")) else "1")
        given.update(host.options(name, spec))
    return [f"{name}: {text}" for text in ArgumentSpecValidator(**rules).validate(given).error_messages]


def wrong_in_inventory(source):
    """Unknown options of an inventory source, and values that are none of an option's choices."""
    wrong = [f"the inventory has no option {name}" for name in source if name not in INVENTORY_OPTIONS]
    for name, value in source.items():
        choices = INVENTORY_OPTIONS.get(name, {}).get("choices")
        values = value if isinstance(value, list) else [value]
        wrong += [f"{name}: {each} is none of {choices}" for each in values if choices and each not in choices]
    return wrong


def wrong(node, on_host=False):
    """What is wrong in a playbook, a list of tasks, an inventory source, or a part of these."""
    if isinstance(node, list):
        return [text for each in node for text in wrong(each, on_host)]
    if not isinstance(node, dict):
        return []
    on_host = node.get("hosts", "localhost") != "localhost" or (on_host and "hosts" not in node)
    if node.get("plugin") == sindad.InventoryModule.NAME:
        return wrong_in_inventory(node)
    found = []
    for key, value in node.items():
        if key == "group/sindad.cloud.all":
            found += [f"{key}: {name} is no option of all modules" for name in value if name not in CONNECTION]
        elif key.startswith("sindad.cloud."):
            found += wrong_in_task(key.rpartition(".")[2], value, on_host)
        elif key != "sources":  # those of a rulebook are no modules, see tests/unit/eda
            found += wrong(value, on_host)
    return found


@pytest.mark.parametrize("text", list(blocks("yaml")))
def test_yaml_is_valid_and_uses_options_that_exist(text):
    for document in yaml.load_all(text, Loader):
        assert document is not None
        assert wrong(document) == []


def test_wrong_snippets_are_found():
    assert wrong([{"hosts": "localhost", "tasks": [{"sindad.cloud.vm": {"service": "1", "label": "a", "ram": 1}}]}])
    assert wrong({"block": [{"sindad.cloud.vm": {"service": "1", "label": "a", "state": "up"}}]})
    assert wrong([{"sindad.cloud.nothing": None}])
    assert wrong([{"module_defaults": {"group/sindad.cloud.all": {"user": "a"}}}])
    assert wrong({"plugin": "sindad.cloud.sindad", "status": ["Active"]})
    assert wrong({"plugin": "sindad.cloud.sindad", "details": ["vm"]})
    restart = [{"sindad.cloud.vm": {"state": "restarted"}}]
    assert wrong([{"hosts": "localhost", "tasks": restart}])
    assert not wrong([{"hosts": "sindad_kind_vm", "tasks": [{"block": restart}]}])
    assert wrong([{"hosts": "sindad_kind_vm", "tasks": [{"sindad.cloud.vm": {"state": "up"}}]}])


@pytest.mark.parametrize("text", ["a: 1\na: 2", "- &one {a: 1}\n- {<<: *one, a: 2}"])
def test_what_ansible_warns_of_is_found(text):
    with pytest.raises(yaml.constructor.ConstructorError, match="duplicate"):
        yaml.load(text, Loader)


PLUGINS = [
    path for kind in ("modules", "inventory", "lookup") for path in sorted((ROOT / "plugins" / kind).glob("*.py"))
]


@pytest.mark.parametrize("path", PLUGINS, ids=lambda path: path.stem)
def test_examples_of_plugins_give_no_warning(path):
    plugin = importlib.import_module(f"ansible_collections.sindad.cloud.plugins.{path.parent.name}.{path.stem}")
    assert [wrong(document) for document in yaml.load_all(plugin.EXAMPLES, Loader) if wrong(document)] == []


@pytest.mark.parametrize("text", list(blocks("shell")))
def test_commands_use_options_that_exist(text):
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["ansible"] and "-m" in words and words[words.index("-m") + 1].startswith("sindad.cloud."):
            name = words[words.index("-m") + 1].rpartition(".")[2]
            options = words[words.index("-a") + 1] if "-a" in words else ""
            given = dict(part.split("=", 1) for part in shlex.split(options))
            assert wrong_in_task(name, given, on_host=words[1] != "localhost") == []


def extra_vars():
    """The value of each ``-e`` on a line of a page, or in the comments of a playbook."""
    for page in [*PAGES, *sorted((ROOT / "playbooks").glob("*.yml")), *sorted((ROOT / "roles").glob("*/README.md"))]:
        text = re.sub(r"\\\n[#\s]*", "", page.read_text(encoding="utf-8"))
        for number, line in enumerate(text.splitlines()):
            for code in re.findall(r"`([^`]*)`", line) or [line]:
                if re.search(r"(?:^|\s)(?:-e|--extra-vars)[\s=]", code) and "several words" not in code:
                    words = shlex.split(re.sub(r"^[\s#]+", "", code), comments=True)
                    places = [place for place, word in enumerate(words) if word in ("-e", "--extra-vars")]
                    for place in places:
                        yield pytest.param(words[place + 1], id=f"{page.name}:{number}:{words[place + 1]}")


def lost(given):
    """The words of an ``-e`` that Ansible takes for no variable, by its own parser."""
    if given.startswith("@"):
        return ""
    if given[0] in "[{":
        assert isinstance(yaml.safe_load(given), dict)
        return ""
    return parse_kv(given).get("_raw_params", "")


@pytest.mark.parametrize("given", list(extra_vars()))
def test_extra_variables_are_kept_whole(given):
    assert not lost(given)


def test_lost_words_are_found():
    assert lost(shlex.split('-e rolling_reboot_command="systemctl is-active nginx"')[1]) == "is-active nginx"
    assert not lost("a=1 b='two words'")
    assert len(list(extra_vars())) > 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_there(page):
    text = page.read_text(encoding="utf-8")
    names = set(re.findall(r"\bsindad\.cloud\.(\w+)", text)) - {"all", "git", "sindad"}
    playbooks = {path.stem for path in (ROOT / "playbooks").glob("*.yml")}
    roles = {path.parent.name for path in (ROOT / "roles").glob("*/README.md")}
    filters = {path.stem for kind in ("filter", "lookup") for path in (ROOT / "plugins" / kind).glob("*.py")}
    sources = {path.stem for path in (ROOT / "extensions/eda/plugins/event_source").glob("*.py")}
    sources |= {path.stem for path in (ROOT / "extensions/eda/rulebooks").glob("*.yml")}
    assert names <= set(MODULES) | playbooks | roles | filters | sources
    for link in re.findall(r"\]\((?!https?://)([^)#]+)", text):
        assert (page.parent / link).exists(), link
    targets = re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert set(re.findall(r"(?:^|`)make ([a-z0-9-]+)", text, re.M)) <= set(targets)


def test_readme_lists_every_module_with_its_description():
    listed = dict(re.findall(r"^\| `(\w+)` \| ([^`|]*) \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M))
    described = {"sindad": yaml.safe_load(sindad.DOCUMENTATION)["short_description"]}
    for name in MODULES:
        module = importlib.import_module(f"ansible_collections.sindad.cloud.plugins.modules.{name}")
        described[name] = yaml.safe_load(module.DOCUMENTATION)["short_description"]
    assert listed == described


def test_readme_lists_every_playbook():
    listed = re.findall(r"^\| `sindad\.cloud\.(\w+)` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    assert sorted(listed) == sorted(path.stem for path in (ROOT / "playbooks").glob("*.yml"))


def test_inventory_guide_names_every_variable_and_option():
    text = (ROOT / "docs/guide_inventory.md").read_text(encoding="utf-8")
    assert {f"sindad_{name}" for name in (*FIELDS, *SECRET_FIELDS)} <= set(re.findall(r"`(\w+)`", text))
    own = documented(sindad.DOCUMENTATION)
    assert [name for name in own if not re.search(rf"\b{name}\b", text)] == []


def test_messages_in_the_guide_are_those_of_the_code():
    """What stands as code in a heading, between dots, is a part of a text in the plugins."""
    texts = {
        node.value
        for path in (ROOT / "plugins").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    guide = (ROOT / "docs/guide_troubleshooting.md").read_text(encoding="utf-8")
    headings = [line for line in guide.partition("\n## Ansible\n")[0].splitlines() if line.startswith("### ")]
    parts = [
        part.strip()
        for heading in headings
        if "Ansible says" not in heading
        for message in re.findall(r"`([^`]+)`", heading)
        for part in message.split("...")
        if part.strip(" ,:")
    ]
    assert len(parts) > 20
    assert [part for part in parts if not any(part in text for text in texts)] == []
