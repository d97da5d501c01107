"""What the wheel carries (that a blog can use it: tests/test_pelican_blog.py)."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from daybook.scripts import sources

from ..sites import PROJECT, run

BUILD = (sys.executable, "-m", "build", "--wheel", "--no-isolation")


def test_the_wheel_carries_all_that_a_blog_needs_and_nothing_else(tmp_path: Path) -> None:
    done = run(*BUILD, "--outdir", tmp_path, PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("daybook-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"daybook/lunr.min.js", "daybook/topics.toml"} <= names
    assert {f"daybook/minified/{path}" for path in sources()} <= names
    for folder in ("templates", "static"):
        theme = PROJECT / "theme" / folder
        carried = {
            f"daybook/theme/{folder}/{path.relative_to(theme)}" for path in theme.rglob("*.*")
        }
        assert carried <= names
    assert all(name.startswith(("daybook/", "daybook-")) for name in names)
    assert not [name for name in names if "__pycache__" in name]


def test_without_lunr_a_wheel_says_how_to_get_it(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        (tmp_path / name).write_bytes((PROJECT / name).read_bytes())
    for name in ("plugins", "theme", "content"):
        (tmp_path / name).symlink_to(PROJECT / name)
    done = run(*BUILD, tmp_path, cwd=tmp_path)
    assert done.returncode != 0
    assert "make wheel" in done.stdout + done.stderr
