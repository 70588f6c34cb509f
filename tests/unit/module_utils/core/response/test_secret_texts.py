# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in what portals write to people, in both languages; sentences about secrets stay; the time is linear."""

from __future__ import annotations

import time

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.secret_texts import MASK, mask_secrets

SAYS = [
    "New root password: geheim",
    "The password is geheim",
    "Password = geheim",
    "password:geheim",
    "Password：geheim",
    "Password\t: geheim",
    "Password - geheim",
    "Password -> geheim",
    "| Password | geheim |",
    "**Password:** `geheim`",
    "Password:\n  geheim",
    "Password for root: geheim",
    "Password (root): geheim",
    "Your password has been changed to geheim",
    "Your new password is geheim.",
    "Your new password will be geheim",
    "Username: root, password: geheim, ip: 192.0.2.1",
    "<td>Password</td><td>geheim</td>",
    "<b>Password:</b> geheim<br>",
    "Password: <b>geheim</b>",
    "<password>geheim</password>",
    "Password:&nbsp;geheim",
    '{"password": "geheim", "id": 5}',
    '{\\"root_password\\": \\"geheim\\"}',
    "{'password': 'geheim'}",
    "root_password=geheim&user=root",
    "https://portal.example.com/?token=geheim",
    "API key: geheim",
    "Authorization: Bearer geheim",
    "postgres://user:geheim@db/x",
    "password 'geheim'",
    "--password geheim",
    "PSK: geheim",
    "Passphrase: geheim geheim geheim",
    "credentials: root / geheim",
    "VNC URL: https://vnc.example.com/geheim",
    "user_data: geheim",
    "access hash: geheim",
    "One-time code: geheim",
    "login with password geheim1!",
    "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,geheim\ngeheim\n-----END RSA PRIVATE KEY-----",
    "a eyJhbGciOiJI.geheimgeheim.geheim",
    "root:$6$salt$geheimgeheim:19000",
    "otpauth://totp/x?secret=geheim",
    "it is ghp_geheimgeheimgeheim",
    "رمز عبور: geheim",
    "رمز: geheim",
    "رمز عبور شما: geheim",
    "رمز عبور جدید سرور شما : geheim",
    "رمز عبور شما geheim1 است",
    "پسورد شما برابر با geheim می‌باشد",
    "رمز عبور به geheim تغییر کرد",
    "گذرواژه: geheim",
    "گذر‌واژه = geheim",
    "کلمه عبور = geheim",
    "كلمة المرور: geheim",
    "کد امنیتی: geheim",
    "Пароль: geheim",
]
SAYS_NONE = [
    "Password expires: 2026-11-29",
    "the user name or password is wrong",
    "The password is too short",
    "Set username and password, or token",
    "username and password are required",
    "Give either password or token: not both",
    "Password required: true",
    "Password changed: 2026-11-29",
    "token type: Bearer",
    "password length: 12",
    "Password policy: strong",
    "The token has expired",
    "the token is not valid",
    "set return_password: true",
    "Token count: 7",
    "The token web1 does not exist",
    "The password of web-01.example.com could not be set",
    "Public key: ssh-rsa AAAA",
    "Key: value",
    "compass: north",
    "Hostname: web1",
    "VM web1 is running",
    "رمز عبور اشتباه است",
    "رمز عبور نامعتبر است",
    "رمزارز: BTC",
    f"password: {MASK}",
]


@pytest.mark.parametrize("text", SAYS)
def test_what_a_text_introduces_is_masked(text):
    masked = mask_secrets(text)
    assert "geheim" not in masked and MASK in masked
    assert mask_secrets(masked) == masked


@pytest.mark.parametrize("text", SAYS_NONE)
def test_what_is_said_of_secrets_stays(text):
    assert mask_secrets(text) == text


def test_only_the_secret_goes():
    text = "Username: root, password: geheim, ip: 192.0.2.1. Password: b. Regards"
    assert mask_secrets(text) == f"Username: root, password: {MASK}, ip: 192.0.2.1. Password: {MASK}. Regards"


@pytest.mark.parametrize(
    "unit",
    [
        *("password ", "password", "password:", "password is ", "password<b>", 'password "', "password: x\n"),
        *("password&nbsp;", "passphrase: ", "رمز عبور ", "eyJaaaaaaaa.", "://a:", "://", "$1$", "-----BEGIN "),
        *("-----BEGIN PRIVATE KEY-----", "<", ":", "a:", "-", "\u200c", " ", "<![CDATA[", "password" + " " * 40, "a"),
    ],
)
def test_the_time_grows_with_the_length_only(unit):
    def took(length):
        text = "password" + unit * (length // len(unit))
        began = time.process_time()
        mask_secrets(text)
        return time.process_time() - began

    assert took(200_000) < 10 * took(50_000) + 0.2
