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
from .markup import read_piece, scheme_of
from .resolving import led

_PARTS = ["text/plain", "text/html"]
_SCHEMES = frozenset(("http", "https", "mailto"))
_STYLED = frozenset(("a <style> in the page",))
"""What mail may have and pages may not: nobody's program loads a style sheet."""
_LINE_END = re.compile(r"(?<!\r)\n|\r(?!\n)")
_ADDRESS = re.compile(r"(?:^|: )(https?://\S+)$", re.MULTILINE)
"""An address as the text gives it: at a line's end, and no word of a paper's."""


def check_newsletter(folder: Folder, path: str, text: str) -> Iterator[Finding]:
    """Look at a newsletter: only the headers that all have, and two parts that lead to the site."""
    if _LINE_END.search(text):
        yield Finding(path, "has lines that do not end as those of mail do: CR LF")
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
        plain, page = (str(part.get_content()).replace("\r\n", "\n") for part in parts)
    except (LookupError, UnicodeError) as error:
        yield Finding(path, f"cannot be read: {error}")
        return
    shown = read_piece(page)
    links = {address for address, _ in shown.leads}
    for address in sorted(links | {*_ADDRESS.findall(plain)}):
        if scheme_of(address) not in _SCHEMES:
            yield Finding(path, f"{address!r} is no address to follow")
        elif folder.address and not leaves(folder, address):
            yield from led(folder, path, address)
    digest = f"{folder.address}/{path.removesuffix('.eml')}.html"
    if folder.address and digest not in links:
        yield Finding(path, "does not lead to the digest that it is of")
    yield from (Finding(path, f"loads {place}") for place, _ in shown.loads)
    for fault, _ in shown.faults:
        if fault not in _STYLED and not fault.startswith("an inline style attribute"):
            yield Finding(path, fault)
