# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of secrets, by their words, in any case, spelling and script; and names that only look like them."""

from __future__ import annotations

import pytest
from ansible_collections.sindad.cloud.plugins.module_utils._core.response.secret_names import is_secret


def words(text):
    return text.split()


SECRET = words(
    """
psk wifi_psk wpaPsk enable_password enablePassword ssl_key sslKey tls_private_key access_hash accesshash AccessHash
user_data userData cloud_init cloudInit kickstart init_script startup_script join_command hmac_key webhook_secret
signing_key vault_key luks_key enrollment_key SNMPCommunity radius_secret bmcPassword idrac_password seed_phrase
recoveryPhrase connection_string otpauth_url totpSeed pass_word pass-phrase Pass1 password2 passw0rd pwd_hash
login_hash csrfToken xsrf_token bearerToken license_key product_key wireguard_private_key presharedKey admin_pass
ftp_pw mysqlPwd oauth2_secret clientsecret session_id auth_cookie unlock_code pin_code card_cvv reset_link
keystore_pass encryption_key_base64 ssh_private_key_pem user_password_plain root-password ROOT_PASSWORD rootPw
x.api.key کلمه_عبور گذر_واژه گذرواژه گذر‌واژه رمز رمزعبور رمز_ورود رمز_عبور_جدید كلمة_المرور پسورد کلید_خصوصی
    کلید_api کد_امنیتی کد_تأیید توکن_دسترسی Пароль пароль_root
    密码 パスワード contraseña mot_de_passe Passwort şifre ａｐｉ＿ｋｅｙ
pass\u200bword
"""
)
HARMLESS = words(
    """
password_expires keyboard monkey bypass compass passenger token_count author authority pinned user_data_size
hash_rate password_expires_at password_changed_at has_password password_length public_key primary_key foreign_key
key_id sort_key host_key ssh_keys ssh_keys_count sessions_max session_timeout passport passive hotkey turkey donkey
keynote keyword keypad secretary secretariat tokenized tokenizer compassion trespass overpass underpass encompass
surpass authors authentic country_code postcode status_code currency_code hash commit_hash sha256 spinning shipping
opinion cookiecutter cooking username user_id data metadata meta_data keys script_name template_id console_enabled
vnc_port vnc_host kvm_version totp_enabled mfa_enabled auth_method auth_type token_type token_expires api_version
api_enabled access access_level signature certificate ssh_fingerprint login last_login recovery recovery_mode secure
security_group private private_ip credits wallpaper spawned power_state basswood classpath pathspec sidebar
president residence cache_key lang_key رمزارز رمزنگاری رمزگذاری طول_رمز تاریخ_انقضای_رمز نام_کاربری نام کلید شناسه
کد_پستی کد_ملی
"""
)


@pytest.mark.parametrize("name", SECRET)
def test_a_secret_by_its_words(name):
    assert is_secret(name)


@pytest.mark.parametrize("name", HARMLESS)
def test_no_secret(name):
    assert not is_secret(name)


@pytest.mark.parametrize("kind", ["frobnication", "xyz", "customer", "deploy"])
def test_a_key_of_an_unknown_kind_is_a_secret(kind):
    assert is_secret(f"{kind}_key") and is_secret(f"{kind}Key") and not is_secret(kind)
