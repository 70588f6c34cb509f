# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stand-in for the pip bootstrap script that ansible-test downloads: use the pip that Python ships."""

import subprocess
import sys

sys.exit(subprocess.run([sys.executable, "-m", "ensurepip"], check=False, stdout=subprocess.DEVNULL).returncode)
