# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration of Sphinx for the documentation site; build.py puts it beside the pages."""

from __future__ import annotations

project = "sindad.cloud"
author = "The sindad.cloud contributors"
copyright = "2026 The sindad.cloud contributors"
extensions = ["myst_parser", "sphinx_antsibull_ext"]
source_suffix = {".rst": "restructuredtext", ".md": "markdown"}
language = "en"
nitpicky = True
default_role = "any"
highlight_language = "YAML+Jinja"
# Templates of Ansible are YAML to its highlighter most of the time, and no warning when not.
suppress_warnings = ["misc.highlighting_failure"]
myst_heading_anchors = 4
myst_enable_extensions = ["attrs_block", "colon_fence"]

html_theme = "furo"
html_title = "sindad.cloud"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "source_repository": "https://github.com/sindad-cloud/sindad.cloud/",
    "source_branch": "main",
    "source_directory": "docs/",
}
# The few labels of Ansible's own documentation that the pages refer to: the build needs no network.
intersphinx_mapping: dict[str, tuple[str, str | None]] = {}
nitpick_ignore_regex = [("envvar", "ANSIBLE_.*"), ("std:label", "ansible_.*"), ("ansplugin", ".*"), ("std:ref", ".*")]
