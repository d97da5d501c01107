"""The lines of a newsletter, each with its kind, and every link in them written alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .addresses import is_farewell
from .asides import speakers
from .marks import BOLD, BULLET, DIVIDER, HEADING, REFERENCE, normalize, papers_in, read_references

_UNDERLINE = re.compile("={3,}")
"""What makes a heading of the line above it."""
_HARD_BREAK = " \t\\"
"""What ends a line that Markdown breaks there."""
_SPACES = re.compile(r"\s{2,}")
_FOLDED = re.compile(
    r"(?:<details[^<>]*> ?)?<summary[^<>]*> ?(?:<h([1-6])[^<>]*>)?([^\n]*)</summary>", re.IGNORECASE
)
_HEADING_END = re.compile(r"</h[1-6]>\Z", re.IGNORECASE)
_FEWEST_WORDS = 3
"""Words in bold that are a title."""
_FENCE = re.compile(r"[\s>]*(?:[-*+]\s+)?`{3,}(?![^\n]*://)[^\n]*")
"""What begins or ends code, and links to nothing."""
_STRONG = re.compile(r"</?(?:strong|b)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a newsletter and what kind of line it is."""

    number: int
    kind: str
    """``heading``, ``bullet``, ``row``, ``text``, or ``aside``: who said what follows, and when."""
    depth: int
    """A heading's level, or the white space before anything else."""
    raw: str
    text: str
    """Without the mark of its kind."""


def read_blocks(lines: list[str], begin: int = 0) -> list[Block]:
    """Give the lines that are not blank, with every link written alike."""
    references = read_references(lines)
    blocks: list[Block] = []
    said = speakers(lines)
    for index, written in _written(lines, begin):
        raw = normalize(written.expandtabs(4).rstrip(_HARD_BREAK), references)
        while (quoted := re.match(r"\s{0,3}>\s?", raw)) is not None:
            raw = raw[quoted.end() :]
        text = raw.strip()
        if not text or REFERENCE.fullmatch(lines[index]):
            continue
        named = HEADING.fullmatch(raw) or next(papers_in(text), None)
        if is_farewell(text) and not named:
            continue
        if _UNDERLINE.fullmatch(text):
            above = blocks[-1] if blocks and blocks[-1].number == index else None
            if above is not None and above.kind == "text":
                blocks[-1] = replace(above, kind="heading", depth=1)
            continue
        indent = len(raw) - len(raw.lstrip())
        if not text.startswith("|"):  # In a table's cell two spaces can end a title.
            text = _SPACES.sub(" ", text)
        raw = raw[:indent] + text
        if "<summary" in text and (folded := _folded_heading(text)):
            raw = text = folded
        if index in said:
            blocks.append(Block(index + 1, "aside", 0, raw, text))
        elif text.startswith("|") or (text.count("|") > 1 and _is_row(lines, index)):
            blocks.append(Block(index + 1, "row", indent, raw, text))
        else:
            blocks.append(_block(index + 1, indent, raw, text))
    return blocks


def _block(number: int, indent: int, raw: str, text: str) -> Block:
    if heading := HEADING.fullmatch(raw):
        return Block(number, "heading", len(heading[1]), raw, heading[2].rstrip("# "))
    if bullet := BULLET.fullmatch(raw):
        return Block(number, "bullet", indent, raw, bullet[2].strip())
    return Block(number, "text", indent, raw, text)


def _folded_heading(text: str) -> str | None:
    """Give what is folded as a heading, where it is called by one or by a paper's title."""
    match = _FOLDED.fullmatch(text)
    if match is None:
        return None
    words = _HEADING_END.sub("", _STRONG.sub("**", match[2].strip())).strip()
    if match[1]:
        return "#" * int(match[1]) + f" {words}"
    bold = BOLD.match(words)
    titled = bold is not None and len((bold[1] or bold[2]).split()) >= _FEWEST_WORDS
    return f"###### {words}" if titled or next(papers_in(words), None) else None


def _written(lines: list[str], begin: int) -> Iterator[tuple[int, str]]:
    """Give the lines with their places: bold words on one line, and no BibTeX in between."""
    quoting = joined = False
    for index in range(begin, len(lines)):
        line, following = lines[index], lines[index + 1] if index + 1 < len(lines) else ""
        if "```" in line:
            was_quoting, quoting = quoting, not quoting and _is_bibtex(lines, index + 1)
            if was_quoting or joined or _FENCE.fullmatch(line):
                joined = False
                continue
            line = line.replace("```", "")
        if quoting or joined:
            joined = False
            continue
        if line.count("**") % 2 and following.count("**") % 2:
            line, joined = f"{line.rstrip()} {following.lstrip()}", True
        yield index, line


def _is_bibtex(lines: list[str], index: int) -> bool:
    """Whether the code that begins there asks to be cited."""
    return any(re.match(r"\s*@\w+\s*\{", line) for line in lines[index : index + 2])


def _is_row(lines: list[str], index: int) -> bool:
    """Whether a line with bars but none before it belongs to a table: one has a divider.

    So does one that a row stands right above.
    """
    around = lines[max(index - 1, 0) : index + 2]
    above = lines[index - 1].strip() if index else ""
    if above.startswith("|") and above.endswith("|"):
        return True
    return any(DIVIDER.fullmatch(line.strip()) and "|" in line for line in around)
