"""The head of a paper's Markdown page: the keys above its first empty line, one line a key."""

from __future__ import annotations

import re

from ..errors import PageError

KEYS = (
    "Title",
    "Date",
    "Date_basis",
    "Published",
    "Category",
    "Authors",
    "Author_count",
    "Tags",
    "Slug",
    "Former_slugs",
    "Arxiv",
    "Arxiv_version",
    "Doi",
    "Venue",
    "Remark",
    "Categories",
    "Organization",
    "Submitter",
    "Keywords",
    "Upvotes",
    "Comments",
    "Links",
    "Blurb",
    "Ai_summary",
    "Digests",
    "Withdrawn",
    "Hidden",
)
"""The converter's own keys, in the order in which they are written."""
_OWN = {key.lower(): key.lower() for key in KEYS} | {key: key.lower() for key in KEYS}
_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")
_BLANK = re.compile(r"\n[ \t]+\n(?!    |[ \t]*\n|[A-Za-z0-9_-]+:)")
RESTORE = "Restore the page from its history, or correct the line."
"""What to do about a page that is not as the converter wrote it."""


def split_page(text: str, path: str) -> tuple[dict[str, str], list[tuple[str, str]], str]:
    """Split a page into the converter's values by key in lower case, further keys, and the body.

    A further key keeps the lines that continue it (indented by four spaces); a value of the
    converter's is one line again.

    Raises:
        PageError: where a line is neither, or a key stands there twice.
    """
    if "\r" in text or text.startswith(("\ufeff", "\n")):
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    if not text.strip():
        raise PageError(path, "the page is empty.", hint=RESTORE)
    head, body = _head_and_body(text)
    own: dict[str, list[str]] = {}
    extra: list[tuple[str, list[str]]] = []
    last: list[str] | None = None
    for number, line in enumerate(head.rstrip("\n").split("\n"), 1):
        key, colon, value = line.partition(":")
        known = _OWN.get(key) or _OWN.get(key.lower())
        if known is not None and colon:
            if known in own:
                raise PageError(path, f"{key!r} stands there twice.", line=number, hint=RESTORE)
            last = own[known] = [value.strip()]
        elif colon and _KEY.match(key):
            last = [value.strip()]
            extra.append((key, last))
        elif line.startswith("    ") and last is not None:
            if not line.isspace():  # written again, it would end the head
                last.append(line.rstrip())
        elif line.strip("-. ") or not line.startswith(("---", "...")):
            message, hint = _odd_line(line, key if colon else "")
            raise PageError(path, message, line=number, hint=hint)
    values = {key: " ".join(map(str.strip, said)).lstrip() for key, said in own.items()}
    return values, [(key, "\n".join(said)) for key, said in extra], body


def _head_and_body(text: str) -> tuple[str, str]:
    """Part a page at its first empty line, or at one of blanks after which no key follows."""
    head, _, body = text.partition("\n\n")
    indented = "\n " in head or "\n\t" in head
    if indented and (blank := _BLANK.search(head)):
        return text[: blank.start()], text[blank.end() :]
    return head, body


def _odd_line(line: str, key: str) -> tuple[str, str]:
    """Say what is wrong with a line of a page's head, and what to do."""
    if not line.strip():
        return "an empty line stands within the keys.", "Remove it."
    if line[0].isspace():
        found = f"expected 'Key: value', found {line.strip()[:40]!r}, indented."
        return found, "Begin lines that go on with a key of yours with four spaces."
    if key:
        letters = "a key has letters from A to Z, digits, '-' and '_'"
        return f"{letters}, and this one is {key[:40]!r}.", "Give it another name."
    return f"expected 'Key: value', found {line[:40]!r}.", RESTORE
