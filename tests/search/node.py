"""Running the project's JavaScript in Node, as tests and `make query` do."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


def run_node(
    *arguments: str | Path, environment: Mapping[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run Node in the project's folder; the test is skipped where Lunr has not been installed."""
    node = shutil.which("node")
    if node is None or not (PROJECT / "node_modules/lunr/lunr.js").is_file():
        pytest.skip("Node or Lunr is not installed: run `make site` once")
    return subprocess.run(
        [node, *map(str, arguments)],
        cwd=PROJECT,
        env={**os.environ, **(environment or {})},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
