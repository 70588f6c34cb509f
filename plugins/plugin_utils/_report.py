# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the info modules returned -> everything that a report of the account shows, counted, summed and sorted.

Amounts are exact until they are shown. What cannot be counted (a price or a billing cycle that is not known) is never
left out silently: it stands under ``not_counted``. What could not be read stands under ``unread``.
"""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypedDict

from ansible_collections.sindad.cloud.plugins.module_utils._core.reading.vocabulary import (
    is_billed,
    is_incident_past,
    is_incident_running,
    is_settled,
    is_unpaid,
)
from ansible_collections.sindad.cloud.plugins.plugin_utils._calendar import (
    Day,
    add_months,
    jalali_text,
    month_starts,
    to_day,
)
from ansible_collections.sindad.cloud.plugins.plugin_utils._money import (
    ONE_DAY,
    cycle_months,
    exact,
    grouped,
    monthly_price,
    rounded,
    to_amount,
    total,
)

Record = Mapping[str, Any]

POWERS = ("on", "off", "changing", "unknown")
#: Months that the forecast looks ahead.
FORECAST_MONTHS = 12
#: Categories that a chart tells apart; the rest is one more.
SLICES = 6


class Money(TypedDict):
    """An amount as it is (``value``, a decimal string) and as it is written (``text``)."""

    value: str
    text: str
    currency: str | None


class Date(TypedDict):
    """A day; ``days`` from today."""

    iso: str
    jalali: str
    days: int


class Group(TypedDict):
    """Services that have something in common; ``share`` of the monthly cost in percent, ``offset`` of those before."""

    name: str
    count: int
    monthly: Money
    share: str
    offset: str
    slice: int


class Month(TypedDict):
    """The payments of a month; ``height`` in percent of the highest."""

    year: int
    month: int
    total: Money
    count: int
    height: str


class Line(TypedDict):
    """A service as a row; ``monthly`` is ``None`` where it is not counted."""

    id: str
    name: str
    label: str
    product: str
    category: str
    status: str
    cycle: str
    price: Money | None
    monthly: Money | None
    due: Date | None
    billed: bool
    recurs: bool


class Costs(TypedDict):
    """What one currency's services cost."""

    currency: str | None
    count: int
    monthly: Money
    yearly: Money
    categories: list[Group]
    statuses: list[Group]
    months: list[Month]
    highest: Money
    due: list[Line]
    due_sum: Money
    due_repeated: Money


class Machine(TypedDict):
    """A virtual machine or a dedicated server; ``tagged`` is ``None`` where the labels could not be read."""

    kind: str
    id: str
    service: str
    name: str
    power: str
    tagged: bool | None


class Power(TypedDict):
    state: str
    count: int
    share: str
    offset: str


def clean(value: object) -> str:
    """Text that fits a line and a file: no control characters, no halves of characters."""
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = ("\ufffd" if "\ud800" <= each <= "\udfff" else " " if _is_control(each) else each for each in text)
    return "".join(kept).strip()


def _is_control(character: str) -> bool:
    return character < " " or "\x7f" <= character <= "\x9f" or character in "\u2028\u2029"


def word(value: object) -> str:
    """A status word as it is compared."""
    return clean(value).casefold()


def tags(*labels: object) -> list[str]:
    """The words of the labels that begin with ``#``."""
    return [each for label in labels for each in clean(label).split() if each.startswith("#") and len(each) > 1]


class Reporter:
    """Builds one report: knows its day and how amounts and dates are written."""

    def __init__(self, today: Day, due_days: int, persian: bool, currency: str | None) -> None:
        self.today = today
        self.last = today + datetime.timedelta(days=due_days)
        self.persian = persian
        self.currency = currency

    # -- what is written ---------------------------------------------------------------------------------------------

    def money(self, amount: Fraction, currency: str | None, rate: bool = False) -> Money:
        """``rate``: a price per month, which may have no end and is rounded."""
        value = rounded(amount, currency) if rate else exact(amount, currency)
        return {"value": value, "text": grouped(value, self.persian), "currency": currency}

    def date(self, value: object) -> Date | None:
        day = to_day(value)
        if day is None:
            return None
        return {"iso": day.isoformat(), "jalali": jalali_text(day), "days": (day - self.today).days}

    def currency_of(self, record: Record) -> str | None:
        return clean(record.get("currency")) or self.currency

    # -- services ----------------------------------------------------------------------------------------------------

    def line(self, service: Record) -> Line:
        amount, monthly = (
            to_amount(service.get("total")),
            monthly_price(service.get("total"), service.get("billing_cycle")),
        )
        currency = self.currency_of(service)
        return {
            "id": clean(service.get("id")),
            "name": clean(service.get("domain")) or clean(service.get("product")),
            "label": clean(service.get("label")),
            "product": clean(service.get("product")),
            "category": clean(service.get("category")),
            "status": clean(service.get("status")),
            "cycle": clean(service.get("billing_cycle")),
            "price": None if amount is None else self.money(amount, currency),
            "monthly": None if monthly is None else self.money(monthly, currency, rate=True),
            "due": self.date(service.get("next_due")),
            "billed": is_billed(service.get("status")),
            "recurs": recurs(service),
        }

    def costs(self, services: list[Record]) -> list[Costs]:
        """One entry a currency, the one with the most services first."""
        currencies: dict[str | None, list[Record]] = {}
        for service in services:
            currencies.setdefault(self.currency_of(service), []).append(service)
        ordered = sorted(currencies.items(), key=lambda pair: (-len(pair[1]), pair[0] or ""))
        return [self._costs(currency, found) for currency, found in ordered]

    def _costs(self, currency: str | None, services: list[Record]) -> Costs:
        billed = [each for each in services if is_billed(each.get("status"))]
        monthly = total(map(price_per_month, billed))
        due = [each for each in billed if self._falls_due(each)]
        months = self._months(billed, currency)
        return {
            "currency": currency,
            "count": len(billed),
            "monthly": self.money(monthly, currency, rate=True),
            "yearly": self.money(monthly * 12, currency, rate=True),
            "categories": self._groups(billed, "category", currency),
            "statuses": self._groups(services, "status", currency),
            "months": months,
            "highest": max((month["total"] for month in months), key=lambda sum: Fraction(sum["value"])),
            "due": sorted(map(self.line, due), key=_by_due),
            "due_sum": self.money(total(to_amount(each.get("total")) for each in due), currency),
            "due_repeated": self.money(
                total(charge(each) for each in due for _day in self._renewals(each, self.last)), currency
            ),
        }

    def _falls_due(self, service: Record) -> bool:
        day = to_day(service.get("next_due"))
        return day is not None and self.today <= day <= self.last and recurs(service)

    def _groups(self, services: list[Record], key: str, currency: str | None) -> list[Group]:
        """The services by what their ``key`` says, the dearest first."""
        found: dict[str, list[Record]] = {}
        for service in services:
            found.setdefault(clean(service.get(key)), []).append(service)
        sums = {name: total(map(price_per_month, members)) for name, members in found.items()}
        ordered = sorted(found, key=lambda name: (-sums[name], -len(found[name]), name))
        shares = percentages([sums[name] for name in ordered])
        return [
            {
                "name": name,
                "count": len(found[name]),
                "monthly": self.money(sums[name], currency, rate=True),
                "share": share,
                "offset": offset,
                "slice": min(place, SLICES),
            }
            for place, (name, (share, offset)) in enumerate(zip(ordered, shares))
        ]

    def _renewals(self, service: Record, last: Day) -> list[Day]:
        """When it has to be paid from today to ``last``, as its billing cycle repeats."""
        first, months = to_day(service.get("next_due")), cycle_months(service.get("billing_cycle"))
        if first is None or months == 0:
            return []
        if months is None:
            return [first] if self.today <= first <= last else []
        months = max(months, ONE_DAY)
        count = max(0, int((self.today - first).days * ONE_DAY / months) - 1)
        day, found = _after(first, months * count), []
        while day <= last:
            if day >= self.today:
                found.append(day)
            count += 1
            day = _after(first, months * count)
        return found

    def _months(self, services: list[Record], currency: str | None) -> list[Month]:
        """What falls due in the coming months, every renewal counted."""
        *starts, (_year, _month, end) = month_starts(self.today, FORECAST_MONTHS + 1, self.persian)
        firsts = [first for _year, _month, first in starts]
        sums = [Fraction(0)] * FORECAST_MONTHS
        counts = [0] * FORECAST_MONTHS
        for service in services:
            amount = charge(service)
            for day in self._renewals(service, end - datetime.timedelta(days=1)) if amount else ():
                place = bisect.bisect_right(firsts, day) - 1
                sums[place] += amount
                counts[place] += 1
        highest = max([*sums, Fraction(1, 100)])
        return [
            {
                "year": year,
                "month": month,
                "total": self.money(sums[place], currency),
                "count": counts[place],
                "height": f"{float(sums[place] / highest * 100):.1f}",
            }
            for place, (year, month, _first) in enumerate(starts)
        ]

    # -- the rest of the account -------------------------------------------------------------------------------------

    def invoices(self, invoices: Iterable[Record]) -> dict[str, Any]:
        """Those that are unpaid, the earliest due first, with a sum for each currency."""
        unpaid = [each for each in invoices if is_unpaid(each.get("status"))]
        rows = []
        sums: dict[str | None, Fraction] = {}
        for each in unpaid:
            currency, amount = self.currency_of(each), to_amount(each.get("total"))
            sums[currency] = sums.get(currency, Fraction(0)) + (amount or 0)
            rows.append(
                {
                    "id": clean(each.get("id")),
                    "number": clean(each.get("number")),
                    "status": clean(each.get("status")),
                    "date": self.date(each.get("date")),
                    "due": self.date(each.get("due_date")),
                    "total": None if amount is None else self.money(amount, currency),
                }
            )
        rows.sort(key=_by_due)
        return {
            "rows": rows,
            "sums": [
                self.money(amount, currency) for currency, amount in sorted(sums.items(), key=lambda one: one[0] or "")
            ],
            "overdue": sum(1 for row in rows if _is_past(row)),
            "unknown": sum(1 for row in rows if row["total"] is None),
        }

    def tickets(self, tickets: Iterable[Record]) -> list[dict[str, Any]]:
        """Those that are not closed, the newest first."""
        rows = [
            {
                "number": clean(each.get("number")),
                "subject": clean(each.get("subject")),
                "status": clean(each.get("status")),
                "department": clean(each.get("department")),
                "date": self.date(each.get("date")),
                "unread": each.get("client_read") is False,
            }
            for each in tickets
            if not is_settled(each.get("status"))
        ]
        return sorted(rows, key=_by_date, reverse=True)

    def incidents(self, incidents: Iterable[Record]) -> list[dict[str, Any]]:
        """Those that are announced or go on, in the order of their begin."""
        rows = [
            {
                "name": clean(each.get("name")),
                "status": clean(each.get("status")),
                "running": is_incident_running(each.get("status")),
                "date": self.date(each.get("start") or each.get("date")),
                "end": self.date(each.get("end")),
                "description": clean(each.get("description")),
                "related": clean(each.get("related")),
            }
            for each in incidents
            if not is_incident_past(each.get("status"))
        ]
        return sorted(rows, key=_by_date)


def recurs(service: Record) -> bool:
    """Whether it is paid again; what the billing cycle does not tell counts as yes."""
    return cycle_months(service.get("billing_cycle")) != 0


def charge(service: Record) -> Fraction:
    """What a renewal costs, 0 if that is not known; by the hour: a day."""
    amount, months = to_amount(service.get("total")) or Fraction(0), cycle_months(service.get("billing_cycle"))
    return amount * ONE_DAY / months if months and months < ONE_DAY else amount


def price_per_month(service: Record) -> Fraction | None:
    return monthly_price(service.get("total"), service.get("billing_cycle"))


def percentages(sums: list[Fraction]) -> list[tuple[str, str]]:
    """Of each its share in percent, and the sum of those before it."""
    whole = sum(sums, Fraction(0))
    before, found = Fraction(0), []
    for each in sums:
        found.append((_percent(each, whole), _percent(before, whole)))
        before += each
    return found


def _percent(part: Fraction, whole: Fraction) -> str:
    return f"{float(part / whole * 100):.1f}" if whole else "0.0"


def _after(day: Day, months: Fraction) -> Day:
    """So many months later; of parts of a month, 365 days have 12."""
    if months.denominator == 1:
        return add_months(day, int(months))
    return day + datetime.timedelta(days=max(1, int(months * 365 / 12)))


def _by_due(row: Any) -> tuple[bool, str, str]:
    return (row["due"] is None, (row["due"] or {}).get("iso", ""), row["id"])


def _by_date(row: Any) -> str:
    return str((row["date"] or {}).get("iso", ""))


def _is_past(row: Any) -> bool:
    return row["due"] is not None and row["due"]["days"] < 0


# -- machines --------------------------------------------------------------------------------------------------------


def machines(read: Record, names: Mapping[str, str], labels: Mapping[str, str] | None) -> list[Machine]:
    """Every VM and server whose service could be asked."""
    found: list[Machine] = []
    for kind, key in (("vm", "vms"), ("server", "servers")):
        for answer in results(read.get(key)):
            found += [_machine(kind, each, names, labels) for each in answer.get(key) or []]
    return found


def _machine(kind: str, record: Record, names: Mapping[str, str], labels: Mapping[str, str] | None) -> Machine:
    service = clean(record.get("service_id"))
    power = word(record.get("power"))
    own = clean(record.get("label"))
    return {
        "kind": kind,
        "id": clean(record.get("id")) or service,
        "service": names.get(service, service),
        "name": own or clean(record.get("hostname")) or names.get(service, service),
        "power": power if power in POWERS else "unknown",
        "tagged": True
        if tags(own)
        else None
        if labels is None or service not in labels
        else bool(tags(labels[service])),
    }


def powers(found: list[Machine]) -> list[Power]:
    """How many machines are on, off, changing or in a state that is not known."""
    counts = [sum(1 for each in found if each["power"] == state) for state in POWERS]
    shares = percentages([Fraction(count) for count in counts])
    return [
        {"state": state, "count": count, "share": share, "offset": offset}
        for state, count, (share, offset) in zip(POWERS, counts, shares)
        if count
    ]


def results(registered: Any) -> list[Record]:
    """The results of a task, with a loop or without one."""
    if not registered:
        return []
    found = registered.get("results")
    return list(found) if found is not None else [registered]


def offering(services: Iterable[Record], route: str) -> list[str]:
    """The ids of the services that offer ``GET`` of this route, such as ``vms`` of ``/service/@id/vms``."""
    return [clean(each.get("id")) for each in services if any(_is_get(one, route) for one in each.get("methods") or [])]


def _is_get(method: Record, route: str) -> bool:
    parts = clean(method.get("route")).strip("/").split("/")
    return word(method.get("method")) == "get" and len(parts) == 3 and parts[0] == "service" and parts[2] == route


# -- all of it -------------------------------------------------------------------------------------------------------

#: Which key of which result each section is made of.
SECTIONS = {
    "account": "account",
    "invoices": "invoices",
    "tickets": "tickets",
    "incidents": "incidents",
    "details": "services",
    "vms": "vms",
    "servers": "servers",
}


def unread(read: Record, names: Mapping[str, str]) -> list[dict[str, str]]:
    """What could not be read: the section, the service if it is one's, and what the module says about it."""
    found = []
    for section, key in SECTIONS.items():
        for answer in results(read.get(section)):
            if answer.get("skipped") or key in answer:
                continue
            service = clean(answer.get("item") or "")
            found.append(
                {"section": section, "service": names.get(service, service), "message": clean(answer.get("msg"))}
            )
    return found


def build(read: Record, today: Day, due_days: int, persian: bool) -> dict[str, Any]:
    """The report, of the results of the info modules by section."""
    services = list((read.get("services") or {}).get("services") or [])
    account = read.get("account") or {}
    balance = account.get("balance") or {}
    reporter = Reporter(today, due_days, persian, clean(balance.get("currency")) or None)
    names = {clean(each.get("id")): clean(each.get("domain")) or clean(each.get("id")) for each in services}
    detailed = (read.get("details") or {}).get("services")
    labels = None if detailed is None else {clean(each.get("id")): clean(each.get("label")) for each in detailed}
    found = machines(read, names, labels)
    lines = [
        reporter.line({**each, "label": (labels or {}).get(clean(each.get("id")), each.get("label"))})
        for each in services
    ]
    running = [each for each in found if each["power"] == "on"]
    return {
        "today": reporter.date(today),
        "last": reporter.date(reporter.last),
        "account": _person(account.get("account") or {}),
        "credit": _credit(reporter, balance),
        "services": sorted(lines, key=_by_name),
        "costs": reporter.costs(services),
        "not_counted": [each for each in lines if each["billed"] and each["monthly"] is None],
        "past_due": sorted(
            [each for each in lines if each["recurs"] and each["billed"] and _is_past(each)], key=_by_due
        ),
        "invoices": reporter.invoices((read.get("invoices") or {}).get("invoices") or []),
        "tickets": reporter.tickets((read.get("tickets") or {}).get("tickets") or []),
        "incidents": reporter.incidents((read.get("incidents") or {}).get("incidents") or []),
        "machines": found,
        "powers": powers(found),
        "running": len(running),
        "untagged": [each for each in running if each["tagged"] is False],
        "unread": unread(read, names),
    }


def _person(account: Record) -> dict[str, str]:
    name = " ".join(filter(None, (clean(account.get("firstname")), clean(account.get("lastname")))))
    return {"name": clean(account.get("companyname")) or name, "email": clean(account.get("email"))}


def _credit(reporter: Reporter, balance: Record) -> Money | None:
    amount = to_amount(balance.get("credit"))
    return None if not amount else reporter.money(amount, reporter.currency)


def _by_name(line: Line) -> tuple[bool, str, str, str]:
    return (not line["billed"], line["category"].casefold(), line["name"].casefold(), line["id"])
