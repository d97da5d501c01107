"""The little TeX that titles and names carry, as plain Unicode text.

What READ makes of TeX (accents, letters, text commands), and beyond that Greek letters; other
commands keep what stands in their braces and lose their name. It serves identity (two spellings of
one title) and names in addresses, never what is shown.
"""

from __future__ import annotations

import re
import unicodedata

from ..digests.tex import read_tex

_COMMAND = re.compile(r"\\([A-Za-z]+)[ \t]*")
_ESCAPED = re.compile(r"\\([#$%&_{}])")

GREEK = {
    unicodedata.name(chr(point)).rpartition(" ")[2].lower(): chr(point)
    for point in range(0x3B1, 0x3CA)
    if point != 0x3C2
} | {"lambda": "λ"}
"""The names of the Greek letters (Unicode's own 'lamda' too), each with the small letter."""


def plain_tex(text: str) -> str:
    r"""Give TeX text as plain text: ``Poincar\'{e}`` as ``Poincaré``, ``{B}ERT`` as ``BERT``.

    Accents and letters become Unicode, Greek commands their letters, any other command
    disappears and leaves what stands in its braces. Text without a backslash, brace or dollar sign
    comes back as it is.
    """
    if "\\" in text:
        text = read_tex(text, braces=True)
        text = _COMMAND.sub(lambda match: GREEK.get(match[1]) or "", text)
        text = _ESCAPED.sub(r"\1", text)
    if "{" in text or "}" in text:
        text = text.replace("{", "").replace("}", "")
    return text.replace("$", "") if text.count("$") > 1 else text
