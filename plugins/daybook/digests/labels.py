"""What a newsletter says of a paper under labels: 'Authors:', '摘要：', '**Published** 2025-03-11'.

The table of labels (`label_words`) is small and closed: another word is text like any other.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..records import Link, PartialDate
from .beside import read_beside
from .citation_people import read_people
from .days import find_day
from .identifiers import read_url
from .issues import read_issue
from .label_words import LABELS
from .marks import (
    BULLET,
    DIVIDER,
    HEADING,
    ITEM,
    LINK,
    is_worded,
    names_authors,
    paper_key,
    papers_in,
    plain,
)
from .own_ids import own_ids
from .people import are_names, split_names
from .shielding import unshielded
from .venue_names import venue_called
from .wording import one_line, paragraphs

_SHOW = re.compile(r"(?:点击)?(?:查看|展开)(?=\S)|(?:show|view|see) (?=abstract|original)")
"""'查看原文摘要', 'View abstract': what a fold asks for."""
_LABELLED = re.compile(r"([^:：{\"]{2,30}?)\s*[:：]{1,2}\s*(.*)")
_BOLD_LABEL = re.compile(r"\s*(?:[-*+•]\s+)?(?:\*\*|__)\s*(\w[\w ]{1,30})\s*(?:\*\*|__)\s+(\w.*)")
_WITHOUT_COLON = frozenset({"authors", "abstract", "published", "venue", "subjects", "keywords"})
_SUMMARY = re.compile(r"<summary>(.{0,200}?)</summary>", re.IGNORECASE | re.DOTALL)
_FOLD = re.compile(r"</?(?:details|blockquote|p|div|center|br)\b[^<>]*>", re.IGNORECASE)
_MARKED = re.compile(rf"\s*(?:#|>\s|\*\*|__|{ITEM}\s)")
_CATEGORY = re.compile(
    r"(?<![\w.])([a-z-]{2,10}\.[A-Za-z-]{2,18}|hep-\w+|quant-ph|gr-qc|math-ph)\b"
)
_BY = re.compile(r"(?:by|von|par|por|(?-i:di)) (\S.*?)\.?", re.IGNORECASE)  # 'Di Wu' is a name.
_LEADING = re.compile(r"\A[^\w(]+")
_LONGEST_LABEL = 20
"""Characters beside a link that stands alone in its line, as 'Paper:' does."""
RULE = re.compile(r"(?:-\s?){3,}|(?:\*\s?){3,}|(?:_\s?){3,}")
_LED = re.compile(
    r"(?<!\w)(?:at|and|or|in|on|see|from|via|to|with|by|und|oder|auf|bei|unter|siehe|et|ou|sur|voir|y|en)"
    r"\s+\[",
    re.IGNORECASE,
)
"""A word that leads to a link says nothing without it."""
_BETWEEN_LINKS = re.compile(r"[\[\]|·•,;]+")
_MARK = 4
"""Characters beside a link that is all of its line: a picture, a bracket."""
_PAPER = re.compile(r"\W*(?:paper|论文|論文|논문) ?\d{0,3}\s*[:：]", re.IGNORECASE)
_TITLE_WORDS = 3
"""Words behind 'Paper:' that are its title."""
_COUNTED = re.compile(r"\A【[^【】]{1,12}】\s*(?=[^\s:：]{1,12}\s?[:：])")
"""'【论文1】标题：': which paper it is, before the label."""
_LAST = re.compile(r"(?<=\w) ?\d{1,3}\s*\Z")
"""'Paper 1:'."""
_PLURAL = re.compile(r"\(s\)(?=\W*\Z)", re.IGNORECASE)
"""'Author(s)'."""
_CHANGED = re.compile(
    r"(?<!\s)\s*[,;·|(]\s*(?:last (?:modified|updated|revised)|revised|updated|modified)\b.*",
    re.IGNORECASE,
)
"""When a page was changed, behind the day on which a paper came out."""
_INVITED = re.compile(
    r"(?:\s)?[(\[](?:\[[^\[\]]{1,80}\]\(https?://[^\s()<>]{1,2000}\)[\s|/,·&]{0,5}){1,9}[)\]][.\s]*\Z"
)
"""'([Read the paper](...) | [Code](...))' behind a sentence."""
_NOTHING = re.compile(
    r"PMC?ID:?\s*(?:PMC)?\d*\W*|Free (?:PMC )?article\W*|\W*bib(?:tex)?\W*", re.IGNORECASE
)
_INITIALS = re.compile(r"[^\W\d_]\s[A-Z]{1,3}(?=[,.;]|\Z)")
"""'Lovelace A, Hopper GM', as PubMed writes names."""
_CLOSING = re.compile(
    r"(?:(?:all )?the best|best(?: regards| wishes)?|(?:kind|warm) regards|regards|cheers|thanks"
    r"|many thanks|yours(?: sincerely)?|sincerely|(?:viele|liebe|beste) grüße|mfg|cordialement"
    r"|saludos)"
    r"[,!.]?",
    re.IGNORECASE,
)
"""How a letter ends: no word of the paper above."""
_HEAD = 2
"""Lines of words after which people and venues are those of somebody else."""
_SEVERAL = re.compile(r"(?<!\s)\s+(?:[·•]|\\?\||[–—])\s+")
_CELLS = re.compile(r"\s*\|([^|]+)\|([^|]*)\|?\s*")
"""A row of a table with a label and a value."""
_LABEL_CELL = range(2, 41)
"""Characters of a label there."""
_MANY = re.compile(r"[;,，、；|]\s*")


class Stated(NamedTuple):
    """What is said of a paper and may be no date, or no identifier of it."""

    dated: str = ""
    ids: Sequence[str] = ()


@dataclass(slots=True)
class Fields:
    """What a section says of its paper."""

    values: dict[str, str] = field(default_factory=dict)
    """The text under each label."""
    rest: list[str] = field(default_factory=list)
    """The lines under none."""
    links: list[Link] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    """What is said to be an identifier of the paper, or an address that has one."""

    @property
    def authors(self) -> tuple[str, ...] | None:
        """All authors as they are spoken; ``None`` where some are left out."""
        text = unshielded(plain(self.values.get("authors", "")))
        people = read_people(text) if _INITIALS.search(text) else None
        return people.names if people and people.is_short else split_names(text)

    @property
    def stated(self) -> Stated:
        """What is said for the paper's date, and for its identifiers."""
        return Stated(_CHANGED.sub("", plain(self.values.get("published", ""))), self.ids)

    @property
    def published(self) -> PartialDate | None:
        """The day, month or year of publication."""
        return find_day(self.stated.dated, year_alone=True)

    def words(self, name: str) -> tuple[str, ...]:
        """Give a list of words, as of keywords."""
        found = (plain(word) for word in _MANY.split(self.values.get(name, "")))
        return tuple(dict.fromkeys(one_line(word) for word in found if word))

    def line(self, name: str) -> str | None:
        """Give a value on one line."""
        text = one_line(plain(self.values.get(name, "")))
        return text if re.search(r"\w", text) else None

    def text(self, name: str) -> str | None:
        """Give a value of several lines."""
        lines = (plain(line) for line in self.values.get(name, "").split("\n"))
        text = paragraphs("\n".join(lines))
        return text if text and is_worded(text) else None

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of arXiv among the subjects."""
        return tuple(dict.fromkeys(_CATEGORY.findall(self.values.get("subjects", ""))))

    @property
    def upvotes(self) -> int | None:
        """The number of votes."""
        match = re.search(r"\d{1,6}", self.values.get("upvotes", ""))
        return int(match[0]) if match else None

    @property
    def blurb(self) -> str | None:
        """Everything that stands under no label, each line a paragraph of its own."""
        words = (_only_words(line) for line in self.rest)
        return paragraphs("\n\n".join(word for word in words if _says_something(word)))


@functools.lru_cache(maxsize=4096)  # Asked of every line, several times over.
def label_of(line: str) -> tuple[str, str] | None:
    """Give the field that a line's label stands for and the text after it; else ``None``.

    Without a colon a label must be marked and stand alone (as a heading, in bold, in a list), or
    be in bold before the people, the abstract and the like.
    """
    text = _COUNTED.sub("", plain(re.sub(r"^\s*#+\s*", "", line)))
    match = None if _is_linked_title(line) else _LABELLED.fullmatch(text)
    if match and (
        name := LABELS.get(_bare(match[1])) or LABELS.get(_bare(_LAST.sub("", match[1])))
    ):
        begin = re.search(r"[:：]{1,2}", line)
        return name, line[begin.end() :].strip().lstrip("*_").strip() if begin else match[2]
    if (bold := _BOLD_LABEL.match(line)) and LABELS.get(_bare(bold[1])) in _WITHOUT_COLON:
        return LABELS[_bare(bold[1])], bold[2]
    name = LABELS.get(_bare(text))
    return (name, "") if name and _MARKED.match(line) else None


def _is_linked_title(line: str) -> bool:
    """Whether a line begins with a title that leads to a paper, '[TL;DR: Too Long](...)'."""
    link = LINK.search(line)
    if link is None or any(map(str.isalpha, line[: link.start()])) or paper_key(link[2]) is None:
        return False
    before, _, after = plain(link[1]).partition(":")
    linking = LABELS.get(_bare(before)) in ("link", "title", "abstract", "authors")
    return len(after.split()) >= _TITLE_WORDS and not linking and is_worded(after)


def titled(line: str) -> str | None:
    """Give what stands under a label as the title of a paper, 'Paper: Where Storks Rest' too."""
    label = label_of(line)
    if label is None:
        return None
    if label[0] == "title":
        return label[1]
    words = label[1]
    if (linked := LINK.fullmatch(words.strip())) and _PAPER.match(plain(line)):
        several = len(linked[1].split()) >= _TITLE_WORDS
        return words if label[0] == "link" and several and is_worded(linked[1]) else None
    if label[0] != "link" or "](" in line or _PAPER.match(plain(line)) is None:
        return None
    is_sentence = words[:1].islower() or words.endswith((".", "。"))
    several = len(words.split()) >= _TITLE_WORDS or not words.isascii()
    return words if several and not is_sentence and is_worded(words) else None


def _bare(text: str) -> str:
    text = _PLURAL.sub("s", text)
    return _SHOW.sub("", re.sub(r"^[\W\d_]+|(?<![\W_])[\W_]+$", "", text).lower())


def read_fields(lines: Iterable[str]) -> Fields:
    """Sort the lines of a section under their labels."""
    fields = Fields()
    current: str | None = None
    begun = ""
    given = list(lines)
    for raw, below in zip(given, [*given, ""][1:], strict=True):
        row = raw.lstrip().startswith("|")
        if row and (DIVIDER.fullmatch(raw.strip()) or DIVIDER.fullmatch(below.strip())):
            continue  # The names of a table's columns, and what divides them from its rows.
        for line in unfolded(raw):
            collect_links(fields, line)
            label = label_of(line)
            if label is not None:
                current, value = label
                begun = line
                if "](" not in value and label_of(f"**{value}**") == (current, ""):
                    value = ""  # 'Subjects: Subjects:', with the value below.
                if current == "summary":  # What it is called says nothing.
                    current = None
                    fields.rest += [value] if value else []
                    continue
                fields.values.setdefault(current, "")
                if value and not fields.values[current]:
                    fields.values[current] = value
            elif current == "abstract" and not (_ends_text(line) or _begins_other(line, begun)):
                fields.values[current] += "\n" + line
            elif current == "keywords" and line.strip() and (item := BULLET.fullmatch(line)):
                listed = fields.values[current]
                fields.values[current] = f"{listed}; {item[2]}" if listed else item[2]
            elif current is not None and not fields.values[current] and line.strip():
                fields.values[current] = line.strip()  # 'Subjects:' with its value below.
            elif line.strip():
                current = None
                _take_rest(fields, line)
        if "</details>" in raw:
            current = None  # What was folded ends here.
    return fields


def _begins_other(line: str, label: str) -> bool:
    """Whether a line is a heading, or an item beside or above the one that a label is."""
    if HEADING.fullmatch(line) is not None:
        return True
    item, above = BULLET.fullmatch(line), BULLET.fullmatch(label)
    return item is not None and above is not None and len(item[1]) <= len(above[1])


def _ends_text(line: str) -> bool:
    """Whether a line is a rule, or a link that leads to the paper and says no more."""
    if RULE.fullmatch(line.strip()):
        return True
    links = list(LINK.finditer(line))
    beside = plain(LINK.sub("", line)).strip(" |·•-–—/:[]()")
    return bool(links) and len(beside) < _MARK and not any(is_worded(link[1]) for link in links)


def _take_rest(fields: Fields, line: str) -> None:
    """Take a line without a label: 'by A, B and C', people and a venue, or words."""
    if _CLOSING.fullmatch(line.strip()):
        return
    if _NOTHING.fullmatch(plain(LINK.sub(" ", line))):
        return
    if (links := _INVITED.search(line)) and not any(map(is_worded, LINK.split(links[0])[1::3])):
        line = line[: links.start()] + line[links.end() :]
    if (issue := read_issue(line)) and not fields.values.get("venue"):
        fields.values |= issue
        fields.ids += [key for key, _ in papers_in(line)]
        return
    if "authors" not in fields.values and (people := people_by(line)):
        fields.values["authors"] = people
        return
    if len(fields.rest) >= _HEAD or not _take_beside(fields, line):
        fields.rest.append(line)


def people_by(line: str) -> str | None:
    """Give the people of 'by A, B and C'; ``None`` for any other line."""
    by = _BY.fullmatch(_LEADING.sub("", plain(line)))
    return by[1] if by and are_names(unshielded(by[1])) else None


def _take_beside(fields: Fields, line: str) -> bool:
    """Take a line of people, a venue, a date; of one that links the paper, too, its first part."""
    people, *parts = _SEVERAL.split(line)
    found = read_beside(line)
    if found is None and parts and next(papers_in(line), None):
        found = read_beside(people)  # 'Ada Lovelace, Grace Hopper · An Institute · [...](...)'
    elif found is not None:
        parts = []
    else:
        people, end, said = line.partition(". ")
        found = read_beside(people) if end and said[:1].isupper() else None
        found = found if found and "authors" in found else None  # 'Ada One, Bo Two. It shows ...'
        parts = [said]
    if found is None or any(fields.values.get(name) for name in found):
        return False
    fields.values |= found
    fields.rest += [" · ".join(parts)] if parts else []
    return True


def unfolded(line: str) -> list[str]:
    """Give a line without the tags that fold it; what they call it becomes a label.

    Several labels in a line become as many lines, and so does a row of a label and its value.
    """
    if "|" in line and (cells := _CELLS.fullmatch(line)):
        name, value = cells[1].strip(), cells[2].strip()
        if len(name) in _LABEL_CELL:
            label = LABELS.get(_bare(plain(name)))
            return [f"{plain(name)}: {value}"] if label else [name, value]
    if (":" in line or "：" in line) and len(parts := _SEVERAL.split(line)) > 1:
        labelled = [label_of(part) is not None for part in parts]
        if any(labelled) and all(_LABELLED.fullmatch(plain(part)) for part in parts):
            return [part for part in parts if part.strip()]
    if "<" not in line:
        return [line]
    line = _SUMMARY.sub(lambda match: f"\n**{plain(match[1])}:**\n", line)
    return _FOLD.sub("\n", line).split("\n") if line.strip() else [line]


def collect_links(fields: Fields, line: str) -> None:
    """Take the links and the identifiers of a line."""
    label = label_of(line)
    kind = label[0] if label and label[0] in ("code", "project") else None
    fields.ids += own_ids(line, label[1] if label and label[0] == "link" else None)
    for link in LINK.finditer(line):
        url, words = read_url(link[2]), plain(link[1]).lower()
        if venue := venue_called(link[1]):
            fields.values.setdefault("venue", venue)
        if url is None or next(papers_in(link[0]), None):
            continue
        if kind or re.match(r"https?://(?:www\.)?(?:github|gitlab)\.com/", url):
            fields.links.append(Link(kind or "code", url))
        elif words in ("project", "project page", "homepage", "website", "主页", "项目主页"):
            fields.links.append(Link("project", url))


def _only_words(line: str) -> str:
    """Leave out links that say no more than 'Paper' or 'Code', in a line of little else."""
    is_prose = _LED.search(line) or len(plain(LINK.sub("", line))) > _LONGEST_LABEL
    words = LINK.sub(lambda link: link[1] if is_prose or is_worded(link[1]) else "", line)
    return plain(re.sub(r"^\s*(?:#+|>)\s*", "", words))


def _says_something(words: str) -> bool:
    """Whether words say more than where links lead: 'DOI | PDF', '[arXiv] [Code]'."""
    said = (word for word in _BETWEEN_LINKS.split(words) if re.search(r"\w", word))
    return any(is_worded(word) or names_authors(word) for word in said)
