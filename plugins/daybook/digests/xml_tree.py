"""XML of strangers, parsed so that nothing in it reaches outside: no entities, network or DTD."""

from __future__ import annotations

import html
import re
from collections import Counter

from lxml import etree

from ..errors import MalformedDigestError, Refusal
from .document import Document

_PIECE = re.compile(r"<!--|<!\[CDATA\[|<\?|<(/?)([A-Za-z_][^\s<>/]*+)[^<>]*+>")
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
"""What begins something in which a tag is none, and what ends it."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SIGN = re.compile(
    r"<!--[\s\S]*?(?:-->|\Z)|<!\[CDATA\[[\s\S]*?(?:\]\]>|\Z)"
    r"|&(?P<name>(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,40};)"
    r"|(?P<sign>&(?!(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|amp|lt|gt|quot|apos);)|<(?=[\s\d=<.$&+-]|\Z))"
)
"""A sign of a text that should have been written as an entity, and an entity that is HTML's.

Behind one that it does not know, a parser that recovers loses others that it does.
"""
_ONCE = frozenset({"entry", "item"})
"""What is never within its like."""


def parse_xml(document: Document) -> etree._Element:
    """Give the root of a document's XML; what is cut off or unclosed is read as far as it goes.

    Raises:
        MalformedDigestError: where it declares entities of its own, or nothing can be read.
    """
    if "<!ENTITY" in document.start:
        raise MalformedDigestError(
            document.path,
            "expected a list of papers, found XML that declares entities of its own.",
            hint="Remove its document type.",
        )
    text = _CONTROL.sub(" ", document.text)
    try:
        root, error = _parsed(text)
        if error is not None and (told := _SIGN.sub(_as_text, text)) != text:
            root, error = _parsed(text := told)
    except etree.XMLSyntaxError as failure:
        root, error = None, None
        reason = str(failure)
    else:
        reason = "no element"
    if root is None:
        raise MalformedDigestError(
            document.path, f"the XML cannot be read: {reason}.", hint="Save it again."
        )
    return root if error is None else _read_on(document, text, root, error)


def _as_text(match: re.Match[str]) -> str:
    if match["sign"] or match["name"]:
        return html.escape(html.unescape(match[0]), quote=False)
    return match[0]


def _parsed(text: str) -> tuple[etree._Element | None, etree._LogEntry | None]:
    """Parse as far as it goes; give the root, and the first thing that is wrong."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
    )
    root = etree.fromstring(text.encode("utf-8", "replace").lstrip(), parser)
    return root, parser.error_log[0] if parser.error_log else None


def _read_on(
    document: Document, text: str, root: etree._Element, error: etree._LogEntry
) -> etree._Element:
    """Tell where a parser went astray that then left out elements, and read on behind that.

    At an end without a beginning it takes the whole for ended, and a comment without an end for
    all that follows.
    """
    mended, elements, torn = _mended(text)
    if elements <= sum(1 for _ in root.iter("*")) and torn is None:
        return root
    again, _ = _parsed(mended)
    if again is not None and again.tag == root.tag:
        root = again
    whole = elements <= sum(1 for _ in root.iter("*"))
    left = "it was read on behind that." if whole else "some of what follows was left out."
    message = f"the XML is broken ({error.message.splitlines()[0]}); {left}"
    line = error.line
    if torn is not None:
        line = text.count("\n", 0, torn) + 1
        message = f"the XML is broken (an entry begins before the one above it ends); {left}"
    refusal = Refusal(document.path, line, message, "Save it again.", fatal=not whole)
    if refusal not in document.doubts:
        document.doubts.append(refusal)
    return root


def _mended(text: str) -> tuple[str, int, int | None]:
    """Take out what ends or begins nothing, end what is open.

    Tells how many elements there are, and where one begins first that the one before it swallows.
    """
    torn: int | None = None
    opened: list[str] = []
    depths: Counter[str] = Counter()
    endless: set[str] = set()
    parts: list[str] = []
    at = kept = elements = 0
    while piece := _PIECE.search(text, at):
        at, (found, name) = piece.end(), (piece[0], piece[2])
        if name is None:
            end = -1 if found in endless else text.find(_ENDS[found], at)
            if end >= 0 and not (text.startswith("<?xml", piece.start()) and elements):
                at = end + len(_ENDS[found])
                continue
            if end < 0:
                endless.add(found)
        elif not piece[1]:
            elements += 1
            if name.rpartition(":")[2] in _ONCE and depths[name]:
                torn = piece.start() if torn is None else torn
                parts.append(text[kept : piece.start()])
                kept = piece.start()
                while depths[name]:
                    parts.append(f"</{opened[-1]}>")
                    depths[opened.pop()] -= 1
            if not found.endswith("/>"):
                opened.append(name)
                depths[name] += 1
            continue
        elif depths[name]:
            parts.append(text[kept : piece.start()])
            kept = piece.start()
            while (last := opened.pop()) != name:
                parts.append(f"</{last}>")
                depths[last] -= 1
            depths[name] -= 1
            continue
        parts.append(text[kept : piece.start()])
        kept = at
    return "".join([*parts, text[kept:]]), elements, torn


def local_name(element: etree._Element) -> str:
    """Give an element's name without its namespace; comments and the like have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
