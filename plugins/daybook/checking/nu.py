"""The Nu HTML checker, on some pages of every kind or on all.

https://validator.github.io/validator/ - where Java and the checker are (``npm ci`` brings it).
"""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from .folder import Finding, Folder

JAR = Path("node_modules", "vnu-jar", "build", "dist", "vnu.jar")
POLICY = ".* violates Content Security Policy .*"
"""Passed over: the checker reads from the disk, where 'self' is nobody, and takes JSON-LD for a
script. What the policy lets in and keeps out is another look's business."""
_THEIR_WORDS = (
    "(?s:This document appears to be written in .*|.*Unicode Normalization Form C.*|"
    r".* starts with a composing character\.)"
)
"""Passed over, too: warnings about the texts of papers, which are shown as their authors wrote
them (a title in Chinese, an accent as a sign of its own or before any letter) and make no page
invalid."""
_EACH = 3
"""Pages of a kind that are looked at: the shortest, one from the middle, the longest."""
_AT_ONCE = 2000
"""Pages in one run of Java."""


def checker() -> list[str] | None:
    """Give the command that runs the checker, ``None`` where Java or it is missing."""
    java = shutil.which("java")
    if java is None or not JAR.is_file():
        return None
    return [java, "-Xss8m", "-jar", str(JAR.absolute())]


def sample(folder: Folder) -> list[str]:
    """Choose some pages of every kind; a kind is a folder, or a page that is alone at the base."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for path in folder.archive(".html"):
        inside, _, _ = path.removeprefix(folder.base).rpartition("/")
        kinds[inside or path].append(path)
    chosen: set[str] = set()
    for paths in kinds.values():
        paths.sort(key=lambda path: (folder.sizes[path], path))
        chosen |= {paths[0], paths[len(paths) // 2], paths[-1]} if len(paths) > _EACH else {*paths}
    return sorted(chosen)


def check_with_nu(folder: Folder, paths: Sequence[str]) -> Iterator[Finding]:
    """Have pages judged by the Nu checker, which must be there."""
    command = checker()
    assert command is not None
    for start in range(0, len(paths), _AT_ONCE):
        some = list(itertools.islice(paths, start, start + _AT_ONCE))
        with tempfile.TemporaryDirectory() as name:
            # Under names of its own: a command line must not hold what a page is called.
            for number, path in enumerate(some):
                (Path(name) / f"{number}.html").symlink_to((folder.root / path).absolute())
            done = subprocess.run(
                [
                    *command,
                    "--exit-zero-always",
                    "--format",
                    "json",
                    "--filterpattern",
                    f"{POLICY}|{_THEIR_WORDS}",
                ]
                + [f"{number}.html" for number in range(len(some))],
                cwd=name,
                capture_output=True,
                check=False,
            )
        try:
            messages = json.loads(done.stderr)["messages"]
        except (ValueError, KeyError):
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            yield Finding(".", f"the Nu checker failed: {said[-1] if said else done.returncode}")
            return
        for message in messages:
            stem = Path(str(message.get("url", ""))).stem
            path = some[int(stem)] if stem.isdigit() and int(stem) < len(some) else "."
            yield Finding(path, f"Nu: {message.get('message', '')}", message.get("lastLine"))
