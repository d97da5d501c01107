"""Somebody who edits an archive at random and builds it, and whether the site is as from nothing.

Whole builds by the real command, each a fork of this process: a Python that loads everything would
take four times as long.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

import daybook.catalogue.generator
import daybook.publishing.build
import daybook.search.generator  # noqa: F401 - what every fork needs
import pelican
from daybook.archive.standing import FILE_NAME as STANDING
from daybook.forks import fork
from daybook.learning.remembered import FILE_NAME as RELATED

from .edits import KINDS, SETTINGS, TEMPLATES, change_settings, change_template, papers
from .forking import load_templates
from .pelican_runs import PROJECT, Archive, contents, daily_papers

SMALL_SEGMENTS = (
    "import daybook.learning.relating as r; import daybook.search.segments as s; "
    "r._WORTH_REMEMBERING = s.SMALLEST_STEP = 64"
)
"""A line of settings: the index is cut in two, and cut anew, with a quarter of the usual papers,
and who is related to whom is remembered."""
TOPICS = """
[weighing]
needed = 20
alone = 4

[[topics]]
slug = "lakes"
name = "Lakes"
group = "Made up"
definition = "What some of the made up words are about."
evidence = { 10 = ["alka", "belim", "duro"] }

[[topics]]
slug = "sheep"
name = "Sheep"
group = "Made up"
definition = "What others are about."
evidence = { 10 = ["sheep", "ezka", "cornon"] }
"""
"""A taxonomy of words that `edits.papers` has; Daybook's own takes half as long as all else."""


def forked(arguments: list[str], environment: dict[str, str], file: Path) -> tuple[int, str]:
    """Run Pelican in a fork; give its exit code and what it said, which goes through a file."""
    process = fork()
    if process == 0:
        code = 1
        try:
            with file.open("wb") as stream:
                os.dup2(stream.fileno(), 1)
                os.dup2(stream.fileno(), 2)
            sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
            pelican.console.file = pelican.log.console.file = sys.stdout
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(PROJECT)
            try:
                pelican.main(arguments)
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 1
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), file.read_text("utf-8", "replace")


class Keeper:
    """Somebody who edits an archive and builds it, with all that a build may depend on."""

    def __init__(self, folder: Path) -> None:
        self.archive = Archive(folder)
        self.content = folder / "content"
        self.content.mkdir()
        (self.content / "topics.toml").write_text(TOPICS, encoding="utf-8")
        self.theme = folder / "theme" / "templates" / "daybook"
        self.theme.mkdir(parents=True)
        self.cache = folder / "cache"
        self.lines: dict[str, object] = {}
        self.expected: int | None = 0
        """The exit code; with ``None`` a site that leaves something out will do."""
        self.said = ""
        self.was_quick = False
        """Whether the last build saw, without reading anything, that it had nothing to do."""

    def build(
        self, papers: Path | None = None, output: Path | None = None, *, cache: bool = True
    ) -> dict[str, int]:
        """Build, and give the report's figures."""
        chosen = {
            "PATH": str(self.content),
            "THEME": str(self.theme.parents[1]),
            "DAYBOOK_CACHE": str(self.cache) if cache else None,
            **self.lines,
        }
        lines = [f"{name} = {value!r}" for name, value in chosen.items()]
        settings = self.archive.settings(SMALL_SEGMENTS, *lines)
        load_templates(self.theme.parents[1])
        places = (papers or self.archive.papers, output or self.archive.output)
        code, said = forked(
            ["-s", str(settings)],
            self.archive.environment(PAPERS=str(places[0]), OUTPUT=str(places[1])),
            self.archive.folder / "said.txt",
        )
        assert code in ((0, 3) if self.expected is None else (self.expected,)), said
        self.was_quick = "Reading digests" not in said
        self.said = said
        figures = {}
        for line in said.splitlines():
            name, _, figure = line.strip().rpartition("  ")
            if line.startswith("  ") and figure.isdecimal():
                figures[name.strip()] = int(figure)
        return figures

    def told(self) -> list[str]:
        """Give what the last report says, but for how long the build took."""
        lines = self.said.splitlines()
        return [line for line in lines[lines.index("Daybook") :] if "seconds" not in line]

    def check_whether_quick(self) -> None:
        """Build: if there is nothing to do, a build that does it all must say and make the same.

        Raises:
            AssertionError: where it does not.
        """
        self.build()
        if self.was_quick:
            told, site = self.told(), contents(self.archive.output)
            (self.cache / "last-build.json").unlink()
            self.build()
            assert not self.was_quick
            assert (self.told(), contents(self.archive.output)) == (told, site)

    def is_as_from_nothing(self) -> bool:
        """Build what there is with and without cache, output and what stands, and compare."""
        cold = self.archive.folder / "cold"
        shutil.rmtree(cold, ignore_errors=True)
        shutil.copytree(self.archive.papers, cold / "papers")
        for name in (STANDING, RELATED):
            (cold / "papers" / name).unlink(missing_ok=True)
        self.build()
        quick = self.was_quick
        self.build(cold / "papers", cold / "site", cache=False)
        pages = contents(cold / "papers")
        self.build(cold / "papers", cold / "standing", cache=False)
        self.was_quick = quick
        return (
            contents(self.archive.papers) == pages
            and contents(self.archive.output) == contents(cold / "site")
            and contents(self.archive.output) == contents(cold / "standing")
        )


def run_scripts(folder: Path, seed: int, scripts: int, papers_at_first: int) -> None:
    """Edit an archive by so many random scripts; after each, the site is as built from nothing.

    A script changes a group of settings or five templates, each of which has its turn; then up to
    three things of other kinds, some with a build after them.

    Raises:
        AssertionError: naming the seed, the script and its edits.
    """
    rng = random.Random(seed)
    keeper = Keeper(folder)
    keeper.expected = None
    for month in range(1, 7):
        day = f"2024-{month:02d}-15"
        some = papers(rng, papers_at_first // 6)
        keeper.archive.digest(f"{day}.json", daily_papers(*some, day=day))
    keeper.build()
    settings, templates, kinds = (_endless(rng, some) for some in (SETTINGS, TEMPLATES, KINDS))
    for script in range(scripts):
        keeper.check_whether_quick()
        if script % 2:
            edits = [next(templates) for _ in range(5)]
            for name in edits:
                change_template(keeper, name, rng.randint(1, 999))
        else:
            edits = [next(settings)]
            change_settings(keeper, edits[0], rng)
        for _ in range(rng.randint(0, 3)):
            edits.append(next(kinds))
            KINDS[edits[-1]](keeper, rng)
            if rng.random() < 0.2:
                keeper.build()
        assert keeper.is_as_from_nothing(), f"seed {seed}, script {script}: {edits}"


def _endless(rng: random.Random, names: Collection[str]) -> Iterator[str]:
    """Give names in a random order, then all of them in another, without end."""
    while True:
        yield from rng.sample(sorted(names), k=len(names))
