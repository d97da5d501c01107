"""Style sheets, scripts and drawings: what each of these files must be by itself."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

from lxml import etree

from .folder import INDEX, Finding, Folder, Lost
from .vocabulary import DRAWN

_URL = re.compile(
    r"(?:url|src)\(\s*['\"]?([^'\")]*)|@import\s*['\"]([^'\"]*)|image-set\(([^;{}]*)", re.IGNORECASE
)
"""What a style sheet loads; a set of images names some of them in quotes alone."""
_QUOTED = re.compile(r"['\"]([^'\"]*)['\"](?!\s*\))")
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|([^\n]))", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_CSS_WORDS = re.compile(r"/\*.*?(?:\*/|\Z)|\"(?:[^\"\\]|\\.)*\"?|'(?:[^'\\]|\\.)*'?", re.DOTALL)
"""Comments and strings, in which a brace is no brace; what is not closed goes on to the end."""
_PARSE = """
const { Script } = require("node:vm");
const { readFileSync } = require("node:fs");
for (const path of JSON.parse(readFileSync(0, "utf8"))) {
  try { new Script(readFileSync(path, "utf8")); }
  catch (error) { console.log(JSON.stringify([path, String(error.message)])); }
}
"""
_DRAWING = "{http://www.w3.org/2000/svg}"
_NAMED = re.compile(r"""(?<=["'`])(?:\.\./)?(?:[a-z_]+/)*[a-z_]+\.(?:js|css|html|json)(?=["'`])""")
"""Files that a script names, to load them or lead there."""
_OF_SEARCH = frozenset({"search.html", "../search/search.js", INDEX})
"""Those of them that an archive without an index does not have."""


def check_style_and_scripts(folder: Folder) -> Iterator[Finding]:
    """Look at what every page loads: it is there to the end, and loads nothing foreign itself."""
    for path in folder.archive(".css"):
        yield from _style(folder, path)
    for path in folder.archive(".svg"):
        yield from _drawing(folder, path)
    home = f"{folder.base}search/"
    scripts = [
        path
        for path in folder.archive(".js")
        if not path.startswith(home) or path.startswith((f"{home}search.js", f"{home}code/"))
    ]
    for path in scripts:
        text = folder.bytes(path).decode("utf-8", "replace")
        if not text.strip():
            yield Finding(path, "is empty")
        named = set(_NAMED.findall(text))
        for name in sorted(named if folder.is_searched else named - _OF_SEARCH):
            places = (folder.base, f"{folder.base}assets/", f"{posixpath.dirname(path)}/")
            if not any(posixpath.normpath(place + name) in folder.sizes for place in places):
                yield Finding(path, f"names {name}, which is not there")
    yield from _unparsable(folder, scripts)


def _style(folder: Folder, path: str) -> Iterator[Finding]:
    text = folder.bytes(path).decode("utf-8", "replace")
    if not text.strip():
        yield Finding(path, "is empty")
    bare = _CSS_WORDS.sub("", text)
    if bare.count("{") != bare.count("}"):
        yield Finding(path, "is cut off: not every { has its }")
    elif "{" not in bare:
        yield Finding(path, "has no rule of style")
    for address in _loaded(text):
        if folder.is_foreign(address):
            yield Finding(path, f"loads {address} from elsewhere")
        elif not address.startswith("data:"):
            try:
                folder.leads(path, address)
            except Lost as lost:
                yield Finding(path, f"{address} {lost}")


def _loaded(style: str) -> Iterator[str]:
    """Give the addresses that a style sheet loads, as a browser reads them."""
    for found in _URL.finditer(_ESCAPE.sub(_unescaped, _COMMENT.sub("", style))):
        for address in _QUOTED.findall(found[3]) if found[3] else (found[1] or found[2] or "",):
            yield re.sub(r"[\t\r\n]", "", address).strip().replace("\\", "/")


def _unescaped(escape: re.Match[str]) -> str:
    """Give the character that an escape of a style sheet's means."""
    number = int(escape[1], 16) if escape[1] else 0
    return chr(number) if 0 < number <= sys.maxunicode else escape[2] or "\ufffd"


def _drawing(folder: Folder, path: str) -> Iterator[Finding]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(folder.bytes(path), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        yield Finding(path, f"is no XML: {error}")
        return
    if root.tag != f"{_DRAWING}svg":
        yield Finding(path, f"is no drawing: {root.tag!r}")
    if root.getprevious() is not None or root.getroottree().docinfo.doctype:
        yield Finding(path, "says something before its first element")
    for element in root.iter(etree.Element):
        name = str(element.tag).removeprefix(_DRAWING).lower()
        if name not in DRAWN and name not in {"svg", "title"}:
            yield Finding(path, f"a <{name}> in a drawing", element.sourceline)
        for name, value in element.attrib.items():
            bare = str(name).rpartition("}")[2].lower()
            if bare.startswith("on"):
                yield Finding(path, f"an inline {bare} attribute", element.sourceline)
            elif bare in {"href", "src"} and folder.is_foreign(str(value)):
                yield Finding(path, f"loads {value!s} from elsewhere", element.sourceline)


def _unparsable(folder: Folder, scripts: Sequence[str]) -> Iterator[Finding]:
    """Say which scripts no browser could begin: Node parses them, where it is there."""
    node = shutil.which("node")
    if node is None or not scripts:
        return
    names = {str((folder.root / path).absolute()): path for path in scripts}
    done = subprocess.run(
        [node, "-e", _PARSE],
        input=json.dumps([*names]),
        capture_output=True,
        text=True,
        check=False,
    )
    for line in done.stdout.splitlines():
        place, message = json.loads(line)
        yield Finding(names[place], f"is no script: {message}")
