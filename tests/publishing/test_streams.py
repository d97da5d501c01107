"""Where a build prints may be closed, full, without columns or left by its reader: it builds."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from .pelican_runs import PROJECT, SETTINGS, Archive, contents


def _built(
    archive: Archive, redirected: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    command = shlex.join([sys.executable, "-m", "daybook.building", "content", "-s", str(SETTINGS)])
    return subprocess.run(
        ["/bin/sh", "-c", f"exec 9>&1; ({command}; echo $? >&9) {redirected}"],
        cwd=PROJECT,
        env=archive.environment(PYTHONPATH=str(PROJECT / "plugins"), **environment),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "redirected",
    [
        ">&-",
        "<&- >&- 2>&-",
        "2>/dev/full",
        ">/dev/full 2>&1",
        pytest.param("2>&1 >/dev/null | true", id="a reader who has gone"),
    ],
)
def test_a_site_is_built_wherever_its_words_go(tmp_path: Path, redirected: str) -> None:
    archive = Archive(tmp_path)
    done = _built(archive, redirected)
    said = done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "0", said
    assert "Traceback" not in said
    assert (archive.output / "index.html").is_file()
    written = contents(tmp_path)
    assert not [path for path, data in written.items() if b"Reading digests in" in data]


def test_a_terminal_that_says_it_has_no_columns_gets_the_report(tmp_path: Path) -> None:
    assert "refused" in _built(Archive(tmp_path), "", COLUMNS="0").stdout
