"""Somebody who edits an archive at random and builds it, and whether the site is as from nothing.

Whole builds by the real command, each a fork of this process: a Python that loads everything would
take four times as long.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from pathlib import Path

import daybook.catalogue.generator
import daybook.publishing.build
import daybook.search.generator  # noqa: F401 - what every fork needs
import pelican
from daybook.forks import fork

from .forking import load_templates
from .pelican_runs import PROJECT, Archive, contents, daily_papers

TEMPLATES = PROJECT / "theme" / "templates" / "daybook"
KINDS = ("add", "change", "remove", "metadata", "papers.toml", "template", "setting", "output")
SMALL_SEGMENTS = "import daybook.search.segments as s; s.SMALLEST_STEP = 64"
"""A line of settings: the index is cut in two, and cut anew, with a quarter of the usual papers."""
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
"""A taxonomy of words that `papers` has; Daybook's own takes half as long to read as all else."""


def papers(rng: random.Random, number: int) -> list[tuple[str, str, str]]:
    """Make some papers up."""
    words = [f"{a}{b}" for a in ("al", "be", "cor", "du", "ez") for b in ("ka", "lim", "non", "ro")]

    def text(length: int) -> str:
        return " ".join(rng.choices(words, k=length)).capitalize()

    ids = [f"24{rng.randint(1, 12):02d}.{rng.randint(0, 99_999):05d}" for _ in range(number)]
    return [(arxiv, f"{text(6)} {arxiv}", f"{text(40)}.") for arxiv in ids]


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
        self.expected = 0
        """The exit code."""
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
        assert code == self.expected, said
        self.was_quick = "Reading digests" not in said
        self.said = said
        figures = {}
        for line in said.splitlines():
            name, _, figure = line.strip().rpartition("  ")
            if line.startswith("  ") and figure.isdecimal():
                figures[name.strip()] = int(figure)
        return figures

    def is_as_from_nothing(self) -> bool:
        """Build what there is with and without cache and output, and compare."""
        cold = self.archive.folder / "cold"
        shutil.rmtree(cold, ignore_errors=True)
        shutil.copytree(self.archive.papers, cold / "papers")
        self.build()
        quick = self.was_quick
        self.build(cold / "papers", cold / "site", cache=False)
        self.was_quick = quick
        return contents(self.archive.papers) == contents(cold / "papers") and contents(
            self.archive.output
        ) == contents(cold / "site")


def edit(keeper: Keeper, rng: random.Random, kind: str) -> None:
    """Change something of a kind."""
    digests = sorted(keeper.archive.digests.iterdir())
    day = f"2024-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    if kind == "add":
        keeper.archive.digest(f"{day}.json", daily_papers(*papers(rng, 10), day=day))
    elif kind == "change":
        entries = json.loads(digests[0].read_text("utf-8"))
        rng.choice(entries)["paper"]["summary"] += " And more."
        digests[0].write_text(json.dumps(entries), encoding="utf-8")
    elif kind == "remove":
        if len(digests) > 2:
            rng.choice(digests[1:]).unlink()
    elif kind == "metadata":
        fact = {"DOI": "10.1000/1", "URL": "https://arxiv.org/abs/2401.00001", "title": "Counting"}
        folder = keeper.content / "metadata"
        folder.mkdir(exist_ok=True)
        (folder / "facts.json").write_text(json.dumps([fact | {"volume": str(rng.random())}]))
    elif kind == "papers.toml":
        title = f"Corrected {rng.randint(1, 99)}"
        text = f'[[correct]]\npaper = "2401.00001"\ntitle = "{title}"\n'
        (keeper.content / "papers.toml").write_text(text, encoding="utf-8")
    elif kind == "template":
        text = (TEMPLATES / "base.html").read_text("utf-8")
        changed = text.replace("</main>", f"<!-- {rng.random()} --></main>")
        (keeper.theme / "base.html").write_text(changed, encoding="utf-8")
    elif kind == "setting":
        keeper.lines["DAYBOOK_PER_PAGE"] = rng.choice([20, 30, 40])
    elif kind == "output":
        pages = sorted(keeper.archive.output.rglob("*.html"))
        rng.choice(pages).unlink()
        rng.choice(pages[: len(pages) // 2]).write_text("by hand", encoding="utf-8")


def run_scripts(folder: Path, seed: int, scripts: int, papers_at_first: int) -> None:
    """Edit an archive by so many random scripts; after each, the site is as built from nothing.

    A script is up to three edits of any kinds, some with a build after them.

    Raises:
        AssertionError: naming the seed, the script and its edits.
    """
    rng = random.Random(seed)
    keeper = Keeper(folder)
    for month in range(1, 7):
        day = f"2024-{month:02d}-15"
        some = papers(rng, papers_at_first // 6)
        keeper.archive.digest(f"{day}.json", daily_papers(*some, day=day))
    keeper.build()
    deck = rng.sample(KINDS, k=len(KINDS))
    for script in range(scripts):
        kinds = [deck[script % len(deck)], *rng.choices(KINDS, k=rng.randint(0, 2))]
        for kind in kinds:
            edit(keeper, rng, kind)
            if rng.random() < 0.3:
                keeper.build()
        assert keeper.is_as_from_nothing(), f"seed {seed}, script {script}: {kinds}"
