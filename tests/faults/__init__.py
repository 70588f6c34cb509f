# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of every change under every fault, over real HTTP: `make faults`."""
