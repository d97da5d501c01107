"""JSON's values as Python reads them, and what is odd in them: no number, the same name twice.

Numbers such as NaN, the infinities and thousands of digits are read as unknown, control characters
within strings are let through. All of it is told with its line.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any

from ..errors import Refusal
from .json_cut import TITLES

_CONSTANT = re.compile(r"[:\[,]\s*-?(?:NaN|Infinity)\b")
_MOST_DIGITS = 400
MOST_TOLD = 50
"""Places of one kind in a file that have a line each."""
_WINDOW, _WIDER = 2_000, 8
"""Characters that are looked at first for a value within a long text, and how many times as many
next: an error costs Python a look at all that stands before it."""
_LONGEST_WORD = 16
"""Characters of what the end of a window may have cut: a constant, an escape."""
_UNTERMINATED = "Unterminated string"


class JsonReader:
    """Reads JSON values of one file, and collects what is odd in them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.made: list[dict[str, Any]] = []
        self.passed = 0
        """Characters that `value_at` has looked at."""
        self._odd: list[str] = []
        self._twice: list[tuple[str, Any]] = []
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=self._whole,
            parse_float=self._number,
            parse_constant=self._constant,
            strict=False,
        )

    def value_at(self, text: str, place: int) -> tuple[Any, int]:
        """Read the value that begins at a place, in time that grows with its own length.

        Gives where it ends, too. What is odd in one that cannot be read is not told.

        Raises:
            json.JSONDecodeError: where there is none.
            RecursionError: for one that is too deep.
        """
        length = _WINDOW
        before = len(self.made), len(self._odd), len(self._twice)
        while True:
            window = text[place : place + length]
            is_all = place + length >= len(text)
            looked_at = len(window)
            try:
                value, end = self.decoder.raw_decode(window)
                looked_at = end
                if is_all or end < len(window):
                    return value, place + end
            except json.JSONDecodeError as error:
                cut = error.msg.startswith(_UNTERMINATED) or error.pos >= length - _LONGEST_WORD
                looked_at = len(window) if cut else error.pos
                if is_all or not cut:
                    self._forget(*before)
                    raise
            except RecursionError:
                self._forget(*before)
                raise
            finally:
                self.passed += looked_at
            self._forget(*before)
            length *= _WIDER

    def _forget(self, made: int, odd: int, twice: int) -> None:
        del self.made[made:], self._odd[odd:], self._twice[twice:]

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            self._twice += [(k, v) for k, v in pairs if made[k] is not v and made[k] != v]
        self.made.append(made)
        return made

    def _whole(self, digits: str) -> int | None:
        if len(digits) <= _MOST_DIGITS:
            return int(digits)
        self._odd.append(digits)
        return None

    def _number(self, digits: str) -> float | None:
        number = float(digits)
        if math.isfinite(number):
            return number
        self._odd.append(digits)
        return None

    def _constant(self, name: str) -> None:
        self._odd.append(name)

    def told(self, text: str, first_line: int = 1) -> list[Refusal]:
        """Give what was odd since the last time, in a text that begins on a line."""
        odd, twice = [*Counter(self._odd).items()], self._twice
        refusals = [self._odd_number(text, first_line, *each) for each in odd[:MOST_TOLD]]
        refusals += [self._said_twice(text, first_line, *each) for each in twice[:MOST_TOLD]]
        if more := len(odd[MOST_TOLD:]) + len(twice[MOST_TOLD:]):
            titled = any(key.lower() in TITLES for key, _ in twice[MOST_TOLD:])
            refusals.append(more_places(self.path, None, more, fatal=titled))
        self._odd, self._twice = [], []
        return refusals

    def _odd_number(self, text: str, first_line: int, token: str, times: int) -> Refusal:
        if token[-1].isdigit():
            place = text.find(token)
            what = f"a number of {len(token):,} characters" if len(token) > 20 else token
        else:
            match = _CONSTANT.search(text)
            place, what = match.end() if match else 0, token
        often = f" ({times} times in the file)" if times > 1 else ""
        message = f"{what} is no number of a paper's{often}; it was read as unknown."
        line = first_line + text.count("\n", 0, max(place, 0))
        return Refusal(self.path, line, message, "Correct it, or leave it out.", fatal=False)

    def _said_twice(self, text: str, first_line: int, key: str, value: Any) -> Refusal:
        written = (json.dumps(value), json.dumps(value, ensure_ascii=False))
        place = max(text.find(each) for each in written) if isinstance(value, str) else -1
        place = place if place >= 0 else max(text.find(json.dumps(key)), 0)
        said = value if isinstance(value, str) else json.dumps(value, default=str)
        message = f"an object says {key!r} twice; {said[:60]!r} was left for what it says last."
        line = first_line + text.count("\n", 0, place)
        hint = "Give each paper an object of its own."
        return Refusal(self.path, line, message, hint, fatal=key.lower() in TITLES)


def more_places(path: str, line: int | None, count: int, *, fatal: bool) -> Refusal:
    """Say how many more places of a file are like those that were told."""
    message = f"{count:,} more places of the JSON are like those that were told."
    return Refusal(path, line, message, "Correct them, or save the file again.", fatal)
