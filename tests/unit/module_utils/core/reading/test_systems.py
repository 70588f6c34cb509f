# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which template a portal's wording names. A disk hangs on it: a word that is left over makes it unknown."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.comparison import Comparison
from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.systems import compare_template, is_verbatim

SAME, ANOTHER, UNKNOWN = Comparison

NAMES = {
    "deb11": "Debian 11",
    "deb12": "Debian 12",
    "deb12min": "Debian 12 minimal",
    "ubu22": "Ubuntu 22.04",
    "ubu24": "Ubuntu 24.04",
    "cen7": "CentOS 7",
    "cpanel": "CentOS 7 cPanel",
    "rocky-a": "Rocky Linux 9",
    "rocky-b": "Rocky Linux 9",
    "alma": "AlmaLinux 9",
    "alma-da": "AlmaLinux 9 + DirectAdmin",
    "plesk": "Plesk Obsidian",
    "proxmox": "Proxmox VE 8",
    "docker": "Docker 27 on Ubuntu",
    "win19": "Windows Server 2019 Standard",
    "win22": "Windows Server 2022",
    "win22dc": "Windows Server 2022 Datacenter",
    "win12": "Windows Server 2012",
    "win12r2": "Windows Server 2012 R2",
    "sles": "SLES 15",
    "ISPsystem__FreeBSD-14-x86_64": "FreeBSD 14",
    "fa": "اوبونتو ۲۰",
    "arch": "Arch Linux",
    "fed32": "Fedora 40 (32-bit)",
    "golden": "Golden image",
    "silver": "Silver image",
}
TEMPLATES = [{"id": each, "name": name} for each, name in NAMES.items()]


def template(identity):
    return next(each for each in TEMPLATES if each["id"] == identity)


@pytest.mark.parametrize(
    ("wording", "desired"),
    [
        ("Ubuntu 24.04", "ubu24"),
        ("ubuntu 24.04", "ubu24"),
        ("UBUNTU 24.04", "ubu24"),
        ("ubu24", "ubu24"),
        (" Ubuntu  24.04 ", "ubu24"),
        ("Ubuntu 24.04 LTS", "ubu24"),
        ("Ubuntu Server 24.04", "ubu24"),
        ("Ubuntu 24.04.1 LTS (Noble Numbat)", "ubu24"),
        ("Ubuntu 24.04 (noble)", "ubu24"),
        ("Ubuntu-24.04-x86_64", "ubu24"),
        ("ubuntu_24.04_x86_64", "ubu24"),
        ("Ubuntu 24.04 64 bit", "ubu24"),
        ("Ubuntu 24.04 [amd64]", "ubu24"),
        ("Ubuntu 22.04.3 LTS (Jammy Jellyfish)", "ubu22"),
        ("Debian GNU/Linux 12 (bookworm)", "deb12"),
        ("Debian 12 Bookworm 64bit", "deb12"),
        ("Debian Linux 12", "deb12"),
        ("debian-12", "deb12"),
        ("debian12", "deb12"),
        ("Debian 12.5", "deb12"),
        ("Debian 12.5 x86-64", "deb12"),
        ("دبیان ۱۲", "deb12"),
        ("Debian 12 Minimal x64", "deb12min"),
        ("CentOS 7 (cPanel)", "cpanel"),
        ("CentOS Linux 7.9.2009 (Core)", "cen7"),
        ("CentOS Linux release 7.9.2009 (Core)", "cen7"),
        ("AlmaLinux 9.4 (Seafoam Ocelot)", "alma"),
        ("Alma Linux 9", "alma"),
        ("AlmaLinux release 9.4", "alma"),
        ("AlmaLinux 9 + DirectAdmin", "alma-da"),
        ("AlmaLinux 9 DirectAdmin", "alma-da"),
        ("Microsoft Windows Server 2022 Datacenter", "win22dc"),
        ("Windows Server 2022 Datacenter Evaluation", "win22dc"),
        ("Windows 2022 Standard", "win22"),
        ("Microsoft Windows Server 2019 Standard Edition (64-bit)", "win19"),
        ("Windows Server 2012 R2 Standard", "win12r2"),
        ("ویندوز سرور ۲۰۲۲", "win22"),
        ("SLES 15 SP5", "sles"),
        ("FreeBSD-14-amd64", "ISPsystem__FreeBSD-14-x86_64"),
        ("FreeBSD 14.1-RELEASE", "ISPsystem__FreeBSD-14-x86_64"),
        ("FreeBSD 14.1-RELEASE-p5", "ISPsystem__FreeBSD-14-x86_64"),
        ("ispsystem__freebsd-14-x86_64", "ISPsystem__FreeBSD-14-x86_64"),
        ("اوبونتو 20", "fa"),
        ("Ubuntu 20", "fa"),
        ("Ubuntu 20.04", "fa"),
        ("rocky-a", "rocky-a"),
        ("Arch Linux", "arch"),
        ("archlinux", "arch"),
        ("Fedora Linux 40 i686", "fed32"),
        ("Golden image", "golden"),
        ("plesk obsidian", "plesk"),
    ],
)
def test_the_desired_system(wording, desired):
    assert compare_template(wording, template(desired), TEMPLATES) is SAME


@pytest.mark.parametrize(
    ("wording", "desired"),
    [
        ("Ubuntu 22.04", "ubu24"),
        ("ubu22", "ubu24"),
        ("Ubuntu 22.04.3 LTS", "ubu24"),
        ("Ubuntu 22.04 (Jammy Jellyfish) amd64", "ubu24"),
        ("Debian GNU/Linux 11 (bullseye)", "deb12"),
        ("Debian GNU/Linux 12 (bookworm)", "ubu24"),
        ("CentOS 7 (cPanel)", "cen7"),
        ("CentOS 7 cPanel", "alma-da"),
        ("Debian 12 minimal", "deb12"),
        ("Debian 11", "deb12min"),
        ("Debian 12.11", "deb11"),
        ("rocky-a", "rocky-b"),
        ("deb12", "deb12min"),  # the list's own id
        ("alma", "plesk"),
        ("Windows Server 2022 Datacenter Evaluation", "ubu24"),
        ("Windows Server 2012 R2", "win12"),
        ("Microsoft Windows Server 2012 R2", "win22"),
        ("FreeBSD 14.1", "deb12"),
        ("Ubuntu 20", "ubu24"),
        ("دبیان ۱۱", "deb12"),
        ("AlmaLinux 9.4", "cen7"),
        ("AlmaLinux 9", "cpanel"),
        ("Plesk Obsidian", "ubu24"),
        ("Golden image", "silver"),
        ("Golden image", "plesk"),
        ("not installed", "ubu24"),
        ("Not installed", "plesk"),
        ("No OS", "ubu24"),
        ("No OS installed", "ubu24"),
        ("No operating system", "ubu24"),
        ("without OS", "ubu24"),
        ("بدون سیستم عامل", "ubu24"),
    ],
)
def test_another_system(wording, desired):
    assert compare_template(wording, template(desired), TEMPLATES) is ANOTHER


LEFT_OVER = """
Rescue system Debian 12 | was Debian 11 | Install of Debian 12 failed | KVM on Debian 12 | Debian 12 host
not Debian 12 | Debian 12 rescue | Rescue: Debian 12 | Rescue__Debian-12 | previously Debian 11 | Debian 11 (old)
old Debian 11 | Debian 12 (failed) | Debian 12 installation failed | failed: Debian 12 | Installing Debian 12
Debian 12 installing | Debian 12 will be installed | Debian 12 pending | Debian 12 (pending) | next: Debian 12
Debian 12 -> Ubuntu 24.04 | Debian 11 → Debian 12 | Debian 12 => Ubuntu | Debian 11, was Debian 12
Debian 12 / Ubuntu 24.04 | Debian 11 or 12 | Debian 12 or Ubuntu 24.04 | Debian 11/12 | Debian 12? | Debian 12 !
~Debian 12 | ≈ Debian 12 | Debian 12 * | Debian 12+ | Debian >12 | Debian <= 12 | Debian 12 ❌ | ✗ Debian 12
Debian 12 && Docker | Debian 12 with Docker | Debian 12 + cPanel | Docker on Debian 12 | Debian 12 container
LXC Debian 12 | Proxmox on Debian 12 | Debian 12 hypervisor | Debian 12 guest | Debian 12 based
Debian 12 derivative | like Debian 12 | Debian 12 live | Debian Live 12 | Debian 12 netboot | Debian 12 installer
Debian 12 netinst | Debian 12 ISO | Debian 12 (mounted) | booting Debian 12 | Debian 12 recovery
Debian 12 backup | backup of Debian 12 | snapshot Debian 12 | Debian 12 template | Debian 12 image
image: Debian 12 | Debian 12 custom | my Debian 12 | Debian 12 modified | Debian 12 unsupported | Debian 12 EOL
EOL Debian 11 | Debian 12 unknown | probably Debian 12 | maybe Debian 12 | Debian 12 detected
last seen Debian 12 | Debian 12 testing | Debian 12 sid | Debian 12 beta | Debian 12 rc1 | Debian 12 backports
Debian 12 kernel 6.1 | Debian 12 6.1.0-18-amd64 | Debian 12 (bullseye) | Debian 11 bookworm | Ubuntu 24.04 (jammy)
Debian 12 Core | Debian 12 (Noble Numbat) | Debian 12 desktop | Ubuntu 24.04 Desktop | Kubuntu 24.04
Ubuntu 24.04 minimal | Ubuntu 24.04 with GPU | Ubuntu 24.04 WSL | WSL Ubuntu 24.04 | Debian 12 v2 | Debian 12 gen2
Debian 12 2024 | Debian 12-20240423 | Debian 12.5 2 | Debian 1 2 | Debian 13 kernel 6.1.0-11
Windows Server 2022 Core | Windows Server 2022 R2 | Windows Server 2022 21H2 | Hyper-V 2022
Windows Server 2022 10.0.20348 | Windows 2022 activation failed | CentOS Stream 7 | CentOS 7 EOL | CentOS 7 WHM
CentOS 7 cPanel failed | CentOS 7 cPanel expired | CentOS 7 without cPanel | CentOS 7 no panel
AlmaLinux 9 cPanel | AlmaLinux 9 Plesk | AlmaLinux 9 converted from CentOS 7 | Rocky or AlmaLinux 9
Fedora 40 x86_64 | FreeBSD 14 jail | FreeBSD 14.1-STABLE | FreeBSD 14 bhyve | SLES 15 for SAP | Arch Linux ARM
Arch Linux 2024.05.01 | Golden image broken | The Golden image | نصب دبیان ۱۲ | دبیان ۱۲ ناموفق | نجات دبیان 12
قبلا دبیان ۱۱ | دبیان ۱۲ در حال نصب | Debian 12 نصب نشد | Debian 12 not installed | no OS, was Debian 12
No Debian 12 | none (Debian 12) | Debian 12: error | error Debian 12 | Debian | Ubuntu | Windows | Linux
GNU/Linux | Windows Server | 24.04 | 12 | 64 bit | x86_64 | LTS | server | لینوکس | Ubuntu 24 | Debian 10
Debian 1 | Debian 122 | Fedora 41 | Plan 9 | custom image | n/a | unknown | None | - | ? | Linux 6.8.0-31-generic
Debian twelve | Debian XII | Rocky Linux 9 | Rocky Linux 9.4 (Blue Onyx) | rocky 9 | image
"""


@pytest.mark.parametrize("wording", [each.strip() for each in LEFT_OVER.replace("\n", "|").split("|") if each.strip()])
def test_a_word_that_is_left_over_makes_it_unknown(wording):
    """Whichever template is desired."""
    answers = {each["id"]: compare_template(wording, each, TEMPLATES) for each in TEMPLATES}
    assert {each: answer for each, answer in answers.items() if answer is not UNKNOWN} == {}


@pytest.mark.parametrize(
    ("wording", "desired"),
    [
        ("AlmaLinux 9", "alma-da"),
        ("AlmaLinux 9.4 (Seafoam Ocelot)", "alma-da"),
        ("AlmaLinux 9", "plesk"),
        ("Ubuntu 24.04", "plesk"),
        ("Windows Server 2022", "plesk"),
        ("CentOS 7", "cpanel"),
        ("CentOS Linux 7 (Core)", "cpanel"),
        ("Debian 12", "deb12min"),
        ("Debian GNU/Linux 12 (bookworm)", "deb12min"),
        ("Debian GNU/Linux 12 (bookworm)", "proxmox"),
        ("Ubuntu 24.04", "docker"),
        ("Ubuntu 22.04.3 LTS", "docker"),
        ("Windows Server 2022", "win22dc"),
        ("Windows Server 2012", "win12r2"),
        ("Debian 12", "golden"),
    ],
)
def test_a_system_that_may_lie_under_the_desired_template_is_not_another(wording, desired):
    """A panel's template leaves a server that reports the system below it: it would be installed on every run."""
    assert compare_template(wording, template(desired), TEMPLATES) is UNKNOWN


@pytest.mark.parametrize("wording", [None, "", "  ", "\u200b", "x" * 201, "Debian 12 " * 40])
def test_nothing_and_what_is_no_wording_are_unknown(wording):
    assert compare_template(wording, template("deb12"), TEMPLATES) is UNKNOWN
    assert compare_template(wording, template("ubu24"), TEMPLATES) is UNKNOWN


def test_a_release_may_stand_for_its_point_releases():
    releases = [{"id": each, "name": f"Debian {each}"} for each in ("12", "12.5", "11")]
    verdicts = {each["id"]: compare_template("Debian 12", each, releases) for each in releases}
    assert verdicts == {"12": SAME, "12.5": UNKNOWN, "11": ANOTHER}
    assert compare_template("Debian 12.5", releases[0], releases) is UNKNOWN


def test_a_system_without_a_list_is_unknown():
    assert compare_template("Debian 12", template("deb12"), []) is UNKNOWN


def test_architectures_that_differ_do_not_fit():
    both = [{"id": "a", "name": "Debian 12 (64-bit)"}, {"id": "b", "name": "Debian 12 (arm64)"}]
    assert compare_template("Debian 12 amd64", both[0], both) is SAME
    assert compare_template("Debian 12 aarch64", both[0], both) is UNKNOWN  # only the architecture differs
    assert compare_template("Debian 12", both[0], both) is UNKNOWN
    assert compare_template("Debian 12 i386", both[0], both) is UNKNOWN


def test_words_to_the_letter():
    assert is_verbatim("debian 12", template("deb12")) and is_verbatim("DEB12", template("deb12"))
    assert not is_verbatim("Debian GNU/Linux 12", template("deb12")) and not is_verbatim(None, template("deb12"))
