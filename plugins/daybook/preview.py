"""Preview the archive on this machine: serve what is built, and build again when a source changes.

The site is built by Pelican in a process of its own, exactly as ``make site`` builds it, and put in
its place in one step; the server only reads what stands there. A build that fails leaves the last
good site, and the server goes on with it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote, unquote, urlsplit

from pelican.settings import read_settings as read_pelican_settings
from watchfiles import watch

from . import settings as daybook_settings
from .commands import ended
from .errors import DaybookError
from .pelican_settings import template_overrides

REFUSED_SOMETHING = 3
"""Pelican's exit code for a site that was built without something that was refused."""
_TYPES = {
    ".atom.xml": "application/atom+xml",
    ".bib": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
_DIGITS = 5
"""Of a port."""
_HERE = frozenset(("127.0.0.1", "::1", "localhost"))
"""What this machine calls itself, whatever the port: another one's may lead here."""


class PreviewError(DaybookError):
    """A preview that cannot start."""


def find_file(folder: Path, base: str, target: str) -> Path | None:
    """Find what a request asks for, as GitHub Pages would.

    `base` is where the site lies on its host ('/' or '/repo/'), `target` the request's path with
    its query. Nothing outside `folder` is ever found, whatever dots, escapes or symbolic links
    the path is made of.
    """
    path = target.split("?", 1)[0].split("#", 1)[0]
    if not path.startswith(base):
        return None
    try:
        names = unquote(path.removeprefix(base), errors="strict").split("/")
    except UnicodeDecodeError:
        return None
    if any(name in {".", ".."} or "\0" in name or "\\" in name for name in names):
        return None
    wanted = "/".join(names)
    for candidate in (f"{wanted}index.html",) if wanted in {"", "/"} else _candidates(wanted):
        file = _inside(folder, candidate)
        if file is not None:
            return file
    return None


def _candidates(wanted: str) -> Iterator[str]:
    """Give the files that answer for a path: itself, its folder's index, its page."""
    if wanted.endswith("/"):
        yield f"{wanted}index.html"
    else:
        yield wanted
        yield f"{wanted}.html"


def _inside(folder: Path, name: str) -> Path | None:
    """Give the file of that name if it is one and really lies in `folder`."""
    try:
        file = folder.joinpath(name.lstrip("/")).resolve(strict=True)
        if file.is_file() and file.is_relative_to(folder.resolve(strict=True)):
            return file
    except (OSError, RuntimeError, ValueError):  # missing, a loop of links, a name too long
        pass
    return None


class SiteHandler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with the files of one built site."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    """Seconds of silence after which a connection is closed."""

    def __init__(self, *args: Any, folder: Path, base: str, **kwargs: Any) -> None:
        self._folder = folder
        self._base = base
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Answer with a file, the way to the site's folder, or the site's own 404 page."""
        if not _is_here(self.headers.get("Host", "localhost")):
            self._answer(HTTPStatus.MISDIRECTED_REQUEST, b"This preview is another host's.\n")
            return
        if self.path == "/" != self._base or self.path == self._base.removesuffix("/") != "":
            self._answer(HTTPStatus.FOUND, b"", Location=self._base)
            return
        file = find_file(self._folder, self._base, self.path)
        if file is None and (place := self._folder_place()):
            self._answer(HTTPStatus.MOVED_PERMANENTLY, b"", Location=place)
            return
        status = HTTPStatus.NOT_FOUND if file is None else HTTPStatus.OK
        file = file or _inside(self._folder, "404.html")
        kind = _TYPES[".txt"] if file is None else _type(file.name)
        try:
            body = b"There is no such page.\n" if file is None else file.read_bytes()
        except OSError:  # a new site took its place just now, or nobody may read it
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, b"", Retry_After="1")
            return
        self._answer(status, body, Content_Type=kind)

    do_HEAD = do_GET  # noqa: N815

    def _folder_place(self) -> str | None:
        """Give the address of the folder that a path without its last slash means."""
        path, mark, query = self.path.partition("?")
        file = find_file(self._folder, self._base, f"{path}/")
        if file is None:
            return None
        # Made of the folder itself: '//host' would lead to another host.
        inside = file.parent.relative_to(self._folder.resolve()).as_posix()
        return f"{self._base}{quote(inside)}/{mark}{query}"

    def _answer(self, status: HTTPStatus, body: bytes, **headers: str) -> None:
        """Send one answer, never to be kept by the browser: the next build may change it."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing of requests that are answered."""


def _is_here(host: str) -> bool:
    """Tell whether a request means this machine by the name that it was sent to.

    A page elsewhere may have its own name lead here and would then read the preview as its own
    (DNS rebinding): an archive may be private until it is published.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name in _HERE or name.endswith(".localhost")


def _type(name: str) -> str:
    """Give a file's media type."""
    endings = [ending for ending in _TYPES if name.endswith(ending)]
    return _TYPES[max(endings, key=len)] if endings else "application/octet-stream"


class Server(ThreadingHTTPServer):
    """A server for one machine's own browser: it listens on the loopback interface only."""

    daemon_threads = True

    def __init__(self, port: int, folder: Path, base: str) -> None:
        self.base = base
        try:
            super().__init__(("127.0.0.1", port), partial(SiteHandler, folder=folder, base=base))
        except (OSError, OverflowError) as error:
            raise PreviewError(
                f"cannot listen on port {port} ({error}); name another with PORT=8001"
            ) from None

    @property
    def address(self) -> str:
        """The address to open."""
        return f"http://127.0.0.1:{self.server_port}{self.base}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a browser that went away; show any other mistake."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


@dataclass(frozen=True, slots=True)
class Sources:
    """The files and folders a site is made from, and where it is written."""

    settings: Path
    content: Path
    papers: Path
    """Source and product: a person may edit the pages, and a build writes them."""
    watched: tuple[Path, ...]
    """Folders and files; some may not exist before the first build."""
    output: Path

    def prints(self) -> dict[str, tuple[int, int]]:
        """Give every source file's time and size, to tell whether anything changed."""
        found: dict[str, tuple[int, int]] = {}
        folders = [path for path in self.watched if path.is_dir()]
        for path in self.watched:
            if path.is_file():
                self._add(found, path)
        while folders:
            for path in _listed(folders.pop()):
                if _passed_over(path.name) or path == self.output:
                    continue
                if path.is_dir() and not path.is_symlink():
                    folders.append(path)
                else:
                    self._add(found, path)
        return found

    @staticmethod
    def _add(found: dict[str, tuple[int, int]], path: Path) -> None:
        try:
            status = path.stat()
        except OSError:  # gone again, or a link that leads nowhere
            return
        found[str(path)] = (status.st_mtime_ns, status.st_size)


def _listed(folder: Path) -> list[Path]:
    """Give what is in a folder: nothing where it is gone again, or where nobody may look."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _passed_over(name: str) -> bool:
    """Tell the names of what is no source: hidden files, editors' copies, compiled Python."""
    return name.startswith(".") or name.endswith(("~", ".swp", ".pyc")) or name == "__pycache__"


def find_sources(settings_file: Path, pelican: Mapping[str, Any]) -> Sources:
    """Learn from Pelican's settings what the site is made from.

    Raises:
        SettingsError: for settings that no site can be built with.
    """
    daybook = daybook_settings.read_settings(pelican)
    content = Path(pelican["PATH"]).absolute()
    inside = [daybook.digests, daybook.papers, daybook.corrections, daybook.authors, daybook.topics]
    if daybook.metadata is not None:
        inside.append(daybook.metadata)
    plugins = Path(__file__).parent
    watched = [content, settings_file.absolute(), Path(pelican["THEME"]).absolute(), plugins]
    watched += [folder.absolute() for folder in template_overrides(pelican)]
    watched += [path for path in inside if not path.is_relative_to(content)]
    return Sources(
        settings_file,
        content,
        daybook.papers,
        tuple(dict.fromkeys(watched)),
        Path(pelican["OUTPUT_PATH"]).absolute(),
    )


def build(sources: Sources) -> int:
    """Build the site as ``make site`` does; give Pelican's exit code."""
    command = [sys.executable, "-m", "pelican", str(sources.content), "-s", str(sources.settings)]
    return subprocess.run(command, check=False).returncode


def keep_built(sources: Sources, say: TextIO, stop: threading.Event) -> None:
    """Build now, and again after every change of a source, until `stop` is set."""
    before = _build_and_say(sources, say)
    watching = False
    there = [path for path in sources.watched if path.exists()]
    for changes in watch(
        *there,
        stop_event=stop,
        debounce=300,
        rust_timeout=500,
        yield_on_timeout=True,
        ignore_permission_denied=True,  # the build says what it could not read
    ):
        # The first round also looks for what changed before the watching began.
        if changes or not watching:
            watching = True
            if sources.prints() != before:
                before = _build_and_say(sources, say)


def _build_and_say(sources: Sources, say: TextIO) -> dict[str, tuple[int, int]]:
    """Build, say how it went, and give the state that was built from.

    What the build itself wrote to the papers' pages must not start another, and what a person
    changed elsewhere while it ran must: so it is the pages' state after the build, and every
    other source's state before it.
    """
    before = sources.prints()
    start = time.monotonic()
    code = build(sources)
    after = sources.prints()
    took = f"{time.monotonic() - start:.1f} s"
    if code == 0:
        say.write(f"Built in {took}.\n")
    elif code == REFUSED_SOMETHING:
        say.write(f"Built in {took}, without what was refused.\n")
    else:
        say.write("The build failed. The last good site stays; mend the error to see the next.\n")
    say.flush()
    pages = str(sources.papers) + os.sep
    others = {name: state for name, state in before.items() if not name.startswith(pages)}
    return others | {name: state for name, state in after.items() if name.startswith(pages)}


def preview(settings_file: Path, port: int, say: TextIO) -> None:
    """Serve and rebuild until interrupted.

    Raises:
        DaybookError: when the settings are wrong or the port is taken.
    """
    pelican = read_pelican_settings(str(settings_file))
    sources = find_sources(settings_file, pelican)
    base = quote(urlsplit(pelican["SITEURL"]).path.strip("/"), safe="/%")
    server = Server(port, sources.output, f"/{base}/" if base else "/")
    stop = threading.Event()
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say.write(f"Preview: {server.address} (Ctrl-C ends it)\n")
        say.flush()
        try:
            keep_built(sources, say, stop)
        except KeyboardInterrupt:
            pass
        finally:
            stop.set()
            server.shutdown()


def main(environment: Mapping[str, str] = os.environ) -> int:
    """Preview as ``make serve`` asks, on PORT (8000)."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # its build ends with it, too
    try:
        text = environment.get("PORT") or "8000"
        if not (text.isdecimal() and len(text) <= _DIGITS):
            raise PreviewError(f"PORT should be a number, and is {text!r:.40}")
        preview(Path("pelican.conf.py"), int(text), sys.stdout)
    except DaybookError as error:
        sys.stderr.write(f"Preview: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
