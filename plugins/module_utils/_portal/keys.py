# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys that may stand in a shape as they are. Any other key could be a name, and is hidden.

They are those of the documentation, of the facts about live portals, and those that readers look for; a test compares.
Besides them, a key that is made of words of interfaces, such as ``diskSizeGb`` or ``displayName``, unless what it
spells stands in a value of the account.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from .._core.reading.values import fold, listed
from .._core.response.secret_names import words_of

_KNOWN = """
acc_balance acc_credit access_token ack acknowledged action actions active address address1 address2 addresses admin
affected allocated allocation amount api_version arch architecture attachments attributes auth author autorenew
available backend backup backups balance bandwidth billing billing_cycle billingcycle bits body boot booted brand
bridge build built burst burstmem busy bytes call can_cancel cancel cancelled_at cart category category_id
category_url catid cause changed charge checked checkout choices city clearhdd client client_id client_name
client_read closed cluster code company companyname completed_at config connection console contact contact_id contacts
content cores count country cpu cpu_cores cpu_limit cpu_usage cpulimit cpus cputime created created_at credit currency
currency_code currencycode current current_page current_qty cycle data data_received data_sent datacenter dataset date
date_added date_created date_paid dateorig datepaid datetime default deleted department departments dept_id deptname
description detail details device dhcp diag diagnostic diagnostics disabled discount disk disk_gb disk_limit disk_size
disk_total disk_usage diskread disks diskwrite distro dns domain domains done downtime drives due due_date duedate
duration email enabled end enddate ended entries entry error errors estimate eta execution_time exp expires expires_at
expiry failed family features fee fees file filename files finished finished_at firewall first_payment firstname
firstpayment fixed_fee flags flavor format fqdn free from full fullhddclear gateway group groups guest hash hdd hidden
history host host_name hostname hostnames hypervisor icon id image images immediate in in_progress incident incidents
info inprogress install installation installed interface interfaces invoice invoice_id invoice_items invoices ip
ip_address ip_addresses ip_id ipaddress ipaddresses ipid ips ipv4 ipv4_addresses ipv4_count ipv6 ipv6_addresses
ipv6_count ipv6subnets is_main is_new is_read iso isos item item_id items job jobs kernel key kind label landline
langcustomline0180 last last_login last_page lastlogin lastname lcm_state lcm_state_str level limit limits line lines
linetotal link links list load location locked login mac mac_address mailpath main main_ip mainip managed manufacturer
mask max max_disk max_mem max_memory maxcpu maxdisk maxmem maxmemory mellicardimage mem mem_limit mem_total memory
memory_limit memory_mb memory_total memory_usage merge_id message meta method methods metrics mfa min misc mode model
modified module monitoring mount msg name names nameserver nameservers namespace national_id national_id_card_image
net netin netmask netout network networks new next next_due next_invoice next_page next_page_url nic nics node nodes
note notes notification notification_id notifications ns num number object offline offset ok online operating_system
operation operations option options order order_id order_num order_number ordered os os_install os_name os_template
os_type osname owner package package_id packages pae page pages pagination paging paid paid_date param params parent
partitions pass password path paused pay paybefore payment payment_method payment_module payments pending per_page
percent percent_fee percentage period permissions perpage phone phonenumber ping plan plans platform pool port ports
postcode power power_on power_state power_status powered poweroff powerstate prefix prev prev_page_url price prices
primary priority private privileges product product_id product_name products profile progress protected provider
province provisioned ptr public pxe qty quantity quota rack ram ram_mb ramdisk rate rate2 rate3 raw rdns read reason
reboot rebuild received recipe recipes records recurring refresh refresh_token region reinstall reinstallation rel_id
rel_type related relatedinfo relid replies reply request request_id rescue rescue_mode rescue_password resource
resources result reverse root root_password rootpass rootpassword route running secret section sector security seen
selected selected_qty send sent serial server server_id server_name server_state server_status servers serverstock
service service_id services setup setup_fee setup_price sign signup site size slot snapshot snapshots
socialsecuritynumberpersonalid socket sockets software sorter sorterpage sorterrecords speed stage start startdate
started state status status_text statuses step stock storage string sub sub_status subject subnet subnets subscription
subtotal success support suspended suspension swap system tag tags target task task_id tasks tax tax2 taxed taxexempt
taxrate taxrate2 telegram_notifications telegramnotifications template template_group template_id template_label
template_name templateid templates text ticket ticket_id ticket_number tickets time timestamp title to token total
total_count total_pages total_records totalpages traffic transfer type uid unit units unread until updated updated_at
updates upgrade upgrade_options uptime url usable_for usablefor usage used user user_id username uuid value values
vcpu vcpus vendor version vid virtualization vlan vlan_id vlanid vlans vm vm_id vm_label vm_status vmid vms volume
volumes warning warnings words zone
"""
KNOWN_KEYS = frozenset(_KNOWN.split())

_API_WORDS = """
abort accept accepted accessible account acl activated activity adapter add added addon addons addr affinity after
agent alert alerts alias aliases all alloc allow allowed alternative annual any api app appliance apps archived area
as assigned assignment async at attached attempts attr audit automatic autoscale autostart avail availability
average avg avatar bandwidths bare base basic before begin bill billed bios block blocked blocks body boolean
bootable bridge bucket bulk bus by cache can cancelled cap capacity category certificate change changes chassis
child children chipset class clock clone cloud cluster comment comments commit commitment committed compute
condition configuration configured confirm connected connection connections consumed consumption context controller
coupon created creation creator cross cumulative cur custom customer cycle daily day days deadline dedicated
definition degraded delay delete destination destroy devices dhcp diagnostics dir directory disconnect disk display
distribution document double download drive driver duration dynamic edition editable effective elapsed emails
emulated emulator enable encrypted encryption endpoint endpoints engine environment ephemeral event events every
exclusive execution exists expire expired expiration explicit exported extended extension external extra extras fail
failure feature field fields file filesystem filter finish firmware first flag floating folder force forced fqdn
fraction frequency fs function gb gbps gib global gpu gpus granted guaranteed guest gui ha handle hard hardware has
have headers health healthy height help high hint home hosting hosts hour hourly hours hw idle identifier identity
idx ids in inbound inet info infrastructure ingress inherited init initial initialized input install instance
instances int integer internal international internet interval inventory io iops ip is iscsi issue issued kb kbps
keys kib kvm language languages lan large launched launch layer layout leased left legacy length lifecycle lifetime
listing live load local localized locale log login logs long lookup lower lxc machine machines maintenance
management manager manual map mapped mapping mark marked master maximum mb mbps measured media member members memory
mgmt mib migrate migrated migration millis min minimum minute minutes mirror mobile mode monitored month monthly
months more mounted moved multi name native needs nested net netmask never next nice no none normal notification
notify now npm nullable num numa numeric of off old on once only open operating operator opts order origin other out
outbound outgoing output override overview own owner packets page panel parameter parameters part partition partner
parts passive patch payload peak pending percentage performance period periods permission person physical pid ping
pinned placement platform point policies policy position post postal power powered preferred prefix previous prices
pricing primary private privileged process processor processors progress project properties property protected
protection protocol provision provisioning proxmox ptr public publish published purchase purchased purpose qemu
queue queued quote random range rank rate ratio raid read ready real realm reason rebooted reference referral
regions registered registration related relation release remaining remote remove removed renew renewal renewed
repeat replica request requested requests required requires reserved reset resize resized resolution resolved
respond response restart restarted restore restored restrict restricted result retention retries return reverse
revision role roles rollback round routes rule rules run running runtime sata save saved schedule scheduled schema
scope scopes score scsi sec second secondary seconds sections segment selection self sequence series session set
setting settings severity shape shared short show shutdown signature simple single site sku small smart social soft
sold source space spec specification specs sshkeys ssd stack standard stat state static stats status stop stopped
store string sub submitted subtype successful summary supported suspend suspended switch sync synced system tb team
technology temporary tenant term terminate terminated termination terms tested threads threshold throughput tib tier
till timeout timezone toggle tools top topic total totals track trace trial trigger triggered type types ui unique
unlimited unlocked unmanaged unread unused up updatable update upgrades upgradable upgradeable upload uploaded
uptime upper uri urls usable usages use users uses utc valid validity values variant verified verify versions vhost
via vif view virtual visible vnc vps wait waiting wan was watch web week weekly weight whole width with write
written year yearly years yes zones core slug record ssh auto sort attachment mime lock read net host server vm disk
node address
"""
_PERSIAN_WORDS = """
شناسه نام عنوان وضعیت حالت توضیحات توضیح تاریخ زمان ساعت مبلغ قیمت هزینه واحد ارز تعداد کل جمع صفحه بعدی قبلی سرویس
سرویسها سرور سرورها ماشین مجازی ماشینها حافظه رم دیسک فضا پردازنده هسته هستهها آدرس آدرسها شبکه کارت سیستم عامل
سیستمعامل قالب قالبها برچسب محصول دسته دستهبندی دوره پرداخت سررسید انقضا ایجاد شروع پایان تیکت موضوع متن پیام پاسخ
پاسخها دپارتمان بخش اولویت فاکتور فاکتورها شماره خطا خطاها نتیجه داده دادهها اطلاعات جزئیات لیست فهرست موارد نوع
مقدار روشن خاموش فعال ها قفل ترافیک پهنای باند مصرف منطقه مکان نسخه موجودی اعتبار کاربر مشتری ایمیل تلفن اصلی دامنه
میزبان آیپی
"""
#: The words that keys of interfaces are made of, of ours and of others.
_WORDS = frozenset(
    {word for key in KNOWN_KEYS for word in key.split("_") if len(word) > 1}
    | {word for word in _API_WORDS.split() if len(word) > 1}
    | {"id", "ip", "os", "vm", "on", "cpu", "ipv"}
    | {word for text in _PERSIAN_WORDS.split() for word in words_of(text)}
)
#: Words of which one is in a key that is written as one word: without, it could be the name of a thing (nextcloud).
_ATTRIBUTES = listed(
    """
    id name status state msg message text code count total size space limit date time type ip addr address mac mode
    used free usage max min num number mb gb percent rate price amount url key title slug version enabled label
    """
)
_LONGEST_KEY = 40
#: snake_case, camelCase and one word in any script, with the digits of address families; with others, or with a hyphen,
#: it could be a host.
_COMPOUND = re.compile(r"(?:[^\W\d]|\u200c|(?<=[iI]pv)[46]|(?<=IPv)[46]|(?<=IPV)[46]|(?<=md)5|(?<=sha)256)+")
_KEBAB = re.compile(r"[a-z]+(-[a-z]+)+")

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
    """Whether each word of a key is one of interfaces, perhaps in the plural: ``displayName``, ``disk_used``."""
    if len(key) > _LONGEST_KEY or not _COMPOUND.fullmatch(key):
        return False
    words = words_of(key)
    return bool(words) and all(_is_word(word) for word in words)


def is_made_of_joined_words(key: str) -> bool:
    """The same for what could as well be a name: ``statusmsg``, ``power-state``. It is not, beside keys of a record."""
    if len(key) > _LONGEST_KEY or not (_COMPOUND.fullmatch(key) or _KEBAB.fullmatch(key)):
        return False
    return all(_is_word(word) or _is_joined(word) for word in words_of(key))


def _is_word(word: str) -> bool:
    return word in _WORDS or (len(word) > 3 and word.removesuffix("s") in _WORDS)


def _is_joined(word: str) -> bool:
    """Whether *word* is several words of interfaces, written as one, of which the first or the last is an attribute."""
    reached = {0}
    for end in range(2, len(word) + 1):
        if any(end - begin >= 2 and word[begin:end] in _WORDS for begin in reached):
            reached.add(end)
    has_attribute = any(word.startswith(each) or word.endswith(each) for each in _ATTRIBUTES)
    return has_attribute and len(word) in reached


@functools.lru_cache(maxsize=1024)
def _is_part(key: str, spelt: str) -> bool:
    return _squeezed(key) in spelt


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))
