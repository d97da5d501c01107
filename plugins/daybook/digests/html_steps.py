"""Pages of HTML handed over element by element, in steps, so that a heavy one can be left early."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

DEEPEST = 500
"""Elements inside each other."""
MOST_ELEMENTS = 1_000_000
"""Each takes about 600 bytes of memory and 25 microseconds."""

_STEP = 1 << 16


def hand_over(text: str, target: Any, goes_on: Callable[[], bool]) -> bool:
    """Have lxml tell a target of a page's elements; false where it was left before its end.

    Args:
        text: the page.
        target: see https://lxml.de/parsing.html#the-target-parser-interface; what it raises ends
            the page, too.
        goes_on: asked after every step.
    """
    parser = etree.HTMLParser(target=target, encoding="utf-8", recover=True)
    data = text.encode("utf-8", "replace")
    try:
        for place in range(0, len(data), _STEP):
            parser.feed(data[place : place + _STEP])
            if not goes_on():
                return False
        parser.close()
    except etree.ParserError:
        pass
    return True
