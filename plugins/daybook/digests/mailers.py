"""The plain text of newsletters, as the programs that send them write their marks.

Mailchimp begins a heading with two stars, puts a link's address in brackets behind its words, and a
line of hyphens below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .marks import paper_key

_HEADING = re.compile(
    r"\*\* (?P<words>[^*\s][^*\n]{2,300}?)(?: \(<?(?P<url>https?://[^\s()<>]{3,3000})>?\))?\s*"
)
_RULE = re.compile(r"-{10,}\s*")


def with_headings(lines: Sequence[str]) -> list[str]:
    """Give lines of which such headings are Markdown's; each stays where it is."""
    written = list(lines)
    for place, line in enumerate(lines):
        match = _HEADING.fullmatch(line) if line.startswith("** ") else None
        if match is None:
            continue
        ruled = place + 1 < len(lines) and _RULE.fullmatch(lines[place + 1]) is not None
        if match["url"] and paper_key(match["url"]):
            written[place] = f"## [{match['words']}]({match['url']})"
        elif ruled:
            written[place] = f"## {match['words']}"
        if ruled:
            written[place + 1] = ""
    return written
