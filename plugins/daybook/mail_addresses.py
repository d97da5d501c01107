"""Where mail goes, what its headers are, and where readers subscribe: what counts as an address.

Whatever passes holds ASCII letters only and nothing that a header, a form or a security policy
could read as more than one value.
"""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from urllib.parse import urlsplit

_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*", re.IGNORECASE)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_URL = re.compile(r"""[!#-&(-;=?-\[\]_a-z~%-]+""")
"""What an address is written with: RFC 3986, without quotes."""
_LONGEST = 254
"""RFC 5321, 4.5.3.1.3, without the angle brackets."""
HEADERS = frozenset(
    {"list-unsubscribe", "subject", "from", "date", "message-id", "mime-version", "content-type"}
)
"""What a newsletter's head says; anything else in it would reach somebody whom nobody meant."""
_LONGEST_URL = 900
"""It stands in a header, whose lines have 998 characters at most."""


def host_name(text: str) -> str:
    """Give a host's name in ASCII lower case, or an IP address without brackets.

    A name may hold underscores, as those of machines in a network of one's own do.

    Raises:
        ValueError: for anything else.
    """
    with suppress(ValueError):
        return str(ipaddress.ip_address(text))
    host = text.removesuffix(".").encode("idna").decode().lower()
    if not _DOMAIN.fullmatch(host.replace("_", "a")) or len(host) >= _LONGEST:
        raise ValueError("the name of a host")
    return host


def mailbox(text: str) -> str:
    """Give one mail address (RFC 5321's Mailbox without quoting), its domain in ASCII lower case.

    Raises:
        ValueError: for anything else, such as a name beside it, two addresses or a line break.
    """
    local, at, domain = text.rpartition("@")
    try:
        host = domain.encode("idna").decode().lower()
    except UnicodeError:
        host = ""
    if not at or len(local) > 64 or not _LOCAL.fullmatch(local) or not local.isascii():
        raise ValueError("a mail address such as ada@papers.example")
    if not _DOMAIN.fullmatch(host) or len(local) + len(host) >= _LONGEST:
        raise ValueError("a mail address such as ada@papers.example")
    return f"{local}@{host}"


def form_endpoint(text: str) -> str:
    """Give the https address to which a form posts.

    Raises:
        ValueError: for anything else.
    """
    if _is_https(text) and "#" not in text:
        return text
    raise ValueError("the https:// address to which the form of a mailing service posts")


def way_out(text: str) -> str:
    """Give the https or mailto address by which readers unsubscribe.

    Raises:
        ValueError: for anything else.
    """
    scheme, _, rest = text.partition(":")
    try:
        if scheme == "mailto":
            address, mark, query = rest.partition("?")
            if len(rest) <= _LONGEST_URL and (not query or _URL.fullmatch(query)):
                return f"mailto:{mailbox(address)}{mark}{query}"
    except ValueError:
        scheme = ""
    if scheme == "https" and _is_https(text):
        return text
    raise ValueError("an https:// or mailto: address by which readers unsubscribe")


def policy_source(endpoint: str) -> str:
    """Name an endpoint as a Content-Security-Policy does, where ``;`` and ``,`` divide."""
    address = endpoint.partition("?")[0]
    return address.replace(";", "%3B").replace(",", "%2C")


def _is_https(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme == "https"
        and text.startswith("https://")
        and len(text) <= _LONGEST_URL
        and _URL.fullmatch(text) is not None
        and _DOMAIN.fullmatch(host) is not None
        and parts.netloc == (host if port is None else f"{host}:{port}")
    )
