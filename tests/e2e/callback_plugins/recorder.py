# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes every result to the file that RECORDER_FILE names, a JSON object a line."""

from __future__ import annotations

import json
import os

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

    def _record(self, result):
        task = result._task
        line = {"action": task.action, "name": task.get_name(), "result": result._result}
        with open(os.environ["RECORDER_FILE"], "a", encoding="utf-8") as record:
            record.write(json.dumps(line, default=str) + "\n")

    def v2_runner_on_ok(self, result):
        if "results" not in result._result:
            self._record(result)

    v2_runner_item_on_ok = v2_runner_on_failed = v2_runner_on_ok
