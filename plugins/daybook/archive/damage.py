"""Lines that were taken out of the ledger or the provenance file: kept beside it, and told.

``ledger.jsonl.damaged`` has them byte for byte, each once, in the order in which they were found.
Nothing reads it but to say that it is there, with every build, until the keeper has mended the
lines and put them back, or removes it. It is written before the file that lacks them, so that a
build which breaks off in between loses nothing either.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from ..errors import PublishError, Refusal
from ..plain_files import read_plain
from .folder import write_files

SUFFIX = ".damaged"
_ENDS = re.compile(rb"\r\n|\r|\n")
"""As `plain_files.read_plain_text` parts lines."""


def keep_damaged(folder: Path, name: str, numbers: Iterable[int], now: str) -> None:
    """Keep the lines of these numbers, from 1, but for those that the new text `now` has again.

    Raises:
        PublishError: when that cannot be done; nothing was changed then.
    """
    numbers = list(numbers)
    if not numbers:
        return
    lines = _read(folder / name)
    again = {line.encode("utf-8", "replace") for line in now.split("\n")}
    found = [lines[number - 1] for number in numbers if number <= len(lines)]
    before = _read(folder / (name + SUFFIX))
    known = {*before, *again, b""}
    if fresh := [line for line in dict.fromkeys(found) if line.strip() and line not in known]:
        kept = [line for line in before if line] + fresh
        write_files(folder, [(name + SUFFIX, b"\n".join(kept) + b"\n")])


def tell_damaged(folder: Path, names: Collection[str]) -> list[Refusal]:
    """Give a warning for each of these files that has lines beside it which were taken out."""
    told = []
    for name in names:
        if lines := [line for line in _read(folder / (name + SUFFIX)) if line]:
            first = lines[0][:60].decode("utf-8", "replace")
            many = "1 line that was" if len(lines) == 1 else f"{len(lines)} lines that were"
            message = f"it keeps {many} taken out of {name} as damaged, such as {first!r}."
            hint = "Mend what is worth it and put it back, then remove the file."
            told.append(Refusal(name + SUFFIX, None, message, hint, fatal=False))
    return told


def _read(file: Path) -> list[bytes]:
    try:
        return _ENDS.split(read_plain(file))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise PublishError(
            f"{file} cannot be read: {error.strerror}. "
            "Check its permissions, or move it away, and build again; nothing was changed."
        ) from None
