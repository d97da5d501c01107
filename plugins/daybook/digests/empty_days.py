"""Pages that say that there is no paper: an empty day, a login, a page not found, a captcha.

Saved as text they look like a list of one title. What says so is a closed list of beginnings, and
counts only where a file holds nothing else and nothing speaks for a paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..records import Entry

_MOST = 2
"""Entries of such a page at most."""
_LISTED = "papers?|results?|entries|articles?|submissions|items|posts|publications|digests?"
_SAYS = re.compile(
    r"(?:sorry|oops|whoops|uh[ -]oh|hmm+)\b.*"
    r"|(?:there|we) (?:are|is|were|was|have|has|found|could)(?:n['’]t)? ?"
    r"(?:no|not|any|nothing|find)\b.*"
    rf"|(?:sorry, )?no (?:\w+ ){{0,2}}(?:{_LISTED})\b.{{0,80}}"
    r"|nothing (?:here|found|to (?:see|show)|yet|new|matche[sd])\b.*|be the first\b.*"
    r"|(?:please |you (?:must|need to|have to) )?(?:log|sign)[ -]?(?:in|up)\b.*"
    r"|(?:error |http )?[45]\d\d(?:[\s:.–—-]+\D.*)?|(?:page|file|paper|resource)? ?not found\b.*"
    r"|(?:this|the|that|your) (?:page|site|list|day|link|session|connection)\b"
    r".{0,60}\b(?:not|doesn|isn|no longer|empty|expired|moved)\b.*"
    r"|(?:just a|one) moment\b.*|(?:checking|verifying) (?:your|if|that|you)\b.*"
    r"|are you (?:a )?(?:human|robot|bot)\b.*"
    r"|(?:please )?(?:verify|confirm|prove|complete)\b.*\b(?:human|robot|captcha|security)\b.*"
    r"|attention required\b.*|access (?:\w+ ){0,5}denied\b.*|(?:too many requests|rate limit"
    r"|(?:service|temporarily|currently) (?:\w+ )?unavailable|bad gateway|gateway time-?out"
    r"|internal server error|something went wrong|forbidden|unauthorized)\b.*"
    r"|(?:please )?enable (?:javascript|cookies)\b.*|loading\b.{0,20}"
    r"|(?:please )?(?:come|check) back\b.*"
    r"|(?:暂无|没有|暫無|沒有|未找到).{0,20}|.{0,12}(?:ありません|見つかりません|없습니다).{0,4}"
    r"|(?:aucun|keine?|ning[uú]na?|nessuna?|nenhuma?|nie ma)\b.{0,60}",
    re.IGNORECASE | re.DOTALL,
)


def only_says_nothing(entries: Sequence[Entry]) -> bool:
    """Whether the only entries of a file are the words of a page without papers."""
    return 0 < len(entries) <= _MOST and all(
        _SAYS.fullmatch(entry.title.strip(" *_#>.!…")[:300]) is not None and _is_bare(entry)
        for entry in entries
    )


def _is_bare(entry: Entry) -> bool:
    said = (entry.arxiv, entry.doi, entry.authors, entry.author_count, entry.links, entry.venue)
    return not any(said) and entry.published is None and entry.published_day is None
