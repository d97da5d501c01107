"""The shortest way: a build that has nothing to do finds that out before it reads anything.

The last build leaves a line in the cache: what went into it, what came out, and what it reported.
Files count as unchanged while their names, kinds, sizes, inodes and both times are; the time of
the last change of an inode cannot be set, so that an edit which keeps size and time is seen. On
another machine, or where anything differs, the build goes on and goes by contents.

What Pelican itself wrote, an article or a page, may say what day it is: that is good for a day.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import marshal
import os
import stat
import sys
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import Refusal
from ..memory import settled_memory
from ..pelican_settings import template_overrides
from ..plain_files import keep, read_plain
from ..report import Report, render_report
from ..settings import PACKAGE, Settings, packaged
from .crew import in_turns, processes_for
from .exchange import retired_folder
from .looks import Look, Sources, UnsureError, look

if TYPE_CHECKING:
    from pelican import Pelican

    from ..archive.folder import Put

T = TypeVar("T")
FILE_NAME = "last-build.json"
"""In the cache folder: one, of the build before, whatever site it built."""
_PATHS = ("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS")


class LastBuild:
    """What the last build was made from and what it made, compared with what there is now."""

    def __init__(
        self,
        file: Path,
        key: str,
        sources: tuple[Path, ...],
        output: Path,
        papers: Path,
    ) -> None:
        self._file = file
        self._key = key
        self._sources = sources
        self._output = output
        self._papers = str(papers)
        self.pelicans_too = False
        """Whether a site with files of Pelican's own writing may be remembered."""
        self._begun = time.monotonic()
        self._left_out = frozenset(map(str, (output, *_beside(output), file.parent.resolve())))
        self._before: Sources | None = None

    @classmethod
    def of(cls, pelican: Pelican, settings: Settings) -> LastBuild | None:
        """Prepare to compare; ``None`` where a site may depend on more than can be compared.

        So are sites without a cache folder, with settings that are code, with content outside the
        content folder, and those that Pelican empties before it builds.
        """
        if settings.cache is None or pelican.delete_outputdir:
            return None
        with contextlib.suppress(UnsureError, OSError, RuntimeError, ValueError):
            output = Path(pelican.output_path).resolve()
            key = _key_of(pelican.settings, output)
            folders = [Path(pelican.path), Path(pelican.theme)]
            folders += template_overrides(pelican.settings)
            sources = _sources_of(folders, settings)
            papers = settings.papers.resolve()
            last = cls(settings.cache / FILE_NAME, key, sources, output, papers)
            last.pelicans_too = _follows_sources(pelican.settings)
            return last
        return None

    def outcome(self) -> tuple[str, int] | None:
        """Give the report, and how much was refused, where there is nothing to build."""
        known = self._read()
        comparable = known is not None and known["key"] == self._key
        with settled_memory():
            self._before, output = self._look_at_all(with_output=comparable)
        if known is None or not comparable or self._before is None:
            return None
        if known["day"] not in (None, _today()):
            return None
        if any(folder.exists() for folder in _beside(self._output)):
            return None  # a build is under way, or was killed: the next one clears up
        if (known["sources"], known["output"]) != (self._before.told(), output):
            return None
        with contextlib.suppress(TypeError):
            report = Report(**known["report"], seconds=time.monotonic() - self._begun)
            refusals = [Refusal(**refusal) for refusal in known["refusals"]]
            return render_report(report, refusals), report.refused
        return None

    def remember(
        self,
        report: Report,
        refusals: Iterable[Refusal],
        output: str,
        put: Mapping[str, Put | None],
        *,
        pelicans: bool,
    ) -> None:
        """Remember a build that has just been published, for the next one.

        `output` is what `look_of_output` tells of it, `put` what the build itself wrote in the
        papers folder, by path (``None`` for what it removed); `pelicans` is whether the site has
        files of Pelican's own writing. A build while which somebody else changed a source is not
        remembered, nor one of which Pelican may have written something that is in no source.
        """
        now = _told(partial(self._look_at_sources, put))
        tellable = self._before is not None and now is not None and self._before.became(now, put)
        if now is None or not tellable or (pelicans and not self.pelicans_too):
            self.forget()
            return
        figures = dataclasses.asdict(report)
        del figures["seconds"]
        figures |= {"markdown_pages_written": 0, "pages_written": 0, "files_removed": 0}
        known = {
            "key": self._key,
            "day": _today() if pelicans else None,
            "sources": now.told(),
            "output": output,
            "report": figures,
            "refusals": [dataclasses.asdict(refusal) for refusal in refusals],
        }
        keep(self._file, json.dumps(known).encode())

    def forget(self) -> None:
        """Let the next build go by contents."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any] | None:
        try:
            known = json.loads(read_plain(self._file))
        except (OSError, ValueError, RecursionError):
            return None
        wanted = {"key", "day", "sources", "output", "report", "refusals"}
        return known if isinstance(known, dict) and known.keys() == wanted else None

    def _look_at_sources(self, put: Collection[str] = ()) -> Sources:
        return Sources.as_they_are(self._sources, self._papers, self._left_out, put)

    def _look_at_all(self, *, with_output: bool) -> tuple[Sources | None, str | None]:
        """Look at sources and output, by two cores; ``None`` if one cannot be told."""
        looks: list[Callable[[], object]] = [self._look_at_sources]
        if with_output:
            parts = _told(lambda: _parts(self._output)) or []
            looks += [partial(_look_of_part, self._output, part, {}) for part in parts]
        found = in_turns(lambda turn: _told(looks[turn]), len(looks), processes_for(len(looks), 2))
        before, *output = found
        told = None if None in output else " ".join(map(str, output))
        return before if isinstance(before, Sources) else None, told


def look_of_output(output: Path) -> tuple[str, dict[str, Look]]:
    """Give a hash of what an output looks like, and all its files by their paths in it.

    Raises:
        OSError: for a folder that cannot be listed.
    """
    found: dict[str, Look] = {}
    parts = [_look_of_part(output, part, found) for part in _parts(output)]
    return " ".join(parts), found


def _parts(output: Path) -> list[str]:
    """Name what an output is looked at by: itself, and the folders in it."""
    with os.scandir(output) as listing:
        folders = [entry.name for entry in listing if entry.is_dir(follow_symlinks=False)]
    return ["", *sorted(folders)]


def _look_of_part(output: Path, part: str, found: dict[str, Look]) -> str:
    state = blake2b(digest_size=16)
    folders = look(output / part, frozenset())
    beginning = len(str(output)) + 1
    for folder, files in islice(folders, None if part else 2):
        state.update(marshal.dumps((folder, files), 2))
        inside = f"{folder[beginning:]}/" if len(folder) > beginning else ""
        for file in files:
            if not stat.S_ISDIR(file[1]):
                found[inside + file[0]] = file
    return state.hexdigest()


def _told(look_at: Callable[[], T]) -> T | None:
    try:
        return look_at()
    except (OSError, UnsureError):
        return None


def _beside(output: Path) -> tuple[Path, Path]:
    """Name the folders that lie beside an output while it is built."""
    return output.with_name(f".{output.name}.next"), retired_folder(output)


def _sources_of(folders: Iterable[Path], settings: Settings) -> tuple[Path, ...]:
    """Name everything that a site is made from, Pelican's `folders` too; none inside another."""
    chosen = [
        *(*folders, settings.digests, settings.papers, settings.corrections),
        *(settings.authors, settings.learned, settings.topics, PACKAGE),
        *(packaged("theme", "theme"), packaged("lunr.min.js", "node_modules/lunr/lunr.min.js")),
    ]
    if settings.metadata is not None:
        chosen.append(settings.metadata)
    kept: list[Path] = []
    for path in sorted({path.resolve() for path in chosen}):
        if not (kept and path.is_relative_to(kept[-1])):
            kept.append(path)
    return tuple(kept)


def _key_of(settings: Mapping[str, Any], output: Path) -> str:
    """Give a hash of all settings, of Python, and of the packages that are installed.

    Raises:
        UnsureError: for settings that are more than values.
    """
    for name in _PATHS:
        for path in map(Path, settings[name]):
            if path.is_absolute() or os.pardir in path.parts:
                raise UnsureError(f"{name} leads out of the content folder")
    packages = sorted(
        name
        for folder in filter(None, sys.path)
        if Path(folder).is_dir()
        for name in os.listdir(folder)  # noqa: PTH208 - names are enough
        if name.endswith((".dist-info", ".egg-info", ".egg-link"))
    )
    values = [(name, _plain(settings[name])) for name in sorted(settings) if name.isupper()]
    text = repr((sys.version, packages, str(output), values))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _follows_sources(settings: Mapping[str, Any]) -> bool:
    """Tell whether Pelican's own pages are made from settings and sources, but for the day.

    What other hands made to read Markdown or to render may open any file; reStructuredText may
    include any, and Pelican may hold an article back until its hour.
    """
    markdown = settings["MARKDOWN"]
    extensions = (*markdown.get("extensions", ()), *markdown.get("extension_configs", ()))
    renderers = settings["JINJA_ENVIRONMENT"].get("extensions", ())
    return (
        all(str(name).startswith("markdown.extensions.") for name in extensions)
        and all(str(name).startswith("jinja2.") for name in renderers)
        and settings["WITH_FUTURE_DATES"]
        and next(Path(settings["PATH"]).rglob("*.rst"), None) is None
    )


def _today() -> str:
    return dt.datetime.now().astimezone().date().isoformat()


def _plain(value: Any) -> Any:
    """Give a value of which `repr` tells all.

    Raises:
        UnsureError: for anything else: a function may do one thing now and another later.
    """
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return sorted((repr(_plain(key)), _plain(one)) for key, one in value.items())
    if isinstance(value, set | frozenset):
        return sorted(repr(_plain(one)) for one in value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    raise UnsureError(f"{value!r} is no plain value")
