# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes every result to the file that RECORDER_FILE names, a JSON object a line.

Before each play the account of the emulator at RECORDER_PORTAL becomes a new one, with the options of RECORDER_OPTIONS.
"""

from __future__ import annotations

import json
import os
import urllib.request

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: recorder
type: notification
short_description: Records results for a test
description: Records results for a test.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "recorder"
    CALLBACK_NEEDS_ENABLED = True

    def v2_playbook_on_play_start(self, play):
        reset, options = f"{os.environ['RECORDER_PORTAL']}/_emulator/reset", os.environ["RECORDER_OPTIONS"].encode()
        urllib.request.urlopen(urllib.request.Request(reset, data=options, method="POST"), timeout=30).close()

    def v2_runner_on_ok(self, result):
        if "results" not in result._result:
            self._record(result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.v2_runner_on_ok(result)

    v2_runner_item_on_ok = v2_runner_on_ok

    def _record(self, result):
        task = result._task
        line = {"action": task.action, "name": task.get_name(), "result": result._result}
        with open(os.environ["RECORDER_FILE"], "a", encoding="utf-8") as record:
            record.write(json.dumps(line, default=str) + "\n")
