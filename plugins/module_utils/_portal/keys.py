# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys that may stand in a shape as they are. Any other key could be a name, and is hidden.

They are those of the documentation, of the facts about live portals, and those that readers look for; a test compares.
Besides them, a key of a record that is made of their words, such as ``diskSizeGb`` or ``memory_used``, unless what it
spells stands in a value of the account.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from .._core.reading.values import fold

_KNOWN = """
acc_balance acc_credit access_token ack acknowledged action actions active address address1 address2 addresses admin
affected allocated allocation amount api_version arch architecture attachments attributes auth author autorenew
available backend backup backups balance bandwidth billing billing_cycle billingcycle bits body boot booted brand
bridge build built burst burstmem busy bytes call can_cancel cancel cancelled_at cart category category_id
category_url catid cause changed charge checked checkout choices city clearhdd client client_id client_name
client_read closed cluster code company companyname completed_at config connection console contact contact_id
contacts content cores count country cpu cpu_cores cpu_limit cpu_usage cpulimit cpus cputime created created_at
credit currency currency_code currencycode current current_page current_qty cycle data data_received data_sent
datacenter dataset date date_added date_created date_paid dateorig datepaid datetime default deleted department
departments dept_id deptname description detail details device dhcp diag diagnostic diagnostics disabled discount
disk disk_gb disk_limit disk_size disk_usage diskread disks diskwrite distro dns domain domains done downtime drives
due due_date duedate duration email enabled end enddate ended entries entry error errors estimate eta execution_time
exp expires expires_at expiry failed family features fee fees file filename files finished finished_at firewall
first_payment firstname firstpayment fixed_fee flags flavor format fqdn free from full fullhddclear gateway group
groups guest hash hdd hidden history host host_name hostname hostnames hypervisor icon id image images immediate in
in_progress incident incidents info inprogress install installation installed interface interfaces invoice
invoice_id invoice_items invoices ip ip_address ip_addresses ip_id ipaddress ipaddresses ipid ips ipv4
ipv4_addresses ipv4_count ipv6 ipv6_addresses ipv6_count ipv6subnets is_main is_new is_read iso isos item item_id
items job jobs kernel key kind label landline langcustomline0180 last last_login last_page lastlogin lastname
lcm_state lcm_state_str level limit limits line lines linetotal link links list load location locked login mac
mac_address mailpath main main_ip mainip managed manufacturer mask max maxdisk maxmem mellicardimage mem memory
memory_limit memory_mb memory_usage merge_id message meta method methods metrics mfa min misc mode model modified
module monitoring mount msg name names nameserver nameservers namespace national_id national_id_card_image net netin
netmask netout network networks new next next_due next_invoice next_page next_page_url nic nics node nodes note
notes notification notification_id notifications ns num number object offline offset ok online operating_system
operation operations option options order order_id order_num order_number ordered os os_install os_name os_template
os_type osname owner package package_id packages pae page pages pagination paging paid paid_date param params parent
partitions pass password path paused pay paybefore payment payment_method payment_module payments pending per_page
percent percent_fee percentage period permissions perpage phone phonenumber ping plan plans platform pool port ports
postcode power power_state power_status powered poweroff powerstate prefix prev prev_page_url price prices primary
priority private privileges product product_id product_name products profile progress protected provider province
provisioned ptr public pxe qty quantity quota rack ram ram_mb ramdisk rate rate2 rate3 raw rdns read reason reboot
rebuild received recipe recipes records recurring refresh refresh_token region reinstall reinstallation rel_id
rel_type related relatedinfo relid replies reply request request_id rescue rescue_mode rescue_password resource
resources result reverse root root_password rootpass rootpassword route running secret section sector security seen
selected selected_qty send sent serial server server_id server_name server_state server_status servers serverstock
service service_id services setup setup_fee setup_price sign signup site size slot snapshot snapshots
socialsecuritynumberpersonalid socket sockets software sorter sorterpage sorterrecords speed stage start startdate
started state status status_text statuses step stock storage string sub sub_status subject subnet subnets
subscription subtotal success support suspended suspension swap system tag tags target task task_id tasks tax tax2
taxed taxexempt taxrate taxrate2 telegram_notifications telegramnotifications template template_group template_id
template_label template_name templateid templates text ticket ticket_id ticket_number tickets time timestamp title
to token total total_count total_pages total_records totalpages traffic transfer type uid unit units unread until
updated updated_at upgrade upgrade_options uptime url usable_for usablefor usage used user user_id username uuid
value values vcpu vcpus vendor version vid virtualization vlan vlan_id vlanid vlans vm vm_id vm_label vmid vms
volume volumes warning warnings words zone
"""
KNOWN_KEYS = frozenset(_KNOWN.split())

#: The words that known keys are made of.
_WORDS = frozenset(word for key in KNOWN_KEYS for word in key.split("_") if len(word) > 1)
_LONGEST_KEY = 40
#: snake_case and camelCase; with a hyphen it could be a host.
_COMPOUND = re.compile(r"[a-z]+(_[a-z]+)+|[a-z]+([A-Z][a-z]+)+")

_COLLECTIONS = """
addresses contacts departments disks domains images incidents interfaces invoices ips items nameservers networks
notifications payments recipes resources servers services statuses tags templates tickets vlans vms
"""
#: Keys below which things stand by their ids or names: there, no key is shown.
COLLECTIONS = frozenset(_COLLECTIONS.split())


@dataclass(frozen=True)
class Values:
    """What an account's answers hold, to be shown nowhere.

    :ivar whole: the texts, as :func:`fold` writes them. :ivar spelt: their letters and digits, to look for parts.
    """

    whole: frozenset[str] = frozenset()
    spelt: str = ""

    @classmethod
    def of(cls, texts: Iterable[str]) -> Values:
        whole = frozenset(fold(text) for text in texts)
        return cls(whole, "\n".join(sorted({_squeezed(text) for text in whole})))

    def hold(self, word: str) -> bool:
        """Whether one of the values is this word."""
        return fold(word) in self.whole

    def contain(self, key: str) -> bool:
        """Whether this is a part of a value, however that is spelt."""
        return _is_part(key, self.spelt)


NO_VALUES = Values()


def is_known(key: str) -> bool:
    return key.isascii() and key.lower() in KNOWN_KEYS


def is_made_of_known_words(key: str) -> bool:
    """Whether a key is a compound of words that known keys are made of, each perhaps in the plural."""
    if len(key) > _LONGEST_KEY or not _COMPOUND.fullmatch(key):
        return False
    words = re.findall("[A-Z]?[a-z]+", key)
    return all(word.lower() in _WORDS or word.lower().removesuffix("s") in _WORDS for word in words)


@functools.lru_cache(maxsize=1024)
def _is_part(key: str, spelt: str) -> bool:
    return _squeezed(key) in spelt


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))
