# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list or the object in a response, wrapped or not.

*known* are the keys that a record is made of: an object with none of them is an error, never a record of nulls.
Evidence beside each form: [V] verbatim output or vendor text, [C] code of a client of a live portal, [G] a guess.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, starmap
from typing import Any

from ..errors import EmptyResponse, UnexpectedResponse
from ..reading.values import first_present, to_text
from .verdict import WRAPPERS, inner, is_beside, plain, tells_of_pages, wrapper_in

Entry = dict[str, Any]
Keys = Collection[str]

#: Keys of an answer that are none of an object that stands bare in it, unless they hold a text and are known.
ENVELOPE = frozenset(
    ("status", "success", "ok", "info", "error", "errors", "message", "msg", "total", "count", "page", "sorter", "code")
)
#: Words that say that an answer worked, and are no state of an object.
WORKED = ("ok", "success")
#: What an entry of a list may be wrapped in, besides the singular of the list's name [G].
ENTRY_WRAPPERS = ("data", "item", "entry", "attributes")
#: What a list may stand under beside what tells of its pages, besides its own name [G].
LISTS = ("data", "items", "list", "rows", "results", "entries")
#: The name of a group of entries, where the group is an object with a list in it [G].
GROUP_NAMES = ("group", "name", "label", "title", "category")


def entries(answer: Any, *names: str, known: Keys = (), identity: Keys = ()) -> list[Entry]:
    """The collection in *answer* as a list of dicts, whatever its shape.

    It is a list or an object keyed by id [V], perhaps in groups (each entry gets its ``group``), each entry perhaps
    wrapped (``{"service": {...}}``) [G]. The key of an entry becomes its ``id`` unless it has one; an entry that is no
    object becomes ``{"id": key, "name": entry}`` or ``{"name": entry}``.

    :param names: the keys that the collection may stand under.
    :param identity: keys of which each entry must have one.
    :raises UnexpectedResponse: if there is no collection, or an entry that cannot be read.
    """
    found, named = _under(answer, names)
    listed = list(_Reader(answer, names, known).read(found, named))
    if not all(first_present(each, *identity) is not None for each in listed if identity):
        raise UnexpectedResponse(f"{next(iter(identity))} of each of its {names[0]}", answer)
    return listed


def entry(answer: Any, *names: str, key: Any = None, known: Keys = ()) -> Entry:
    """The one object in *answer*; also from a collection that holds it under *key*, or holds nothing else.

    :raises EmptyResponse: if the answer is well formed and holds no object.
    """
    bare = _unmistakable(known)
    whole, named = _under(answer, names, bare)
    own = frozenset(known) if named else bare
    if whole in ([], {}, None):
        raise EmptyResponse(names[0], answer)
    payload = whole if named or not isinstance(whole, dict) else _payload(whole)
    found = _one(payload, names, None if key is None else str(key), own)
    if found is None or (own and not own & set(found)):
        raise UnexpectedResponse(names[0], answer)
    return _bare(whole, known) if found is payload and not named else found


class _Reader:
    """Reads one collection of an *answer*."""

    def __init__(self, answer: Any, names: tuple[str, ...], known: Collection[str]):
        self.answer, self.names, self.known = answer, names, frozenset(known)

    def read(self, found: Any, named: bool) -> Iterator[Entry]:
        if isinstance(found, list):
            yield from self._list(found)
        elif isinstance(found, dict):
            yield from self._dict(found, named)
        else:
            raise self._unexpected()

    def _list(self, found: list[Any]) -> Iterator[Entry]:
        for each in found:
            if isinstance(each, dict):
                yield from self._object(_unwrapped(each, self.names))
            elif to_text(each):
                yield {"name": each}
            else:
                raise self._unexpected()

    def _object(self, each: Entry) -> Iterator[Entry]:
        """An entry of a list; one that holds a list is a group [G]: ``{"name": "Linux", "templates": [...]}``."""
        held = next((each[name] for name in self.names if each.get(name) and isinstance(each[name], list)), None)
        if held is None or (self.known & set(each)) - {"id", *GROUP_NAMES}:
            self._check(each)
            yield each
        else:
            yield from self._grouped(to_text(first_present(each, *GROUP_NAMES)), held)

    def _dict(self, whole: Entry, named: bool) -> Iterator[Entry]:
        found = split_paging(whole if named else _payload(whole))[1]
        if named and len(found) == 1 and set(map(plain, found)) <= {*LISTS, *map(plain, self.names)}:
            (only,) = found.values()
            yield from self.read(only, named=True)
            return
        values = list(found.values())
        containers = all(isinstance(value, (list, dict)) for value in values)
        own = self.known if named else _unmistakable(self.known)
        if _is_counted_up(found):
            yield from self._list(values)
        elif not containers and (own or {"id", "vmid", "name"}) & set(found):
            yield whole if named else _bare(whole, self.known)
        elif containers and any(isinstance(value, list) and value for value in values):
            yield from chain.from_iterable(starmap(self._grouped, found.items()))
        elif not (named or containers or all(str(key).isdigit() for key in found)):
            raise self._unexpected()
        else:
            yield from chain.from_iterable(starmap(self._keyed_entry, found.items()))

    def _keyed_entry(self, key: str, value: Any) -> Iterator[Entry]:
        if value is None or isinstance(value, (bool, list)):
            raise self._unexpected()
        if not isinstance(value, dict):
            yield _keyed(key, value)
            return
        value = _unwrapped(value, self.names)
        if self._is_group(key, value):
            yield from self._grouped(key, value)
            return
        self._check(value)
        yield _keyed(key, value)

    def _is_group(self, key: str, value: Entry) -> bool:
        """Whether *value* is a group of entries by their ids [G]: ``{"linux": {"debian-12": {...}}}``."""
        if not self.known or not value or self.known & set(value) or str(key).isdigit():
            return False
        return all(isinstance(each, (str, dict)) for each in value.values())

    def _grouped(self, group: str | None, found: Any) -> Iterator[Entry]:
        for each in self.read(found, named=True):
            yield each if group is None or "group" in each else {**each, "group": group}

    def _check(self, each: Entry) -> None:
        if self.known and not self.known & set(each):
            raise self._unexpected()

    def _unexpected(self) -> UnexpectedResponse:
        return UnexpectedResponse(self.names[0], self.answer)


def held(answer: Any, name: str) -> Any:
    """What stands under *name* in an answer, or in what is wrapped around it; None if nothing does."""
    for _depth in range(4):
        answer = inner(answer)
        if not isinstance(answer, dict):
            return None
        there = next((key for key in answer if plain(key) == name), None)
        if there is not None:
            return answer[there]
        rest = [key for key in answer if not is_beside(key)]
        around = wrapper_in(answer) or next((key for key in answer if plain(key) == "data"), None)
        answer = answer[rest[0]] if len(rest) == 1 and not answer.get(around) else answer.get(around)
    return None


def split_paging(found: Entry) -> tuple[Entry, Entry]:
    """What tells of pages, and other flags, in an object that holds a list beside them [G], and the rest.

    Any other object is all rest.
    """
    told = {
        key: value
        for key, value in found.items()
        if not isinstance(value, list) and (is_beside(key) if not isinstance(value, dict) else tells_of_pages(key))
    }
    rest = {key: value for key, value in found.items() if key not in told}
    holds_list = bool(rest) and all(isinstance(value, (list, dict)) for value in rest.values())
    return (told, rest) if holds_list else ({}, found)


def unwrapped(answer: Any) -> Any:
    """*answer* out of ``data`` [C], or out of a list of one [G], with what it tells of itself beside it."""
    whole = inner(answer)
    if isinstance(whole, dict) and (len(whole) == 1 or any(map(_is_part, whole.items()))):
        answer = whole
    while isinstance(answer, dict) and isinstance(answer.get(key := wrapper_in(answer)), dict) and answer[key]:
        answer = {**{each: answer[each] for each in ("info", "error") if answer.get(each)}, **answer[key]}
    return answer


def _is_part(item: tuple[str, Any]) -> bool:
    """Whether a key and its value are those of an answer rather than of an entry in a list."""
    return _is_flag(item[0]) or isinstance(item[1], (list, dict))


# -- where it stands -------------------------------------------------------------------------------------------------


def _under(answer: Any, names: tuple[str, ...], known: Keys = ()) -> tuple[Any, bool]:
    """What stands under one of *names*, ``data``, or the one other key, and True; else *answer*, and False."""
    if isinstance(answer, list) and len(answer) == 1 and _wraps(answer[0], names):
        answer = inner(answer)
    if not isinstance(answer, dict):
        return answer, False
    name = _name_in(answer, names)
    if name is not None:
        return answer[name], True
    around = wrapper_in(answer)
    if around is not None:
        return _under_data(answer[around], names, known)
    if answer and all(_is_flag(key) or plain(key) in WRAPPERS for key in answer):
        if answer.get("data", answer) is None:
            return None, True
        raise UnexpectedResponse(names[0], answer)
    rest = [key for key in answer if not is_beside(key)]
    if len(rest) == 1 and not set(rest) & set(known):
        value = answer[rest[0]]
        if isinstance(value, dict) and (_name_in(value, names) is not None or wrapper_in(value) is not None):
            return _under(value, names, known)
        if isinstance(value, (dict, list)) and not str(rest[0]).isdigit():
            return value, True
    return answer, False


def _under_data(data: Any, names: tuple[str, ...], known: Keys) -> tuple[Any, bool]:
    if isinstance(data, list) and not (len(data) == 1 and _wraps(data[0], names)):
        return data, True
    if isinstance(data, dict) and not _wraps(data, names):
        return data, True
    return _under(data, names, known)


def _wraps(value: Any, names: tuple[str, ...]) -> bool:
    """Whether *value* is an answer that holds something, and no entry itself."""
    if not isinstance(value, dict):
        return False
    inside = {*map(plain, names), *WRAPPERS}
    return any(plain(key) in inside for key in value if isinstance(value[key], (dict, list))) and not _identity(value)


def _name_in(answer: Entry, names: tuple[str, ...]) -> str | None:
    """The key that is one of *names* and holds something. ``info`` and ``status`` may be no such key."""
    spelt = {plain(key): key for key in reversed(answer)}
    found = (name if name in answer else spelt.get(plain(name)) for name in names)
    there = [key for key in found if key is not None and (not is_beside(key) or _holds_objects(answer[key]))]
    full = [name for name in there if answer[name] not in ([], {}, None)]
    if not full and answer.get("data"):
        return None
    return next(iter(full or there), None)


def _holds_objects(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and all(isinstance(each, dict) for each in value))


# -- one object ------------------------------------------------------------------------------------------------------


def _one(found: Any, names: tuple[str, ...], key: str | None, known: Keys) -> Entry | None:
    """The object that *found* is or holds; None if that cannot be told."""
    if isinstance(found, list):
        objects = [_unwrapped(each, names) for each in found if isinstance(each, dict)]
        fitting = [each for each in objects if to_text(_identity(each)) == key] or objects
        found = fitting[0] if len(fitting) == 1 and len(objects) == len(found) else None
    if not isinstance(found, dict):
        return None
    found = _unwrapped(found, names)
    if not all(isinstance(value, dict) for value in found.values()) or frozenset(known) & set(found):
        return found
    key = key if key in found else next(iter(found)) if len(found) == 1 else None
    if key is not None:
        value = _unwrapped(found[key], names)
        strange = known and not frozenset(known) & set(value)
        return None if strange else _keyed(key, value) if str(key).isdigit() else value
    return None if all(str(each).isdigit() for each in found) else found


def _unmistakable(known: Keys) -> frozenset[str]:
    """Those of the *known* keys of an object that an answer cannot mean for itself."""
    return frozenset(key for key in known if not is_beside(key))


def _is_flag(key: object) -> bool:
    return plain(key) in ENVELOPE


def _is_counted_up(found: Entry) -> bool:
    """Whether the keys are places in a list, from 0: no id is 0."""
    return bool(found) and list(found) == [str(place) for place in range(len(found))]


def _payload(answer: Entry) -> Entry:
    return {key: value for key, value in answer.items() if not _is_flag(key)}


def _bare(found: Entry, known: Keys) -> Entry:
    """An object that stands bare in an answer, without the flags of the answer. A state and a price are its own."""
    own = {"status", "total", *known}
    return {
        key: value
        for key, value in found.items()
        if not _is_flag(key)
        or (key in own and to_text(value) and not (key == "status" and str(value).casefold() in WORKED))
    }


def _unwrapped(value: Entry, names: tuple[str, ...]) -> Entry:
    """An entry out of a wrapper of its own: ``{"service": {...}}`` [G]."""
    if len(value) == 1:
        key, wrapped = next(iter(value.items()))
        singular = [name[: -len(end)] for name in names for end in ("s", "es") if name.endswith(end)]
        if isinstance(wrapped, dict) and wrapped and key in (*singular, *names, *ENTRY_WRAPPERS):
            return wrapped
    return value


def _identity(value: Entry) -> Any:
    return first_present(value, "id", "vmid", "vm_id")


def _keyed(key: str, value: Any) -> Entry:
    if not isinstance(value, dict):
        return {"id": key, "name": value}
    return value if _identity(value) is not None else {**value, "id": key}
