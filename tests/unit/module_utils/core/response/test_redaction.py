# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which names speak of secrets, and how a secret may be spelt. (What results keep: test_shapes.py.)"""

from __future__ import annotations

import base64
import html
import json
import re
from urllib.parse import quote, quote_plus

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.redaction import (
    MASK,
    Redactor,
    is_secret,
    secrets_in,
    without_secrets,
)


def words(text):
    return text.split()


SECRETS = words(
    """
    password Password root_password rootpassword rootpass rootpw root_pw user_pass pass passwd passphrase pwd root_pwd
    vncpass vnc_password adminpass adminPass secret client_secret clientSecret private_key privatekey ssh_private_key
    token access_token accessToken refresh_token auth_token tokens console_token api_key apikey api-key apiKey API_KEY
    X-API-Key access_key secret_key auth_key credentials password_plain new_password vnc_pw smbpassword db_pass passcode
    vnc_url vncurl vnc novnc noVNC novnc_url console console_url consoleUrl kvm_url spice_url ipmi_pass ipmi_url totp
    totp_secret otp otp_code hotp ssh_key sshkey session session_id sessionid session_key PHPSESSID cookie cookies
    set-cookie jwt bearer authorization Authorization auth cvv cvc cvv2 pin card_number cardnumber cc_number
    recovery_code recovery_codes backup_codes security_code activation_code epp_code eppcode epp auth_code
    security_answer autologin magic_link license_key encryption_key preshared_key csrf_token htpasswd kubeconfig
    mysql_pass ftppass rootPwd www-authenticate wp_admin_pass
    """
)
HARMLESS = words(
    """
    id label state status username login bypass compass passed passive passengers passenger passport ssh_keys
    ssh_keys_count public_key keyboard monkey hostname privileges os tokenized cpus spawned power key keys name
    token_expires token_expires_at tokenExpires expires_at password_changed_at password_set has_password
    password_length totp_enabled console_enabled vnc_port vnc_host session_timeout session_count auth_method
    author authority pinned spinning shipping option opinion cookiecutter secretary_name trespass surpass overpass
    underpass template memory disk built locked email subject body keypad hotkey turkey monkey_id service_id code
    currency pages sessions_max mfa_enabled date_created region country postcode companyname nationalid ticket_number
    """
)


@pytest.mark.parametrize("key", SECRETS)
def test_names_of_secrets(key):
    assert is_secret(key)
    assert without_secrets({"id": 1, key: "geheim"}) == {"id": 1}


@pytest.mark.parametrize("key", HARMLESS)
def test_names_of_other_things(key):
    assert not is_secret(key)


@pytest.mark.parametrize(
    "name", ["Root password", "رمز عبور", "كلمه عبور", "گذرواژه روت", "VNC URL", "API key", "Token"]
)
@pytest.mark.parametrize("naming", ["name", "label", "key", "field"])
def test_a_name_beside_a_value_says_what_it_is(name, naming):
    field = {"id": 5, naming: name, "value": "geheim", "type": "text"}
    assert without_secrets([field]) == [{"id": 5, naming: name, "type": "text"}]
    assert list(secrets_in({"fields": [field]})) == ["geheim"]


@pytest.mark.parametrize("name", ["Hostname", "Password length", "رمزارز", "Operating system", "a password " * 20])
def test_a_name_of_something_else(name):
    field = {"name": name, "value": "x" * 8}
    assert without_secrets(field) == field


@pytest.mark.parametrize(
    "field",
    [
        {"Name": "Password", "Value": "geheim"},
        {"NAME": "Root Password", "VALUE": "geheim"},
        {"type": "password", "value": "geheim"},
        {"fieldType": "password", "fieldValue": "geheim", "id": 7},
        {"field_name": "vnc pass", "field_value": "geheim"},
        {"Key": "psk", "Val": "geheim"},
        {"title": "کلمه عبور", "value": "geheim"},
        {"نام": "رمز عبور", "مقدار": "geheim"},
        {"slug": "enable_password", "Data": {"x": ["geheim"]}},
        {"variable": "API key", "text": "geheim"},
        {"caption": "PSK", "answer": "geheim"},
        {"code": "root-password", "default": "geheim"},
        {"name": "Password", "frobnicated": "geheim"},
        {"name": "Password", "type": "text", "required": True, "config_id": 5, "Inhalt": "geheim"},
        {"option": "access hash", "current": "geheim"},
        {"attribute": {"id": 5, "name": "Root password"}, "value": "geheim"},
        ["Root password", "geheim"],
        {"info": "New root password: geheim"},
        {"motd": "رمز عبور شما: geheim"},
        {"config": '{"password": "geheim"}'},
        {"dsn": "mysql://root:geheim@db/x"},
    ],
)
def test_siblings_pairs_and_texts(field):
    assert "geheim" not in json.dumps(without_secrets({"fields": [field]}))
    assert "geheim" not in json.dumps(without_secrets({"raw": {"deep": [[field]]}}))


@pytest.mark.parametrize(
    "record",
    [
        {"id": "1", "label": "token-db", "ip": ["192.0.2.1"], "state": "online", "memory": 512},
        {"id": "1", "name": "Password reset", "method": "POST", "route": "/service/@id/password"},
        {"id": "1", "name": "Token server", "raw": {"id": "1"}},
        {"name": "Password resets", "count": 5},
        {"type": "auth", "status": "ok"},
        ["password", "publickey"],
        [["password", "publickey", "token"]],
        {"enable_password": True, "use_token": 1, "vnc": "1", "console": "disabled"},
        {"text": "The password is wrong", "body": "your token has expired"},
    ],
)
def test_what_only_bears_such_a_name_stays(record):
    assert without_secrets({"found": record}) == {"found": record}


def test_secrets_of_texts_are_learnt_if_they_look_like_some():
    redactor = Redactor()
    redactor.learn_from({"info": ["New root password: S3cr3t!x"], "note": "password: Debian"})
    assert redactor.redact("Debian S3cr3t!x") == f"Debian {MASK}"
    assert redactor.redact("New root password: geheim") == f"New root password: {MASK}"


@pytest.mark.parametrize("value", ["abc", "true", "enabled", "Active", "", None, True, False, 7, [], {}])
def test_what_is_no_secret_to_be_learnt(value):
    assert list(secrets_in({"password": value, "deep": [{"token": [value]}]})) == []


SECRET = "g€heim wort/+&\"'<é>"
SPELLINGS = {
    "itself": SECRET,
    "JSON": json.dumps(SECRET)[1:-1],
    "JSON of PHP": json.dumps(SECRET)[1:-1].replace("/", "\\/"),
    "JSON in UTF-8": json.dumps(SECRET, ensure_ascii=False)[1:-1],
    "HTML": html.escape(SECRET),
    "HTML of PHP": html.escape(SECRET).replace("&#x27;", "&#039;"),
    "HTML text": html.escape(SECRET, quote=False),
    "URL": quote(SECRET),
    "URL in lower case": re.sub("%..", lambda match: match.group().lower(), quote(SECRET)),
    "URL, all of it": quote(SECRET, safe=""),
    "form": quote_plus(SECRET),
    "Python": repr(SECRET)[1:-1],
    "base64": base64.b64encode(SECRET.encode()).decode(),
    "base64 in a URL": base64.urlsafe_b64encode(SECRET.encode()).decode(),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_taken_out(spelling):
    redactor = Redactor()
    redactor.learn_from({"vm": {"password": SECRET}})
    told = redactor.redact(f"it was {SPELLINGS[spelling]} there")
    assert told.replace("=", "") in (f"it was {MASK} there", f"it was {MASK}g there", f"it was {MASK}Pg there")


@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "user:"])
@pytest.mark.parametrize("after", ["", "x", "xy", "xyz"])
def test_base64_is_known_wherever_the_secret_begins(before, after):
    redactor = Redactor(["geheimes-wort"])
    text = base64.b64encode(f"{before}geheimes-wort{after}".encode()).decode()
    assert MASK in redactor.redact(text) and len(redactor.redact(text).replace(MASK, "")) < 14


def test_a_secret_that_holds_another_goes_first():
    assert Redactor(["abcd", "abcdef"]).redact("abcdef abcd") == f"{MASK} {MASK}"
