#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ticket_attachment
short_description: Download an attachment of a support ticket
version_added: 1.0.0
description:
  - Downloads one attachment of a support ticket to a file on the target of the task.
  - The file is replaced atomically. If the download fails, an existing file stays unchanged.
  - The file name that the portal reports is never used as a path. In a folder, slashes, control characters and a
    leading dot in it are replaced.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
attributes:
  check_mode:
    details:
      - In check mode the attachment is also downloaded and compared, but not written.
  diff_mode:
    details:
      - Shows the checksum, not the content.
options:
  number:
    description:
      - Number of the ticket.
    type: str
    required: true
  file:
    description:
      - ID or name of the attachment. RV(sindad.cloud.ticket_info#module:tickets[].attachments) lists both as far as the
        portal reports them. An ID of digits costs no look-up. Where a ticket lists no attachments, this is taken for
        the ID, which the link to the file in the client area holds.
      - If there is no such attachment, the error message lists the attachments that the ticket mentions.
    type: str
    required: true
  dest:
    description:
      - Path of the file to write, or of an existing folder. In a folder, the file gets the name that the portal
        reports.
      - The folder must exist. A relative path is relative to the working directory of the module on the target.
    type: path
    required: true
  max_size:
    description:
      - The largest attachment to download, in bytes or with a unit, such as V(64M) or V(1 GB). A larger one fails, and
        nothing is written. It is held in memory while it is downloaded.
    type: str
    default: 256M
  mode:
    description:
      - Permissions of the file, either octal in quotes such as V('0640'), or symbolic such as V(u=rw,g=r).
      - If omitted, an existing file keeps its permissions, and those of a new file are determined by the umask.
    type: raw
  owner:
    description:
      - Name or ID of the user that owns the file. If omitted, an existing file keeps its owner.
    type: str
  group:
    description:
      - Name or ID of the group that owns the file. If omitted, an existing file keeps its group.
    type: str
notes:
  - Unlike the other modules of this collection, this module always runs as an ordinary module on the target of the
    task. Mode, owner and SELinux context are set as M(ansible.builtin.copy) does.
seealso:
  - module: sindad.cloud.ticket_info
"""

EXAMPLES = r"""
- name: Download a report
  sindad.cloud.ticket_attachment:
    number: "736600"
    file: "5501"
    dest: /tmp/report.pdf
    mode: "0640"

- name: Download a log by its name, to a folder
  sindad.cloud.ticket_attachment:
    number: "736600"
    file: گزارش.txt
    dest: /tmp

- name: Download an archive of up to 1 GB
  sindad.cloud.ticket_attachment:
    number: "736600"
    file: "5502"
    dest: /tmp/logs.tar.gz
    max_size: 1G
"""

RETURN = r"""
dest:
  description: Absolute path of the file.
  returned: success
  type: str
  sample: /tmp/report.pdf
size:
  description: Size of the file in bytes.
  returned: success
  type: int
  sample: 32011
checksum:
  description: SHA-1 checksum of the file.
  returned: success
  type: str
  sample: 6e642bb8dd5c2e027bf21dd923337cbb4214f827
errors:
  description: Error codes or messages of the portal, as it sent them.
  returned: if the portal refused a request
  type: list
  elements: str
  sample: ["noprivileges"]
status_code:
  description: HTTP status code of the response.
  returned: if a request failed and the portal responded
  type: int
  sample: 200
method:
  description: HTTP method of the request that failed.
  returned: if a request failed
  type: str
  sample: GET
path:
  description: Path of the request that failed, below the URL of the API.
  returned: if a request failed
  type: str
  sample: /service
"""

import os

from ansible_collections.sindad.cloud.plugins.module_utils._context import (
    ModuleContext,
    Result,
    module_spec,
    run_module,
)
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.values import bytes_option
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.api import Tickets
from ansible_collections.sindad.cloud.plugins.module_utils._ticket.file import ensure_writable, name_of_file, put, sha1

#: It writes a file, as AnsibleModule does: see plugins/plugin_utils/_action.py.
RUNS_AS_MODULE = True
SPEC = module_spec(
    {
        "number": {"type": "str", "required": True},
        "file": {"type": "str", "required": True},
        "dest": {"type": "path", "required": True},
        "max_size": {"type": "str", "default": "256M"},
        "mode": {"type": "raw"},
        "owner": {"type": "str"},
        "group": {"type": "str"},
    }
)


def run(context: ModuleContext) -> Result:
    module, params, tickets = context.module, context.params, Tickets(context.client)
    number, file = params["number"], params["file"].strip()
    max_size = bytes_option(params["max_size"], "max_size")
    dest = os.path.join(os.getcwd(), params["dest"])
    in_folder = os.path.isdir(dest)
    ensure_writable(module, os.path.join(dest, "file") if in_folder else dest)
    if in_folder or not (file.isascii() and file.isdecimal()):
        attachment = tickets.find_attachment(number, file)
        file = attachment["id"]
        dest = os.path.join(dest, name_of_file(attachment["name"])) if in_folder else dest
        ensure_writable(module, dest)
    content = tickets.attachment(number, file, max_size)
    written = put(module, dest, content)
    return {
        "changed": written.changed,
        "dest": dest,
        "size": len(content),
        "checksum": sha1(content),
        "diff": {"before": written.before, "after": written.after},
    }


def main() -> None:
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
