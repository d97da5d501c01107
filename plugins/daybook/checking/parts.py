"""The parts that the archive's own scripts read: the search index, what is kept offline.

ARCHITECTURE.md describes the index: every file but `search.js` and the code that it loads
hands its name, its contents and the format's version to ``daybook.search.receive``.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from ..archive.forking import spread
from ..publishing.offline import MANIFEST as OFFLINE
from ..publishing.offline import WORKER, bundle_name, unpacked, where
from ..scripts import PARTS
from ..search.cards import HASH_LENGTH, group_hash, last_number, opened, plain
from ..search.shards import FOLDER, NAME_LENGTH, VERSION, content_hash
from .folder import Finding, Folder
from .identifiers import check_identifiers, known_by

_SPREAD = 1000
_DELIVERY = re.compile(rb'daybook\.search\.receive\("([^"]*)",(.*),(\d+)\);\n', re.DOTALL)
_SCRIPT = "search.js"
"""The program beside the index,"""
_CODE = "code/"
"""and the folder of its parts."""
_CODE_NAME = re.compile(rb'"(code/[0-9a-f]{8}/)"')
_IMPORTS = re.compile(r"""importScripts\(["'`]([^"'`]*)""")
_ELSEWHERE = re.compile(r"""["'`]((?:https?:|wss?:)?//[^"'`\s]+)""")
"""Another host, named in a script."""


def check_index(folder: Folder) -> Iterator[Finding]:
    """Look at every file of the search index, and whether all that it names are there."""
    home = folder.base + FOLDER
    paths = [
        path
        for path in folder.archive(".js")
        if path.startswith(home) and path != home + _SCRIPT and not path.startswith(home + _CODE)
    ]
    if not folder.is_searched:
        if paths:
            yield Finding(f"{home}manifest.js", "is not there, so nobody finds the index")
        return
    if home + _SCRIPT not in folder.sizes:
        yield Finding(home + _SCRIPT, "is not there, so nobody can search")
    else:
        for code in _CODE_NAME.findall(folder.bytes(home + _SCRIPT)):
            for path in (f"{home}{code.decode()}{part}.js" for part in PARTS):
                if path not in folder.sizes:
                    yield Finding(path, "is not there, so that a part of the search does not work")
    named: set[str] = set()
    for path, names, faults in spread(partial(_read_all, folder), paths, _SPREAD):
        named |= {f"{home}{name}.js" for name in names}
        for fault in faults:
            yield Finding(path, fault)
    for path in sorted(named - folder.sizes.keys()):
        yield Finding(path, "is named by the search index, and is not there")
    hashed = {path for path in paths if "/" in path.removeprefix(home)}
    for path in sorted(hashed - named):
        if not path.startswith(f"{home}cards/"):  # see `check_cards`
            yield Finding(path, "is named by nothing in the search index")


def _read_all(folder: Folder, paths: Sequence[str]) -> list[tuple[str, list[str], list[str]]]:
    """Give for every file the names of others in it and what is wrong with it."""
    return [(path, *_read(folder, path)) for path in paths]


def _read(folder: Folder, path: str) -> tuple[list[str], list[str]]:
    name = path.removeprefix(folder.base + FOLDER).removesuffix(".js")
    found = _DELIVERY.fullmatch(folder.bytes(path))
    if not found:
        return [], ["is no file of the search index: it should call daybook.search.receive once"]
    try:
        value = json.loads(found[2])
    except (ValueError, RecursionError) as error:
        return [], [f"holds no JSON: {error}"]
    faults = []
    if found[1].decode("utf-8", "replace") != name:
        faults.append(f"says that it is {found[1].decode('utf-8', 'replace')!r}")
    if int(found[3]) != VERSION:
        faults.append(f"is of version {int(found[3])}, and this is {VERSION}")
    if name == "manifest" and not _reckons(value):
        faults.append("has figures with which nobody can reckon")
    kind, _, key = name.partition("/")
    if key and kind != "cards" and content_hash(found[2])[:NAME_LENGTH] != key:
        faults.append("is not named by the hash of what it holds")
    try:
        return list(_names(folder, kind if key else name, value)), faults
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return [], [*faults, f"lacks what a file of its kind has: {error!r}"]


def _reckons(value: Any) -> bool:
    """Tell whether the figures of a manifest are such as scores and places come from."""
    try:
        starts = [segment["from"] for segment in value["segments"]]
        last = [*starts, value["size"]]
        cards = value["cards"]
        return (
            value["version"] == VERSION
            and value["k1"] > 0
            and 0 <= value["b"] <= 1
            and all(field["name"] and field["boost"] > 0 for field in value["fields"])
            and all(field["length"] >= 0 for field in value["fields"])
            and starts[:1] in ([], [0])
            and last == sorted(last)
            and value["documents"] + (value["absent"] != "") <= value["size"]
            and (value["documents"] == value["size"] or value["absent"] != "")
            and cards["group"] >= cards["block"] >= 1
        )
    except (KeyError, TypeError, IndexError):
        return False


def _names(folder: Folder, kind: str, value: Any) -> Iterator[str]:
    """Give the names of the files that a file of the index names."""
    if kind == "manifest":
        for segment in value["segments"]:
            for part in ("terms", "words"):
                yield from _listed("pages", segment[part])
        yield from _listed("acronyms", value["acronyms"])
    elif kind == "side":
        yield from _cut("facts", value["facts"]["names"])
        for part in ("people", "titles"):
            for table in value[part].values():
                yield from _listed(part, table)
    elif kind == "pages":
        firsts, names = value["firsts"].split(" "), list(_cut("", value["names"]))
        if len(firsts) != len(names):
            raise ValueError(f"{len(firsts)} ranges for {len(names)} files")
        for name in names:
            home = folder.base + FOLDER
            of_words = f"{home}words{name}.js" in folder.sizes
            yield f"{'words' if of_words else 'terms'}{name}"
    elif kind in {"terms", "words"}:
        if not value["terms"] and value["terms"] != "":
            raise ValueError("no terms")
        value["codes"].encode("ascii")


def _listed(folder: str, table: Any) -> Iterator[str]:
    names = list(_cut(folder, table["names"]))
    firsts = table["firsts"].split(" ") if names else []
    if len(firsts) != len(names):
        raise ValueError(f"{len(firsts)} ranges for {len(names)} files")
    yield from names


def _cut(folder: str, names: str, length: int = NAME_LENGTH) -> Iterator[str]:
    if len(names) % length:
        raise ValueError(f"names of {length} digits are cut off")
    for at in range(0, len(names), length):
        yield f"{folder}/{names[at : at + length]}"


def check_cards(folder: Folder) -> Iterator[Finding]:
    """Look at the groups of result cards: all there, under the hash of what they hold."""
    home = folder.base + FOLDER
    if not folder.is_searched:
        return  # `check_index` has said it
    found = _DELIVERY.fullmatch(folder.bytes(f"{home}manifest.js"))
    try:
        manifest = json.loads(found[2]) if found else {}
        hashes = list(_cut("", manifest["cards"]["names"], HASH_LENGTH))
    except (KeyError, TypeError, ValueError):
        return  # `check_index` has said it
    groups = [f"{home}cards/{number}-{key[1:]}" for number, key in enumerate(hashes)]
    blocks: dict[str, list[int]] = {group: [] for group in groups}
    for path in folder.archive(".js"):
        group, _, block = path.removesuffix(".js").rpartition("/")
        if group in blocks and block.isdigit():
            blocks[group].append(int(block))
        elif path.startswith(f"{home}cards/"):
            yield Finding(path, "is named by nothing in the search index")
    known: dict[int, str] = {}
    faults: list[Finding] = []
    for papers, findings in spread(partial(_check_groups, folder), list(blocks.items()), 20):
        known.update(papers)
        faults += findings
    if len(known) != manifest.get("documents"):
        promised = manifest.get("documents")
        message = f"promises {promised} papers, and {len(known)} have cards"
        faults.append(Finding(f"{home}manifest.js", message))
    yield from faults or check_identifiers(folder, known)


def _check_groups(
    folder: Folder, groups: Sequence[tuple[str, list[int]]]
) -> list[tuple[list[tuple[int, str]], list[Finding]]]:
    """Give for every group what its papers are known by, by number, and what is wrong with it."""
    looked: list[tuple[list[tuple[int, str]], list[Finding]]] = []
    for group, numbers in groups:
        papers: list[tuple[int, str]] = []
        findings: list[Finding] = []
        texts: dict[int, bytes] = {}
        for number in sorted(numbers):
            path = f"{group}/{number}.js"
            texts[number] = opened(folder.bytes(path)) or b""
            try:
                cards = json.loads(texts[number])
            except ValueError:
                continue
            last = last_number(path.removeprefix(folder.base)) or 0
            places = enumerate(cards, last + 1 - len(cards))
            papers += [(number, known_by(card)) for number, card in places if card]
            findings += [
                Finding(path, f"{card['url']} is not there")
                for card in cards
                if card and folder.base + card["url"] not in folder.sizes
            ]
        if group_hash(texts) != group.rpartition("-")[2]:
            findings.append(Finding(group, "does not hold the cards that it is named by"))
        looked.append((papers, findings))
    return looked


def check_offline(folder: Folder) -> Iterator[Finding]:
    """Look at what readers' browsers keep: the same files, packed."""
    worker = folder.base + WORKER
    if worker in folder.sizes:
        yield from _worker(folder, worker)
    elif b" data-offline" in folder.bytes(f"{folder.base}index.html"):
        yield Finding(worker, "is not there, and pages ask for it")
    manifest = folder.base + OFFLINE
    if manifest not in folder.sizes:
        if folder.archive(".bin"):
            yield Finding(manifest, "is not there, so that nobody finds the bundles")
        return
    try:
        said = json.loads(folder.bytes(manifest))
        bundles = [(str(name), int(size), tuple(has)) for name, size, *has in said["bundles"]]
        files = int(said["files"])
    except (ValueError, TypeError, KeyError) as error:
        yield Finding(manifest, f"is no list of bundles: {error!r}")
        return
    inside = 0
    for count, findings in spread(partial(_check_bundles, folder), bundles, 8):
        inside += count
        yield from findings
    if inside != files:
        yield Finding(manifest, f"promises {files} files, and the bundles hold {inside}")


def _worker(folder: Folder, path: str) -> Iterator[Finding]:
    """Look at the one script that no page's policy holds, as it stands for the site's own host."""
    scripts = [path]
    for name in _IMPORTS.findall(folder.bytes(path).decode("utf-8", "replace")):
        if folder.base + name in folder.sizes:
            scripts.append(folder.base + name)
        else:
            yield Finding(path, f"{name} is not there")
    for script in scripts:
        for address in _ELSEWHERE.findall(folder.bytes(script).decode("utf-8", "replace")):
            if folder.is_foreign(address):
                yield Finding(script, f"names {address}, which is elsewhere")


def _check_bundles(
    folder: Folder, bundles: Sequence[tuple[str, int, tuple[str, ...]]]
) -> list[tuple[int, list[Finding]]]:
    return [_check_bundle(folder, *bundle) for bundle in bundles]


def _check_bundle(
    folder: Folder, name: str, size: int, has: tuple[str, ...]
) -> tuple[int, list[Finding]]:
    path = f"{folder.base}offline/{name}.bin"
    if folder.sizes.get(path) != size:
        found = folder.sizes.get(path)
        return 0, [
            Finding(path, "is not there" if found is None else f"is {found} bytes, not {size}")
        ]
    findings = []
    held: list[tuple[str, bytes]] = []
    try:
        for inner, data in unpacked(zlib.decompress(folder.bytes(path))):
            target = folder.base + inner
            if target in folder.sizes and target not in folder.built:
                findings.append(Finding(target, "is not in the list of what was built"))
            own = folder.bytes(target) if target in folder.sizes else None
            same = own is not None and plain(inner, own) == data
            held.append((inner, hashlib.sha256(own if own is not None and same else data).digest()))
            if not same and (own is None or folder.is_as_built(target, own)):
                findings.append(Finding(path, f"holds another {inner} than the site"))
    except (zlib.error, ValueError, TypeError, LookupError) as error:
        return 0, [Finding(path, f"cannot be unpacked: {error}")]
    paths = tuple(inner for inner, _ in held)
    if where(paths, by_path=has[0] != "") != has:
        findings.append(Finding(path, "is not said to have what it holds"))
    if bundle_name(held) != name:
        findings.append(Finding(path, "is not named by the hash of what it holds"))
    return len(held), findings
