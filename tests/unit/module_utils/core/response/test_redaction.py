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
