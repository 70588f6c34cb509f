# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what the portal writes and what is wanted are the same: names, systems, texts, domains."""

from __future__ import annotations

import html
import re


def equal_hostnames(left, right):
    """Whether two host names are the same; False if one is None."""
    return bool(left and right) and left.casefold().rstrip(".") == right.casefold().rstrip(".")


def matches_template(told, template):
    """Whether the text *told* is the id or the name of the record *template*."""
    return told.strip().casefold() in (template["id"].casefold(), template["name"].casefold())


def matching_templates(told, templates):
    """The records of *templates* that the text *told* means: by id or name, else the closest that it contains.

    A backend may tell ``Debian GNU/Linux 12`` of what a template calls ``Debian 12``.
    """
    exact = [template for template in templates if matches_template(told, template)]
    if exact:
        return exact
    words = set(_words(told))
    fits = [max(_fit(template["id"], words), _fit(template["name"], words)) for template in templates]
    return [template for template, fit in zip(templates, fits) if fit and fit == max(fits)]


def _fit(name, words):
    """How many words of a template's name the *words* hold; 0 unless they hold all."""
    parts = set(_words(name))
    return len(parts) if parts <= words and any(part.isalpha() for part in parts) else 0


def _words(name):
    """The words of a system's name but for vendor and architecture: ``ISPsystem__Debian-12-x86_64`` is debian 12."""
    plain = re.sub(r"x86[ _-]?64|amd64|x64|i[36]86|\b(64|32)[ -]?bits?\b", " ", name.casefold().rpartition("__")[2])
    return re.findall(r"[^\W\d_]+|\d+", plain)


def equal_texts(told, wanted):
    """Whether the portal's text says the same as *wanted*: portals change line ends, blanks and special signs."""
    if told is None or wanted is None:
        return told is wanted
    return _tidy(wanted) in (_tidy(told), plain_text(told))


def plain_text(told):
    return _tidy(html.unescape(str(told)))


def _tidy(words):
    return " ".join(re.sub(r"<br\s*/?>", " ", str(words), flags=re.I).split())


def has_domain(ip, domain):
    """Whether the address has this domain."""
    return plain_domain(ip["domain"] or "") == plain_domain(domain)


def plain_domain(domain):
    """A domain as it is compared: DNS minds neither case nor the dot at the end."""
    return domain.strip().removesuffix(".").casefold()
