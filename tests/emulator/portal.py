# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal emulator. Start it with `python tests/emulator/portal.py --port 0`, or import `serve`."""

from __future__ import annotations

if __name__ == "__main__":
    import sys
    from pathlib import Path

    here = Path(__file__).resolve().parent
    sys.path[:] = [str(here.parent), *(one for one in sys.path if Path(one or ".").resolve() != here)]
    from emulator.cli import main

    main()
else:
    from .remote import Remote
    from .server import Running, serve

    __all__ = ["Remote", "Running", "serve"]
