"""Answers kept with their validators, so that a host is only asked whether they still hold.

One file an address, outside the archive's content: a line of JSON (the address, ``ETag``,
``Last-Modified`` and the checksum of what follows), then the answer. All of it may be lost or
damaged at any time; the host is then asked for everything again. Conditional requests:
https://www.rfc-editor.org/rfc/rfc9110#section-13.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..plain_files import write_whole

MOST_ANSWERS = 64
"""So many are kept, the newest; a day's list has about 0.2 MB."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer as it was given, and what to ask with whether it still holds."""

    body: bytes
    validators: Mapping[str, str]
    """The request headers ``If-None-Match`` and ``If-Modified-Since``, as far as known."""


class AnswerCache:
    """The folder of answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def recall(self, address: str) -> Remembered | None:
        """Give what was kept for an address; ``None`` for nothing that can be trusted."""
        try:
            line, _, body = self._file(address).read_bytes().partition(b"\n")
            head = json.loads(line)
            if head["address"] != address or head["sha256"] != hashlib.sha256(body).hexdigest():
                return None
            validators = {
                header: value
                for header, key in (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
                if isinstance(value := head[key], str) and value.isascii() and value.isprintable()
            }
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Remembered(body, validators) if validators else None

    def keep(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Keep an answer that has a validator; a disk that does not let us is no error."""
        etag, modified = headers.get("etag"), headers.get("last-modified")
        if etag is None and modified is None:
            return
        head = {
            "address": address,
            "etag": etag,
            "modified": modified,
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        with suppress(OSError):
            write_whole(self._file(address), json.dumps(head).encode() + b"\n" + body)
            self._forget_oldest()

    def _file(self, address: str) -> Path:
        return self.folder / f"{hashlib.sha256(address.encode()).hexdigest()[:32]}.answer"

    def _forget_oldest(self) -> None:
        files = [(file.stat().st_mtime_ns, file) for file in self.folder.glob("*.answer")]
        for _, file in sorted(files)[:-MOST_ANSWERS]:
            file.unlink(missing_ok=True)
