# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is asking: Basic, or a Bearer token from /login."""

from __future__ import annotations

import base64
import binascii
import itertools
import secrets
from dataclasses import dataclass
from typing import Any

import jwt

from .answers import refuse
from .clock import Clock
from .options import Options
from .state import Account

ISSUER = "https://portal.example.com"


@dataclass(frozen=True, slots=True)
class Caller:
    """An authenticated request."""

    kind: str  # basic or token
    name: str
    contact: str | None = None  # the id, if it is a contact of the account
    pair: int | None = None  # the pair of tokens in use


class Gate:
    """Checks credentials, hands out tokens and takes them back."""

    def __init__(self, account: Account, clock: Clock) -> None:
        self._account = account
        self._clock = clock
        self._key = secrets.token_hex(32)
        self._pairs = itertools.count(1)
        self._revoked: set[int] = set()
        self._spent: set[str] = set()
        self._claims: dict[str, dict[str, Any] | None] = {}
        self._issued: set[str] = set()
        self._expired: set[str] = set()
        self._challenges: dict[str, tuple[str, str | None, float]] = {}

    def knows(self, token: str) -> bool:
        """Whether it has signed this token."""
        return self._claims.get(token) is not None or self._verify(token) is not None

    def identify(self, options: Options, header: str) -> Caller:
        """The caller, or a refusal."""
        kind, _blank, value = header.partition(" ")
        if kind.lower() == "basic" and options.basic:
            return self._basic(options, value.strip())
        if kind.lower() == "bearer" and options.tokens:
            claims = self._read(options, value.strip(), "access")
            return Caller("token", claims["sub"], claims.get("contact"), claims["pair"])
        refuse("unauthorized", status=options.auth_status)

    def check(self, options: Options, name: str, password: str) -> str | None:
        """The contact's id, None for the account's owner; a refusal for anybody else."""
        if name == options.username and password == options.password:
            return None
        for contact in self._account.contacts.values():
            if contact["email"] == name and contact.get("password") and contact["password"] == password:
                return str(contact["id"])
        refuse("wronglogin")

    def pair(self, options: Options, name: str, contact: str | None) -> dict[str, str]:
        """A new token and its refresh token."""
        number = next(self._pairs)
        return {
            "token": self._sign(options, name, contact, number, "access"),
            "refresh": self._sign(options, name, contact, number, "refresh"),
        }

    def challenge(self, options: Options, name: str, contact: str | None) -> dict[str, Any]:
        """What /login answers where a second factor is wanted."""
        token = f"mfa-{secrets.token_hex(8)}"
        expires = self._clock.wall() + 300
        self._challenges[token] = name, contact, expires
        return {"token": token, "methods": [options.mfa_method], "expires_at": int(expires)}

    def answer(self, options: Options, token: str, code: str) -> dict[str, str]:
        """A pair for the code that a challenge asks for; a challenge is good for one pair."""
        name, contact, expires = self._challenges.get(token, ("", None, 0.0))
        if not name or self._clock.wall() >= expires:
            refuse("token_expired", status=options.auth_status)
        if code != options.mfa_code:
            refuse("invalid_code")
        del self._challenges[token]
        return self.pair(options, name, contact)

    def refresh(self, options: Options, value: str) -> dict[str, str]:
        """A new pair for a refresh token; with `refresh_omitted` only a token, and the old refresh token stays."""
        claims = self._read(options, value, "refresh")
        if options.refresh_omitted:
            contact = claims.get("contact")
            return {"token": self._sign(options, claims["sub"], contact, claims["pair"], "access")}
        self._spent.add(claims["jti"])
        return self.pair(options, claims["sub"], claims.get("contact"))

    def revoke_refresh(self, options: Options, value: str) -> None:
        self.revoke(self._read(options, value, "refresh")["pair"])

    def revoke(self, pair: int | None) -> None:
        if pair is not None:
            self._revoked.add(pair)

    def expire(self) -> None:
        """Every token that there is has expired; what refreshes them has not."""
        self._expired |= self._issued

    def _basic(self, options: Options, value: str) -> Caller:
        try:
            name, _colon, password = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            refuse("wronglogin")
        return Caller("basic", name, self.check(options, name, password))

    def _sign(self, options: Options, name: str, contact: str | None, pair: int, use: str) -> str:
        lifetime = options.token_lifetime if use == "access" else options.refresh_lifetime
        now = self._clock.wall()
        claims = {
            "iss": ISSUER,
            "sub": name,
            "iat": int(now),
            "exp": int(now + lifetime),
            "jti": secrets.token_hex(8),
            "pair": pair,
            "use": use,
        }
        if contact:
            claims["contact"] = contact
        if options.opaque_tokens:
            value = f"tbpat_{secrets.token_hex(20)}"
            self._claims[value] = claims
        else:
            value = jwt.encode(claims, self._key, algorithm="HS256")
        if use == "access":
            self._issued.add(value)
        return value

    def _read(self, options: Options, value: str, use: str) -> dict[str, Any]:
        if value not in self._claims:
            self._claims[value] = self._verify(value)
        claims = self._claims[value]
        if not claims or claims["use"] != use or claims["pair"] in self._revoked or claims["jti"] in self._spent:
            refuse("unauthorized", status=options.auth_status)
        if value in self._expired or self._clock.wall() >= claims["exp"]:
            refuse("token_expired", status=options.auth_status)
        return claims

    def _verify(self, value: str) -> dict[str, Any] | None:
        """The signature only: the emulator's clock, which a test can push, decides about the time."""
        try:
            return jwt.decode(
                value, self._key, algorithms=["HS256"], options={"verify_exp": False, "verify_iat": False}
            )
        except jwt.InvalidTokenError:
            return None
