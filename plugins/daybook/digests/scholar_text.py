"""Google Scholar's results, copied from the page as text: title, byline, snippet, what to press.

A byline is 'H Hu, Q Chen - Journal of Looms, 2019 - example.org', as in `scholar_alert`; results
are written under labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .identifiers import read_arxiv
from .title_pairs import PAIR
from .wording import one_line

SIGNS = re.compile(
    r"Cited by \d|Related articles|Zitiert von|Ähnliche Artikel|Autres articles|Citado por"
    r"|Artículos relacionados|被引用次数|相关文章|関連記事|인용 횟수"
)
"""What stands below each result, in the languages of most pages."""
_BYLINE = re.compile(
    r"(?P<names>[^\W\d_][^\d:]{2,300}?) [-–] (?:(?P<venue>\S.{0,300}?)[, ] ?)?"
    r"(?P<year>(?:19|20)\d{2})(?: [-–] (?P<host>\S[^:]{2,80}))?"
)
_KIND = re.compile(r"(?:\[[A-Z]{3,9}\](?:\[[A-Z]\])? )+")
"""'[PDF]', '[BOOK][B]' before a title."""
_COPY = re.compile(r"\[[A-Z]{3,9}\] ?[\w.-]+|Full View|\[HTML\]|View it @ .*")
"""Where a copy lies, or the library that has one."""
_CUT = re.compile(r"…|\.\.\.")
_PREPRINT = re.compile(r"arxiv preprint(?: (?P<arxiv>arxiv:\S+))?|arxiv\b.*", re.IGNORECASE)


def with_results(lines: Sequence[str]) -> list[str]:
    """Give lines of which such results are written under labels, each where it stands."""
    plain = [one_line(line.replace("\xa0", " ")) for line in lines]
    bylines = {place: said for place, line in enumerate(plain) if (said := _BYLINE.fullmatch(line))}
    written = list(lines)
    for place, said in bylines.items():
        above = place - 1
        while above >= 0 and _COPY.fullmatch(plain[above]):
            above -= 1
        title = _KIND.sub("", plain[above]) if above >= 0 else ""
        if not title or above in bylines or SIGNS.search(title):
            continue
        written[above] = PAIR + title
        written[place] = _labelled(said)
    pressed = (n for n, line in enumerate(plain) if SIGNS.search(line) or _COPY.fullmatch(line))
    for place in pressed:
        written[place] = ""
    return written


def _labelled(said: re.Match[str]) -> str:
    venue = (said["venue"] or "").strip(" ,")
    preprint = _PREPRINT.fullmatch(venue)
    number = read_arxiv(preprint["arxiv"]) if preprint and preprint["arxiv"] else None
    names, *cut = _CUT.split(said["names"])
    labels = {
        "Authors": f"{names.strip(' ,')} et al." if cut else names,
        "Venue": "" if preprint or _CUT.search(venue) else venue,
        "Published": said["year"],
        "arXiv": f"[arXiv:{number[0]}](https://arxiv.org/abs/{number[0]})" if number else "",
    }
    return " · ".join(f"{name}: {value}" for name, value in labels.items() if value)
