"""Addresses without what follows their reader: redirectors, tracking parameters, unsubscribing.

A redirector is undone only where the address carries its target; others stay what they are. What
counts as tracking is a closed list of parameters that campaigns and mailers add.
"""

from __future__ import annotations

import base64
import binascii
import re
import urllib.parse

_TRACKING = re.compile(
    r"utm_\w+|mc_[ce]id|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|ttclid|_hs(?:enc|mi)|hsCtaTracking"
    r"|mkt_tok|vero_(?:id|conv)|oly_(?:anon|enc)_id|ck_subscriber_id|wickedid|ml_subscriber(?:_hash)?"
    r"|sc_(?:eid|lid|llid|uid|src)|trk(?:Info|Campaign|Email)?|_bhlid|r_?email|subscriber_?(?:id|hash)",
    re.IGNORECASE,
)
_TARGET = re.compile("url|u|q|target|dest|destination|redirect|redirect_url|link|to", re.IGNORECASE)
_SHARING = re.compile(
    r"/(?:intent|share|sharer|submit|sharearticle|compose|mailto)\b", re.IGNORECASE
)
_PROOFPOINT = re.compile(
    r"https?://urldefense(?:\.proofpoint)?\.com/v3/__(.+?)__;?.*", re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s<>\"'()\[\]{}]+", re.IGNORECASE)
_PROXIED = re.compile(r"(?:q?url)=(https?://.*)")
"""A library's proxy, as EZproxy writes it: the address unescaped, to the end."""
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


def clean_address(url: str) -> str:
    """Give an address as its publisher wrote it: the redirector's target, without tracking."""
    for _ in range(_DEEPEST):
        target = _target(url)
        if target is None:
            break
        url = target
    head, mark, query = url.partition("?")
    if not mark:
        return url
    query, sharp, fragment = query.partition("#")
    pairs = query.split("&")
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair.partition("=")[0])]
    if len(kept) == len(pairs):
        return url
    return head + ("?" + "&".join(kept) if kept else "") + sharp + fragment


def clean_addresses(text: str) -> str:
    """Clean every address in a text."""
    if "?" not in text and "urldefense" not in text:
        return text
    return _URL.sub(lambda match: clean_address(match[0]), text)


def without_mail(text: str) -> str:
    """Leave mail addresses out of a text."""
    if "@" not in text:
        return text
    return re.sub(r"[ \t]{2,}", " ", _MAIL.sub("", text)).strip()


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
    coded = next((part for part in parts.path.split("/") if part.startswith("aHR0c")), None)
    return _absolute(_decoded(coded)) if coded else None


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
