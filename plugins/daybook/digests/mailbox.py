"""Mailboxes: where in a file each of its messages stands (RFC 4155), and what is odd about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import Refusal

MOST_MESSAGES = 10_000
"""Messages of one mailbox: a list a day for 27 years."""
_ENVELOPE = re.compile(rb"(?m)^From \S+ .*\d{4}$\n(?=[A-Za-z-]+:)")
_TORN_ENVELOPE = re.compile(
    rb"(?m)^(?!From )[^\n]*\b[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}\r?$\n(?=[A-Za-z-]+: )"
)
"""One whose beginning was lost: what stands before it is the message above."""
_HEADERS = re.compile(rb"(?m)^(?:Subject|Date|From): [^\n]*\n(?:Subject|Date|From): ")
_TORN_DATE = re.compile(rb"(?m)^(?!>)[^\n]{0,400}\d{4} \d\d:\d\d:\d\d [+-]\d{4}$")
"""The end of a header's date: quoted mails have a word behind it."""
_APPLE = re.compile(rb"\s*\d{1,9}[ \t]*\n(?=[A-Za-z-]+:)")
"""Apple Mail's files begin with how long the message is, and end with a property list."""
PASSED_ON = re.compile(
    rb"(?i)(?<!-)-{2,}.{0,40}(?:forwarded|original).{0,20}message|begin forwarded message"
)
"""The line that mailers write above an older mail that they pass on."""


def messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give a mailbox's messages, or the only one, each with the number of lines before it."""
    begun = len(data) - len(data.lstrip())
    if apples := _APPLE.match(data):
        begun = apples.end()
        cut = data.rfind(b"<?xml", begun) if data.rstrip().endswith(b"</plist>") else -1
        data = data[:cut] if cut >= 0 else data
    lines = data.count(b"\n", 0, begun)
    between = [match.span() for match in _ENVELOPE.finditer(data)]
    if between:
        between += [(match.end(), match.end()) for match in _TORN_ENVELOPE.finditer(data)]
    for end, after in [*sorted(between), (len(data),) * 2]:
        if (message := data[begun:end]).strip():
            yield lines, message
        lines += data.count(b"\n", begun, after)
        begun = after


def tell_headers_within(path: str, line: int, message: bytes) -> list[Refusal]:
    """Tell headers in the text of a mailbox's message: those of one whose first line was lost."""
    begin = message.find(b"\n\n") + 1
    within = _HEADERS.search(message, begin) or _TORN_DATE.search(message, begin)
    if within is None or PASSED_ON.search(message) or b"\n\n" not in message:
        return []
    line += message.count(b"\n", 0, within.start()) + 1
    what = "the headers of a mail stand within another: it was read as a part of that."
    hint = "See whether a line 'From ...' is missing before them."
    return [Refusal(path, line, what, hint, fatal=False)]


def tell_rest(path: str, line: int, count: int) -> Refusal:
    """Tell that a mailbox has more messages than are read; `line` is where the others begin."""
    message = f"the mailbox holds {count:,} messages; only the first {MOST_MESSAGES:,} were read."
    return Refusal(path, line, message, "Save the others as a file of their own.")


def tell_silent(path: str, lines: list[int]) -> Refusal:
    """Tell of messages in which there is no paper, beside others that have some."""
    if len(lines) == 1:
        message = "a mail without papers in it was passed over."
    else:
        message = f"{len(lines):,} mails without papers in them were passed over, the first here."
    hint = "If there should be some, save that mail as a file of its own."
    return Refusal(path, lines[0], message, hint, fatal=False)
