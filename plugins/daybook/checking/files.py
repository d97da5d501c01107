"""Style sheets, scripts, drawings and data: what each of these files must be by itself."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Generator, Iterator, Sequence
from email.parser import HeaderParser

from lxml import etree

from ..mail_addresses import HEADERS
from .folder import Finding, Folder, Lost

_URL = re.compile(r"url\(\s*['\"]?([^'\")]*)|@import\s+['\"]([^'\"]*)")
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
_DATA = (".json", ".jsonl", ".csv", ".bib", ".eml")
_DRAWING = "{http://www.w3.org/2000/svg}"


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
        if not folder.bytes(path).strip():
            yield Finding(path, "is empty")
    yield from _unparsable(folder, scripts)


def check_data(folder: Folder) -> Iterator[Finding]:
    """Look at the data: whole, each paper once, and its page there."""
    rows: dict[str, int] = {}
    seen: set[str] = set()
    for path in folder.archive(*_DATA, *(f"{ending}.gz" for ending in _DATA)):
        try:
            text = folder.text(path)
        except ValueError as error:
            yield Finding(path, f"cannot be read: {error}")
            continue
        for place in folder.private:
            if place in text:
                yield Finding(path, f"names the folder {place} of this machine")
        plain = path.removesuffix(".gz")
        stem, _, ending = plain.rpartition(".")
        if not stem.startswith(f"{folder.base}data/papers") or ending not in ("csv", "jsonl"):
            yield from _LOOKS[ending](path, text)
        elif ending == "csv":
            rows[stem] = yield from _table(path, text)
        else:
            yield from _papers(folder, path, text, seen)
            papers = text.count("\n")
            if rows.get(stem, papers) != papers:
                yield Finding(path, f"has {papers} papers, and the table beside it {rows[stem]}")


def _style(folder: Folder, path: str) -> Iterator[Finding]:
    text = folder.bytes(path).decode("utf-8", "replace")
    if not text.strip():
        yield Finding(path, "is empty")
    bare = _CSS_WORDS.sub("", text)
    if bare.count("{") != bare.count("}"):
        yield Finding(path, "is cut off: not every { has its }")
    for found in _URL.finditer(text):
        address = found[1] or found[2] or ""
        if folder.is_foreign(address):
            yield Finding(path, f"loads {address} from elsewhere")
        elif not address.startswith("data:"):
            try:
                folder.leads(path, address)
            except Lost as lost:
                yield Finding(path, f"{address} {lost}")


def _drawing(folder: Folder, path: str) -> Iterator[Finding]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(folder.bytes(path), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        yield Finding(path, f"is no XML: {error}")
        return
    for element in root.iter():
        if element.tag == f"{_DRAWING}script":
            yield Finding(path, "a <script> in a drawing", element.sourceline)
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


def _json(path: str, text: str) -> Iterator[Finding]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Finding(path, f"is no JSON: {error}")
        return
    if path.endswith("data/digests.json") and not isinstance(value, list):
        yield Finding(path, "is no list of digests")


def _json_lines(path: str, text: str) -> Iterator[Finding]:
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        try:
            json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Finding(path, f"is no JSON: {error}", number)


def _table(path: str, text: str) -> Generator[Finding, None, int]:
    """Look at a table; return how many rows it has below its header, as far as it can be read."""
    rows = 0
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        width = len(next(reader, []))
        for row in reader:
            rows += 1
            if len(row) != width:
                yield Finding(path, f"has {len(row)} fields, not {width}", reader.line_num)
    except csv.Error as error:
        yield Finding(path, f"is no table: {error}", reader.line_num)
    return rows


def _bibliography(path: str, text: str) -> Iterator[Finding]:
    if text.count("{") != text.count("}"):
        yield Finding(path, "is cut off: not every { has its }")


def _newsletter(path: str, text: str) -> Iterator[Finding]:
    found = [name.lower() for name in HeaderParser().parsestr(text).keys()]  # noqa: SIM118
    yield from (Finding(path, f"has a header {name[:40]!r}") for name in {*found} - HEADERS)
    if len({*found}) < len(found) or not {*found} >= {"subject", "message-id", "content-type"}:
        yield Finding(path, "is no newsletter: each header once, and those that all have")


_LOOKS: dict[str, Callable[[str, str], Iterator[Finding]]] = {
    "json": _json,
    "jsonl": _json_lines,
    "csv": _table,
    "bib": _bibliography,
    "eml": _newsletter,
}


def _papers(folder: Folder, path: str, text: str, seen: set[str]) -> Iterator[Finding]:
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        try:
            paper = json.loads(line)
            name, address = str(paper["id"]), str(paper["url"])
        except (ValueError, RecursionError) as error:
            yield Finding(path, f"is no JSON: {error}", number)
            continue
        except (KeyError, TypeError) as error:
            yield Finding(path, f"lacks what a paper has: {error!r}", number)
            continue
        if name in seen:
            yield Finding(path, f"has {name} a second time", number)
        seen.add(name)
        try:
            folder.leads(f"{folder.base}index.html", address)
        except (Lost, ValueError) as lost:
            yield Finding(path, f"{address} {lost}", number)
