"""The names of people in BibTeX's fields, one 'and' after another, and in BibLaTeX's extended form.

'Lovelace, Ada and {The Group}', and by their parts: 'family=Berg, given=Ada, prefix=van den'
(https://ctan.org/pkg/biblatex, "Data Annotations" and "Name Formats" in its manual).
"""

from __future__ import annotations

import re

from ..errors import Refusal
from ..records import Entry
from .bibtex_customs import without_customs
from .bibtex_marks import unwrapped
from .people import forename_first, is_with_initials
from .tex import read_tex

_OTHERS = frozenset({"others", "et al.", "et al"})
"""In place of the authors that an entry does not name (btxdoc)."""
_PART = re.compile(r"\s*\"?([a-z]+(?:-i)?)\s*=\s*(.*?)\"?\s*", re.DOTALL)
_ORDER = ("given", "prefix", "family", "suffix")
"""The parts of a name as it is printed."""
_HOMONYM = re.compile(r"(?<=\w) 0\d{3}(?=,|\Z)|\A0\d{3}, ?")
"""The number by which DBLP tells people of one name apart: 'Alper Sen 0001', '0001, Alper Sen'."""
_HYPHEN = re.compile(r"(?<=[^\W\d_])(?:--|\\-)(?=[^\W\d_])")
"""'Jean--Pierre', 'Tschai\\-kowski'."""
_MARK = re.compile(r"[{}]|(?<= )and(?=[ ,])|,")


def is_others(name: str) -> bool:
    """Whether a name is none, but stands for authors who are not named."""
    return name.lower() in _OTHERS


def read_names(text: str | None) -> tuple[str, ...] | None:
    """Split 'A and B and {The Group}': braces protect, and 'others' is nobody's name."""
    if not text:
        return None
    names: list[str] = []
    for raw in _people(text):
        if is_others(raw):
            continue
        if parts := _parts(raw):
            name = " ".join(filter(None, (_plain(part) for part in parts)))
        elif name := _plain(_HOMONYM.sub("", unwrapped(raw))):
            whole = raw.startswith("{") and raw.endswith("}") and "," in raw
            names += [name] if whole else _listed(name)
            continue
        if name:
            names.append(name)
    return tuple(names) or None


def _listed(text: str) -> list[str]:
    """Give one name, forename first, or several that have commas in place of 'and'.

    One name has two commas at most, 'Jackson, Jr., Mary' (https://ctan.org/pkg/tamethebeast, 11).
    """
    pieces = [piece for part in text.split(",") if (piece := part.strip()) and not is_others(piece)]
    pairs = [", ".join(pair) for pair in zip(pieces[::2], pieces[1::2], strict=False)]
    if len(pieces) + text.endswith(",") > 2 and all(" " in piece for piece in pieces):
        return pieces  # 'Ada Lovelace, Grace Hopper, Mary Jackson'
    single = all(" " not in piece for piece in pieces)
    if len(pieces) > 3 and len(pieces) % 2 == 0 and (single or all(map(is_with_initials, pairs))):
        return [forename_first(pair) for pair in pairs]
    return [forename_first(text)]


def tell_unnamed(path: str, entry: Entry, text: str | None) -> list[Refusal]:
    """Tell that an entry has more authors than it names ('and others'); those named are kept."""
    last = _people(text or "")[-1:]
    if not entry.authors or last == [] or not is_others(last[0]):
        return []
    what = f"in entry {entry.position}, the list of authors ends in {last[0]!r}: those named were"
    what += f" kept ({len(entry.authors)})."
    hint = "Name all of them, if they should be shown."
    return [Refusal(path, entry.line, what, hint, fatal=False)]


def _plain(text: str) -> str:
    """Give a name as it is printed: with hyphens, and no marks of where it may be cut."""
    return read_tex(_HYPHEN.sub(_hyphen, without_customs(text)), braces=True)


def _hyphen(match: re.Match[str]) -> str:
    return "-" if match[0] == "--" else ""


def _people(text: str) -> list[str]:
    parts = _split(" ".join(text.split()), "and")
    return [name for part in parts if (name := part.lstrip(", "))]


def _parts(raw: str) -> list[str]:
    """Give the parts of a name that says which they are, as they are printed; none of any other."""
    if "=" not in raw:
        return []
    found = [_PART.fullmatch(part) for part in _split(unwrapped(raw), ",")]
    said = {match[1]: match[2] for match in found if match}
    return [said[key] for key in _ORDER if said.get(key)] if said.get("family") else []


def _split(text: str, sign: str) -> list[str]:
    """Split a text where a sign stands outside all braces."""
    parts, depth, at = [], 0, 0
    for match in _MARK.finditer(text):
        if match[0] == sign:
            if depth == 0:
                parts.append(text[at : match.start()].strip())
                at = match.end()
        elif match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
    return [*parts, text[at:].strip()]
