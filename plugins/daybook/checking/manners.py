"""What a page may do and should have, judged by what was read of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.entities import html5
from urllib.parse import unquote, urlsplit

from .folder import Folder, Lost
from .markup import Page, scheme_of

_SCHEMES = frozenset(("", "http", "https", "mailto"))
_POLICY_OF_ALL = {
    "default-src": "'none'",
    "base-uri": "'none'",
    **dict.fromkeys(("script-src", "style-src", "img-src", "connect-src"), "'self'"),
}
"""What every Content-Security-Policy says: nothing but the site's own files, and those all."""
_OWN_ALONE = frozenset(("font-src", "media-src", "manifest-src", "worker-src"))
"""What a keeper's own templates may allow besides: files of the site."""
_FORM = re.compile(r"form-action (https?://[^\s;,*']+)")
"""The keeper's mailing service, the only one to whom a form may send."""
_HEAD = 1024
"""Characters in which a browser looks for a page's encoding."""
_CHARSET = re.compile("<meta[^<>]* charset=[\"']?utf-8[\"' />]", re.IGNORECASE)
_VIEWPORT = re.compile("<meta[^<>]* name=[\"']?viewport[\"' >]", re.IGNORECASE)
_FIXED_SIZE = re.compile("user-scalable=(?:no|0)|maximum-scale", re.IGNORECASE)
_SHEET = re.compile("<link[^<>]* rel=[\"']?stylesheet[\"' >]", re.IGNORECASE)
_EMPTY = re.compile(r"<(a|button|summary|h[1-6])\b([^<>]*)></\1>", re.IGNORECASE)
_ENDS = ("></a>", "></b", "></s", "></h")
"""With one of these ends what says nothing, and little else."""
_CONTROLS = bytes(sign for sign in (*range(32), 127) if sign not in b"\t\n\f\r")
_CONTROL_SIGNS = frozenset(_CONTROLS.decode())
_NO_SIGN = re.compile("[\x80-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Further controls, and what Unicode has set apart as no character."""
_REFERENCE = re.compile("&(?:#[0-9A-Za-z]{0,12}|[A-Za-z][A-Za-z0-9]{0,40});")
_KNOWN = frozenset(("&amp;", "&lt;", "&gt;", "&#34;", "&#39;", "&quot;"))
_BEFORE = re.compile(
    r"""(?:\s|<!--[^>]*-->|<title>[^<]*</title>
    |<(?:!doctype|html|head|meta)\b(?:[^<>"']|"[^"]*"|'[^']*')*>)*""",
    re.IGNORECASE | re.VERBOSE,
)
"""What may stand before a policy: all else shows or loads something, or is a place, such as the
page's body, in which a browser passes a policy over."""
_POLICY = re.compile("<meta[^<>]*http-equiv=[\"']?content-security-policy", re.IGNORECASE)


def resolved(folder: Folder, path: str, address: str) -> tuple[str, str] | str:
    """Give the file and the anchor that an address leads to, or why it leads nowhere."""
    try:
        return folder.leads(path, address)
    except Lost as lost:
        return str(lost)
    except ValueError:
        return "is no address"


def leaves(folder: Folder, address: str) -> bool:
    """Tell whether an address is not one within the site."""
    return folder.is_foreign(address) or scheme_of(address) not in {"", "http", "https"}


def manners(folder: Folder, page: Page) -> Iterator[tuple[str, int]]:
    """Say what a page asks of other hosts, or lets them know."""
    for address, at in page.loads:
        if leaves(folder, address):
            yield f"loads {address} from elsewhere", at
    for address, at in page.leads:
        if scheme_of(address) not in _SCHEMES:
            yield f"{address!r} is no address to follow", at
    if page.forwards is not None and leaves(folder, page.forwards):
        yield f"sends its reader on to {page.forwards}", 0
    if folder.address and page.canonical is not None and folder.is_foreign(page.canonical):
        yield f"says that its own address is {page.canonical}", 0
    for address, rel, at in page.outward:
        if folder.is_foreign(address) and not rel >= {"noopener", "noreferrer"}:
            yield f'the link to {address} lacks rel="noopener noreferrer"', at


def fixed(folder: Folder, path: str, page: Page) -> Iterator[tuple[str, int]]:
    """Say which addresses within the site are right on a server alone, and not on a disk.

    There a page's address is its file's, and a folder shows its files. A link to the site's whole
    address, as a note may have, leads there from anywhere.
    """
    if path == folder.error_page:
        return
    links = [(address, at) for address, _, at in page.outward if not scheme_of(address)]
    for address, at in (*page.loads, *links):
        if leaves(folder, address) or address[:1] in {"", "#", "?"}:
            continue
        if scheme_of(address) or address.startswith("/"):
            yield f"{address} is not found from a disk: it is not relative to the page", at
        elif not isinstance(leads := resolved(folder, path, address), str):
            named = unquote(urlsplit(address).path)
            if not named.endswith(leads[0].rpartition("/")[2]):
                yield f"{address} is not found from a disk: it is a folder", at


def whole(page: Page) -> Iterator[str]:
    """Say what every page should have."""
    if not page.title:
        yield "has no title"
    if not page.language:
        yield "does not say its language"
    for name in ("title", "h1", "main"):
        count = page.counts.get(name, 0)
        if count != 1 and not (name == "title" and not page.title):
            yield f"has {count} <{name}>, not one"
    for name, count in Counter(page.ids).items():
        if count > 1:
            yield f"has the id {name} {count} times"
    if len(page.policies) != 1:
        yield f"has {len(page.policies)} Content-Security-Policies, not one"
    for policy in page.policies:
        if fault := _judged(policy):
            yield f"has a Content-Security-Policy that {fault}: {policy}"


def _judged(policy: str) -> str | None:
    """Say what is wrong with a policy, of whose directives a browser knows each by its name."""
    parts = [directive.split() for directive in policy.split(";") if directive.strip()]
    said = {name.lower(): " ".join(sources) for name, *sources in parts}
    needed = _POLICY_OF_ALL.keys()
    if len(said) < len(parts) or any(said.get(name) in {None, ""} for name in needed):
        return "lets in too much or lacks what all have"
    if any(said[name] == "'none'" != _POLICY_OF_ALL[name] for name in needed):
        return "keeps out what the page itself loads"
    form = said.pop("form-action", "")
    if (
        any(said.pop(name) != _POLICY_OF_ALL[name] for name in needed)
        or any(name not in _OWN_ALONE or said[name] not in {"'none'", "'self'"} for name in said)
        or not (form == "'none'" or _FORM.fullmatch(f"form-action {form}"))
    ):
        return "lets in too much"
    return None


def sendings(folder: Folder, page: Page) -> Iterator[tuple[str, int]]:
    """Say which forms send what a reader enters elsewhere than the page's policy names."""
    allowed = [found[1] for policy in page.policies for found in _FORM.finditer(policy)]
    for address, at in page.sends:
        if leaves(folder, address) and not any(address.startswith(start) for start in allowed):
            yield f"a form that sends to {address}", at


def lettering(folder: Folder, text: str) -> Iterator[tuple[str, int]]:
    """Say what is wrong with a page's text before it is cut into tags."""
    data = text.encode()
    if len(data.translate(None, _CONTROLS)) < len(data):
        at = next(place for place, sign in enumerate(text) if sign in _CONTROL_SIGNS)
        yield f"the control character {text[at]!r}", at
    if not text.isascii() and (sign := _NO_SIGN.search(text)):
        yield f"the control character {sign[0]!r}", sign.start()
    for reference in sorted(set(_REFERENCE.findall(text)) - _KNOWN):
        if not _is_character(reference):
            yield f"{reference} stands for nothing", text.index(reference)
    for place in folder.private:
        if (at := text.find(place)) >= 0:
            yield f"names the folder {place} of this machine", at
    yield from ((fault, 0) for fault in _lacking(text))
    if any(end in text for end in _ENDS):
        for found in _EMPTY.finditer(text):
            attributes = found[2].lower()
            if "aria-label" not in attributes and (found[1] != "a" or "href" in attributes):
                yield f"a <{found[1]}> that says nothing", found.start()
    policy, before = _POLICY.search(text), _BEFORE.match(text)
    if policy and before and before.end() <= policy.start():
        yield "loads or shows something before its Content-Security-Policy", before.end()


def _lacking(text: str) -> Iterator[str]:
    """Say what a page does not tell a browser before it shows anything."""
    if _CHARSET.search(text, 0, _HEAD) is None:
        yield "does not say at its beginning that it is UTF-8"
    if _VIEWPORT.search(text) is None:
        yield "has no viewport, so that a phone shows it tiny"
    elif _FIXED_SIZE.search(text, 0, _HEAD):
        yield "does not let a reader make it larger"
    if _SHEET.search(text) is None:
        yield "loads no style sheet"


def _is_character(reference: str) -> bool:
    """Tell whether a reference to a character stands for one that HTML allows."""
    if not reference.startswith("&#"):
        return reference[1:] in html5
    digits = reference[2:-1]
    try:
        number = int(digits[1:], 16) if digits[:1] in "xX" else int(digits)
    except ValueError:
        return False
    return number in {9, 10, 12} or (
        0x20 <= number <= 0x10FFFF and not 0x7F <= number <= 0x9F and not 0xD800 <= number <= 0xDFFF
    )
