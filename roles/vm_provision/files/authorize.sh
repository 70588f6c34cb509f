# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Let each of the given public keys log in, and say what was added.
set -eu

umask 077
file=$HOME/.ssh/authorized_keys
mkdir -p "$HOME/.ssh"
touch "$file"
for key; do
    grep -qxF -e "$key" "$file" && continue
    # The last line may have no end.
    [ -z "$(tail -c 1 "$file")" ] || echo >> "$file"
    printf '%s\n' "$key" >> "$file"
    echo added
done
