"""Runs of the real ``pelican`` command over small archives, for the tests of several modules."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from . import forking

PROJECT = Path(__file__).parents[2]
SETTINGS = PROJECT / "pelican.conf.py"

PAPERS = (
    ("2401.00001", "Counting sheep with graph networks", "We count sheep, awake and asleep."),
    ("2401.00002", "A slow proof of a quick lemma", "The lemma was quick. The proof is not."),
    ("2401.00003", "Speech models that listen first", "Listening before speaking helps."),
)


def daily_papers(*papers: tuple[str, str, str], day: str = "2024-01-05") -> str:
    """Give a digest as Hugging Face's API would."""
    return json.dumps(
        [
            {
                "paper": {
                    "id": arxiv,
                    "title": title,
                    "summary": summary,
                    "authors": [{"name": "Ada Example"}, {"name": f"Bo {title.split()[0]}"}],
                    "publishedAt": "2024-01-02T00:00:00.000Z",
                    "upvotes": 3,
                },
                "publishedAt": f"{day}T00:00:00.000Z",
                "title": title,
            }
            for arxiv, title, summary in papers
        ]
    )


class Archive:
    """A folder with digests, pages and a site, and the command that builds it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digests = folder / "my digests"
        self.papers = folder / "papers"
        self.output = folder / "site"
        self.settings_file = SETTINGS
        if not self.digests.is_dir():
            self.digests.mkdir(parents=True)
            self.digest("2024-01-05.json", daily_papers(*PAPERS))

    def digest(self, name: str, text: str) -> Path:
        """Save a digest."""
        path = self.digests / name
        path.write_text(text, encoding="utf-8")
        return path

    def environment(self, **more: str) -> dict[str, str]:
        """Give the environment that ``make site`` would pass."""
        return forking.bare_environment() | {
            "DIGESTS": str(self.digests),
            "PAPERS": str(self.papers),
            "OUTPUT": str(self.output),
            **more,
        }

    def start(
        self,
        *arguments: str,
        settings: Path | None = None,
        cwd: Path = PROJECT,
        group: int | None = None,
        **environment: str,
    ) -> subprocess.Popen[str]:
        """Start a build, in a process group of its own if `group` is 0."""
        file = settings or self.settings_file
        return subprocess.Popen(
            [sys.executable, "-m", "pelican", "-s", str(file), *arguments],
            cwd=cwd,
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            process_group=group,
        )

    def run(
        self,
        *arguments: str,
        settings: Path | None = None,
        cwd: Path = PROJECT,
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        """Build by the command itself, as a keeper does, and wait for the end."""
        with self.start(
            *arguments, settings=settings, cwd=cwd, group=None, **environment
        ) as process:
            stdout, stderr = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def build(
        self,
        *arguments: str,
        settings: Path | None = None,
        cwd: Path = PROJECT,
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        """Build by a fork of a process that has Pelican loaded: twice as fast as `run`."""
        given = ["-s", str(settings or self.settings_file), *arguments]
        return forking.pelican(given, cwd, self.environment(**environment))

    def settings(self, *lines: str) -> Path:
        """Write a settings file: the project's own, and further lines."""
        path = self.folder / "settings.py"
        own = f"own = runpy.run_path({str(SETTINGS)!r}).items()"
        take = "globals().update({name: value for name, value in own if name.isupper()})"
        path.write_text("\n".join(["import runpy", own, take, *lines, ""]), encoding="utf-8")
        return path


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
