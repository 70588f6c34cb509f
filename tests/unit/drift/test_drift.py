# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must not drift apart: modules, action group, routing, documentation, examples, options, tests, endpoints."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.sindad.cloud.plugins.inventory import sindad as inventory
from ansible_collections.sindad.cloud.plugins.module_utils._context import CONNECTION
from ansible_collections.sindad.cloud.plugins.plugin_utils._action import ModuleAction
from unit.drift.rooms import cycles, violations

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted(path.stem for path in (ROOT / "plugins/modules").glob("*.py"))
RUNTIME = yaml.safe_load((ROOT / "meta/runtime.yml").read_text())
TYPES = {"str", "int", "float", "bool", "list", "dict", "raw"}


def source(name):
    return (ROOT / f"plugins/modules/{name}.py").read_text()


def code(name):
    """What comes after the documentation."""
    return source(name).rpartition('"""\n')[2]


def spec(name):
    return importlib.import_module(f"ansible_collections.sindad.cloud.plugins.modules.{name}").SPEC


@pytest.fixture(scope="session")
def docs(tmp_path_factory):
    """The documentation of every module as ansible-doc shows it, fragments and all."""
    tree = tmp_path_factory.mktemp("tree")
    (tree / "ansible_collections/sindad").mkdir(parents=True)
    (tree / "ansible_collections/sindad/cloud").symlink_to(ROOT)
    names = [f"sindad.cloud.{name}" for name in MODULES]
    command = [str(Path(sys.executable).parent / "ansible-doc"), "-t", "module", "--json", *names]
    environment = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(tree)}
    shown = json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)
    return {name: shown[f"sindad.cloud.{name}"] for name in MODULES}


# -- lists -----------------------------------------------------------------------------------------------------------


def test_every_module_is_in_the_action_group_and_nothing_else_is():
    assert RUNTIME["action_groups"]["all"] == MODULES


def test_every_module_has_an_action_and_nothing_else_has():
    """Without one a module never runs inside of Ansible."""
    assert sorted(path.stem for path in (ROOT / "plugins/action").glob("*.py")) == MODULES
    for name in MODULES:
        action = importlib.import_module(f"ansible_collections.sindad.cloud.plugins.action.{name}").ActionModule
        assert issubclass(action, ModuleAction)
        assert action.MODULE.__name__.rpartition(".")[2] == name


@pytest.mark.parametrize("name", MODULES)
def test_every_module_has_its_tests(name):
    assert (ROOT / f"tests/unit/modules/test_{name}.py").exists()
    assert (ROOT / f"tests/integration/targets/{name}/tasks/main.yml").exists()


# -- documentation ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODULES)
def test_the_attributes_are_told(docs, name):
    attributes = docs[name]["doc"]["attributes"]
    assert {"check_mode", "diff_mode", "idempotent", "action_group", "platform"} <= set(attributes)
    changes = not name.endswith("_info")
    assert attributes["diff_mode"]["support"] != "N/A" or not changes or attributes["diff_mode"].get("details")
    if attributes["idempotent"]["support"] != "full":
        assert attributes["idempotent"].get("details"), "say what is not idempotent"


@pytest.mark.parametrize("name", MODULES)
def test_options_are_documented_as_they_are(docs, name):
    documented, real = docs[name]["doc"]["options"], spec(name)["argument_spec"]
    assert set(documented) == set(real)
    for option, definition in real.items():
        told = documented[option]
        assert told["type"] == definition.get("type", "str"), option
        assert told.get("default") == definition.get("default"), option
        assert told.get("required", False) == definition.get("required", False), option
        assert told.get("choices") == definition.get("choices"), option
        assert told.get("elements") == definition.get("elements"), option
        assert told["description"], option


@pytest.mark.parametrize("name", MODULES)
def test_the_return_values_have_types_and_samples(docs, name):
    def look(values, where):
        for key, told in values.items():
            assert told["type"] in TYPES, f"{where}.{key}"
            assert told["description"], f"{where}.{key}"
            if told["type"] == "list":
                assert "elements" in told, f"{where}.{key}"
            if "contains" in told:
                look(told["contains"], f"{where}.{key}")
            else:
                assert "sample" in told, f"{where}.{key}"

    assert docs[name]["return"]
    look(docs[name]["return"], name)


def test_no_option_but_those_of_the_connection_is_named_like_one():
    for name in MODULES:
        options = spec(name)["argument_spec"]
        for option in CONNECTION:
            assert options[option] is CONNECTION[option], f"{name} has an option {option} of its own"


@pytest.mark.parametrize("name", MODULES)
def test_an_option_that_sounds_secret_says_whether_it_is(name):
    """Else Ansible warns where the module runs as a module, and only there."""
    for option, definition in spec(name)["argument_spec"].items():
        if re.search(r"pass|token|secret", option):
            assert "no_log" in definition, option


@pytest.mark.parametrize("name", [name for name in MODULES if name.endswith("_info")])
def test_every_info_module_leaves_raw_out_on_request(name):
    assert spec(name)["argument_spec"]["raw"] == {"type": "bool", "default": True}


SECRET_OPTIONS = {
    *("password", "token", "refresh_token", "contact_password", "rescue_password", "root_password"),
}


@pytest.mark.parametrize("name", MODULES)
def test_an_option_that_takes_a_secret_is_not_logged(name):
    """All that sounds secret takes one, but for the switch that asks for passwords."""
    for option, definition in spec(name)["argument_spec"].items():
        sounds_secret = bool(re.search(r"pass|token|secret", option))
        assert (option in SECRET_OPTIONS) is (sounds_secret and option != "return_password"), option
        assert definition.get("no_log", False) is (option in SECRET_OPTIONS), option


def test_the_inventory_has_the_connection_options_of_the_modules_each_with_its_variable():
    fragment = importlib.import_module("ansible_collections.sindad.cloud.plugins.doc_fragments.inventory")
    options = yaml.safe_load(fragment.ModuleDocFragment.DOCUMENTATION)["options"]
    assert list(options) == list(CONNECTION)
    for option, told in options.items():
        assert told["env"] == [{"name": f"SINDAD_{option.upper()}"}]
        assert told.get("default") == CONNECTION[option].get("default")


# -- examples --------------------------------------------------------------------------------------------------------


def without_templates(value):
    """A value as it may come out: what a template gives is not known, so such options are left out."""
    if isinstance(value, dict):
        return {key: without_templates(part) for key, part in value.items() if "{{" not in str(part)}
    return value


@pytest.mark.parametrize("name", MODULES)
def test_examples_use_options_that_exist_with_values_that_fit(docs, name):
    tasks = yaml.safe_load(docs[name]["examples"])
    own = [task for task in tasks if f"sindad.cloud.{name}" in task]
    assert own, "no example of the module itself"
    for task in tasks:
        assert task.get("name"), "a task without a name"
        for action in [key for key in task if key.startswith("sindad.cloud.")]:
            rules = {
                key: value for key, value in spec(action.rpartition(".")[2]).items() if key != "supports_check_mode"
            }
            options = task[action] or {}
            if options != without_templates(options):
                assert set(options) <= set(rules["argument_spec"])
                continue
            assert ArgumentSpecValidator(**rules).validate(dict(options)).error_messages == []


def test_examples_of_the_inventory_use_options_that_exist():
    real = set(yaml.safe_load(inventory.DOCUMENTATION)["options"]) | set(CONNECTION)
    real |= {"compose", "groups", "keyed_groups", "strict", "leading_separator", "use_extra_vars"}
    for example in yaml.safe_load_all(inventory.EXAMPLES):
        assert set(example) <= real
        assert example["plugin"] == "sindad.cloud.sindad"


# -- the rooms: see rooms.py -----------------------------------------------------------------------------------------

SOURCES = {
    str(path.relative_to(ROOT / "plugins")): path.read_text() for path in sorted((ROOT / "plugins").rglob("*.py"))
}


@pytest.mark.parametrize("path", SOURCES)
def test_a_role_imports_only_roles_to_its_left_and_no_other_noun(path):
    assert violations(path, SOURCES[path]) == []


def test_nothing_imports_itself_in_a_circle():
    assert cycles(SOURCES) == []


@pytest.mark.parametrize(
    "path, line",
    [
        ("module_utils/_core/errors.py", "from .http.client import Client"),
        ("module_utils/_core/files.py", "from .http.client import Client"),
        ("module_utils/_core/http/client.py", "from ..._vm.record import to_vm"),
        ("module_utils/_core/http/client.py", "from ..._context import ModuleContext"),
        ("module_utils/_core/http/client.py", "from ..change.polling import Deadline"),
        ("module_utils/_core/response/pages.py", "from ..http.client import Client"),
        ("module_utils/_core/reading/values.py", "from ..response.envelope import entries"),
        ("module_utils/_vm/record.py", "from .._core.errors import NotFound\nfrom .api import Vms"),
        ("module_utils/_vm/record.py", "from .. import _context"),
        ("module_utils/_vm/api.py", "from .state import VmState"),
        ("module_utils/_vm/api.py", "from .._context import ModuleContext"),
        ("module_utils/_vm/api.py", "from .._server.api import Server"),
        ("module_utils/_vm/state.py", "from .._ip import api"),
        ("module_utils/_context.py", "from ._vm.state import VmState"),
        ("module_utils/_service/api.py", "from .._vm.api import Vms"),
        ("module_utils/_vm/state.py", "from ansible_collections.sindad.cloud.plugins.modules.vm import run"),
        ("module_utils/_vm/record.py", "from ansible_collections.sindad.cloud.plugins.module_utils._vm.api import Vms"),
    ],
)
def test_the_rule_sees_every_wrong_direction(path, line):
    assert len(violations(path, f"from __future__ import annotations\n{line}\n")) == 1


def test_a_circle_is_seen():
    assert cycles({"module_utils/_vm/a.py": "from .b import x", "module_utils/_vm/b.py": "from .a import y"})


@pytest.mark.parametrize("name", MODULES)
def test_a_module_knows_no_http(name):
    assert not re.search(r"\brequests\b|\.client\.(get|post|put|delete|send)\(|(?<!_core\.)http", code(name))


def test_only_three_import_requests():
    for path, text in SOURCES.items():
        if re.search(r"^\s*(import|from) (requests|urllib3)", text, re.M):
            assert path in [f"module_utils/_core/http/{name}.py" for name in ("session", "transport", "wire")]


def test_only_the_context_knows_ansible():
    for path, text in SOURCES.items():
        names = re.findall(r"^\s*(?:import|from) (ansible\.[\w.]+)", text, re.M)
        below = path.startswith("module_utils/_") and path != "module_utils/_context.py"
        assert not (below and names), f"{path} imports {names}"
