# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cache as a network keeps it: nothing but JSON text under a key, fetched anew each time, with an expiry."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

from ansible.plugins.cache import BaseCacheModule

DOCUMENTATION = r"""
name: remote
short_description: Keep the cache elsewhere
description: Stands for redis, memcached and their like.
author: The sindad.cloud contributors
options:
  _uri:
    description: A folder, in the place of a server.
    required: true
    env: [{name: ANSIBLE_CACHE_PLUGIN_CONNECTION}]
    ini: [{key: fact_caching_connection, section: defaults}]
  _prefix:
    description: Prefix of the keys.
    env: [{name: ANSIBLE_CACHE_PLUGIN_PREFIX}]
    ini: [{key: fact_caching_prefix, section: defaults}]
  _timeout:
    description: Seconds that an entry lives.
    default: 86400
    env: [{name: ANSIBLE_CACHE_PLUGIN_TIMEOUT}]
    ini: [{key: fact_caching_timeout, section: defaults}]
    type: integer
"""


class CacheModule(BaseCacheModule):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._server = Path(self.get_option("_uri"))

    def _at(self, key):
        return self._server / hashlib.sha256(key.encode()).hexdigest()

    def get(self, key):
        try:
            entry = json.loads(self._at(key).read_text())
        except OSError:
            raise KeyError(key) from None
        if time.time() > entry["stored"] + self.get_option("_timeout"):
            raise KeyError(key)
        return json.loads(entry["value"])

    def set(self, key, value):
        self._at(key).write_text(json.dumps({"key": key, "stored": time.time(), "value": json.dumps(value)}))

    def keys(self):
        return [json.loads(each.read_text())["key"] for each in self._server.iterdir()]

    def contains(self, key):
        return key in self.keys()

    def delete(self, key):
        self._at(key).unlink()

    def flush(self):
        for each in self._server.iterdir():
            each.unlink()

    def copy(self):
        return {key: self.get(key) for key in self.keys()}
