"""HTML of strangers, parsed in time and memory that grow with its size alone.

Looking for something inside an element takes as long as the element is deep, and so does an end
tag without a beginning: what is deep in itself would take hours. No page that people read comes
near the bounds; browsers flatten what is deeper, too
(https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody).
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, SoupStrainer

from ..errors import MalformedDigestError, Refusal
from .document import Document
from .elements import TORN_TAG
from .html_steps import DEEPEST, MOST_ELEMENTS
from .page_signs import PageSigns, read_signs

_DECLARATION = re.compile(r"\A(\s*)<\?xml\b[^<>\n]*>")
_CONTAINER = re.compile(r"</?(?!(?:a|h[1-6]|p|li|br|title)\b)[a-z][^<>]*>", re.IGNORECASE)
_BEGINNING = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_ENDING = re.compile("</(?:html|body)", re.IGNORECASE)
_TORN_NAME = re.compile(r"</[a-z][^<>\"=]{0,80}\"|<[a-z]\w{0,20}\"", re.IGNORECASE)
"""A tag without the attribute whose end it has."""
_TAG_SIGN = re.compile("[<>]")
_MOST_TORN = 20
_SWALLOWING = (
    ("a comment", re.compile("<!--(?!-?>)"), re.compile("-->")),
    ("a script", re.compile(r"<script\b", re.IGNORECASE), re.compile("</script", re.IGNORECASE)),
    ("a style", re.compile(r"<style\b", re.IGNORECASE), re.compile("</style", re.IGNORECASE)),
    ("a title", re.compile(r"<title\b", re.IGNORECASE), re.compile("</title", re.IGNORECASE)),
    ("a frame", re.compile(r"<iframe\b", re.IGNORECASE), re.compile("</iframe", re.IGNORECASE)),
    (
        "a field of text",
        re.compile(r"<textarea\b", re.IGNORECASE),
        re.compile("</textarea", re.IGNORECASE),
    ),
)
"""What takes in all that follows until its end, and what begins and ends it."""


def parse_html(document: Document, only: SoupStrainer | None = None) -> BeautifulSoup:
    """Parse a page, or only some of its elements; what of it cannot be seen is told.

    Raises:
        MalformedDigestError: for a page of too many elements.
    """
    # Beautiful Soup warns whoever gives it what is declared as XML.
    text = _DECLARATION.sub(r"\1", document.text, count=1)
    if text.count("<") > DEEPEST and not _is_shallow(document, document.page):
        text = _CONTAINER.sub(" ", text)
        if not _is_shallow(document, read_signs(text)):
            raise MalformedDigestError(
                document.path, f"its elements are more than {DEEPEST} deep.", hint="Save it again."
            )
        _tell(
            document,
            Refusal(
                document.path,
                None,
                f"its elements are more than {DEEPEST} deep: "
                "only links, headings and paragraphs were read.",
                "Save it again.",
                fatal=False,
            ),
        )
    if only is None and _BEGINNING.search(text) and not _ENDING.search(text):
        _tell(
            document,
            Refusal(
                document.path,
                text.count("\n") + 1,
                "the page ends without the end of its body: it may have been cut off, "
                "and its last paper with it.",
                "Save it again.",
                fatal=False,
            ),
        )
    for what, begin, end in _SWALLOWING:
        _tell_swallowed(document, what, begin, end)
    return BeautifulSoup(text, "lxml", parse_only=only)


def _is_shallow(document: Document, signs: PageSigns) -> bool:
    """Tell whether no element is too deep.

    Raises:
        MalformedDigestError: for too many elements.
    """
    if signs.elements > MOST_ELEMENTS:
        raise MalformedDigestError(
            document.path,
            f"expected at most {MOST_ELEMENTS:,} elements, found more.",
            hint="Save a shorter list, or split the file.",
        )
    return not signs.is_deep


def _tell_swallowed(
    document: Document, what: str, begin: re.Pattern[str], end: re.Pattern[str]
) -> None:
    """Tell what stands behind a beginning without end, where a link or more is lost."""
    text = document.text
    ended = 0
    for match in end.finditer(text):
        ended = match.end()
    begun = begin.search(text, ended)
    if begun is None or "<a" not in text[begun.end() :].lower():
        return
    line = text.count("\n", 0, begun.start()) + 1
    _tell(
        document,
        Refusal(
            document.path,
            line,
            f"{what} begins that never ends; what follows it was left out.",
            "Save the page again, or end it there.",
        ),
    )


def tell_torn_texts(document: Document, soup: BeautifulSoup) -> list[Refusal]:
    """Tell the texts of a page that are the end of a tag, and the addresses that hold one.

    The beginning of the tag was lost, or its end: what it marked is not where it should be.
    """
    torn = [TORN_TAG.search(text) for text in soup.find_all(string=TORN_TAG)]
    found = [match[0] for match in torn if match]
    found += _TORN_NAME.findall(document.text)
    hrefs = [str(link["href"]).split("\n")[0] for link in soup.find_all("a", href=_TAG_SIGN)]
    refusals: list[Refusal] = []
    for sign in [*found, *hrefs][:_MOST_TORN]:
        begin = r"=\s*[\"']?" if sign in hrefs else ""
        place = re.search(begin + re.escape(sign), document.text)
        line = document.text.count("\n", 0, place.end()) + 1 if place else None
        message = f"a tag is broken there: {sign[:60]!r}."
        hint = "Save the page again, and see whether a paper is missing there."
        refusals.append(Refusal(document.path, line, message, hint, fatal=False))
    return refusals


def _tell(document: Document, refusal: Refusal) -> None:
    if refusal not in document.doubts:
        document.doubts.append(refusal)
