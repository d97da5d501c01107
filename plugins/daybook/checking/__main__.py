"""``make check``: verify a built site.

OUTPUT names its folder; NU=all has the Nu checker judge all pages, and NU=none none, instead of
some of every kind.

Prints a line for everything that is wrong and one of figures. The exit code is 0 for a site
without a fault, 1 for one with faults, 2 where there is none.
"""

from __future__ import annotations

import os
import sys
import time

from ..commands import ended
from ..plain_files import at_home
from ..publishing.manifest import MANIFEST
from ..report import printable
from .folder import Folder
from .nu import check_with_nu, checker, sample
from .whole import NOT_AS_BUILT, check

_SHOWN = 200
"""Lines: whoever has more faults than this has one fault many times."""

_OTHERS = 10
"""Files of other hands that are named."""

_CHANGED = (
    "{:,} file{} changed after the build. If a program of yours does that, as one that minifies "
    "pages, let a plugin of Pelican's do it instead (at the signal 'finalized'), before readers' "
    "copies for reading offline are made; else build again: make site"
)


def main() -> int:
    """Check the folder that the environment names."""
    started = time.monotonic()
    root = at_home(os.environ.get("OUTPUT") or "output").absolute()
    which = os.environ.get("NU") or "sample"
    if which not in {"sample", "all", "none"}:
        return _fail(f"NU should be sample, all or none, and is {which!r}")
    if not root.is_dir():
        return _fail(f"there is no folder {root}; build the site first: make site")
    try:
        folder = Folder.of(root)
        findings = list(check(root))
        if which != "none" and checker() is not None:
            paths = folder.archive(".html") if which == "all" else sample(folder)
            findings += sorted(check_with_nu(folder, paths))
            judged = f"{len(paths):,} of them by the Nu checker"
        else:
            judged = "none of them by the Nu checker"
    except OSError as error:
        return _fail(f"{error.filename or root}: {error.strerror}")
    pages = sum(path.endswith(".html") for path in folder.sizes)
    total = sum(folder.sizes.values())
    for finding in findings[:_SHOWN]:
        print(printable(str(finding)))  # noqa: T201
    if len(findings) > _SHOWN:
        print(f"... and {len(findings) - _SHOWN:,} more")  # noqa: T201
    if changed := sum(finding.message == NOT_AS_BUILT for finding in findings):
        print(_CHANGED.format(changed, "" if changed == 1 else "s"))  # noqa: T201
    if folder.others:
        names = ", ".join(folder.others[:_OTHERS])
        more = f" and {left:,} more" if (left := len(folder.others) - _OTHERS) > 0 else ""
        print(printable(f"Published, too, and of other hands than the build's: {names}{more}"))  # noqa: T201
    if not folder.contents:
        print(f"There is no {MANIFEST}, which says what was built: bytes were not compared.")  # noqa: T201
    seconds = time.monotonic() - started
    print(  # noqa: T201
        f"{len(folder.sizes):,} files, {pages:,} pages ({judged}), {total / 1e6:,.1f} MB: "
        f"{len(findings):,} findings in {seconds:.1f} s"
    )
    return 1 if findings else 0


def _fail(reason: str) -> int:
    print(f"Daybook: {reason}", file=sys.stderr)  # noqa: T201
    return 2


if __name__ == "__main__":
    sys.exit(ended(main))
