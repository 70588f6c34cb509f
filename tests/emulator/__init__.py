# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An emulation of the portals' client API for the tests, the demo and the benchmark."""
