#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ticket_attachment
short_description: Download a file from a support ticket
version_added: 0.1.0
description:
  - Writes one attachment of a support ticket to a file on the task's target.
  - The file is written whole or not at all. If the download breaks off, a file that was there stays as it was.
  - The name that the file has at the portal is never used as a path.
author:
  - The sindad.cloud contributors (@sindad-cloud)
extends_documentation_fragment:
  - sindad.cloud.portal
  - sindad.cloud.portal.changes
attributes:
  check_mode:
    details:
      - The attachment is downloaded in check mode too, to compare it, but not written.
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
      - Id of the attachment. The API does not document where it is told. Portals tell it in the ticket, which
        M(sindad.cloud.ticket_info) returns in RV(sindad.cloud.ticket_info#module:tickets[].raw), and in the link to the
        file in the client area.
      - If there is no such attachment, the message lists those that the ticket tells.
    type: str
    required: true
  dest:
    description:
      - Path of the file to write. Its folder must exist. It is never a folder itself.
    type: path
    required: true
  mode:
    description:
      - Permissions of the file, octal in quotes such as V('0640'), or symbolic such as V(u=rw,g=r).
      - If it is left out, a file that exists keeps its own, and a new one has what the umask leaves.
    type: raw
  owner:
    description:
      - User that owns the file, by name or id. If it is left out, a file that exists keeps its own.
    type: str
  group:
    description:
      - Group that owns the file, by name or id. If it is left out, a file that exists keeps its own.
    type: str
seealso:
  - module: sindad.cloud.ticket_info
"""

EXAMPLES = r"""
- name: Fetch the report
  sindad.cloud.ticket_attachment:
    number: "736600"
    file: "5501"
    dest: /tmp/report.pdf
    mode: "0640"
"""

RETURN = r"""
dest:
  description: Path of the file.
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
"""

from ansible_collections.sindad.cloud.plugins.module_utils._files import File, sha1
from ansible_collections.sindad.cloud.plugins.module_utils._module import module_spec, run_module
from ansible_collections.sindad.cloud.plugins.module_utils._tickets import Tickets

SPEC = module_spec(
    {
        "number": {"type": "str", "required": True},
        "file": {"type": "str", "required": True},
        "dest": {"type": "path", "required": True},
        "mode": {"type": "raw"},
        "owner": {"type": "str"},
        "group": {"type": "str"},
    }
)


def run(task):
    number, attachment, dest, mode, owner, group = (
        task.params[name] for name in ("number", "file", "dest", "mode", "owner", "group")
    )
    file = File(dest, mode, owner, group)
    content = Tickets(task.portal).attachment(number, attachment)
    task.changed, before, after = file.put(content, task.check_mode)
    return {
        "dest": dest,
        "size": len(content),
        "checksum": sha1(content),
        "diff": {"before": before, "after": after},
    }


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
