"""The keeper's list: an address a line, comments after ``#``."""

from __future__ import annotations

from pathlib import Path

from ..mail_addresses import mailbox
from .errors import MailError


def read_list(file: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the addresses in their order, each once, and a complaint for each line that is none.

    Raises:
        MailError: where there is no such file.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise MailError(f"The list {file} cannot be read: {error.strerror}") from None
    found: dict[str, str] = {}
    complaints = []
    for number, line in enumerate(text.splitlines(), 1):
        entry = line.partition("#")[0].strip() if not line.strip().startswith("#") else ""
        if not entry:
            continue
        try:
            address = mailbox(entry)
        except ValueError as error:
            complaints.append(f"{file}:{number}: {entry!r:.100} is not {error}")
            continue
        found.setdefault(normalized(address), address)
    return tuple(found.values()), tuple(complaints)


def normalized(address: str) -> str:
    """Give an address as the log knows it: nobody has two mailboxes that differ by case."""
    return address.lower()
