"""What is learned from a whole archive, and the file that keeps it: ``content/learned/terms.txt``.

How rare a term is decides what it says of a paper. Counted anew with every digest, it would change
a little for all papers and so change every page; so it is kept, and renewed by ``make learn``. The
file is text, a line for all terms that begin with the same word, in order, with rarities in steps
so coarse that most lines stay when an archive grows:

    Daybook learned 1
    papers 20000

    terms
    spars 11 attent 17 autoencod 18     'spars' is of rarity 11, the pair 'spars attent' of 17
    sparsif - train 21                  '-': a word that is only the first of pairs

    acronyms
    sae = spars autoencod               several meanings are divided by ' | '

    end
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from ..errors import DigestError, Refusal
from ..plain_files import read_plain_text

VERSION = 1
FILE_NAME = "terms.txt"
STEPS = 2
"""Rarity is counted in halves of a power of two: 2 means that every second paper has the term."""
HIGHEST = 99
UNSTEADY = 1000
"""From so many papers on, a build without the file says so."""

_HEAD = f"Daybook learned {VERSION}"
_SECTIONS = ("terms", "acronyms", "end")
_SHARE = 5000
"""A term is kept if two papers have it, and one of so many."""
_ADVICE = "Run `make learn` to write it anew."


class LearnedError(DigestError):
    """A learned file that is not what it should be."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What an archive's words are worth, and what its acronyms stand for."""

    papers: int
    """How many papers it was learned from."""
    rarities: Mapping[str, int]
    """By term, a fold or two with a space between, in order: `STEPS` times the binary logarithm of
    one in how many papers has it, rounded."""
    acronyms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """As the search learns them: an acronym's meanings, commonest first, as runs of its terms."""
    chosen: bool = False
    """Whether it was read from the file, so that one more digest changes nothing of it."""

    @property
    def rarest(self) -> int:
        """The rarity of a word that is not listed."""
        return rarity_of(least_of(self.papers), self.papers)

    def serves(self, papers: int) -> bool:
        """Tell whether it may be used for an archive of so many papers: at most twice its own."""
        return 2 * self.papers >= papers


def least_of(papers: int) -> int:
    """Give in how many of so many papers a term must be to be kept."""
    return max(2, -(-papers // _SHARE))


def rarity_of(count: int, papers: int) -> int:
    """Give the rarity of what so many of some papers have."""
    return min(HIGHEST, max(0, round(STEPS * math.log2(max(papers, 1) / count))))


def write_learned(learned: Learned) -> str:
    """Give the file's text; the same for the same content."""
    lines = [_HEAD, f"papers {learned.papers}", "", "terms"]
    for first, terms in groupby(learned.rarities, key=lambda term: term.partition(" ")[0]):
        rarities = {term.partition(" ")[2]: learned.rarities[term] for term in terms}
        line = [first, str(rarities.pop("", "-"))]
        lines.append(" ".join([*line, *(f"{word} {rare}" for word, rare in rarities.items())]))
    lines += ["", "acronyms"]
    lines += [f"{short} = {' | '.join(long)}" for short, long in sorted(learned.acronyms.items())]
    lines += ["", "end"]
    return "\n".join(lines) + "\n"


def read_learned(folder: Path) -> Learned | None:
    """Read the file in a folder; ``None`` where there is none.

    Raises:
        LearnedError: naming file and line, for anything that `write_learned` did not write.
    """
    file = folder / FILE_NAME
    name = f"{folder.name}/{FILE_NAME}"
    try:
        text = read_plain_text(file)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise LearnedError(name, f"cannot be read: {why}", hint=_ADVICE) from None
    return parse_learned(text, name)


def parse_learned(text: str, name: str) -> Learned:
    """Read the file's text; `name` is what an error calls the file.

    Raises:
        LearnedError: see `read_learned`.
    """
    papers = 0
    rarities: dict[str, int] = {}
    acronyms: dict[str, list[str]] = {}
    section = "head"
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if number == 1 and line != _HEAD:
            raise _wrong(name, number, line, f"'{_HEAD}'")
        if number == 2:
            papers = _paper_count(line)
            if not papers:
                raise _wrong(name, number, line, "'papers' and how many they were")
        elif line in _SECTIONS and lines[number - 2] == "":
            section = line
        elif section == "terms" and line and not _read_terms(line, rarities):
            raise _wrong(name, number, line, "a word, its rarity or '-', and words with theirs")
        elif section == "acronyms" and line and not _read_acronym(line, acronyms):
            raise _wrong(name, number, line, "an acronym, '=', and its meanings")
    if section != "end":
        raise _wrong(name, len(lines), "", "the line 'end', for the file was cut off")
    return Learned(papers, rarities, acronyms, chosen=True)


def _wrong(name: str, number: int, line: str, expected: str) -> LearnedError:
    return LearnedError(
        name, f"expected {expected}, found {line[:40]!r}", line=number, hint=_ADVICE
    )


def _paper_count(line: str) -> int:
    """Read how many papers; 0 for anything that is no such line."""
    word, _, number = line.partition(" ")
    return int(number) if word == "papers" and number.isascii() and number.isdecimal() else 0


def _read_terms(line: str, rarities: dict[str, int]) -> bool:
    """Read a word's line into `rarities`, and tell whether it is one."""
    words = line.split(" ")
    if len(words) % 2 or not all(words):
        return False
    for word, rarity in zip(words[::2], words[1::2], strict=True):
        term = word if word is words[0] else f"{words[0]} {word}"
        if rarity.isascii() and rarity.isdecimal() and len(rarity) < 3 and term not in rarities:
            rarities[term] = int(rarity)
        elif rarity != "-" or term != words[0]:
            return False
    return True


def _read_acronym(line: str, acronyms: dict[str, list[str]]) -> bool:
    short, equals, long = line.partition(" = ")
    meanings = long.split(" | ")
    if not (short and equals and all(meanings)) or " " in short or short in acronyms:
        return False
    acronyms[short] = meanings
    return True


def recall_learned(folder: Path, papers: int) -> tuple[Learned | None, tuple[Refusal, ...]]:
    """Read what serves an archive of so many papers; ``None`` where it is to be learned afresh.

    What is wrong with the file is a warning: an archive can always be learned from again.
    """
    try:
        learned = read_learned(folder)
    except LearnedError as error:
        message = f"{error.refusal.message}; what it held was learned afresh for this build"
        return None, (replace(error.refusal, message=message, fatal=False),)
    if learned is not None and learned.serves(papers):
        return learned, ()
    if papers <= UNSTEADY:
        return None, ()
    reason = (
        f"was learned from {learned.papers:,} papers, less than half of {papers:,}"
        if learned is not None
        else f"is not there, and there are {papers:,} papers"
    )
    advice = "Run `make learn`: then one more digest leaves most pages as they are."
    return None, (Refusal(f"{folder.name}/{FILE_NAME}", None, reason, advice, fatal=False),)
