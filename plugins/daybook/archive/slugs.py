"""The one place that makes names: of pages, authors and digests, for URLs and files.

A name is ASCII (``a-z``, ``0-9``, single hyphens), at most `MOST_BYTES` long, never one
that Windows reserves or the site uses for itself, and unique without regard to case, because it has
no capitals. What it is made of never escapes: no dots, no slashes, no percent signs.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from unidecode import unidecode

from ..digests.wording import UNSEEN
from ..portable_names import DEVICES, LONGEST_NAME, is_device
from .tex import plain_tex

MOST_BYTES = 80
"""Of a name made from a text; a number that makes it unique may add a few."""
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NOT_NAME = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_UNSEEN = re.compile(f"[{UNSEEN}]+")
_LATIN_MARKS = re.compile("([a-z])[\u0300-\u036f]+")
_STROKES = str.maketrans(
    {
        **dict(zip("łŁøØđĐħĦŧŦı", "lLoOdDhHtTi", strict=True)),
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
    }
)
"""Latin letters that no decomposition leads back to what a spelling without accents writes."""
_RESERVED = re.compile(
    rf"(?:{DEVICES}"
    # and what the site calls its own pages:
    r"|index|unsorted|unknown|letter(?:-[a-z0-9]+)?|[a-z0-9-]*-page(?:-[0-9]+)?)\Z"
)
"""Windows' names of devices, and the site's own of its pages."""


_NOT_PORTABLE = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]\Z')


def is_name(text: str) -> bool:
    """Tell whether a text is a name that this module could have made."""
    return (
        len(text) <= MOST_BYTES + 16
        and _NAME.match(text) is not None
        and _RESERVED.match(text) is None
    )


def is_portable(name: str) -> bool:
    """Tell whether a file that a person named, in any script, can be called so on every system."""
    return (
        len(name.encode("utf-8", "surrogatepass")) <= LONGEST_NAME
        and _NOT_PORTABLE.search(name) is None
        and not is_device(name)
    )


def slugify(text: str) -> str:
    """Give the name that a text asks for, or the empty string where it has no letter or digit.

    Other scripts are transliterated, so different texts may give the same name; `Names` sees to it
    that nobody shares one.
    """
    words = _plain_words(text)
    if words is None:
        text = plain_tex(text)
        if not text.isascii():
            text = _transliterate(text)
        text = _APOSTROPHES.sub("", text).lower().replace("&", " and ")
        name = _NOT_NAME.sub("-", text).strip("-")
    else:
        name = "-".join(words)
    if len(name) > MOST_BYTES:
        name = _cut(name)
    while _RESERVED.match(name):  # 'letter' twice: 'letter-x' is a page of the index
        name += "-x"
    return name


def _plain_words(text: str) -> list[str] | None:
    """Give the words in lower case where nothing but spaces, hyphens and points parts them.

    So it is with most names, and takes a third of the time. ``None`` where there is more to see to.
    """
    if not text.isascii():
        return None
    words = text.lower().replace("-", " ").replace(".", " ").split()
    return words if "".join(words).isalnum() else None


def _transliterate(text: str) -> str:
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return unidecode("".join(c for c in text if not "\ud800" <= c <= "\udfff"))


def _cut(name: str) -> str:
    """Cut a name that is too long, between words where that leaves half of it."""
    cut = name[: MOST_BYTES + 1].rpartition("-")[0]
    return cut if len(cut) > MOST_BYTES // 2 else name[:MOST_BYTES].rstrip("-")


@lru_cache(maxsize=1 << 17)  # Asked of every author by the pages and by the search.
def name_of(text: str, *fallbacks: str | None) -> str:
    """Give the name for a text; where it has no letter or digit, for the first fallback that has.

    Where nothing gives a name it is a token that depends on nothing but the text.
    """
    if not fallbacks and text in _recalled:
        return _recalled[text][1]
    for candidate in (text, *fallbacks):
        if candidate and (name := slugify(candidate)):
            return name
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"x-{digest[:12]}"


class Names:
    """Names that are taken, in one folder of the site."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in taken}
        self._next: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._taken

    def take(self, wanted: str) -> str:
        """Take a name, with ``-2``, ``-3`` and so on added where it is taken already."""
        name, number = wanted, self._next.get(wanted, 2)
        while name.casefold() in self._taken:
            name = f"{wanted}-{number}"
            number += 1
        self._next[wanted] = number
        self._taken.add(name.casefold())
        return name


@lru_cache(maxsize=1 << 17)  # Asked of every name, by everything that tells people apart.
def author_key(name: str) -> str:
    """Give what two spellings of one author's name have in common.

    Accents, case, points and what nobody sees go.

    Names in different scripts, or that only a transliteration makes equal, stay different; so do
    names of other scripts that differ in a mark, which is a letter of its own there (ガ and カ).
    """
    if name in _recalled:
        return _recalled[name][0]
    if (words := _plain_words(name)) is not None:
        return " ".join(words)
    folded = plain_tex(_UNSEEN.sub("", name)).translate(_STROKES).casefold()
    if folded.isascii():
        return " ".join(_NOT_NAME.sub(" ", folded).split()) or name
    folded = _LATIN_MARKS.sub(r"\1", unicodedata.normalize("NFKD", folded))
    kept = (c if unicodedata.category(c)[0] in "LNM" else " " for c in folded)
    return unicodedata.normalize("NFC", " ".join("".join(kept).split())) or name


_recalled: Mapping[str, tuple[str, str]] = {}


def recall_names(names: Mapping[str, tuple[str, str]]) -> None:
    """Have `author_key` and `name_of` take these names' from here, from now on.

    They were worked out before, or by another process: the same, without the work.
    """
    global _recalled  # noqa: PLW0603 - as lasting as what the functions remember anyway
    _recalled = names


def name_authors(names: Iterable[str], settled: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give every author's slug, by `author_key`; two authors never share one.

    `names` are taken in their order, so that the first keeps the plain slug: give them by the
    paper's number. `settled` holds slugs given earlier, by key, and is obeyed.
    """
    settled = settled or {}
    taken = Names(settled.values())
    slugs: dict[str, str] = {}
    for name in names:
        key = author_key(name)
        if key not in slugs:
            slugs[key] = settled.get(key) or taken.take(name_of(name))
    return slugs
