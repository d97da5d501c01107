"""XML of strangers, parsed so that nothing in it reaches outside: no entities, network or DTD."""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterable

from lxml import etree

from ..errors import MalformedDigestError, Refusal
from .document import Document
from .lines import Lines
from .xml_mending import mend

_LED = re.compile(r"\A(\s+)(<\?xml[^<>]*\?>)")
"""A declaration that is not the first of a file, as it has to be."""
_HALF_TAG = re.compile(r"</?[A-Za-z][^<>]{0,400}\Z")
"""A tag within which a file ends: a parser that recovers takes it for a whole one."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SIGN = re.compile(
    r"<!--[\s\S]*?(?:-->|\Z)|<!\[CDATA\[[\s\S]*?(?:\]\]>|\Z)"
    r"|(?P<half>(?:&#(?:5[5-7]\d{3}|[xX]0{0,4}[dD][89a-fA-F][0-9a-fA-F]{2});){1,2})"
    r"|&(?P<name>(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,40};)"
    r"|(?P<sign>&(?!(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|amp|lt|gt|quot|apos);)|<(?=[\s\d=<.$&+-]|\Z))"
)
"""A sign of a text that should have been written as an entity, and an entity that is HTML's.

Behind one that it does not know, a parser that recovers loses others that it does. One or two
numbers of UTF-16's halves of characters are what programs write for a picture in a title; the
parser gives each of them as bytes that are no text.
"""
ITEMS = frozenset({"entry", "item"})
"""The records of feeds."""
_SINGLE = frozenset({"title", "ArticleTitle", "info", "id", "PMID"})
"""Elements that a record has once."""
_PIECE = 1 << 16
_PREFIXED = re.compile(r"[^:{}]*:([A-Za-z_][A-Za-z0-9_.-]*)")
_MOST_TOLD = 10
_TAIL = 400
"""Characters at the end of a file in which its root ends."""


def parse_xml(document: Document, records: Container[str] = ITEMS) -> etree._Element:
    """Give the root of a document's XML; what is cut off or unclosed is read as far as it goes.

    `records` are the names of the elements that never hold their like, by which what is broken
    is read; where it is broken is told.

    Raises:
        MalformedDigestError: where it declares entities of its own, or nothing can be read.
    """
    text = _LED.sub(r"\2\1", _CONTROL.sub(" ", document.text), count=1)
    if "<!ENTITY" in document.start or ("<!DOCTYPE" in text and _declares_entities(text)):
        raise MalformedDigestError(
            document.path,
            "expected a list of papers, found XML that declares entities of its own.",
            hint="Remove its document type.",
        )
    text = _HALF_TAG.sub("", text)
    try:
        root, faults = _parsed(text)
        if faults and (told := _SIGN.sub(_as_text, text)) != text:
            root, faults = _parsed(text := told)
    except etree.XMLSyntaxError as failure:
        root, faults = None, []
        reason = str(failure)
    else:
        reason = "no element"
    if root is None:
        raise MalformedDigestError(
            document.path, f"the XML cannot be read: {reason}.", hint="Save it again."
        )
    return _without_prefixes(_read_on(document, text, root, records)) if faults else root


def _declares_entities(text: str) -> bool:
    """Whether a document type does, wherever it stands: read up to the root, before it may grow."""
    parser = etree.XMLPullParser(
        events=("start",), recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    for place in range(0, len(text), _PIECE):
        parser.feed(text[place : place + _PIECE].encode("utf-8", "replace"))
        for _, root in parser.read_events():
            dtd = root.getroottree().docinfo.internalDTD
            return dtd is not None and any(True for _ in dtd.iterentities())
    return "<!ENTITY" in text


def _as_text(match: re.Match[str]) -> str:
    if match["half"]:
        return _characters(match["half"])
    if match["sign"] or match["name"]:
        return html.escape(html.unescape(match[0]), quote=False)
    return match[0]


def _characters(numbers: str) -> str:
    """Give the characters of UTF-16 that their halves' numbers mean; one alone is none."""
    codes = [int(n[1:], 16) if n[0] in "xX" else int(n) for n in re.findall(r"#(\w+);", numbers)]
    halves = b"".join(code.to_bytes(2, "big") for code in codes)
    return halves.decode("utf-16-be", "replace")


def _parsed(text: str) -> tuple[etree._Element | None, list[etree._LogEntry]]:
    """Parse as far as it goes; give the root, and what is wrong."""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        encoding="utf-8",
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    return root, [*parser.error_log]


def _read_on(
    document: Document, text: str, root: etree._Element, records: Container[str]
) -> etree._Element:
    """Read what is broken as far as it can be told apart, and tell where it is broken."""
    mended = mend(text, records)
    again, still = _parsed(mended.text)
    count = 0 if again is None else _count(again, records)
    whole = again is not None and count >= _count(root, records)
    if any(fault.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for fault in still):
        mended.faults.insert(0, (0, "it is larger or deeper than can be parsed"))
        whole = False
    places = Lines(text)
    faults = [(places.at(place), what) for place, what in mended.faults]
    if not faults and (unread := _unread(still)) is not None:
        faults.append((unread, "what stands there cannot be parsed"))
    all_read = whole and count >= mended.records
    left = "it was read on behind that" if all_read else "some of what follows was left out"
    told = {refusal.line for refusal in document.doubts}
    for line, what in faults:
        if line in told or len(told) >= _MOST_TOLD:
            continue
        told.add(line)
        message = f"the XML is broken ({what}); {left}."
        hint = "Save it again, or see whether a record is missing there."
        document.doubts.append(Refusal(document.path, line, message, hint, fatal=not all_read))
    return again if whole and again is not None else root


def _unread(faults: Iterable[etree._LogEntry]) -> int | None:
    """Give the line of the first fault behind which a parser that recovers may leave out more."""
    lines = (fault.line for fault in faults if fault.level >= etree.ErrorLevels.FATAL)
    return next(lines, None)


def _without_prefixes(root: etree._Element) -> etree._Element:
    """Give a root whose elements have names without the prefixes that nothing declares."""
    for element in root.iter("*"):
        if (prefixed := _PREFIXED.fullmatch(str(element.tag))) is not None:
            element.tag = prefixed[1]
    return root


def _count(root: etree._Element, records: Container[str]) -> int:
    names = (local_name(element).rpartition(":")[2] for element in root.iter("*"))
    return sum(name in records for name in names)


def is_cut(text: str, root: etree._Element, records: Iterable[str]) -> bool:
    """Whether the last record of a text begins and does not end, nor does what holds it."""
    if re.search(rf"</(?:\w+:)?{re.escape(local_name(root))}\s*>\s*\Z", text[-_TAIL:]):
        return False
    tags = re.finditer(rf"<(/?)(?:\w+:)?(?:{'|'.join(records)})(?=[\s/>])", text)
    last = {match[1]: match.start() for match in tags}
    return last.get("", -1) > last.get("/", -1)


def tell_two_titles(
    path: str, line: int | None, position: int, record: etree._Element
) -> list[Refusal]:
    """Tell a record that says twice what it has once: another may be within it."""
    for parent in record.iter("*"):
        tags = [child.tag for child in parent if local_name(child) in _SINGLE]
        if len(tags) > len(set(tags)):
            name = local_name(next(child for child in parent if tags.count(child.tag) > 1))
            message = f"record {position} has {name!r} twice, and was read by the first."
            hint = "See whether another record is within it, and save it again."
            return [Refusal(path, line, message, hint, fatal=False)]
    return []


def local_name(element: etree._Element) -> str:
    """Give an element's name without its namespace; an entity that nothing declares has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
