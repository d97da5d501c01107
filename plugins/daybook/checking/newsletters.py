"""Newsletters: messages that the keeper's mail program, or `make mail`, sends to many."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage

from ..mail_addresses import HEADERS
from .folder import Finding, Folder
from .manners import leaves
from .markup import read_piece
from .resolving import led

_PARTS = ["text/plain", "text/html"]
_ADDRESS = re.compile(r"(?:^|: )(https?://\S+)$", re.MULTILINE)
"""An address as the text gives it: at a line's end, and no word of a paper's."""


def check_newsletter(folder: Folder, path: str, text: str) -> Iterator[Finding]:
    """Look at a newsletter: only the headers that all have, and two parts that lead to the site."""
    message = email.message_from_string(text, EmailMessage, policy=email.policy.default)
    found = [name.lower() for name in message.keys()]  # noqa: SIM118
    yield from (Finding(path, f"has a header {name[:40]!r}") for name in {*found} - HEADERS)
    if len({*found}) < len(found) or not {*found} >= {"subject", "message-id", "content-type"}:
        yield Finding(path, "is no newsletter: each header once, and those that all have")
        return
    parts = list(message.iter_parts()) if message.is_multipart() else []
    if [part.get_content_type() for part in parts] != _PARTS or message.defects:
        yield Finding(path, "is cut off: it has no text and HTML")
        return
    try:
        plain, page = (str(part.get_content()) for part in parts)
    except (LookupError, UnicodeError) as error:
        yield Finding(path, f"cannot be read: {error}")
        return
    links = {address for address, _ in read_piece(page).leads}
    for address in sorted(links | {*_ADDRESS.findall(plain)}):
        if folder.address and not leaves(folder, address) and ":" in address:
            yield from led(folder, path, address)
    yield from (Finding(path, f"loads {place}") for place, _ in read_piece(page).loads)
    if read_piece(page).counts.get("script"):
        yield Finding(path, "has a <script>")
