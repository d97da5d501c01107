"""Mirrors of Hugging Face whose hosts replace ``huggingface.co`` in the pages they serve.

A page saved from a mirror has its host even inside abstracts. The rule: a link whose host is
``huggingface`` under another top-level domain, or whose host begins with a mirror's word
(``hf-mirror``, ``hfmirror``, ``huggingface-mirror``, ``hf-proxy``), goes to ``huggingface.co``.
Genuine neighbours stay: ``huggingface.github.io``, ``*.hf.space``, ``hf.co``.
"""

from __future__ import annotations

import re

_OTHER_DOMAINS = "host|cn|com|net|org|io|me|cc|top|xyz|site|online|cloud|dev|icu|club|vip|tech"
_WORKERS = r"(?:[a-z0-9-]+\.)?(?:workers\.dev|pages\.dev|deno\.dev|vercel\.app|netlify\.app)"
_MIRROR = re.compile(
    rf"""(?<![\w.@/-])(?:https?://)?(?:www\.)?
    (?: huggingface\.(?:{_OTHER_DOMAINS})
      | huggingface\.{_WORKERS}
      | (?:hf-?mirrors?|hugging-?face-(?:mirror|proxy|cdn)|hf-proxy)
        (?:\.[a-z0-9-]+){{1,4}}
    )
    (?::\d{{1,5}})?
    (?P<path>/[^\s/]|/?(?![\w@:/-]|\.\w))""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_HINT = re.compile(r"hf-?mirror|hugging-?face[.-](?!co\b)|hf-proxy", re.IGNORECASE | re.ASCII)


def may_name(text: str) -> bool:
    """Tell at a glance whether a text may name a mirror: most do not."""
    small = text.lower()
    return "hf" in small or "hugging" in small


def put_right(text: str) -> tuple[str, int]:
    """Send every mirror's link in `text` to ``huggingface.co``; also say how many there were.

    A host counts as a link when a scheme precedes it or a path follows it.
    """
    if not may_name(text) or _HINT.search(text) is None:
        return text, 0
    count = 0

    def replacement(match: re.Match[str]) -> str:
        nonlocal count
        schemed = match[0].lower().startswith("http")
        if not schemed and len(match["path"]) < 2:
            return match[0]
        count += 1
        return ("https://" if schemed else "") + "huggingface.co" + match["path"]

    return _MIRROR.sub(replacement, text), count
