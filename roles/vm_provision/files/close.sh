# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Let sshd accept no passwords. Of a setting that is there twice, the first counts.
set -eu

main=/etc/ssh/sshd_config
included=/etc/ssh/sshd_config.d
file=$included/00-no-passwords.conf
daemon=$(command -v sshd || echo /usr/sbin/sshd)
settings='PasswordAuthentication no
KbdInteractiveAuthentication no'

if ! grep -Eqi "^[[:space:]]*Include[[:space:]].*$included/\*" "$main"; then
    file=$main
    settings="$settings
$(cat "$main")"
fi
[ ! -e "$file" ] || cp -p "$file" "$file.before"
printf '%s\n' "$settings" > "$file"
chmod 644 "$file"

if [ -x "$daemon" ] && ! "$daemon" -t; then
    if [ -e "$file.before" ]; then mv "$file.before" "$file"; else rm "$file"; fi
    echo 'sshd refused the settings, so nothing was changed.' >&2
    exit 1
fi
for each in 'systemctl reload ssh' 'systemctl reload sshd' 'service ssh reload' 'service sshd reload' \
    '/etc/init.d/ssh reload' '/etc/init.d/sshd reload'; do
    if $each > /dev/null 2>&1; then
        sleep 1 # it starts anew, and Ansible connects once more
        exit 0
    fi
done
echo 'sshd could not be made to read its settings again.' >&2
exit 1
