"""Google Scholar's results, copied from the page as text: title, byline, snippet, what to press.

A byline is 'H Hu, Q Chen - Journal of Looms, 2019 - example.org', as in `scholar_alert`; results
are written under labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .addresses import clean_address
from .identifiers import read_arxiv
from .title_pairs import PAIR
from .wording import one_line

SIGNS = re.compile(
    r"Cited by \d|Related articles|Zitiert von|Ähnliche Artikel|Autres articles|Citado por"
    r"|Artículos relacionados|被引用次数|相关文章|関連記事|인용 횟수"
)
"""What stands below each result, in the languages of most pages."""
ALERTS = re.compile(
    r"(?m)^[\s>|]{0,12}\[(?:PDF|HTML|BOOK|CITATION)\] \S"
    r"|\bscholar\.google\.[a-z.]{2,6}/(?:scholar_(?:url|alerts)|citations\?)"
    r"|^(?:subject:.{0,200})?Google Scholar Alerts?",
    re.IGNORECASE,
)
"""What stands in an alert that is forwarded or copied."""
_QUOTED = re.compile(r"\A[>|\s]+")
_REDIRECTED = re.compile(r"<?(https?://scholar\.google\.[a-z.]{2,6}/scholar_url\?\S{4,3000}?)>?")
_BYLINE = re.compile(
    r"(?P<names>[^\W\d_][^\d:]{2,300}?) [-–] (?:(?P<venue>\S.{0,300}?)[, ] ?)?"
    r"(?P<year>(?:19|20)\d{2})(?: [-–] (?P<host>\S[^:]{2,80}))?"
)
_KIND = re.compile(r"(?:\[[A-Z]{3,9}\](?:\[[A-Z]\])? )+")
"""'[PDF]', '[BOOK][B]' before a title."""
_COPY = re.compile(r"\[[A-Z]{3,9}\] ?[\w.-]+|Full View|\[HTML\]|View it @ .*")
"""Where a copy lies, or the library that has one."""
_PRESSED = re.compile(
    rf"{_COPY.pattern}|(?:\[image: [^\[\]]{{2,30}}\]\s*(?:<[^<>\s]{{4,3000}}>)?\s*){{1,9}}"
    r"|This message was sent by Google Scholar.*|(?:List alerts|Cancel alert|Unsubscribe)\b.{0,200}"
    r"|(?:Save|Twitter|LinkedIn|Facebook)(?:\s*<[^<>\s]{4,3000}>)?"
)
"""What is to be pressed below each."""
_CUT = re.compile(r"…|\.\.\.")
_PREPRINT = re.compile(r"arxiv preprint(?: (?P<arxiv>arxiv:\S+))?|arxiv\b.*", re.IGNORECASE)


def with_results(lines: Sequence[str]) -> list[str]:
    """Give lines of which such results are written under labels, each where it stands."""
    plain = [_QUOTED.sub("", one_line(line.replace("\xa0", " "))) for line in lines]
    bylines = {place: said for place, line in enumerate(plain) if (said := _BYLINE.fullmatch(line))}
    written = list(lines)
    for place, said in bylines.items():
        above = place - 1
        url = ""
        while above >= 0:
            if address := _REDIRECTED.fullmatch(plain[above]):
                url, written[above] = clean_address(address[1]), ""
            elif _COPY.fullmatch(plain[above]) is None:
                break
            above -= 1
        title, own = _parted(plain[above]) if above >= 0 else ("", "")
        if not title or above in bylines or SIGNS.search(title):
            continue
        written[above] = PAIR + title
        written[place] = _labelled(said, own or url)
    pressed = (n for n, line in enumerate(plain) if SIGNS.search(line) or _PRESSED.fullmatch(line))
    for place in pressed:
        written[place] = ""
    return written


def _parted(line: str) -> tuple[str, str]:
    """Give a title and the address that stands behind it in a mail's text."""
    line = _KIND.sub("", line)
    address = _REDIRECTED.search(line)
    if address is None:
        return line, ""
    return line[: address.start()].strip(), clean_address(address[1])


def _labelled(said: re.Match[str], url: str) -> str:
    venue = (said["venue"] or "").strip(" ,")
    preprint = _PREPRINT.fullmatch(venue)
    number = read_arxiv(preprint["arxiv"]) if preprint and preprint["arxiv"] else None
    names, *cut = _CUT.split(said["names"])
    labels = {
        "Authors": f"{names.strip(' ,')} et al." if cut else names,
        "Venue": "" if preprint or _CUT.search(venue) else venue,
        "Published": said["year"],
        "Link": f"[Paper]({url})" if url else "",
        "arXiv": f"[arXiv:{number[0]}](https://arxiv.org/abs/{number[0]})" if number else "",
    }
    return " · ".join(f"{name}: {value}" for name, value in labels.items() if value)
