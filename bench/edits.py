"""Edits one archive at random, again and again, and holds each warm build to one from nothing.

After every edit the site is built with cache and output, and measured; after every so many-th it is
built once more from the same ``content/`` without either, and all files are compared. A difference
ends the run with 1, and leaves both sites for a look.

    python bench/edits.py [-n 20000] [--edits 50] [--every 5] [--seed 1] [--folder DIR]
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
CORPUS = PROJECT.parent / "shared" / "corpus" / "arxiv_50k.jsonl.gz"
sys.path[:0] = [str(PROJECT / "plugins"), str(PROJECT)]

from daybook.learn import learn_all  # noqa: E402
from daybook.learning.learned import FILE_NAME, write_learned  # noqa: E402

from bench.building.content import A_DAY, make_content, records  # noqa: E402
from bench.building.running import Run, measured  # noqa: E402

_SETTINGS = """
import runpy
globals().update({{k: v for k, v in runpy.run_path({conf!r}).items() if k.isupper()}})
PATH, THEME = {content!r}, {theme!r}
DAYBOOK_DIGESTS, DAYBOOK_PAPERS, DAYBOOK_METADATA = "digests", {papers!r}, None
DAYBOOK_CACHE, DAYBOOK_LEARNED, DAYBOOK_PER_PAGE = {cache!r}, "learned", {size}
SITENAME, SITEURL = "Bench", "https://papers.example.org/archive"
PLUGINS = ["daybook"]
"""


class Keeper:
    """Somebody with an archive, who edits it."""

    def __init__(self, folder: Path, papers: int, rng: random.Random) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.digests = self.content / "digests"
        self.theme = folder / "theme" / "templates" / "daybook"
        self.theme.mkdir(parents=True)
        self.content.mkdir()
        (self.content / "topics.toml").write_bytes(
            (PROJECT / "content" / "topics.toml").read_bytes()
        )
        corpus = CORPUS if CORPUS.is_file() else None
        archive = make_content(self.content, corpus, papers)
        (self.content / "learned").mkdir()
        learned = write_learned(learn_all(archive))
        (self.content / "learned" / FILE_NAME).write_text(learned, "utf-8")
        self.slugs = [paper.slug for paper in archive.papers]
        self.names = sorted({name for paper in archive.papers for name in paper.authors or ()})
        self._fresh = itertools.islice(records(corpus), papers, None)
        self._rng = rng
        self._size = 50
        self._days = itertools.count()

    def edits(self) -> dict[str, Callable[[], None]]:
        """Give the kinds of edits."""
        return {
            "a digest more": self._add,
            "an abstract changed": self._change,
            "a digest less": lambda: self._rng.choice(sorted(self.digests.iterdir())).unlink(),
            "the keeper's word": self._say,
            "an author renamed": self._rename,
            "notes on a page": self._note,
            "a template": self._template,
            "a setting": self._set,
            "the output changed by hand": self._damage,
        }

    def _add(self) -> None:
        said = list(itertools.islice(self._fresh, A_DAY))
        entries = [
            {
                "paper": {
                    "id": one["id"],
                    "title": one["title"],
                    "summary": one["abstract"],
                    "authors": [{"name": name} for name in one["authors"]],
                    "publishedAt": f"{(one['date'] + '-01-01')[:10]}T00:00:00.000Z",
                }
            }
            for one in said
        ]
        self._write(self.digests / f"{2030 + next(self._days)}-01-01.json", entries)

    def _change(self) -> None:
        file = self._rng.choice(sorted(self.digests.iterdir()))
        entries = json.loads(file.read_text("utf-8"))
        self._rng.choice(entries)["paper"]["summary"] += " And more."
        self._write(file, entries)

    def _write(self, file: Path, entries: Any) -> None:
        file.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")

    def _say(self) -> None:
        word = self._rng.choice(["hide", "withdraw", "correct"])
        lines = [f"[[{word}]]", f'paper = "{self._rng.choice(self.slugs)}"']
        if word == "correct":
            lines.append(f'title = "Corrected {self._rng.random()}"')
        (self.content / "papers.toml").write_text("\n".join([*lines, ""]), "utf-8")

    def _rename(self) -> None:
        names = [json.dumps(name, ensure_ascii=False) for name in self._rng.sample(self.names, 2)]
        text = f"[[merge]]\nnames = [{', '.join(names)}]\n"
        (self.content / "authors.toml").write_text(text, "utf-8")

    def _note(self) -> None:
        page = self._rng.choice(sorted((self.content / "papers").rglob("*.md")))
        page.write_text(page.read_text("utf-8") + f"\nA note: {self._rng.random()}.\n", "utf-8")

    def _template(self) -> None:
        own = self.theme / "paper.html"
        if own.exists():
            own.unlink()
            return
        text = (PROJECT / "theme" / "templates" / "daybook" / "paper.html").read_text("utf-8")
        own.write_text(f"{text}{{# {self._rng.random()} #}}", "utf-8")

    def _set(self) -> None:
        self._size = self._rng.choice([20, 50, 80])

    def _damage(self) -> None:
        pages = sorted((self.folder / "warm").rglob("*.html"))
        self._rng.choice(pages).unlink()
        changed = self._rng.choice(pages[: len(pages) // 2])
        if changed.exists():
            changed.write_bytes(changed.read_bytes()[::-1])

    def build(self, output: Path, papers: Path, cache: Path | None) -> Run:
        """Build by the real command."""
        settings = self.folder / "settings.py"
        text = _SETTINGS.format(
            conf=str(PROJECT / "pelican.conf.py"),
            content=str(self.content),
            theme=str(self.folder / "theme"),
            papers=str(papers),
            cache=cache and str(cache),
            size=self._size,
        )
        settings.write_text(text, "utf-8")
        folders = [str(self.content), "-s", str(settings), "-o", str(output)]
        command = [sys.executable, "-m", "pelican", *folders]
        environment = {"PYTHONPATH": str(PROJECT / "plugins")}
        return measured(command, folder=PROJECT, environment=environment, allowed=(0, 3))


def differences(one: Path, other: Path) -> list[str]:
    """Give the paths at which two folders differ."""
    first, second = (
        {
            file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).digest()
            for file in folder.rglob("*")
            if file.is_file()
        }
        for folder in (one, other)
    )
    return sorted(
        path for path in first.keys() | second.keys() if first.get(path) != second.get(path)
    )


def run(keeper: Keeper, rng: random.Random, edits: int, every: int) -> Iterator[str]:
    """Edit and build; give a line for each build, and end at a difference."""
    folder, papers = keeper.folder, keeper.content / "papers"

    def warm() -> Run:
        return keeper.build(folder / "warm", papers, folder / "cache")

    made = warm()
    yield f"{'from nothing':<30}{made.wall:8.2f} s  {made.cpu:8.2f} s CPU"
    kinds = keeper.edits()
    for number in range(1, edits + 1):
        kind = rng.choice(sorted(kinds))
        kinds[kind]()
        again = folder / "cold"
        check = number % every == 0 or number == edits
        if check:
            shutil.rmtree(again, ignore_errors=True)
            shutil.copytree(papers, again / "papers")
        made = warm()
        line = f"{number:3} {kind:<26}{made.wall:8.2f} s  {made.cpu:8.2f} s CPU"
        if not check:
            yield line
            continue
        keeper.build(again / "site", again / "papers", None)
        found = differences(folder / "warm", again / "site")
        found += differences(papers, again / "papers")
        yield line + (f"  DIFFERENT: {', '.join(found[:9])}" if found else "  as from nothing")
        if found:
            raise SystemExit(1)


def main() -> None:
    """Edit an archive of the size asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-n", type=int, default=20_000)
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--every", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    memory = Path("/dev/shm")
    where = chosen.folder or (memory if os.access(memory, os.W_OK) else None)
    folder = Path(tempfile.mkdtemp(dir=where))
    rng = random.Random(chosen.seed)
    keeper = Keeper(folder, chosen.n, rng)
    for line in run(keeper, rng, chosen.edits, chosen.every):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
