"""The people with whom a reference begins, in the orders in which styles give their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .people import NO_NAME

_OTHERS = re.compile(
    r"[,;]? ?(?:(?:and|&) others|\bet\.? al\b\.?|(?:and|&) colleagues)[ .,]{0,4}\Z", re.IGNORECASE
)
_LEFT_OUT = re.compile(r",? ?(?:\. ?\. ?\.|…) ?,? ?(?:& ?|and )?")
"""APA's '...' before the last of many authors."""
_EDITORS = re.compile(r"[ ,]{0,3}\(?\beds?\.?\)? ?\Z", re.IGNORECASE)
_PARTICLES = (
    r"(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|zu|zur|st\.?|'t)"
    r"\s+)*"
)
_WORD = r"[^\W\d_a-z][^\W\d_]*(?:['’‐‑-][^\W\d_]+)*"
_INITIALS = r"[^\W\d_a-z]\.(?:[\s‐‑-]{0,2}[^\W\d_a-z]\.)*"
_LONG = r"(?:[dDlLO]['’])?[^\W\d_a-z][^\W\d_]+(?:['’‐‑-][^\W\d_]+)*"
_FAMILY = rf"{_PARTICLES}{_LONG}(?:\s+{_LONG}){{0,2}}"
_SUFFIX = r"(?:Jr|Sr|I{2,3}|IV)\.?"
_IS_FAMILY = re.compile(_FAMILY)
_IS_ONE_FAMILY = re.compile(rf"{_PARTICLES}{_LONG}")
_IS_INITIALS = re.compile(rf"{_INITIALS}(?:\s+{_PARTICLES.rstrip('*')})?")
_IS_GIVEN = re.compile(rf"{_WORD}(?:\s+(?:{_INITIALS}|{_WORD})){{0,3}}|{_INITIALS}(?:\s+{_WORD})?")
_IS_SPOKEN = re.compile(rf"(?:{_INITIALS}\s*|{_WORD}\s+){{1,4}}{_PARTICLES}{_WORD}(?:\s{_SUFFIX})?")
_IS_SHORT = re.compile(rf"{_FAMILY}\s[^\W\d_a-z]{{1,3}}(?:\s{_SUFFIX})?")
_IS_GROUP = re.compile(rf"{_WORD}(?:[\s-](?:{_WORD}|of|and|for|the|&)){{0,7}}")
_ONE_LETTER = re.compile(r"(?<![^\W_])[^\W\d_a-z]\Z")
_AND = re.compile(r"[,;]? (?:and|&|und|et|y) |[,;] ?(?:& ?|and )|, |; ?")
_SHORTEST, _LONGEST = 2, 3000


@dataclass(frozen=True, slots=True)
class People:
    """Who wrote a paper, as a reference says it."""

    names: tuple[str, ...]
    """As they are spoken."""
    is_whole: bool
    """Whether nobody is left out."""
    written: str
    is_short: bool = False
    """Whether initials stand behind the names, without signs."""

    @property
    def is_several(self) -> bool:
        """Whether they are certainly people: several, or one with initials."""
        return len(self.names) > 1 or not self.is_whole or "." in self.names[0]


def read_people(text: str, *, alone: bool = False) -> People | None:
    """Read the names before a title; ``None`` for anything else.

    With `alone` one name of one word may stand there, as a group's does.
    """
    written = text.strip(" ,;:")
    if len(written) > _LONGEST:
        return None
    text = _EDITORS.sub("", written)
    named = _OTHERS.sub("", text)
    cut = _LEFT_OUT.search(named)
    listed = _LEFT_OUT.sub(", ", named).strip(" ,;")
    pieces = [piece for piece in _AND.split(listed) if piece]
    names = _names(pieces, turned="," in listed) if pieces else None
    if names is None and len(pieces) == 1 and (alone or named != text):
        whole = listed.rstrip(".")
        is_group = _IS_GROUP.fullmatch(whole) and NO_NAME.search(whole) is None
        names = [whole] if len(whole) > _SHORTEST and is_group else None
    if names is None:
        return None
    is_whole = named == text and cut is None
    return People(
        tuple(names),
        is_whole,
        written.rstrip("."),
        short_names([piece.rstrip(".") for piece in pieces]) is not None,
    )


def is_one_name(text: str) -> bool:
    """Whether a text is one person's name as it is spoken, and nothing else."""
    spoken = len(text.split()) > 1 and _IS_SPOKEN.fullmatch(text) is not None
    return spoken and NO_NAME.search(text) is None


def _names(pieces: list[str], *, turned: bool) -> list[str] | None:
    """Give the names of pieces, by the first order in which all are names.

    One is only `turned` round at a comma.
    """
    bare = [*pieces[:-1], pieces[-1].rstrip(".")]
    if names := short_names(bare):
        return names
    ended = [*bare[:-1], f"{bare[-1]}."] if _ONE_LETTER.search(bare[-1]) else bare
    return (_turned(ended) if turned else None) or _first_turned(ended) or _spoken(ended)


def _turned(pieces: list[str]) -> list[str] | None:
    """Read 'Lovelace, A., Hopper, G.' and one 'Lovelace, Ada'."""
    names: list[str] = []
    place = 0
    while place + 1 < len(pieces):
        family, given = pieces[place : place + 2]
        alone = len(pieces) == 2 and _IS_ONE_FAMILY.fullmatch(family) and _IS_GIVEN.fullmatch(given)
        if not (alone or (_IS_FAMILY.fullmatch(family) and _IS_INITIALS.fullmatch(given))):
            return None
        place += 2
        suffix = (
            pieces[place] if place < len(pieces) and re.fullmatch(_SUFFIX, pieces[place]) else ""
        )
        place += bool(suffix)
        names.append(f"{given} {family} {suffix}".strip())
    return names if place == len(pieces) else None


def _first_turned(pieces: list[str]) -> list[str] | None:
    """Read 'Lovelace, Ada, Grace Hopper': only the first is turned round."""
    if len(pieces) < 3 or not (_IS_FAMILY.fullmatch(pieces[0]) and _IS_GIVEN.fullmatch(pieces[1])):
        return None
    if _IS_ONE_FAMILY.fullmatch(pieces[0]) is None:
        return None
    others = _spoken(pieces[2:])
    return [f"{pieces[1]} {pieces[0]}", *others] if others else None


def _spoken(pieces: list[str]) -> list[str] | None:
    if len(pieces) == 1 and NO_NAME.search(pieces[0]):
        return None
    names: list[str] = []
    for piece in pieces:
        if names and re.fullmatch(_SUFFIX, piece):
            names[-1] += f" {piece}"
        elif _IS_SPOKEN.fullmatch(piece) and len(piece.split()) <= 6:
            names.append(piece)
        else:
            return None
    return names or None


def short_names(pieces: Sequence[str]) -> list[str] | None:
    """Read 'Lovelace A' and 'Hopper GM'; ``None`` unless all are such."""
    if not all(map(_IS_SHORT.fullmatch, pieces)):
        return None
    parts = (piece.rpartition(" ") for piece in pieces)
    return [f"{'. '.join(initials)}. {family}" for family, _, initials in parts]
