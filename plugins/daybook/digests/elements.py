"""Elements of HTML in texts: in fields that are HTML by their format, and in those that are not.

What is a field's markup by its format is read here, once, where the field is read. In others only
the pairs of elements that typeset words count, as '<i>in vitro</i>' has them: '<pad>' is a word.
"""

from __future__ import annotations

import html
import re

_INLINE = re.compile(
    r"(?:<|&(?:amp;)?lt;)(/?)"
    r"(i|b|em|strong|u|tt|sub|sup|inf|ovl|sc|scp|span|italic|bold)(?:\s[^<>&]{0,300})?"
    r"(?:>|&(?:amp;)?gt;)",
    re.IGNORECASE,
)
"""What typesets words, as it is or escaped once or twice, as publishers' records have it."""
_PUBLISHERS = re.compile(r"</?(?:mml|jats):[a-z0-9-]{1,40}(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
"""An element of theirs, which nobody writes but programs."""
_ELEMENT = re.compile(
    r"<(/?)((?:jats|mml|xhtml|html):[a-z0-9-]+|a|abbr|article|b|big|blockquote|body|center|cite|code"
    r"|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|html|i|ins|italic"
    r"|bold|kbd|li|main|mark|nav|ol|p|picture|pre|q|s|samp|sc|scp|section|small|span|strike|strong"
    r"|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|time|title|tr|tt|u|ul|var|video"
    r"|br|hr|img|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"</(?:jats:)?(?:p|title|sec|div|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p>[^<>]|</?jats:", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:[^-<]|-(?!->)|<(?!!--))*-->")
TORN_TAG = re.compile(r"=\"?https?://|[\w/=]\"(?: [\w-]{1,40}=\"[^\"]{0,400}\"){0,9} ?/?>(?=\w|\Z)")
"""The rest of a tag in the text of a page."""


def read_html(text: str) -> str:
    """Give the text of HTML or JATS: without elements and comments, its entities read once.

    What is no element of theirs stays, as people write 'a<b' where it had to be escaped.
    """
    if "<" in text:
        text = _COMMENT.sub("", _ELEMENT.sub("", _BREAK.sub("\n\n", text)))
    return html.unescape(text) if "&" in text else text


def without_comments(text: str) -> str:
    """Give a text without HTML's comments; the lines stay where they are.

    One that never ends is none, nor is what begins another.
    """
    if "<!--" not in text:
        return text
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)


def without_elements(text: str) -> str:
    """Give an abstract in which publishers may have left JATS or HTML; its entities stay."""
    if _PARAGRAPH.search(text):
        return _COMMENT.sub("", _ELEMENT.sub("", _BREAK.sub("\n\n", text)))
    return without_typesetting(text)


def without_typesetting(text: str) -> str:
    """Give a text without the pairs of elements that typeset words in it; all else stays."""
    if "/" not in text or ("<" not in text and "lt;" not in text):
        return text
    text = _PUBLISHERS.sub("", text)
    tags = list(_INLINE.finditer(text))
    opened: dict[str, list[int]] = {}
    paired: set[int] = set()
    for number, tag in enumerate(tags):
        name = tag[2].lower()
        if not tag[1]:
            opened.setdefault(name, []).append(number)
        elif opened.get(name):
            paired |= {number, opened[name].pop()}
    parts, place = [], 0
    for number in sorted(paired):
        parts.append(text[place : tags[number].start()])
        place = tags[number].end()
    return "".join([*parts, text[place:]])
