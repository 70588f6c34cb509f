#!/bin/sh
# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A machine to log in to: sshd on the loopback, with an /etc, a /run and a root password of its own, so that nothing of
# the true machine is changed. To be started by root, in a mount namespace of its own:
#
#   PASSWORD=... unshare --mount sh machine.sh SSHD PORT FOLDER
set -eu

sshd=$1 port=$2 folder=$3

mount --make-rprivate /
cp -a /etc "$folder/etc"
mount --bind "$folder/etc" /etc
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/sshd /run/root /etc/ssh/sshd_config.d /etc/init.d

sed -i 's|^root:.*|root:x:0:0:root:/run/root:/bin/sh|' /etc/passwd
grep -q '^sshd:' /etc/passwd || echo 'sshd:x:65500:65534::/run/sshd:/usr/sbin/nologin' >> /etc/passwd
echo "root:$PASSWORD" | chpasswd --crypt-method SHA512
unset PASSWORD

ssh-keygen -q -t ed25519 -N '' -f /run/host_key
cat > /etc/ssh/sshd_config <<CONFIG
Include /etc/ssh/sshd_config.d/*.conf
Port $port
ListenAddress 127.0.0.1
HostKey /run/host_key
PidFile /run/sshd.pid
PermitRootLogin yes
UsePAM no
Subsystem sftp internal-sftp
CONFIG
cat > /etc/init.d/ssh <<'SERVICE'
#!/bin/sh
case $1 in
    status) kill -0 "$(cat /run/sshd.pid)" ;;
    *reload) kill -HUP "$(cat /run/sshd.pid)" ;;
    *) exit 1 ;;
esac
SERVICE
chmod +x /etc/init.d/ssh
exec "$sshd" -D -e
