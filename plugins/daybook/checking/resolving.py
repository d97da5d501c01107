"""Where an address in a file that is no page leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .folder import Finding, Folder, Lost


def led(folder: Folder, path: str, address: str) -> Iterator[Finding]:
    """Follow an address within the site."""
    if folder.is_foreign(address):
        if folder.address:
            yield Finding(path, f"{address} is not of this site")
        return
    if re.match("https?:", address) and not folder.address:
        return
    try:
        folder.leads(path, address)
    except Lost as lost:
        yield Finding(path, f"{address} {lost}")
    except ValueError:
        yield Finding(path, f"{address} is no address")
