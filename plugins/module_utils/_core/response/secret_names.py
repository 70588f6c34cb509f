# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which names speak of a secret: keys of objects, names of fields, words of a sentence. In any script and spelling.

A name is read as its words, split at case and separators, and as all of them in one. A word is a list that is never
complete, so kinds decide where they can: whatever is a ``... key`` is secret unless it is a known kind of public key.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from ..reading.values import fold, listed

#: A longer text does not name a field.
LONGEST_NAME = 60


#: Words and numbers of a name: ``wpaPSK``, ``API_KEY2``, ``کلمه_عبور``.
_WORD = re.compile(r"[^\W\d_]+")
_CASES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@functools.lru_cache(maxsize=16384)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a *name* in lower case, split at case and at whatever is no letter, without accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    found: list[str] = []
    for part in _WORD.findall(plain):
        found += (_CASES.findall(part) or [part]) if part.isascii() else [fold(part)]
    return tuple(word.lower() for word in found)


#: Secrets in what people write to each other, too: "the password is ...".
PLAIN_WORDS = frozenset(
    words_of(
        """
    password passwords passwd passwds passphrase passphrases passcode passcodes passkey passkeys pwd pwds pswd pword
    secret secrets token tokens credential credentials creds cred psk psks totp hotp otp otps pin pins pincode puk cvv
    cvc csc ccv jwt privkey apikey authkey sshkey userpass htpasswd mnemonic luks tsig hmac
    passwort kennwort contrasena clave parola sifre senha haslo heslo jelszo wachtwoord losenord salasana
    пароль пароля пароли секрет токен 密码 密碼 口令 密钥 密鑰 パスワード 暗証番号 비밀번호 암호 סיסמה 密语
    رمز گذرواژه پسورد توکن پین
        """
    )
)
#: Besides, words of a key that make what it holds a secret, or the way to one: ``vnc-pass``, ``consoleUrl``.
SECRET_WORDS = PLAIN_WORDS | listed(
    """
    pass pw psw session sessions sid cookie cookies bearer authorization auth oauth csrf xsrf nonce salt
    keypair keystore truststore keytab pem pfx ppk pkcs otpauth kubeconfig autologin sso vnc novnc spice console kvm
    ipmi ilo idrac drac epp userdata cloudinit kickstart preseed ignition autoinstall unattend ovpn wpa wep
    """
)
#: Two words in a row that do, where neither does alone.
SECRET_PAIRS = frozenset(
    [f"{kind} code" for kind in listed("recovery backup security verification activation access mfa transfer")]
    + [f"{kind} code" for kind in listed("unlock pairing time login reset confirmation sms auth device invite scratch")]
    + [f"{kind} codes" for kind in listed("recovery backup security verification scratch access")]
    + [
        f"{kind} hash"
        for kind in listed("access login auth user account api session remember reset remote crypt nt lm")
    ]
    + [f"{kind} keys" for kind in listed("api access private secret license recovery auth encryption")]
    + [f"{kind} data" for kind in listed("user custom vendor")]
    + [f"{kind} script" for kind in listed("init startup boot install setup provision provisioning user post")]
    + [f"{kind} phrase" for kind in listed("seed recovery secret security memorable pass")]
    + [f"{kind} link" for kind in listed("magic login signin reset")]
    + [f"{kind} answer" for kind in listed("security secret recovery")]
    + [f"{kind} seed" for kind in listed("mfa fa auth secret key")]
    + ["cloud init", "cloud config", "login url", "reset url", "signin url", "card number", "cc number", "pass word"]
    + ["snmp community", "community string", "connection string", "connection uri", "join command", "api signature"]
    + ["key material", "key pem", "key data", "key content", "key body", "mot passe", "wg conf", "vpn config"]
)
#: What a ``... key`` may be without being a secret; any other is one.
PUBLIC_KEYS = listed(
    """
    public pub primary foreign sort order hot short shortcut cache partition row index idx lang language locale menu
    option field item items unique composite map hash translation message msg module setting group parent sub template
    column col category host known sshd ds object file image plugin theme icon route param
    parameter attribute attr property prop event metric label tag status state error type kind name id data array dict
    json yaml form input press any enter arrow function end first last next prev previous this the a an of
    """
)
#: The same, glued to other words: ``rootpass``, ``sessionid``. (``bypass`` and ``compass`` are none.)
GLUED = re.compile(
    r"passw|passphrase|passcode|(?<!by)(?<!com|sur)(?<!tres|over|ency)(?<!under)pass$|[a-z]{2}pwd?$|secret(?!ar)"
    r"|credential|[a-z]tokens?$|[a-z]psk$|novnc|(vnc|console|kvm|spice)(url|ticket|passwd)|totp|otpauth|userdata|cloudinit"
    r"|(private|priv|api|access|auth|license|licence|ssh|ssl|tls|rsa|ecdsa|dsa|pgp|gpg|encryption|decryption|secret"
    r"|shared|signing|master|root|admin|wg|wireguard|vpn|luks|recovery|security|crypt|cert|signature|webhook)key$"
    r"|session(key|token)|(recovery|backup|auth|epp|security|verification|activation|access|unlock)codes?$"
    r"|(access|login|auth|session|remember)hash$|cardnum(ber)?$|magiclink|htpasswd|authorization|wwwauthenticate"
    r"|setcookie|motdepasse|contrasen|(init|startup|boot)script|connectionstring|seedphrase"
)
#: A secret although it ends like something that is said of one.
ALWAYS = re.compile("sess(ion)?id$")
#: Last words of what is said *of* a secret: ``token_expires``, ``ssh_keys_count``, ``vnc_port``.
ABOUT = listed(
    """
    expires expiry expire expiration expired expiring ttl age type kind count counts length strength policy policies
    changed updated created modified rotated date dates time timestamp at on set enabled disabled required status state
    available port host hostname min max size sizes limit limits timeout lifetime used left remaining version method
    methods supported allowed active bits algorithm fingerprint name names id ids protocol mode attempts retries
    failures failed usage price total quota balance rate interval period scheme provider issuer owner scope scopes
    permissions permission level score year years days hours minutes seconds until since valid validity verified
    confirmed encoding format rules rule index position order comment description title location region ip address mac
    user username server domain network vlan gateway netmask label placeholder history visible hidden editable through
    character characters chars field fields cost
    """
)
#: First words of a question about one: ``has_password``.
ASKING = listed("has is can supports support requires require allow allows min max num number count")
#: The same in Persian, where what is said of a thing stands before it, and of a currency and of ciphers.
_PERSIAN = re.compile(
    r"رمز(?!ارز|نگار|گذار|گشا|ینه)|گذر ?واژ|پسور?د|پسوورد|کلمه ?(عبور|رمز)|توکن|کلمهال(مرور|سر)|الرقمالسری|شناسهنشست"
    r"|کلید ?(خصوصی|محرمانه|مخفی|امنیتی|دسترسی|رمز|api|وب)|کد ?(امنیتی|تایید|تأیید|یکبار|دسترسی|بازیابی|فعالسازی|پین)"
    r"|پین ?کد|عبارت ?(عبور|بازیابی)"
)
_ABOUT_PERSIAN = re.compile("(تاریخ|طول|تعداد|وضعیت|زمان|نوع|حداقل|حداکثر|انقضا|اعتبار|سیاست|مدت|نام|قدرت)(?!کاربری)")


@functools.lru_cache(maxsize=16384)
def is_secret(name: str) -> bool:
    """Return whether a key, or the name of a field, says that what it holds is a secret."""
    words = words_of(name)
    glued = "".join(words)
    if ALWAYS.search(glued):
        return True
    if not words or words[-1] in ABOUT or words[0] in ASKING or _ABOUT_PERSIAN.match(glued):
        return False
    pairs = {f"{first} {second}" for first, second in zip(words, words[1:])}
    known = SECRET_WORDS & set(words) or SECRET_PAIRS & pairs or (GLUED if glued.isascii() else _PERSIAN).search(glued)
    return bool(known or any(_is_secret_key(*pair.split()) for pair in pairs))


def _is_secret_key(kind: str, word: str) -> bool:
    return word == "key" and kind not in PUBLIC_KEYS
