"""The lines of a newsletter, each with its kind, and every link in them written alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .addresses import is_farewell
from .asides import quoted_headers, speakers
from .marks import (
    BOLD,
    BULLET,
    DIVIDER,
    HEADING,
    LINK,
    REFERENCE,
    is_worded,
    normalize,
    papers_in,
    plain,
    read_references,
)
from .shielding import unshielded

_UNDERLINE = re.compile("={3,}|-{3,}")
"""What makes a heading of the line above it: hyphens where they are as long as it."""
_AS_LONG = 3
"""Characters by which hyphens may be longer or shorter than what they underline."""
_HARD_BREAK = " \t\\"
"""What ends a line that Markdown breaks there."""
_TASK = re.compile(r"\A(\s*(?:[-*+]|\d{1,3}[.)])\s+)\[[ xX/>-]\]\s+")
_TASK_DAY = re.compile(r"\s[✅📅➕⏳🛫❌]\ufe0f? ?\d{4}-\d{2}-\d{2}")
"""When a task was done, is due or was noted: no day of a paper's."""
_CITED = re.compile(
    r"\A(\s*(?:[-*+]|\d{1,3}[.)])\s+)\[{0,2}@[A-Za-z][\w:.-]*\d{2}[\w:.-]*\]{0,2}\s+"
)
"""The key by which a list's paper is cited, before its title."""
_SPACES = re.compile(r"\s{2,}")
_FOLDED = re.compile(
    r"(?:<details[^<>]*> ?)?<summary[^<>]*> ?(?:<h([1-6])[^<>]*>)?([^\n]*)</summary>", re.IGNORECASE
)
_HEADING_END = re.compile(r"</h[1-6]>\Z", re.IGNORECASE)
_APPEARED = re.compile(r"(?:[A-Z][\w&-]{0,20},? ){0,5}[A-Z][\w&-]{0,20} ?(?:19|20)\d{2}")
"""A venue and its year."""
_FEWEST_WORDS = 3
"""Words in bold that are a title."""
_FENCE = re.compile(r"[\s>]*(?:[-*+]\s+)?`{3,}(?![^\n]*://)[^\n]*")
"""What begins or ends code, and links to nothing."""
_STRONG = re.compile(r"</?(?:strong|b)>", re.IGNORECASE)


_SLANT = re.compile(r"(?<![^\s(\"“>])\*(?=[^\s*])")
_SLANT_ENDS = re.compile(r"[^*]*(?<=[^\s*])\*(?![\w*])[^*]*")
_LINK_ENDS = re.compile(r"[^\[\]\n]{1,200}\]\(<?https?://")
"""The end of a link whose words a line break parts."""
_STARS = 2
"""Those of an item's mark and of what begins in italics."""
_LONGEST_SLANT = 4
"""Lines of a title."""


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
    said = speakers(lines) | quoted_headers(lines)
    for index, written in _written(lines, begin):
        raw = normalize(_without_task(written.expandtabs(4).rstrip(_HARD_BREAK)), references)
        while (quoted := re.match(r"\s{0,3}>\s?", raw)) is not None:
            raw = raw[quoted.end() :]
        text = raw.strip()
        if not text or REFERENCE.fullmatch(lines[index]):
            continue
        named = HEADING.fullmatch(raw) or next(papers_in(text), None)
        if is_farewell(text) and not named:
            continue
        if _UNDERLINE.fullmatch(text) and _underlined(blocks, lines, index):
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
            if blocks[-1].kind == "heading" and _is_below_title(blocks):
                blocks[-1] = replace(blocks[-1], kind="text", depth=indent)
    return blocks


def _is_below_title(blocks: list[Block]) -> bool:
    """Whether a heading only says where the title leads that is a heading right above it."""
    *_, above, block = [None, *blocks]
    if above is None or above.kind != "heading" or above.depth >= block.depth:
        return False
    links = [link for _, link in papers_in(block.text)]
    beside = unshielded(plain(LINK.sub("", block.text))).strip(" []()|,")
    called = bool(links) and not any(is_worded(link[1]) for link in links)
    said = not beside or _APPEARED.fullmatch(beside) is not None
    return called and said and next(papers_in(above.text), None) is None


def _underlined(blocks: list[Block], lines: list[str], index: int) -> bool:
    """Make a heading of a line with a line of signs below it; whether these need no block.

    Hyphens below a paragraph of several lines, or of another length, end a section.
    """
    line, above = lines[index].strip(), lines[index - 1].strip()
    is_double = line.startswith("=")
    alone = index < 2 or not lines[index - 2].strip()
    if not is_double and not (alone and abs(len(line) - len(above)) <= _AS_LONG):
        return False
    if blocks and blocks[-1].number == index and blocks[-1].kind == "text":
        blocks[-1] = replace(blocks[-1], kind="heading", depth=1 if is_double else 2)
        return True
    return is_double


def _without_task(line: str) -> str:
    """Give a line of a list of things to do as one of a list."""
    if (task := _TASK.match(line)) is not None:
        line = _TASK_DAY.sub("", task[1] + line[task.end() :])
    return _CITED.sub(r"\1", line) if "@" in line else line


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
    slanted = 0
    for index in range(begin, len(lines)):
        if slanted:
            slanted -= 1
            continue
        line, following = lines[index], lines[index + 1] if index + 1 < len(lines) else ""
        if "*" in line and not quoting and (slanted := _slanted_on(lines, index)):
            line = " ".join(
                part.strip() if n else part
                for n, part in enumerate(lines[index : index + slanted + 1])
            )
            yield index, line
            continue
        if "```" in line:
            was_quoting, quoting = quoting, not quoting and _is_bibtex(lines, index + 1)
            if was_quoting or joined or _FENCE.fullmatch(line):
                joined = False
                continue
            line = line.replace("```", "")
        if quoting or joined:
            joined = False
            continue
        opened = line.count("[") > line.count("]") and _LINK_ENDS.match(following) is not None
        if opened or (line.count("**") % 2 and following.count("**") % 2):
            line, joined = f"{line.rstrip()} {following.lstrip()}", True
        yield index, line


def _slanted_on(lines: list[str], index: int) -> int:
    """Give how many lines below go on with words in italics that begin in a line and end there.

    Programs that write mails as plain text break such a title as any other line.
    """
    begun = _SLANT.search(lines[index])
    if begun is None or "*" in lines[index][begun.end() :] or lines[index].count("*") > _STARS:
        return 0
    for place in range(index + 1, min(index + _LONGEST_SLANT, len(lines))):
        if "*" in lines[place]:
            return place - index if _SLANT_ENDS.fullmatch(lines[place]) else 0
        if not lines[place].strip():
            break
    return 0


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
