"""The processes that a test has begun."""

from __future__ import annotations

from pathlib import Path

from .publishing import forking


def children() -> list[int]:
    """List them, but for the one that builds for all tests of a worker."""
    found = map(int, Path("/proc/thread-self/children").read_text("ascii").split())
    return [child for child in found if forking.__name__ not in _command(child)]


def _command(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_text("utf-8", errors="replace")
