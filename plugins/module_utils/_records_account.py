# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal's objects -> records, for the account, its bills and the network's state. For persons see _person.py."""

from __future__ import annotations

import base64
import datetime
import json
import re

from ansible_collections.sindad.cloud.plugins.module_utils._shapes import (
    Unexpected,
    date,
    entries,
    first,
    flag,
    money,
    text,
)

# -- access ----------------------------------------------------------------------------------------------------------


def tokens(answer, given=None):
    """What POST /login and POST /token answer; C(refresh_token) is None if the one *given* stays."""
    answer = answer if isinstance(answer, dict) else {}
    token = text(first(answer, "token", "access_token"))
    if token is None:
        raise Unexpected("token", answer)
    refresh = text(first(answer, "refresh", "refresh_token"))
    return {"token": token, "refresh_token": None if refresh == given else refresh, "expires_at": expiry(token)}


def expiry(token):
    """When a JWT ends, in UTC, or None if it does not tell. Its signature is the portal's affair."""
    try:
        claims = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        end = datetime.datetime.fromtimestamp(float(claims["exp"]), datetime.timezone.utc)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    return end.strftime("%Y-%m-%dT%H:%M:%SZ")


# -- notifications ---------------------------------------------------------------------------------------------------


def notification(source):
    """A notification; C(read) is None where only the list of new ones tells."""
    read = flag(first_told(source, "seen", "read", "is_read", "acknowledged", "ack"))
    if read is None:
        new = flag(first_told(source, "new", "is_new", "unread"))
        read = None if new is None else not new
    return {
        "id": text(first(source, "id", "notification_id")),
        "subject": text(first(source, "subject", "title", "name")),
        "text": text(first(source, "body", "text", "message", "content", "description")),
        "date": date(first(source, "date", "date_added", "created_at", "created", "time")),
        "read": read,
        "rel_type": text(source.get("rel_type")),
        "rel_id": text(source.get("rel_id")),
        "raw": source,
    }


def first_told(source, *names):
    """The first of the keys *names* that is there, with whatever it holds."""
    return next((source[name] for name in names if source.get(name) is not None), None)


# -- billing ---------------------------------------------------------------------------------------------------------


def balance(source):
    return {
        "currency": text(source.get("currency")),
        "balance": money(first_told(source, "acc_balance", "balance")),
        "credit": money(first_told(source, "acc_credit", "credit")),
        "raw": source,
    }


def invoice(listed, details=None):
    """An invoice, from GET /invoice or, with the sums and its C(items) (also called C(lines)), GET /invoice/@id."""
    both = {**listed, **(details or {})}
    lines = None
    if details is not None:
        lines = [invoice_item(each) for each in entries({"items": details.get("items") or []}, "items")]
    return {
        "id": text(both.get("id")),
        "number": text(both.get("number")),
        "status": text(both.get("status")),
        "date": date(both.get("date")),
        "due_date": date(first(both, "duedate", "due_date", "paybefore")),
        "paid_date": date(first(both, "datepaid", "date_paid")),
        "subtotal": money(both.get("subtotal")),
        "tax": money(both.get("tax")),
        "credit": money(both.get("credit")),
        "total": money(both.get("total")),
        "currency": text(both.get("currency")),
        "items": lines,
        "lines": lines,  # in Jinja the items of a dict are a method
        "raw": details or listed,
    }


def invoice_item(source):
    """A line of an invoice; the quantity may be a fraction, so it is a decimal string too."""
    return {
        "id": text(source.get("id")),
        "description": text(source.get("description")),
        "amount": money(source.get("amount")),
        "quantity": money(first_told(source, "qty", "quantity")),
        "total": money(first_told(source, "linetotal", "total")),
        "taxed": flag(source.get("taxed")),
    }


def payment_methods(methods, fees):
    """The answers of GET /payment and GET /payment/fees as one list.

    Their ids differ (C(10: BankTransfer) and C(1: Bank Transfer)), so a name is what they have in common; a method
    that only one of them has is returned with what that one tells.
    """
    rest = list(fees)
    found = []
    for method in methods:
        fee = next((each for each in rest if _spelt(each) == _spelt(method)), None)
        if fee:
            rest.remove(fee)
        found.append(_payment_method(method, fee))
    return found + [_payment_method(None, fee) for fee in rest]


def _spelt(source):
    name = first(source, "name", "title", "label", "id")
    return re.sub(r"[\W_]", "", str(name)).casefold()


def _payment_method(method, fee):
    source = method or fee
    return {
        "id": text(source.get("id")),
        "name": text(first(source, "name", "title", "label")),
        "fixed_fee": money((fee or {}).get("fixed_fee")),
        "percent_fee": money((fee or {}).get("percent_fee")),
        "raw": {"payment": method, "fees": fee},
    }


# -- the network -----------------------------------------------------------------------------------------------------


def incident(source):
    """An entry of the network's state."""
    return {
        "id": text(source.get("id")),
        "name": text(first(source, "name", "title", "subject")),
        "status": text(source.get("status")),
        "date": date(source.get("date")),
        "start": _moment(source, "startdate", "start"),
        "end": _moment(source, "enddate", "end"),
        "description": text(first(source, "description", "text", "body")),
        "related": text(first(source, "relatedinfo", "related")),
        "raw": source,
    }


def _moment(source, day, clock):
    """Date and time of day, which stand under two keys, as one text; None without a date."""
    moment, time = date(source.get(day)), date(source.get(clock))
    if moment is None:
        return None if time is None or re.fullmatch(r"[\d:]+", time) else time
    return f"{moment} {time}" if time and re.fullmatch(r"[\d:]+", time) and ":" not in moment else moment
