"""What Daybook asks of a site's other settings: its address, its folders, its spelling."""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from pelican.settings import DEFAULT_CONFIG

from .plain_files import at_home

_SUCH_AS = "an address such as https://papers.example/archive"
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_UNLIKE = 0.9
"""Share of letters in order that a misspelt name has in common with the right one at least."""


def site_address(value: str) -> str:
    """Give a site's address as links have it: in ASCII, and without a slash at its end.

    It is the one way in which ``SITEURL`` is written: a host of another script in punycode
    (RFC 3490), a path percent-encoded.

    Raises:
        ValueError: saying what no site's address has; the value is not shown, as it may be secret.
    """
    text = value.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        raise ValueError(_SUCH_AS) from None
    if "@" in parts.netloc or (not parts.netloc and "@" in text.split("/")[0]):
        raise ValueError("without a user name or a password, as it is written on every page")
    if text and (parts.scheme not in {"http", "https"} or not _HOST.fullmatch(ascii_host)):
        raise ValueError(_SUCH_AS)
    if "?" in text or "#" in text:
        raise ValueError("without a query ('?') or an anchor ('#'), as paths are added to it")
    climbs = {"..", "."} & set(unquote(parts.path).split("/")) and parts.netloc
    if "\\" in text or climbs:
        raise ValueError("without '.', '..' or '\\' in its path, which browsers take away")
    if ":" in ascii_host:
        ascii_host = f"[{ascii_host}]"
    place = ascii_host if port is None else f"{ascii_host}:{port}"
    path = quote(parts.path, safe="%/:=&~+!$,;'@()*-._")
    path = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", path)
    return parts._replace(netloc=place, path=path).geturl()


def page_language(value: str) -> str:
    """Give the language of a site's pages, as HTML has it (BCP 47); '' where none is said.

    Raises:
        ValueError: saying what it should be.
    """
    if value and not _LANGUAGE.fullmatch(value):
        raise ValueError(f"a language as HTML names it, such as en or pt-BR, and is {value!r:.80}")
    return value


def template_overrides(pelican: Mapping[str, Any]) -> list[Path]:
    """Give the folders of templates that go before those of the theme, the first winning."""
    return list(map(Path, pelican.get("THEME_TEMPLATES_OVERRIDES") or ()))


def misspelt(pelican: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the names that nobody knows and that are nearly one of Pelican's, with that one."""
    for name in sorted(pelican):
        if name.isupper() and name not in DEFAULT_CONFIG:
            free = [known for known in DEFAULT_CONFIG if abs(len(known) - len(name)) < 2]
            near = difflib.get_close_matches(name, free, 1, _UNLIKE)
            if near:
                yield name, near[0]


def not_apart(folders: Mapping[str, Path], theme: Path | None) -> str | None:
    """Say which two settings name one folder, or folders of which one lies in the other.

    Whatever is read there would be read as what it is not, and what is written there be read by
    the next build, published, or deleted. `folders` go by the names of their settings.
    """
    # `Path.resolve` raises where a link leads to itself; this gives the link.
    real = {name: Path(os.path.realpath(at_home(path))) for name, path in folders.items()}
    for name, path in real.items():
        for other, place in real.items():
            if name != other and path.is_relative_to(place):
                return _said(name, path, other, place)
        if theme is not None and theme.resolve().is_relative_to(path):
            return _said("THEME", theme.resolve(), name, path)
    return None


def _said(name: str, path: Path, other: str, place: Path) -> str:
    if path == place:
        return f"{name}: {path} is the folder of {other} as well; choose another for one of them"
    return f"{name}: {path} lies in {place}, the folder of {other}; choose another for one of them"


def origin_of(name: str) -> str:
    """Name the settings file that sets `name`, as Pelican loaded it; '' for the command line."""
    for module in tuple(sys.modules.values()):
        if name in getattr(module, "__dict__", {}) and getattr(module, "__file__", None):
            return f"{module.__file__}: "
    return ""
