"""Lines whose labels are pictures: '👥 Ada Lovelace', '🔗 https://arxiv.org/abs/2401.00001'.

Where several lines begin with the same picture of those, it is written as the label that it stands
for; the picture before the line above them, a title's, goes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_LABELS = {
    "Authors": "👥👤👨👩🧑✍🖋🖊",
    "Link": "🔗🌐",
    "Published": "📅🗓📆",
    "Organization": "🏛🏢🏫🎓",
    "Code": "💻🐙",
    "Summary": "📝💡🧠📋💬",
}
_LABEL_OF = {sign: label for label, signs in _LABELS.items() for sign in signs}
"""Signs alone: what follows one, as a skin's colour, belongs to it."""
_PICTURE = re.compile(
    r"\s*(?P<sign>[\u2600-\u27bf\U0001f300-\U0001faff])[\u200d\ufe0f\u2600-\u27bf\U0001f300-\U0001faff]*"
    r"\s*(?:(?P<said>[A-Za-z ]{3,20}):\s+)?(?P<rest>\S.*)"
)
_NEEDED = ("Authors", "Link")
_FEWEST = 2


def with_labels(lines: Sequence[str]) -> list[str]:
    """Give lines of which pictures that stand for labels are written as these."""
    found = {n: match for n, line in enumerate(lines) if (match := _PICTURE.fullmatch(line))}
    labels = {n: _LABEL_OF[m["sign"]] for n, m in found.items() if m["sign"] in _LABEL_OF}
    times = Counter(labels.values())
    if max((times[name] for name in _NEEDED), default=0) < _FEWEST:
        return list(lines)
    written = list(lines)
    for place, match in found.items():
        label = labels.get(place)
        if label is None:
            written[place] = match["rest"] if place + 1 in labels else lines[place]
        elif match["said"] is None:
            written[place] = match["rest"] if label == "Summary" else f"{label}: {match['rest']}"
        else:
            written[place] = f"{match['said']}: {match['rest']}"
    return written
