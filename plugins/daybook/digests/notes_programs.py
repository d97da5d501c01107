"""What programs for notes and chats write beside papers: Obsidian, Logseq, Org, WhatsApp.

Callouts, embedded files, tags, blocks' names and links into the program itself say nothing of a
paper; properties say what labels do. All of it is written as Markdown has it; lines stay in place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .label_words import LABELS
from .titles import is_day

_CALLOUT = re.compile(r"(\s*(?:>\s?)+)\[![\w -]{1,30}\][+-]?(?:\s+(\S.*)|\s*)")
_EMBEDDED = re.compile(r"!\[\[[^\[\]\n]{1,400}\]\]")
_TAGS = re.compile(
    r"(?<=\S)(?:[ \t]+#[^\W\d][\w/-]{0,60})+"
    r"((?:[ \t]+[✅📅➕⏳🛫❌]\ufe0f? ?\d{4}-\d{2}-\d{2})*[ \t]*)\Z"
)
_BLOCK = re.compile(r"(?<=\S)[ \t]+\^[A-Za-z0-9-]{4,40}[ \t]*\Z")
_PROGRAM = re.compile(
    r"\[([^\[\]\n]{0,80})\]\((?:zotero|obsidian|logseq|mendeley|notion|x-devonthink-item)://"
    r"[^()\s]{0,2000}\)",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(
    r"(?i)(?:open|view|show|read|see|go to|link to|in|my|the|app|pdf|note|item|entry|library|\W"
    r"|zotero|obsidian|logseq|mendeley|notion|devonthink)*"
)
"""What a link into a program says of itself alone."""
_LOGSEQ = re.compile(
    r"\s*(?:[-*] )?(?:collapsed|id|heading|background-color|logseq\.[\w.-]{1,40}"
    r"|(?:created|updated)-at|public|icon):: ?\S.*"
)
_SAID_BY = re.compile(
    r"\s*\u200e?(?:\[(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}),? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:\s?[AaPp]\.?[Mm]\.?)?\]|\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}"
    r"(?:\s?[AaPp]\.?[Mm]\.?)? -) [^:\n]{1,50}: (?=\S)"
)
"""Who said it and when, before the words themselves, as chats are exported."""
_TITLE = re.compile(r"\s+title:: ?(\S.*)")
_DRAWER = re.compile(r"\s*:(?:PROPERTIES|LOGBOOK|END):\s*", re.IGNORECASE)
_FOLD = re.compile(r"(?:<details[^<>]{0,100}>)?\s*<summary>([^\n]{4,120})</summary>")
"""What a fold is called."""
_TAG = re.compile(r"</?\w{1,6}>")
_STRUCK = re.compile(r"(?<!~)~~(?=[^\s~])([^~\n]{1,400})(?<!\s)~~(?!~)")
"""Words that are struck out, as done ones are: they stay what they say."""
_REST_FIELD = re.compile(r"\s{0,8}:([A-Za-z][\w ]{0,30}):[ \t]+(\S.*)")
"""A field in reStructuredText: ':Authors: Ada Lovelace'."""
_INDENT = 9
_PROPERTY = re.compile(r"\s*:([A-Za-z][\w-]{0,30}):[ \t]+(\S.*)")
_PLANNED = re.compile(r"\s*(?:(?:SCHEDULED|DEADLINE|CLOSED): ?[<\[][^<>\[\]]{4,60}[>\]]\s*)+")
TO_DO = r"(?:(?:TODO|DONE|NEXT|WAITING|STARTED|READING|CANCELLED|SOMEDAY) )?"
"""How far one is with what a heading of Org's names."""
_OUTLINE = re.compile(
    rf"(\*{{1,6}}|#{{1,6}}) {TO_DO}"
    r"(?:\[#[A-Z]\] )?(\S.*?)(?:[ \t]+:[\w@:]{1,100}:)?[ \t]*"
)
_ORG = re.compile(r"\A(?:(?i:#\+[a-z_]{3,20}:|\s*:PROPERTIES:\s*\Z)|\*{2,6} (?:TODO|DONE) \S)")
_SAID = frozenset(
    {"author", "authors", "year", "date", "url", "doi", "journal", "venue", "keywords", "abstract"}
    | {"arxiv", "title", "published"}
)
"""Org's properties that speak of a paper."""


def with_notes(lines: Sequence[str]) -> list[str]:
    """Give lines of notes without what only their program knows."""
    if is_outline(lines):
        return [_without_marks(line) for line in _outlined(lines)]
    below = [*lines, ""][1:]
    return [
        "" if _repeats(line, after) else _without_marks(line)
        for line, after in zip(lines, below, strict=True)
    ]


def is_outline(lines: Sequence[str]) -> bool:
    """Whether lines are of Org mode, whose headings begin with asterisks."""
    return any(map(_ORG.match, lines))


def _repeats(line: str, below: str) -> bool:
    """Whether a block's line only says what the property of its title says below it."""
    title = _TITLE.fullmatch(below) if "title::" in below else None
    return title is not None and line.strip().removeprefix("- ").strip("[]") == title[1].strip()


def _without_marks(line: str) -> str:
    if ": " in line and (said := _SAID_BY.match(line)):
        line = line[said.end() :]
    if "[!" in line and (callout := _CALLOUT.fullmatch(line)):
        line = f"{callout[1]}###### {callout[2]}" if callout[2] else ""
    if ":" in line[:_INDENT] and (said := _REST_FIELD.fullmatch(line)):
        line = f"{said[1]}: {said[2]}" if said[1].lower() in LABELS else line
    if "<summary" in line and (fold := _FOLD.fullmatch(line.strip())):
        called = _TAG.sub("", fold[1]).strip()
        line = f"## {called}" if is_day(called) else line
    if "~~" in line:
        line = _STRUCK.sub(r"\1", line)
    if "![[" in line:
        line = _EMBEDDED.sub("", line)
    if "://" in line:
        line = _PROGRAM.sub(_title_of, line)
    if "#" in line:
        line = _TAGS.sub(r"\1", line)
    if "^" in line:
        line = _BLOCK.sub("", line)
    return "" if ":: " in line and _LOGSEQ.fullmatch(line) else line


def _title_of(link: re.Match[str]) -> str:
    """Give a link into a program that says more than where it leads."""
    return "" if _LEADS_IN.fullmatch(link[1]) else link[0]


def _outlined(lines: Sequence[str]) -> list[str]:
    """Write an outline of Org's: its headings, and the properties in its drawers as labels."""
    written = []
    within = False
    for line in lines:
        if _DRAWER.fullmatch(line):
            within = line.strip().upper() == ":PROPERTIES:"
            written.append("")
        elif within and (said := _PROPERTY.fullmatch(line)):
            label = said[1].lower()
            written.append(f"{label}: {said[2]}" if label in _SAID else "")
        elif _PLANNED.fullmatch(line):
            written.append("")
        else:
            within = False
            heading = _OUTLINE.fullmatch(line)
            written.append(f"{'#' * len(heading[1])} {heading[2]}" if heading else line)
    return written
