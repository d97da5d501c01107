"""Lists of authors, as printed: one name after another, in order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ..records import Entry
from .private import without_mail_address

_AND = re.compile(r",?(?<!\s)\s+(?:and|und|et(?!\s+al\b)|&)\s+|;\s*")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?d|md)\.?", re.IGNORECASE)
_OTHERS = re.compile(
    r"等(?:\s*\d+\s*[人位名].*)?"
    r"|(?:and\s+)?(?:et\.?\s?al|others|\.\.\.|…|\d+ (?:more|others|additional authors?.*))\.?",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[,、，]|(?<=ollaboration): |(?<=ollaborations): ")
"""'The Stork Collaboration: Ada Lovelace' are two."""
_ENDED = re.compile(r"(?<=[a-z]{3})\.\Z")
"""The end of a sentence that names people: 'Ada Lovelace.', not 'Mary Jackson Jr.'."""
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.[ -]?)+(?:,? (?:Jr|Sr|I{2,3})\.?)?")
_MORE = re.compile(r"\s等(?:\s*\d+\s*[人位名].*)?\Z|\S 외 \d+ ?[명인]\Z|\S ほか(?:\d+名)?\Z")
"""'A, B 等 6 位作者', 'A 외 5명': some are left out."""
_NAME = re.compile(r"[^\W\d_a-z][^\d@/:]*\Z")
NO_NAME = re.compile(
    r"\b(?:Their|Its|Our|Your|What|Why|When|Where|How|Does|Not|Towards?|Using|Beyond|Through|Between"
    r"|With|Without|From|For|Via|Of)\b"
)
"""Words of titles, which nobody is called."""
_WHOLE = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,4}")
"""A whole name, where the family comes first and no space stands between."""
_NUMBER = re.compile(r"(?:(?<!\s)\s+)?\(\d+\)")
_SIGNS = "[\u00b9\u00b2\u00b3\u2070\u2074-\u2079*†‡§¶]{1,6}"
_MARKS = re.compile(rf"(?<=[^\W\d_]){_SIGNS}(?:,{_SIGNS}){{0,6}}(?=[\s,;·|&]|\Z)")
"""What leads to where people are: 'Ada Lovelace¹, Grace Hopper²,³*'."""
_NOTE = re.compile(r"(?:(?<!\s)\s+)?\((?:[^()]|\([^()]*\))*\)")


def split_names(text: str) -> tuple[str, ...] | None:
    """Split 'Ada Lovelace, Grace Hopper and Mary Jackson, Jr.' into names; ``None`` if cut short.

    Affiliations in parentheses go; 'Kukla, D., Crampton, A.' are two. A list that ends in 'et al.'
    does not name everyone, and so names no one.
    """
    parts = _AND.split(without_notes(text))
    names: list[str] = []
    pieces = [name for part in parts for name in _COMMA.split(part)]
    for piece in _paired(pieces) or pieces:
        name = " ".join(piece.split())
        if not name:
            continue
        if _SUFFIX.fullmatch(name) and names:
            names[-1] += f" {name}"
        elif _OTHERS.fullmatch(name) or _MORE.search(name) or re.search(r"\bet\.?\s?al\.?$", name):
            return None
        else:
            names.append(name)
    if names:
        names[-1] = _ENDED.sub("", names[-1])
    return tuple(names) or None


def without_notes(text: str) -> str:
    """Give names without what stands in brackets behind them, and signs that lead to it."""
    return _MARKS.sub("", _NOTE.sub("", _MARKS.sub("", text)))


def all_named(names: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Give names, or ``None`` where the last is 'et al.' or the like: nobody is called so."""
    return None if names and _OTHERS.fullmatch(names[-1].strip()) else names


def _paired(pieces: list[str]) -> list[str] | None:
    """Read 'Kukla, D., de Wood, D. J.' as names; ``None`` unless every second piece is initials."""
    pieces = [piece for piece in (" ".join(piece.split()) for piece in pieces) if piece]
    families, initials = pieces[0::2], pieces[1::2]
    if len(families) != len(initials) or not families:
        return None
    if not all(_INITIALS.fullmatch(piece) for piece in initials):
        return None
    if any(_INITIALS.fullmatch(piece) for piece in families):
        return None
    return [f"{given} {family}" for family, given in zip(families, initials, strict=True)]


def is_family_first(text: str) -> bool:
    """Whether a text is built as one name is: 'Family, Given' or 'Family, Given, Jr.'."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[2]):
        del parts[2]
    if len(parts) != 2 or not all(parts) or _AND.search(text):
        return False
    if all(map(_WHOLE.fullmatch, parts)):
        return False
    return not _INITIALS.fullmatch(parts[0].split()[-1])  # 'Lovelace A., Hopper G.' are two.


def is_with_initials(text: str) -> bool:
    """Whether a text is one family's name and initials: 'van den Berg, A.'."""
    family, _, initials = text.partition(",")
    return bool(family.strip()) and _INITIALS.fullmatch(initials.strip()) is not None


def are_names(text: str) -> bool:
    """Whether a text is a list of people and nothing else: short, capitalized, without digits."""
    names = None if NO_NAME.search(text) else split_names(text)
    return names is not None and all(
        len(name) <= 60 and len(name.split()) <= 6 and _NAME.match(name) for name in names
    )


def names_people(text: str) -> bool:
    """Whether a text is people as a reference begins with them: 'Lovelace, Ada, et al.' as well."""
    text = re.sub(r",?(?:(?<!\s)\s+)?(?:and\s+others|et\.?\s?al\.?)\W*\Z", "", text).strip(" .,:")
    return bool(text) and are_names(text)


def forename_first(name: str) -> str:
    """Turn 'Lovelace, Ada' and 'Jackson, Jr., Mary' round; other names stay, 'Ada One, PhD' too."""
    name = without_mail_address(name) or name
    parts = [part.strip() for part in name.split(",")]
    if len(parts) in (2, 3) and all(parts) and _SUFFIX.fullmatch(parts[-1]):
        initials = len(parts) == 2 and " " not in parts[0] and parts[1].isupper()  # 'Berg, MD'
        if not initials:
            return " ".join([*reversed(parts[:-1]), parts[-1]])
    if len(parts) == 2 and all(parts):
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3 and all(parts):
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return " ".join(name.split())


def without_number(name: str) -> str:
    """Give a name without the number that Scopus writes behind it."""
    return _NUMBER.sub("", name).strip()


class AuthorColumns:
    """The columns of authors: how a column divides names says what a comma in it means."""

    def __init__(self) -> None:
        self.places: list[int] = []
        """The columns, the best first."""
        self._divided: Counter[int] = Counter()
        """In how many rows a column divides names by another sign than a comma."""
        self._listed: Counter[int] = Counter()
        """In how many it may hold 'Ada Lovelace, Grace Hopper', or does hold three such."""
        self._single: list[tuple[int, int, str]] = []
        """Of what may be one name: the entry's number, its column and the name."""

    def note(self, number: int, row: list[str]) -> None:
        """Look at the authors of the row of an entry that has a number."""
        filled = (place for place in self.places if place < len(row) and row[place])
        if (place := next(filled, None)) is None:
            return
        text = without_number(row[place])
        turned = [part.count(",") == 1 for part in text.split(" and ")]
        if ";" in text or "|" in text or (len(turned) > 1 and all(turned)):
            self._divided[place] += 1
        elif is_family_first(text):
            self._single.append((number, place, text))
            self._listed[place] += _is_two(text)
        elif text.count(",") > 1:
            self._listed[place] += 1

    def join(self, entries: list[Entry]) -> None:
        """Give the entries whose only author is 'Family, Given' that one author."""
        for number, place, name in self._single:
            if number >= len(entries):
                continue  # The table ended within its row.
            many = self._divided[place]
            unlike = not self._listed[place] and not _is_two(name)  # 'Doe, Jane' in every row.
            if unlike or many > (self._listed[place] if _is_two(name) else 0):
                entries[number] = replace(entries[number], authors=(forename_first(name),))


def _is_two(text: str) -> bool:
    """Whether 'García Márquez, José María' could as well be two people."""
    return all(len(part.split()) > 1 for part in text.split(",")[:2])
