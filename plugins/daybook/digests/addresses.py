"""Addresses without what follows their reader: redirectors, tracking parameters, unsubscribing.

A redirector is undone only where the address carries its target; others stay what they are. What
counts as tracking is a closed list of parameters that campaigns and mailers add.
"""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
import urllib.parse
from collections.abc import Collection

_TRACKING = re.compile(
    r"utm_\w+|mc_[ce]id|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|ttclid|_hs(?:enc|mi)|hsCtaTracking"
    r"|mkt_tok|vero_(?:id|conv)|oly_(?:anon|enc)_id|ck_subscriber_id|wickedid|ml_subscriber(?:_hash)?"
    r"|dgcid|sc_(?:eid|lid|llid|uid|src)|trk(?:Info|Campaign|Email)?|_bhlid|r_?email|subscriber_?(?:id|hash)",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"(?:[\w.-]*[_.-])?(?:token|secret|pass(?:word|wd|phrase|code)?|pwd|sig(?:nature)?|auth(?:orization)?"
    r"|credentials?|session(?:[_-]?id)?|s?sid|jwt|ticket|otp|key(?:[_-]?id)?)"
    r"|(?:access|auth|id|refresh|session|user|share)token|\w*(?:api|auth|access|secret|private)key(?:id)?"
    r"|(?:j|php|asp)sess(?:ion)?id|x-(?:amz|goog)-[\w-]+|e-?mail|user_?name",
    re.IGNORECASE,
)
"""Parameters that let somebody in, or say who it is."""
_USER = re.compile(r"(https?://)[^\s/?#]*@", re.IGNORECASE)
_PATH_SESSION = re.compile(r";(?:j|php|asp)?sess(?:ion)?_?id=[^/?#;]*", re.IGNORECASE)
_TARGET = re.compile("url|u|q|target|dest|destination|redirect|redirect_url|link|to", re.IGNORECASE)
_SHARING = re.compile(
    r"/(?:intent|share|sharer|submit|sharearticle|compose|mailto)\b", re.IGNORECASE
)
_PROOFPOINT = re.compile(
    r"https?://urldefense(?:\.proofpoint)?\.com/v3/__(.+?)__;?.*", re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s<>\"'()\[\]{}]+", re.IGNORECASE)
_ESCAPED = re.compile(r"https?(?::|%3A)%2F%2F", re.IGNORECASE)
_PROXIED = re.compile(r"(?:q?url)=(https?://.*)")
"""A library's proxy, as EZproxy writes it: the address unescaped, to the end."""
_BASE = re.compile(
    r"<base\b[^<>]{0,300}?\bhref\s*=\s*(?:\"([^\"<>]{0,2000})\"|'([^'<>]{0,2000})'|([^\s\"'<>]{1,2000}))",
    re.IGNORECASE,
)
_SAVED = re.compile(r"<!-- saved from url=\(\d{4}\)(https?://\S{3,2000}) -->", re.IGNORECASE)
_CANONICAL = re.compile(
    r"<link\s[^<>]{0,100}?\brel\s*=\s*[\"']?canonical\b[^<>]{0,100}?\bhref\s*=\s*"
    r"(?:\"([^\"<>]{0,2000})\"|'([^'<>]{0,2000})'|([^\s\"'<>]{1,2000}))",
    re.IGNORECASE,
)
_HEAD = 100_000
"""Characters of a page in which it says whose it is."""
_WITHOUT_SCHEME = re.compile(
    r"(?!https?://)(?:h?t{1,2}ps?:?/{0,3}|:?/{1,3})?((?:www\.|export\.|dx\.)?"
    r"(?:arxiv\.org/(?:abs|pdf|html)|doi\.org/10\.|huggingface\.co/papers|hf\.co/papers"
    r"|openreview\.net/(?:forum|pdf)|aclanthology\.org)[/?.\d])",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_OWN_PATHS = (
    (
        "https://arxiv.org/",
        re.compile(
            r"(?:\.{0,2}/){0,9}((?:abs|pdf)/(?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})"
            r"(?:v\d+)?(?:\.pdf)?)"
        ),
    ),
    (
        "https://aclanthology.org/",
        re.compile(r"/((?:20\d{2}\.[a-z0-9_]{2,30}-[a-z0-9_]{1,30}\.\d{1,4}|[A-Z]\d{2}-\d{4})/?)"),
    ),
    ("https://openreview.net/", re.compile(r"/((?:forum|pdf)\?id=[\w-]{6,20})")),
    (
        "https://proceedings.neurips.cc/",
        re.compile(r"/(paper(?:_files/paper)?/\d{4}/hash/[0-9a-f]{32}-Abstract[\w-]{0,60}\.html)"),
    ),
    (
        "https://openaccess.thecvf.com/",
        re.compile(r"/?(content(?:/|_)[A-Za-z]{3,9}_?\d{4}\w*/html/[\w-]{3,300}_paper\.html)"),
    ),
)
"""Paths that one site has, and no other: a copy of its page need not say where it is from."""
_MAIL = re.compile(r"<?(?:mailto:)?\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b>?", re.IGNORECASE)
_FAREWELL = re.compile(
    r"\bunsubscribe\b|\bopt[ -]out\b|\bmanage (?:your )?(?:subscription|preference|e-?mail)"
    r"|\bupdate (?:your )?(?:profile|preference|subscription)"
    r"|\bview (?:this|it|the)\b.{0,30}\bbrowser\b"
    r"|\bview (?:in|online)\b.{0,20}\bbrowser\b|\byou(?:'re|’re| are) receiving this\b"
    r"|\bthis (?:e-?mail|message) was sent to\b|\bforwarded this (?:e-?mail|message)\b"
    r"|\babmelden\b|\babbestellen\b|désabonner|désinscri|cancelar (?:la )?suscripci|disiscriv"
    r"|退订|取消订阅|退訂|구독 ?취소|수신 ?거부|配信停止|購読解除",
    re.IGNORECASE,
)
_LONGEST_FAREWELL = 600
_DEEPEST = 4
_MOST_PARAMETERS = 50


def base_of(page: str) -> str:
    """Give the address that a page's links are relative to; '' where it does not say so.

    Its ``base`` says it, else what a browser wrote above a page that it saved, else the address
    that the page calls its own. It only completes addresses (https://html.spec.whatwg.org/multipage/semantics.html#the-base-element).
    """
    head = page[:_HEAD]
    for said in (_BASE.search(page), _SAVED.search(head), _CANONICAL.search(head)):
        href = html.unescape(next(filter(None, said.groups()), "")).strip() if said else ""
        if _URL.fullmatch(href):
            return href
    return ""


def with_scheme(url: str) -> str:
    """Give an address with its scheme, where it names a host of papers and the scheme is broken.

    'arxiv.org/abs/2401.00001', 'https:/doi.org/10.1000/1': no page has such a path of its own.
    """
    found = _WITHOUT_SCHEME.match(url)
    return f"https://{url[found.start(1) :]}" if found else url


def absolute(href: str, base: str) -> str:
    """Give an address as a browser would go there from a page; unchanged where nothing says that.

    A path that ends with an arXiv identifier below ``abs`` or ``pdf`` is arXiv's on any page, and
    so are others' that nobody else has.
    """
    href = with_scheme(href)
    if _ABSOLUTE.match(href) or href.startswith("#") or not href:
        return href
    if href.startswith("//"):
        return f"https:{href}"
    if base:
        try:
            return urllib.parse.urljoin(base, href)
        except ValueError:
            return href
    owned = ((site, path.fullmatch(href)) for site, path in _OWN_PATHS)
    return next((f"{site}{own[1]}" for site, own in owned if own), href)


def clean_address(url: str) -> str:
    """Give an address as its publisher wrote it: the redirector's target, without tracking."""
    for _ in range(_DEEPEST):
        target = _target(url)
        if target is None:
            break
        url = target
    return _without_parameters(url, _TRACKING)


def _without_parameters(url: str, unwanted: re.Pattern[str] | None = None) -> str:
    """Give an address without unwanted parameters, and without what lets somebody in."""
    if "@" in url:
        url = _USER.sub(r"\1", url, count=1)
    if ";" in url:
        url = _PATH_SESSION.sub("", url)
    if "=" not in url:
        return url
    address, sharp, fragment = url.partition("#")
    head, mark, query = address.partition("?")
    query, fragment = _kept(query, unwanted), _kept(fragment, unwanted)
    return head + (mark + query if query else "") + (sharp + fragment if fragment else "")


def _kept(query: str, unwanted: re.Pattern[str] | None) -> str:
    if "=" not in query:
        return query
    pairs = query.split("&")
    return "&".join(pair for pair in pairs if not _is_unwanted(pair, unwanted))


def _is_unwanted(pair: str, unwanted: re.Pattern[str] | None) -> bool:
    name = urllib.parse.unquote(pair.partition("=")[0]).removeprefix("amp;").rpartition("?")[2]
    if unwanted is not None and unwanted.fullmatch(name):
        return True
    return "=" in pair and _SECRET.fullmatch(name) is not None


def without_secrets(text: str) -> str:
    """Leave out of every address in a text what lets somebody in: passwords, tokens, sessions."""
    if "://" not in text or not any(sign in text for sign in "@=;"):
        return text
    return _URL.sub(lambda match: _without_parameters(match[0]), text)


def clean_addresses(text: str) -> str:
    """Clean every address in a text."""
    if "://" not in text:
        return text
    return _URL.sub(lambda match: clean_address(match[0]), text)


def without_mail(text: str, hosts: Collection[str] | None = None) -> str:
    """Leave mail addresses out of a text: all, or those of certain `hosts`, in small letters."""

    def left(match: re.Match[str]) -> str:
        host = match[0].rpartition("@")[2].rstrip(">").lower()
        return match[0] if hosts is not None and host not in hosts else ""

    found = _MAIL.sub(left, text) if "@" in text else text
    return text if found == text else re.sub(r"[ \t]{2,}", " ", found).strip()


def is_farewell(line: str) -> bool:
    """Whether a line of a mail speaks to its subscriber: about leaving, or reading elsewhere."""
    return len(line) < _LONGEST_FAREWELL and _FAREWELL.search(line) is not None


def _target(url: str) -> str | None:
    """Give the address that a redirector carries; ``None`` for any other."""
    if match := _PROOFPOINT.fullmatch(url):
        return _absolute(match[1].replace(":/", "://", 1) if "://" not in match[1] else match[1])
    try:
        parts = urllib.parse.urlsplit(url)
        pairs = urllib.parse.parse_qsl(parts.query, max_num_fields=_MOST_PARAMETERS)
    except ValueError:
        return None
    if _SHARING.search(parts.path):
        return None
    if parts.path.endswith("/login") and (rest := _PROXIED.fullmatch(parts.query)):
        return _absolute(rest[1])
    for key, value in pairs:
        if _TARGET.fullmatch(key) and (found := _absolute(_readable(value, parts.hostname))):
            return found
    return _within_path(parts.path.split("/"))


def _within_path(parts: list[str]) -> str | None:
    """Give the address that one part of a path is: escaped, in base64, or in a record in base64."""
    for part in parts:
        if _ESCAPED.match(part):
            return _absolute(urllib.parse.unquote(part))
        if part.startswith("aHR0c"):
            return _absolute(_decoded(part))
        if part.startswith("eyJ"):
            return _recorded(_decoded(part.partition(".")[0]))
    return None


def _recorded(text: str) -> str | None:
    """Give the one address in a record, as Substack's redirector carries it."""
    try:
        record = json.loads(text)
    except ValueError:
        return None
    values = record.values() if isinstance(record, dict) else ()
    found = [url for value in values if isinstance(value, str) and (url := _absolute(value))]
    return found[0] if len(found) == 1 else None


def _readable(value: str, host: str | None) -> str:
    """Give a parameter as an address; Proofpoint's second version writes '-' for '%'."""
    if host is not None and host.endswith("proofpoint.com"):
        return urllib.parse.unquote(value.replace("-", "%").replace("_", "/"))
    return value


def _decoded(text: str) -> str:
    """Decode an address that stands in a path as base64 (https://www.rfc-editor.org/rfc/rfc4648)."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return data.decode("ascii")
    except (binascii.Error, ValueError):
        return ""


def _absolute(text: str) -> str | None:
    return text if _URL.fullmatch(text) else None
