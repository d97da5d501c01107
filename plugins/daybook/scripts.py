"""Daybook's own scripts and style sheets as browsers get them: made small by esbuild.

They are written in many small files with comments that only their readers need. The search becomes
one file, and one for each part that is loaded when it is first needed; everything else stays a file
of its own. esbuild makes all of them small in one call. A wheel carries the result, so that its
users need nothing of npm.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from .errors import SettingsError
from .plain_files import keep, read_plain_text

CLIENT = (
    *("codes", "errors", "turns", "pipeline", "files", "postings", "ranking", "words", "titles"),
    *("meaning", "passages", "results", "client", "remote"),
)
"""The files of ``theme/static/search/`` that need no page, in the order in which they run,"""

PAGE = ("elements", "cards", "wishes", "page")
"""and those that make the search page. All become one script."""

PARTS = {
    "lunr": ("sorting", "patterns", "scoring", "query"),
    "typing": ("vocabulary", "spelling", "names"),
    "words": ("variants", "acronyms", "phrases"),
    "facts": ("facts",),
    "identifiers": ("identifiers",),
    "panel": ("combobox", "panel"),
    "telling": ("telling",),
}
"""What is loaded when a search, or a reader, first needs it: scripts of their own, by name."""

_TOGETHER = (("citing.js", "citing_page.js"),)
"""Scripts that are always loaded one after the other: pages ask for the first."""

SEARCH_SCRIPT = "search/search.js"
CODE = "search/code/"
"""Where the parts are, in a folder named by a hash of them: a page has those it was made with."""
ASSETS = "assets/"

_PACKAGE = Path(__file__).parent
_CARRIED = _PACKAGE / "minified"
"""In an installed wheel."""
_THEMES = (_PACKAGE / "theme", _PACKAGE.parents[1] / "theme")
_STATIC = next(place for place in _THEMES if place.is_dir()) / "static"
_NODE_MODULES = _PACKAGE.parents[1] / "node_modules"
_made: dict[str, Mapping[str, bytes]] = {}
"""What this process asked for last."""
_OPTIONS = ("--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning")


def client_source(name: str) -> str:
    """Read a script of the search as it is written."""
    return (_STATIC / "search" / f"{name}.js").read_text("utf-8")


def sources() -> dict[str, str]:
    """Read all scripts and style sheets, by where below the base folder a site has them.

    The search's lacks Lunr, which is nobody's to change.
    """
    found = {
        f"{ASSETS}{file.relative_to(_STATIC).as_posix()}": file
        for ending in ("js", "css")
        for file in _STATIC.rglob(f"*.{ending}")
        if file.suffix == ".css" or file.parent.name != "search"
    }
    texts = {path: found[path].read_text("utf-8") for path in sorted(found)}
    for first, second in _TOGETHER:
        texts[ASSETS + first] += texts.pop(ASSETS + second)
    return {**texts, **_search_scripts()}


def _search_scripts() -> dict[str, str]:
    """Give the script of the search, which knows where its parts are, and the parts."""
    texts = {part: _together(files) for part, files in PARTS.items()}
    code = f"code/{hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:8]}/"
    known = f'(globalThis.daybook ??= {{}}).code = "{code}";\n'
    page = f'if (globalThis.document?.getElementById("search-form")) {{\n{_sources(PAGE)}}}\n'
    return {
        SEARCH_SCRIPT: _together(CLIENT, known, page),
        **{f"search/{code}{part}.js": text for part, text in texts.items()},
    }


def _together(names: tuple[str, ...], before: str = "", after: str = "") -> str:
    """Make one script of several: strictness counts only at the beginning of a script."""
    return f'"use strict";\n(() => {{\n{before}{_sources(names)}{after}}})();\n'


def _sources(names: tuple[str, ...]) -> str:
    return "".join(client_source(name).replace('"use strict";\n', "", 1) for name in names)


def minified(cache: Path | None = None) -> Mapping[str, bytes]:
    """Give all scripts and style sheets as they are published, by path below the base folder.

    ``cache`` is a folder in which to keep them for later builds; it may be lost.

    Raises:
        SettingsError: when esbuild is not installed, or finds a mistake.
    """
    return begin_minified(cache)()


def begin_minified(cache: Path | None = None) -> Callable[[], Mapping[str, bytes]]:
    """Begin `minified`, and give what waits for it: esbuild takes another core while others work.

    Raises:
        SettingsError: when esbuild is not installed, and, later, when it finds a mistake.
    """
    if _CARRIED.is_dir():
        carried = sorted(file for file in _CARRIED.rglob("*") if file.is_file())
        made = {file.relative_to(_CARRIED).as_posix(): file.read_bytes() for file in carried}
        return lambda: made
    program, files = _esbuild(), sources()
    version = (_NODE_MODULES / "esbuild" / "package.json").read_text("utf-8")
    key = hashlib.sha256(json.dumps([_OPTIONS, version, files]).encode()).hexdigest()[:16]
    if key in _made:
        return lambda: _made[key]
    kept = cache / f"scripts-{key}.json" if cache else None
    known = _kept(kept)
    running = None if known else _Esbuild(program, files)

    def finish() -> Mapping[str, bytes]:
        made = running.finish() if running else known or {}
        if kept and running:
            _keep(kept, made)
        _made.clear()
        _made[key] = {path: text.encode() for path, text in made.items()}
        return _made[key]

    return finish


def _esbuild() -> Path:
    """Find the program itself: npm's wrapper of it would need Node, which a build does without."""
    found = sorted(_NODE_MODULES.glob("@esbuild/*/bin/esbuild"))
    if not found:
        raise SettingsError(
            "esbuild is not installed. Run `make site`, or `npm ci` in the project's folder."
        )
    return found[0]


class _Esbuild:
    """esbuild at work on some files."""

    def __init__(self, program: Path, files: Mapping[str, str]) -> None:
        self._files = tuple(files)
        try:
            self._temporary = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
            self._folder = Path(self._temporary.name)
            for path, text in files.items():
                source = self._folder / "in" / path
                source.parent.mkdir(parents=True, exist_ok=True)
                source.write_text(text, "utf-8")
        except OSError as error:
            raise SettingsError(
                f"scripts cannot be written to the folder for temporary files, "
                f"{tempfile.gettempdir()}: {error.strerror}. Make room there, or have TMPDIR name "
                "another folder"
            ) from error
        self._process = subprocess.Popen(
            [program, *_OPTIONS, "--outbase=in", "--outdir=out", *(f"in/{p}" for p in files)],
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self) -> dict[str, str]:
        with self._temporary, self._process:
            _, said = self._process.communicate()
            if self._process.returncode:
                said = said.partition("\nruntime stack:")[0].strip()  # where it lacked memory
                raise SettingsError(
                    f"esbuild could not read a script of the theme:\n{said}"
                    if said
                    else f"esbuild ended by {self._process.returncode} without a word: it was "
                    "stopped, or its file is damaged. Build again; if that does not help, set up "
                    "the npm packages anew."
                )
            return {path: (self._folder / "out" / path).read_text("utf-8") for path in self._files}


def _kept(file: Path | None) -> dict[str, str] | None:
    """Read what an earlier build kept; nothing where it is missing or damaged."""
    if file is None:
        return None
    try:
        check, _, text = read_plain_text(file).partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    if check != hashlib.sha256(text.encode()).hexdigest():
        with contextlib.suppress(OSError):
            file.unlink()
        return None
    kept: dict[str, str] = json.loads(text)
    return kept


def _keep(file: Path, made: dict[str, str]) -> None:
    """Keep what was made for later builds, and nothing older; a folder without room keeps none."""
    text = json.dumps(made).encode()
    if keep(file, hashlib.sha256(text).hexdigest().encode(), b"\n", text):
        with contextlib.suppress(OSError):
            for other in file.parent.glob("scripts-*.json"):
                if other != file:
                    other.unlink(missing_ok=True)
