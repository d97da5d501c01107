"""``make doctor``: examine an archive and say what to do about each thing that is found.

Exit code 1 when something must be mended (it is left out, lost or shown wrongly), 0 otherwise. A
line begins with ``mend`` or ``look``; of many alike a few are shown, all with ``ALL=1``.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pelican.settings import read_settings as read_pelican

from .archive.doctor import examine
from .archive.matching import Sources
from .archive.topics import load_taxonomy
from .commands import ended
from .digests import read_folder
from .errors import DaybookError, Refusal
from .report import printable
from .settings import read_settings

_FEW = 10
"""So many findings of a kind are shown."""
_PARTICULARS = re.compile(r"'[^']*'|\([^()]*\)|\d+")


def main(environment: Mapping[str, str], today: dt.date) -> int:
    """Examine the archive of the settings file in the current folder, and give the exit code."""
    try:
        settings = read_settings(read_pelican(str(Path("pelican.conf.py").absolute())))
        sources = Sources(
            read_folder(settings.digests),
            settings.papers,
            settings.metadata,
            load_taxonomy(settings.topics),
            settings.corrections,
            settings.authors,
        )
        found = examine(sources, today)
    except DaybookError as error:
        _say(f"mend  {error}")
        return 1
    for line in render(found, None if environment.get("ALL") else _FEW):
        _say(line)
    return int(any(finding.fatal for finding in found))


def render(found: Sequence[Refusal], most: int | None) -> Iterator[str]:
    """Give the lines, what must be mended first; of more than `most` of a kind only so many."""
    shown: Counter[tuple[bool, str]] = Counter()
    left: Counter[tuple[bool, str]] = Counter()
    for finding in sorted(found, key=lambda finding: not finding.fatal):
        kind = (finding.fatal, _PARTICULARS.sub("", finding.message))
        if most is not None and finding.fatal is False and shown[kind] == most:
            left[kind] += 1
            continue
        shown[kind] += 1
        yield f"{'mend' if finding.fatal else 'look'}  {printable(str(finding))}"
    if left:
        yield f"look  and {left.total()} more of these kinds: `make doctor ALL=1` shows them."
    mend = sum(finding.fatal for finding in found)
    yield (
        f"{mend} to mend, {len(found) - mend} worth a look."
        if found
        else "Nothing to mend: the archive is whole."
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(ended(lambda: main(os.environ, dt.datetime.now(tz=dt.UTC).date())))
