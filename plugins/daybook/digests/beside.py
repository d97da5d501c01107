"""What stands beside a paper's title without a label: people, a venue, a date, categories.

'*Ada Lovelace, Grace Hopper.* ICLR 2024.', '_2025-03-12_ · arXiv · `cs.CV`', '[[pdf](..)], 2021.11'
"""

from __future__ import annotations

import re

from .days import find_day
from .issues import PAGES, read_proceedings
from .marks import plain, without_links
from .people import are_names, split_names
from .shielding import unshielded
from .venue_names import NAMES, venue_called

VENUE = re.compile(
    rf"\b((?:Findings of (?:the )?)?(?:{NAMES})"
    r"(?: Asia)?(?: Findings| Workshop)?(?:[' ’-]{0,2}|, )(?:20)?\d{2}(?: Findings)?)\b"
    r"[\s,.)\]*_-]{0,9}",
)
"""Venues that stand beside a title without a label: a closed list, with a year."""
LEADING = re.compile(
    rf"\s*[\[(*_`【\ufdd4]{{1,6}}((?:Findings of (?:the )?)?(?:{NAMES})"
    r"(?: Asia)?(?: Findings| Workshop)?[' ’-]{0,2}(?:20)?\d{2}|arXiv(?: preprint)?[: ,'’]{0,2}"
    r"(?:(?:20)?\d{2}(?:[./-]\d{1,2}){0,2}|\d{4}(?:\.\d{4,5})?)?|\d{4}\.\d{4,5}"
    r"|[^\W\d_][\w'’ -]{1,30} et al\.?,? ?(?:19|20)\d{2})(?:[\])*_`\ufdd5]{1,6}[,:]?\s+"
    r"|】[*_]{0,3}\s*)(?=[\w\"“\[*])",
    re.IGNORECASE,
)
"""The same, marked, before a title: '(*ICLR2025*) A Title'; its place at arXiv, or whose it is."""
_KIND = "submission|spotlight|oral|poster|highlight|workshop|findings|best paper|under review"
LEADING_BARE = re.compile(
    rf"\s*((?:{NAMES})[' ’-]{{0,2}}(?:20)?\d{{2}}(?:(?: (?:{_KIND}))?(?=\s?[,|:]|\s[–—-]\s))"
    rf"|arXiv(?: preprint)?[ '’]{{0,2}}(?:20)?\d{{2}}(?:[./-]\d{{1,2}}){{0,2}}(?=,)|(?:{NAMES})"
    r"['’]\d{2})\s?[,|:–—-]?\s+(?=[\w\"“*])",
)
"""And without marks: 'arXiv 2024.11, A Title', 'ICML'24 A Title'."""
NOTED = re.compile(
    r"\s*[\[(][*_`]{0,2}(?=[^\[\]()]{0,40}\d{2})([^\[\]()*`]{2,45})[*_`]{0,2}[\])][,:]?\s+(?=\S)"
)
"""Whatever has a year, in brackets before a title: '(2023 arXiv)', '[ICLR 2017 Hopper]'."""
_WHEN = re.compile(
    rf"(?<!\d)(?:19|20)\d{{2}}(?!\d)|(?:{NAMES}|arXiv)[ '’‘-]?\d{{2}}(?!\d)", re.IGNORECASE
)


def noted_before(text: str) -> re.Match[str] | None:
    """Give what stands in brackets before a title and says where or when it appeared."""
    noted = NOTED.match(text)
    return noted if noted and _WHEN.search(noted[1]) else None


_ACCEPTED = re.compile(
    r"\b(?:accepted|published|to appear|appears?|oral|spotlight)\b", re.IGNORECASE
)
_OTHER_PAPER = re.compile(
    r"\b(?:submitted|under review|extend(?:ed|s)|extension|version of)\b", re.IGNORECASE
)
_PREPRINT = re.compile(r"\b(?:arxiv|preprint|techrxiv)\b\.?,?(?:\s*(?:19|20)\d{2})?", re.IGNORECASE)
_DATE = re.compile(r"(?<![\w.])((?:19|20)\d{2}[-./](?:1[0-2]|0?[1-9])(?:[-./]\d{1,2})?)(?![\w])")
_DAY = re.compile(
    r"(?:(?:first )?(?:submitted|published|posted|released|announced|uploaded)(?: on| at| in)?"
    r":?\s+)?((?:\d{1,2}(?:st|nd|rd|th)?\s+)?[A-Za-z]{3,9}\.?,?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?"
    r"(?:19|20)\d{2})",
    re.IGNORECASE,
)
"""'Submitted on 5 March 2024', 'March 2024': with a name of a month, which is looked at then."""
_A_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_SAID = re.compile(
    r"\A(?:submitted|published|posted|released|announced|uploaded)(?: on| at| in)?\Z", re.IGNORECASE
)
"""What is left of it where the day is in numbers."""
_CATEGORY = re.compile(
    r"(?<![\w.])(?:(?:cs|stat|math|eess|econ|q-bio|q-fin|cond-mat|astro-ph|physics|nlin)\.[A-Za-z-]{2,18}|hep-\w+|quant-ph|gr-qc)\b"
)
_AWARD = re.compile(r"\b(?:oral|spotlight|poster|highlight)\b", re.IGNORECASE)
_GROUP_WORDS = re.compile(
    r"\b(?:university|universit[àéy]\w*|institut\w*|labs?|laborator\w+|research|inc|team|google|meta"
    r"|microsoft|openai|deepmind|nvidia|journal|nature|science|communications|proceedings"
    r"|transactions|letters|review|conference|workshop|arxiv|preprint)\b",
    re.IGNORECASE,
)
"""Words in the names of who and what is no person."""
_PLACE = re.compile(
    r"(?:,\s*)?(?<![\w*])[*_]((?:[\w&.'’-]+ ){0,9}(?:universit\w+|institut\w*|labs?|laborator\w+"
    r"|college|school|academy|inc|corp|centers?|centres?|department|research|technolog\w+|google"
    r"|microsoft|nvidia|meta|openai|deepmind|ibm|amazon|apple|huawei|cispa|eth|epfl|mit|kaist|inria)\b"
    r"[^*_\n]{0,200})[*_](?![\w*])",
    re.IGNORECASE,
)
"""Where people work, in italics behind their names."""
_PICTURES = re.compile(
    r"\A(?:[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?\s*)+"
)
_LOOKED_AT = 200
_MOST_SMALL = 8
"""Words without a capital in a line's beginning: 'and', 'van der', 'accepted at'."""
_EDGE = " \t.,;:|·•()[]*_`-–—"
_PARTICLE = re.compile(
    r"v[ao]n|de[nrlt]?|del[ae]|dell[ae]|degli|d[iau]|d[ao]s|l[ae]s?|[ae]l|bin|ibn|ben|abu|te[rn]?|zum?"
    r"|zur|[yei]|af|av|st|'t|d'|dit|und|of|the"
)
"""Words of names that begin with a small letter."""
_FIELD_WORDS = re.compile(
    r"\b(?:learning|vision|language|models?|generation|intelligence|robotics|reasoning|detection"
    r"|segmentation|systems|networks?|processing|computing|retrieval|agents|diffusion|data|training"
    r"|alignment|safety|analysis|recognition|understanding|speech|multimodal)\Z",
    re.IGNORECASE,
)
"""Words that end the names of fields, and of few people."""


def names_field(text: str) -> bool:
    """Whether a text ends as the names of fields do, or names what is no person."""
    return _FIELD_WORDS.search(text) is not None or _GROUP_WORDS.search(text) is not None


def venue_of(comment: str) -> str | None:
    """Give the venue that an author's comment names as this paper's own, not as a hope."""
    if _OTHER_PAPER.search(comment):
        return None
    found = VENUE.findall(plain(comment))
    alone = len(found) == 1 and len(comment) - len(found[0]) < len("(oral presentation) ")
    return found[0] if len(found) == 1 and (alone or _ACCEPTED.search(comment)) else None


def read_beside(line: str) -> dict[str, str] | None:
    """Read a line of nothing but people, venue, date, categories and links; else ``None``.

    The keys are those of `label_words.LABELS`.
    """
    small = sum(word[0].islower() for word in line[:_LOOKED_AT].split())
    if small > _MOST_SMALL and "](" not in line[:_LOOKED_AT]:
        return None  # Prose: most lines are, and need no closer look.
    found: dict[str, str] = {}
    text = without_links(line)
    if places := [match[1] for match in _PLACE.finditer(text)]:
        text = _PLACE.sub("", text).replace(";", ",")
        if len(set(places)) == 1:
            found["organization"] = places[0]
    if issue := read_proceedings(text):
        return issue
    text = _PICTURES.sub("", re.sub(r"[`*_]", " ", plain(text)))
    if pages := PAGES.search(text):
        found |= {"published": pages["year"]} if pages["year"] else {}
        text = text[: pages.start()] + " " + text[pages.end() :]
    if match := VENUE.search(text):
        found["venue"] = match[1]
        text = text[: match.start()] + " " + text[match.end() :]
    if match := _DATE.search(text):
        found["published"] = match[1]
        text = text[: match.start()] + " " + text[match.end() :]
    if categories := _CATEGORY.findall(text):
        found["subjects"] = ", ".join(categories)
        text = _CATEGORY.sub(" ", text)
    text = _AWARD.sub(" ", _PREPRINT.sub(" ", text)) if found or _PREPRINT.search(text) else text
    parts = (_trimmed(" ".join(part.split())) for part in re.split(r"[|·•\[\]]", text))
    left = "|".join(part for part in parts if part and not _is_said(part, found))
    if not left:
        return found
    is_cut = re.search(r"\bet\.? ?al\b|等", left) is not None
    names = ", ".join(left.split("|"))
    if (names == left or not names_field(names)) and not is_cut and _are_people(unshielded(names)):
        return found | {"authors": names}
    return None


def _is_said(part: str, found: dict[str, str]) -> bool:
    """Whether a part is a venue, a day or a month, which is noted, or what is left of one."""
    if "venue" not in found and (venue := venue_called(part)):
        found["venue"] = venue
        return True
    day = _DAY.fullmatch(part)
    date = find_day(day[1]) if day is not None else None
    if day and date and (date.day or _A_DAY.search(day[1]) is None):
        found.setdefault("published", day[1])
        return True
    return "published" in found and _SAID.match(part) is not None


def _trimmed(part: str) -> str:
    """Give a part without what divides it from others; a bracket that began in it ends there."""
    trimmed = part.strip(_EDGE)
    return f"{trimmed})" if trimmed.count("(") > trimmed.count(")") else trimmed


def _are_people(text: str) -> bool:
    """Whether a text is several people's full names, or one's, and not names of fields."""
    names = split_names(text) if are_names(text) else None
    if names is None or not all(2 <= len(name.split()) <= 5 for name in names):
        return False
    if any(
        word[0].islower() and _PARTICLE.fullmatch(word) is None
        for name in names
        for word in name.split()
    ):
        return False  # 'Google's model powering Bard and Google products'
    return len(names) > 1 and not any(_FIELD_WORDS.search(name) for name in names)
