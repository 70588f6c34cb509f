# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The draft of a dialect: for what could not be read, where its payload was found, and the keys that are there."""

from __future__ import annotations

import difflib
import json
import keyword
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .._core.response.documented import PAYLOADS
from .._core.response.payload import Path, is_collection, locate
from .keys import KNOWN_KEYS
from .record import judge

if TYPE_CHECKING:
    from .._core.response.dialect import Dialect
    from .._core.response.dialect_rules import Plan

Record = Mapping[str, Any]
OPEN = '"?"'
HEAD = """\
# A draft: replace each "?" by an expression, such as one of the keys beside it, or remove its line.
# See "Another portal" in the documentation of the collection sindad.cloud.
"""
#: How many keys a comment lists, and how many likely ones.
MAX_KEYS, MAX_LIKELY = 40, 3

_PERSON = "email firstname lastname companyname address1 city state=province postcode country phonenumber"
_SERVICE = "id name=product domain status category category_url billingcycle=billing_cycle total next_due"
_VM = "id label hostname state=power memory cpus=cpu disk ip=ipv4"
_INCIDENT = "id name status date startdate=start enddate=end description relatedinfo=related"
_TICKET = "ticket_number=number subject status deptname=department date client_read"
_INVOICE = "id number status date duedate=due_date datepaid=paid_date total currency"
_IP = "id ipaddress=address domain main vlan netmask gateway"
#: The documented keys of the entries of a route, each with the field of our record if that is named otherwise.
_ENTRIES = {
    **dict.fromkeys(("GET /details", "GET /contact/@id"), _PERSON),
    "GET /contact": "id email firstname lastname",
    "GET /notifications": "id subject body=text date read rel_type rel_id",
    "GET /balance": "acc_balance=balance acc_credit=credit currency",
    "GET /invoice": _INVOICE,
    "GET /invoice/@id": f"{_INVOICE} subtotal tax credit items=lines",
    "GET /payment": "id name",
    "GET /payment/fees": "id name fixed_fee percent_fee",
    "GET /tickets": _TICKET,
    "GET /tickets/@number": f"{_TICKET} name email body",
    "GET /service": _SERVICE,
    "GET /service/@id": f"{_SERVICE} label firstpayment=first_payment next_invoice date_created username password",
    "GET /service/@id/methods": "name method route",
    **dict.fromkeys(("GET /statuses", "GET /statuses/@id"), _INCIDENT),
    "GET /service/@id/vms": _VM,
    "GET /service/@id/vms/@vmid": f"{_VM} template template_name built locked username password",
    "GET /service/@id/info": "hostname os ip=ipv4",
    **dict.fromkeys(("GET /service/@id/ips", "GET /service/@id/ips/@ip"), _IP),
    **dict.fromkeys(("GET /service/@id/vlans", "GET /ticket/departments", "GET /serverstock"), "id name"),
    "GET /service/@id/templates": "id name",
    **{f"GET /service/@id/{name}/templates": "id name" for name in ("reinstall", "rescue", "diag")},
}
#: What stands beside the payload.
_BESIDE = {
    "GET /tickets/@number": ("replies",),
    "GET /service/@id/reinstall/templates": ("recipes",),
    "GET /service/@id/upgrade": ("resources", "package"),
}


@dataclass
class Finding:
    """What the answers of one endpoint came out as.

    :ivar answers: as the portal sent them. :ivar records: as they were read; None if they could not be.
    :ivar incomplete: whether a list is longer than what could be had of it.
    """

    answers: list[Any] = field(default_factory=list)
    records: list[Record] | None = field(default_factory=list)
    incomplete: bool = False


def draft(findings: Mapping[str, Finding], api_url: str, present: Dialect | None = None) -> str:
    """Return a draft as YAML text; "" if everything could be read.

    :param findings: by endpoint, such as ``GET /service/@id/vms``.
    :param present: the dialect by which they were read; its rules stay.
    """
    before: dict[str, Any] = dict(present.source.get("answers", {})) if present else {}
    rules = {
        endpoint: _Rule.of(endpoint, finding, present.rules.plan(endpoint) if present else None)
        for endpoint, finding in findings.items()
    }
    for endpoint in rules.keys() & before.keys():
        if isinstance(before[endpoint].get("each"), str):
            rules[endpoint].each = {}  # it gives whole entries
    open_rules = {endpoint: rule for endpoint, rule in rules.items() if rule.is_open}
    if not open_rules:
        return ""
    lines = [f"portal: {_scalar(api_url)}", "answers:"]
    for key in (*before, *(endpoint for endpoint in open_rules if endpoint not in before)):
        lines.append(f"  {_scalar(key)}:")
        lines += _lines(before.get(key, {}), open_rules.get(key, _Rule()))
    return HEAD + "\n".join(lines) + "\n"


def entries_of(answer: Any, endpoint: str) -> list[Any]:
    """Return the entries of the payload in an *answer*, wherever it stands; of one object that."""
    payload = PAYLOADS[endpoint]
    path = locate(answer, payload)
    if path is None:
        return []
    for key in path:
        answer = answer[key]
    if isinstance(answer, dict) and answer and is_collection(answer, payload.is_list):
        return [{"id": key, **each} if isinstance(each, dict) else each for key, each in answer.items()]
    return answer if isinstance(answer, list) else [answer]


def likely_ids(entries: Sequence[Any], noun: str) -> list[str]:
    """Return what may be the ids of *entries* that nobody can read, to ask for one of them; [] if nothing may."""
    objects = [each for each in entries if isinstance(each, dict)]
    keys = [key for key in (objects[0] if objects else {}) if _identifies(key, objects)]
    named = sorted(
        keys, key=lambda key: (key.lower() not in ("id", f"{noun}id", f"{noun}_id"), key.lower()[-2:] != "id")
    )
    return [str(each[named[0]]) for each in objects] if named else []


def _identifies(key: str, objects: Sequence[Mapping[str, Any]]) -> bool:
    values = [str(each.get(key)) for each in objects if isinstance(each.get(key), (str, int))]
    unique = len(values) == len(objects) == len(set(values))
    return unique and all(re.fullmatch(r"[A-Za-z0-9_-]{1,40}", value, re.A) for value in values)


# -- one rule --------------------------------------------------------------------------------------------------------


@dataclass
class _Rule:
    """What a draft says of one route.

    :ivar at: an expression, or OPEN. :ivar each: keys that are left open, each with a comment; ``beside`` likewise.
    :ivar there: the keys that are there.
    """

    at: str = ""
    beside: dict[str, str] = field(default_factory=dict)
    each: dict[str, str] = field(default_factory=dict)
    there: str = ""

    @classmethod
    def of(cls, endpoint: str, finding: Finding, plan: Plan | None) -> _Rule:
        """Return what is open, besides what the *plan* of the present dialect says already."""
        if not PAYLOADS[endpoint].keys:
            return cls()
        rule = cls._of_unread(endpoint, finding) if finding.records is None else cls._of_read(endpoint, finding, plan)
        if plan is None:
            return rule
        each = {key: comment for key, comment in rule.each.items() if key not in plan.each}
        beside = {key: comment for key, comment in rule.beside.items() if key not in plan.beside}
        return cls("" if plan.at else rule.at, beside, each, rule.there)

    @classmethod
    def _of_read(cls, endpoint: str, finding: Finding, plan: Plan | None) -> _Rule:
        entries = [each for answer in finding.answers for each in entries_of(answer, endpoint)]
        keys = list(_keys_of(entries, "item"))
        used = " ".join(each.text for _exactness, each in plan.each.values()) if plan else ""
        strange = [key for key, plain in keys if plain not in KNOWN_KEYS and plain not in used]
        records = finding.records or []
        words = _unknown_words(records)
        own = {text for text, _plain in keys}  # what is there and empty lacks no name
        lacking = [key for key, name in _fields(endpoint) if _is_lacking(records, name) and key not in own - {"state"}]
        each = {key: _likely(key, keys, words) for key in lacking if strange or (words and key == "state")}
        beside = dict.fromkeys(("total", "next"), "") if finding.incomplete else {}
        return cls("", beside, each, _listed(keys))

    @classmethod
    def _of_unread(cls, endpoint: str, finding: Finding) -> _Rule:
        entries = [each for answer in finding.answers for each in entries_of(answer, endpoint)]
        paths = (locate(answer, PAYLOADS[endpoint]) for answer in finding.answers)
        path = next((path for path in paths if path is not None), None)
        if path is None:
            return cls(OPEN, there=_listed(list(_keys_of(finding.answers, "answer"))))
        keys = list(_keys_of(entries, "item"))
        own = {plain for text, plain in keys if text == plain}
        each = {key: _likely(key, keys) for key, _name in _fields(endpoint) if keys and key not in own}
        at = "" if path in ((), (PAYLOADS[endpoint].keys[0],)) else expression(path, "answer")
        names = (*_BESIDE.get(endpoint, ()), *(("total", "next") if finding.incomplete else ()))
        return cls(at, dict.fromkeys(names, ""), each, _listed(keys))

    @property
    def is_open(self) -> bool:
        return bool(self.at or self.beside or self.each)


def _fields(endpoint: str) -> Iterator[tuple[str, str]]:
    """The documented keys of an endpoint's entries, each with the field of the record."""
    for part in _ENTRIES.get(endpoint, "").split():
        key, _is, name = part.partition("=")
        yield key, name or key


def _is_lacking(records: Sequence[Record], name: str) -> bool:
    """Whether all *records* have the field *name*, and nothing in it."""
    if name == "power":
        return bool(_unknown_words(records)) or any(each.get("state", "") is None for each in records)
    values = [[each.get("ipv4"), each.get("ipv6")] if name == "ipv4" else each.get(name, "") for each in records]
    return bool(values) and all(value in (None, [], [[], []]) for value in values)


def _unknown_words(records: Sequence[Record]) -> list[str]:
    odd = (each for each in records if each.get("state") and "power" in judge([each]).unexpected_fields)
    return list(dict.fromkeys(str(each["state"]) for each in odd))


# -- keys ------------------------------------------------------------------------------------------------------------


def expression(path: Path, whole: str) -> str:
    """Return the expression for what stands at *path*: dots where a key is an identifier, else quotes.

    :param whole: the name of what the path begins in, for a first key that is no name.
    """
    first, *rest = map(str, path)
    is_name = first.isidentifier() and not keyword.iskeyword(first) and first not in ("true", "false", "none", "self")
    text = first if is_name and not first.startswith("__") else f"{whole}[{_quoted(first)}]"
    for key in rest:
        text += f".{key}" if key.isidentifier() and not key.startswith("_") else f"[{_quoted(key)}]"
    return text


def _quoted(key: str) -> str:
    return "'" + key.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _keys_of(objects: Iterable[Any], whole: str) -> Iterator[tuple[str, str]]:
    """The expressions for the keys of *objects*, and for those of objects in them, each with its last key."""
    seen: dict[Path, None] = {}
    for each in objects:
        for key, value in each.items() if isinstance(each, dict) else ():
            inner = value if isinstance(value, dict) and value and not all(str(one).isdigit() for one in value) else {}
            paths: list[Path] = [(str(key), str(one)) for one in inner]
            seen.update(dict.fromkeys(paths or [(str(key),)]))
    for path in list(seen)[:MAX_KEYS]:
        yield expression(path, whole), path[-1]


def _listed(keys: Sequence[tuple[str, str]]) -> str:
    return _printable(", ".join(text for text, _plain in keys))


def _likely(key: str, keys: Sequence[tuple[str, str]], words: Sequence[str] = ()) -> str:
    """The keys that are spelt like a documented one; of a state, the words that are not understood."""
    if words and key == "state":
        return _printable(f"not understood: {', '.join(words[:MAX_LIKELY])}")
    plain = {re.sub(r"[\W_]", "", name).lower(): text for text, name in reversed(keys)}
    near = difflib.get_close_matches(key.replace("_", ""), list(plain), MAX_LIKELY, 0.5)
    return _printable(", ".join(plain[each] for each in near))


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() or letter == "\u200c" else "\ufffd" for letter in text)


# -- YAML ------------------------------------------------------------------------------------------------------------


def _lines(before: Mapping[str, Any], rule: _Rule) -> Iterator[str]:
    """The lines of a rule: what there is *before*, and what is left open."""
    at = f"    at: {rule.at if rule.at == OPEN else _scalar(rule.at)}" if rule.at else ""
    if at:
        yield _commented(at, f"keys: {rule.there}" if rule.at == OPEN and rule.there else "")
    for name, value in before.items():
        if not isinstance(value, Mapping):
            yield f"    {name}: {_scalar(value)}"
    for name, left in (("beside", rule.beside), ("each", rule.each)):
        said = before.get(name, {})
        said = said if isinstance(said, Mapping) else {}
        if said or left:
            shown = left and rule.there and (name == "each" or not rule.each)
            yield _commented(f"    {name}:", f"keys: {rule.there}" if shown else "")
            yield from (f"      {_scalar(key)}: {_scalar(value)}" for key, value in said.items())
            yield from (_commented(f"      {key}: {OPEN}", comment) for key, comment in left.items())
    if not before and not rule.is_open:
        yield "    {}"


def _commented(line: str, comment: str) -> str:
    return f"{line}  # {comment}" if comment else line


def _scalar(value: Any) -> str:
    """A value as YAML writes it: plain where that is read as the same text, else in double quotes."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*|(GET|POST|PUT|DELETE) [/A-Za-z@*]+", text)
    if plain and text.lower() not in ("y", "n", "yes", "no", "true", "false", "on", "off", "null"):
        return text
    return text if isinstance(value, (bool, int, float)) else json.dumps(text, ensure_ascii=False)
