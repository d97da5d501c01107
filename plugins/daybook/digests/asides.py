"""Lines at an address that are no title: who said it when, what is asked of readers, see also.

A chat's log copied as text has 'Bob Miller, 1:05 PM', 'bob — Today at 13:05' or a time alone below
a name; a list asks to be cited, or leads to an address by a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .bullets import leads_on
from .labels import label_of

_CLOCK = re.compile(
    r"(?<![\d:])[012]?\d[:.][0-5]\d(?:[:.][0-5]\d)?(?![\d:])(?:\s?[ap]\.?m\b\.?)?", re.IGNORECASE
)
_DAY = re.compile(
    r"\d{1,4}([./-])\d{1,2}(?:\1\d{2,4})?"
    r"|(?<!\w)(?:(?:to|yester)day|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)|heute|gestern|hier|aujourd['’]hui|hoy|ayer|um|uhr|at|à|a las"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}"
    r"(?:st|nd|rd|th)?,?(?: \d{4})?|edited|app|bot)(?!\w)"
    r"|今天|昨天|上午|下午|오늘|어제|오전|오후|今日|昨日|午前|午後",
    re.IGNORECASE,
)
_SET_OFF = re.compile(r"\s{2,}\S|[,\[(|•·—–-]\s?\S|\A\W*\d")
"""What sets a time off from who is named before it."""
_NAME = re.compile(r"[@<]?[^\W\d][\w.'’-]*(?: [^\W\d][\w.'’-]*){0,3}>?(?: \([^()\d]{2,30}\))?")
_LONGEST_NAME = 40
_ASKED = re.compile(
    r"\b(?:please|pls|kindly|consider|remember to|feel free to|if you|if this|if our)\b.{0,120}"
    r"\b(?:cit(?:e|ing|ation)|star|subscribe|join|follow|contribute)\b"
    r"|\bcite (?:this|our|us|the following|as)\b|请.{0,12}引用|引用してください|인용해"
    r"|\bbitte zitier|\bveuillez citer|\bpor favor,? cit",
    re.IGNORECASE,
)
"""What a list asks of its readers."""
_ASIDE = re.compile(
    r"[\s>*_+•-]*(?:see also|related(?: works?| papers?)?|similar(?: works?| papers?)?|compare"
    r"|cf\.?|follow-?ups?|builds (?:up)?on|based on|extends|background|further reading|prior works?"
    r"|previous works?|predecessors?|successors?|repl(?:y|ies) to|response to|siehe auch|voir aussi"
    r"|ver también|相关论文|相关工作|関連論文|관련 논문)[*_]*\s?[:：]",
    re.IGNORECASE,
)
"""What leads to other papers than the one that a section is about."""

_HEADER = re.compile(
    r"[\s>*_]*(?:(?P<sender>from|von|de|da|van|från|差出人|发件人)"
    r"|(?P<subject>subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|件名|主题)"
    r"|sent|date|to|cc|bcc|reply-to|gesendet|datum|an|kopie|envoyé|à|para|enviado|fecha|cco|inviato"
    r"|a|data|verzonden|aan|skickat|till|送信日時|宛先|发送时间|收件人)[*_]*\s?[:：][*_]*\s*\S.*",
    re.IGNORECASE,
)
_FEWEST_HEADERS = 3


def quoted_headers(lines: Sequence[str]) -> frozenset[int]:
    """Give the places of the headers of older mails, as programs write them above what they quote.

    'From: ...', 'Sent: ...', 'To: ...' and 'Subject: ...' stand right under each other.
    """
    found: set[int] = set()
    run: list[int] = []
    known: set[str | None] = set()
    for place, line in enumerate([*lines, ""]):
        if header := _HEADER.fullmatch(line) if ":" in line or "：" in line else None:
            run.append(place)
            known.add(header.lastgroup)
            continue
        if len(run) >= _FEWEST_HEADERS and {"sender", "subject"} <= known:
            found.update(run)
        run, known = [], set()
    return frozenset(found)


def speakers(lines: Sequence[str]) -> frozenset[int]:
    """Give the places of the lines that say who spoke and when, and nothing else."""
    found: set[int] = set()
    for place, line in enumerate(lines):
        if _CLOCK.search(line) is None or "://" in line or label_of(line) is not None:
            continue
        who = _who(line)
        if who == "" and place and _is_name(lines[place - 1].strip()):
            found |= {place - 1, place}
        elif who == "" or (who and _is_name(who) and _SET_OFF.search(line)):
            found.add(place)
    return frozenset(found)


def _who(line: str) -> str | None:
    """Give what a line with a time says besides time and day."""
    rest = _CLOCK.sub(" ", _DAY.sub(" ", line.strip()))
    return " ".join(rest.strip(" ,;:|•·—–-[]()\t").split())


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NAME and _NAME.fullmatch(text) is not None


def names_others(text: str) -> bool:
    """Whether a line below a paper names others beside it: 'Related: [A Title](...)'."""
    return _ASIDE.match(text) is not None


def leads_to_address(words: str) -> bool:
    """Whether a line above an address is no title: it asks for something, or leads on to it."""
    return _ASKED.search(words) is not None or leads_on(f"{words.rstrip(' :：')} ")
