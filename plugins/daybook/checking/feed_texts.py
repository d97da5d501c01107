"""What feeds say in HTML, which feed readers show as it is, most of them without a policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .folder import Folder
from .manners import leaves
from .markup import read_piece

_KEPT = 50_000
"""Texts that are remembered: an abstract is in the feeds of its topics and authors, too."""


@dataclass(slots=True)
class FeedTexts:
    """Looks at texts in HTML, each once."""

    folder: Folder
    _faults: dict[str, str | None] = field(default_factory=dict)

    def fault(self, text: str) -> str | None:
        """Say what is wrong with a text; `None` for nothing."""
        if len(self._faults) > _KEPT:
            self._faults.clear()
        if text not in self._faults:
            self._faults[text] = next(self._judged(text), None)
        return self._faults[text]

    def _judged(self, text: str) -> Iterator[str]:
        page = read_piece(text)
        yield from (fault for fault, _ in page.faults)
        for address, _ in page.loads:
            yield f"loads {address}"
        for address, _ in page.leads:
            if not leaves(self.folder, address) and not address.startswith(self.folder.address):
                yield f"{address!r} is no address outside of the site"
            elif not address.lower().startswith(("https://", "http://", "mailto:")):
                yield f"{address!r} is no address to follow"
