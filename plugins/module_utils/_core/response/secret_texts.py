# SPDX-FileCopyrightText: 2026 sindad.cloud contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in a text: those that it introduces ("Password: ...", "رمز عبور: ..."), and those that look like one.

The time grows with the length of the text only: each name of a secret is followed for a bounded number of characters.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ..reading.values import fold, listed
from .secret_names import ABOUT, LONGEST_NAME, PLAIN_WORDS, SECRET_PAIRS, is_secret, words_of

MASK = "********"
Span = tuple[int, int]

#: Secrets by their form, whatever is said of them: private keys, JWTs, crypt hashes, logins in addresses.
_FORMS = re.compile(
    r"-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY-----(?P<key>(?:[^-]|-(?!----))*)"
    r"|(?<![\w-])(?P<jwt>eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?)"
    r"|\$(?:[1256y]|2[abxy]|apr1|argon2id?)\$(?P<hash>[./\w$=,+-]{8,})"
    r"|://[^\s/@:]{0,100}:(?P<login>[^\s/@]{1,200})@"
    r"|(?<![\w-])(?P<token>(?:gh[pousr]_|glpat-|xox[abeprs]-|sk_live_|tbpat_|AKIA|dop_v1_|hvs\.)[\w-]{12,})"
    r"|otpauth://(?P<otp>\S{1,500})"
)
#: A word that may be the name of a secret, or a part of one.
_NAME = re.compile(rf"[\w\u200c-]{{2,{LONGEST_NAME}}}")
#: Second words of names of two.
_SECOND = frozenset(pair.split()[1] for pair in SECRET_PAIRS) | listed(
    "key عبور واژه خصوصی امنیتی تایید یکبار المرور السر"
)
#: What may stand between a name and its value, from the end of the name on.
_REACH = 120
_BETWEEN = re.compile(r"(?:[\s\"'`_()\[\]{}«»\u201c\u201d\u201e‹›\\>]|\*{1,3}(?!\*)|&nbsp;|&quot;|&#0?39;)+")
_TAG = re.compile(r"<[^<>]{0,80}>|<!\[CDATA\[")
_SIGN = re.compile(r"[:=：＝→⇒|]|[-=]{1,9}>|(?<=\s)[-–—](?=\s)")
_END = re.compile(r"[.,;!?؟،؛]")
_TOKEN = re.compile(r"[^\s<>\"'«»\u201c\u201d]+")
_NEXT = re.compile(r"\s*([\w\u200c]+)")
#: Table cells and the like, which part a name from its value as a colon does.
_CELL = re.compile(r"</(?:t[dh]|dt|label)\b", re.I)
#: Words that lead from a name to a value; after the first ones, the next word is the value.
_VERBS = listed("is was be equals to as است با برابر به")
_FILLERS = listed("will now has been set changed reset updated new your شما جدید فعلی زیر عبارت از")
#: Persian puts the verb behind the value.
_ENDINGS = listed("است میباشد هست شد")
_SCHEMES = listed("bearer basic token digest negotiate")
_PHRASES = listed("passphrase passphrases phrase mnemonic seed credentials creds عبارت")
_MOST_FILLING = 4
#: Words that say how it is with a secret, and are none.
NO_SECRETS = listed(
    """
    true false none null enabled disabled active inactive available unavailable required optional default basic bearer
    token hidden online offline running stopped open closed unknown expired valid invalid yes no on off
    """
)
_SAID_OF_SECRETS = NO_SECRETS | listed(
    """
    but wrong incorrect missing empty not too already being the a an for and or must should cannot can could may might
    only has have had was were is are be set changed sent reset weak strong short long below above here in on at by
    shown displayed stored encrypted correct accepted rejected refused needed mandatory unset given your you it
    this that which what please see case same different blank necessary used unchanged kept removed masked
    compromised protected forgotten lost their our its if when unless as of with from
    generated visible also still now never always to
    اشتباه نادرست نامعتبر صحیح درست معتبر است الزامی اجباری لازم خالی ضعیف قوی کوتاه بلند منقضی نیست باید را در به از
    و یا که این آن شد شده نشده ارسال تغییر وارد کنید برای شما
    """
)


_folded = functools.lru_cache(maxsize=4096)(fold)


def mask_secrets(text: str) -> str:
    """Return *text* with a mask in place of each secret in it."""
    parts, end = [], 0
    for begin, stop in spans(text):
        parts += [text[end:begin], MASK]
        end = stop
    return "".join([*parts, text[end:]])


def spans(text: str) -> list[Span]:
    """Return where the secrets in *text* stand, in order and without overlaps."""
    if len(text) < 6 or (text.isalnum() and len(text) < 20):
        return []
    found = [match.span(match.lastgroup or 0) for match in _FORMS.finditer(text)]
    found += _introduced(text)
    apart: list[Span] = []
    for begin, end in sorted(found):
        if apart and begin < apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        elif begin < end and text[begin:end].strip("*"):
            apart.append((begin, end))
    return apart


def looks_generated(word: str) -> bool:
    """Return whether a *word* mixes letters with digits or signs as passwords do, and host names or sizes do not."""
    if len(word) < 6 or re.fullmatch(r"[\w-]+(\.[\w-]+)+|[\d.,:/TZ+-]+|.*[/\\].*", word):
        return False
    return bool(re.search(r"[A-Za-z]", word)) and bool(re.search(r"[\d!@#$%^&*+=~]", word))


def _introduced(text: str) -> Iterator[Span]:
    """What stands behind names of secrets."""
    previous = ""
    end = 0
    for match in _NAME.finditer(text):
        if match.start() < end:
            continue
        word = match[0]
        name = word if is_secret(word) else ""
        if not name and _folded(word) in _SECOND and previous:
            name = f"{previous} {word}" if is_secret(f"{previous} {word}") else ""
        previous = word
        if name:
            span = _Introduction(text, match, name).value()
            if span:
                end = span[1]
                yield span


class _Introduction:
    """The name of a secret in a text, and what follows it.

    :ivar sign: a sign such as a colon stands between. :ivar verb: a word such as "is" does. :ivar is_about: a word does
        after which something is said of the secret, such as "changed".
    """

    def __init__(self, text: str, match: re.Match[str], name: str):
        self.text, self.at, self.limit = text, match.end(), match.end() + _REACH
        words = words_of(name)
        self.is_plain = bool(PLAIN_WORDS & set(words)) or len(words) > 1 or not name.isascii()
        self.is_phrase = bool(_PHRASES & set(words))
        element = text[max(0, match.start() - 1) : match.start()] == "<"
        self.sign = element or name.startswith("-")
        self.verb = self.is_about = False
        self.filling = 0

    def value(self) -> Span | None:
        """Return where the value stands; None if there is none."""
        while self.at < min(self.limit, len(self.text)):
            before = self.at
            self._skip()
            token = _TOKEN.match(self.text, self.at, min(self.at + 300, len(self.text)))
            if token is None or (self.at == before and not self.sign):
                return None
            word = _folded(token[0].rstrip(".,;:!?)]}؟،؛"))
            if self.sign and (word in _SCHEMES or word in ("value", "val")):
                self.at = token.end()
            elif self._is_value(token, word):
                return self._extent(token)
            elif not self._goes_on(token, word):
                return None
        return None

    def _skip(self) -> None:
        """Go on to the next word, past blanks, quotes, tags and signs."""
        while True:
            blank = _BETWEEN.match(self.text, self.at)
            tag = _TAG.match(self.text, self.at)
            sign = _SIGN.match(self.text, self.at)
            step = blank or tag or sign
            if step is None or (blank and "\n" in blank[0] and not self.sign):
                return
            self.sign = self.sign or sign is not None or bool(tag and _CELL.match(tag[0]))
            self.at = step.end()

    def _is_value(self, token: re.Match[str], word: str) -> bool:
        if word in PLAIN_WORDS or not word or (self.is_about and not self.verb):
            return False
        if self.sign and self.is_phrase and self.text[token.end() : token.end() + 1] == " ":
            return True
        if self.sign or word in _SAID_OF_SECRETS:
            return word not in _SAID_OF_SECRETS
        if not self.is_plain:
            return False
        if self.verb:
            return word not in _FILLERS | _VERBS
        if self.filling:
            return False
        quoted = self.text[token.start() - 1] in "\"'`«\u201c"
        return quoted or looks_generated(token[0]) or (word.isdigit() and len(word) >= 4) or self._is_predicate(token)

    def _is_predicate(self, token: re.Match[str]) -> bool:
        following = _NEXT.match(self.text, token.end(), token.end() + 20)
        return token[0].isascii() and following is not None and _folded(following[1]) in _ENDINGS

    def _goes_on(self, token: re.Match[str], word: str) -> bool:
        """Whether the value may still follow this word, which is passed."""
        ends = _END.search(self.text, token.end() - 1, token.end())
        self.is_about = self.is_about or word in ABOUT
        stops = word in PLAIN_WORDS or word in ("and", "or") or (word in ABOUT and word not in _FILLERS)
        if self.sign or ends or stops:
            return False
        if word in _VERBS:
            self.verb = True
        elif self.verb and word in _SAID_OF_SECRETS and word not in _FILLERS:
            return False
        elif word not in _FILLERS:
            self.filling += 1
        cut = _SIGN.search(token[0])
        self.at = token.start() + cut.start() if cut else token.end()
        return self.filling <= _MOST_FILLING

    def _extent(self, token: re.Match[str]) -> Span:
        """The whole value: to the quote that closes it, or to the end of the word."""
        begin, end = token.span()
        quote = self.text[begin - 1]
        if quote in "\"'`":
            close = self.text.find(quote, begin, begin + 300)
            if close > 0 and "\n" not in self.text[begin:close]:
                return begin, close
        if self.is_phrase:
            line = self.text.find("\n", begin)
            return begin, line if line >= 0 else len(self.text)
        value = re.split(r"&(?:lt|nbsp|quot|#0?39);", self.text[begin:end])[0]
        return begin, begin + max(1, len(value.rstrip(".,;:)]}،؛")))
