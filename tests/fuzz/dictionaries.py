"""What inputs are made of, by target: the fuzzer tries these as a whole, where they help.

https://llvm.org/docs/LibFuzzer.html#dictionaries
"""

from __future__ import annotations

from collections.abc import Iterator

_COMMON = (
    "https://arxiv.org/abs/2501.00001",
    "arXiv:2501.00001",
    "10.1000/a",
    "2025-03-10",
    "\n\n",
)
_JSON = (
    *('{"', '":"', '","', '":[', "},{", '\\"', ",,"),
    *('"title"', '"authors"', '"id"', "null", "\\u0000"),
)
_MARKUP = (
    "<!--", "-->", "<a href=", "</a>", "<p>", "<li>", "<script>", "</script>", "<style>", "<title>",
    "<textarea>", "<template>", "<svg>", "<![CDATA[", "]]>", "&lt;", "&#0;", "<h3>", "<article>",
    "<table>", "<!doctype html>", "</body>", "<plaintext>", "<select>", "<noscript>", "<iframe>",
)  # fmt: skip
_TOML = (
    "[[", "]]", ' = "', '"""', "'''", " = [", "papers", "names", "entries", "merge", "split",
    "hide", "correct", "withdraw", "apart", "published", "known_as",
)  # fmt: skip
_BY_PART: dict[str, tuple[str, ...]] = {
    "csl-json": (*_JSON, '"type"', "date-parts", '"family"', '"URL"'),
    "json": _JSON,
    "yaml": (
        "- ", "  ", "\t", ": ", '"', "'", "[", "]", "{", "}", "|\n", ">-\n", "&a", "*a", "!!str ",
        "---\n", "...\n", " #", "<<: ", "? ", "%YAML 1.2\n", "- title: ", "  title: ", "authors:",
        "references:\n",
    ),
    "markup": (*_MARKUP, " id=main", " lang=de", " href=#main", " style=x", " onclick=x"),
    "html": _MARKUP,
    "scholar": _MARKUP,
    "xml": (*_MARKUP, "<record>", "<title>", "<?xml", "<!DOCTYPE", "<!ENTITY", "&e;"),
    "oai": (*_MARKUP, "<record>", "</record>", "<?xml", "<!DOCTYPE", "&e;"),
    "feed": (*_MARKUP, "<entry>", "<item>", "<link>", "<guid>", "<pubDate>"),
    "atom": (*_MARKUP, "<entry>", "</entry>", "<feed>"),
    "rss": (*_MARKUP, "<item>", "</item>", "<channel>"),
    "csv": ('"', '""', ',"', '",', "\r\n", ";", "title,"),
    "tsv": ('"', "\t", '\t"'),
    "bibtex": (
        "@misc{", "@comment{", "@string{", "@preamble{", " = {", "},\n", '"', " # ", "@misc{a,x=",
        '@misc{a,title="', "@misc{a,title={x}#", "@article{a,title={", "@article(a,title={",
        "\\href{", "{\\", "``", "$", " and ",
    ),
    "ris": ("TY  - ", "ER  - ", "TI  - ", "AU  - ", "DO  - "),
    "tagged": ("PMID- ", "TI  - ", "%0 ", "%T ", "PT J", "ER", "EF", "      ", "TY  - ", "ER  - "),
    "pubmed": ("PMID- ", "TI  - ", "AB  - ", "      "),
    "endnote": ("%0 ", "%T ", "%A "),
    "markdown": (
        "# ", "- [", "](", "| ", "|---|", "```", "~~~", "<!--", "-->", "**", "    ", "> ", "---\n",
        "[1]: ", "<details>", "<table>",
    ),
    "arxiv-mail": ("\\\\\n", "Title: ", "Authors: ", "-" * 78, "replaced with", "%%--%%", "Date: "),
    "mail": (
        "From ", "From: ", "Subject: ", "Content-Type: ", "multipart/mixed; boundary=x", "--x",
        "base64", "quoted-printable", "=\n", "=3D", "> ", "charset=utf-7", "-- \n", "Unsubscribe",
    ),
    "hf-": (
        "Submitted by", "·", "authors", "Upvote", "Mar 11", "Apr 2, 2025", "Get trending papers",
        "Subscribe", "###", "[![", "](https://huggingface.co/papers/2501.00001)",
    ),
    "packed": ("PK\x01\x02", "PK\x03\x04", "PK\x05\x06", '{"body":"<'),
    "zip": ("PK\x01\x02", "PK\x05\x06", "../a", "list.md"),
    "page": ("Title: ", "Date: ", "Slug: ", "Digests: ", "Summary: ", "Authors: ", "\\", "    "),
    "ledger": ('{"paper":', '{"digest":', '{"redirect":', '"keys":[', '"slug":"'),
    "keeper": _TOML,
    "sidecar": ("name", "date", ' = "', "'''", '"""', "[", "]"),
    "topics": (*_TOML, "[[topics]]", "[topics.evidence]", "[weighing]", "[home]", "[learning]"),
    "metadata": (*_JSON, "date-parts", "custom", "ORCID", "@misc{", " = {", "archive_location"),
    "learned": ("papers ", "terms", "acronyms", "end", " = ", " | ", " - "),
    "provenance": _JSON,
}  # fmt: skip
"""By a part of a target's name; the first that fits."""
_PHRASES = {
    "read-markdown": (
        "[1] ", "Lovelace, A. (2025). ", " et al. ", "In Proc. of ", "arXiv preprint ", "Authors: ",
        "[Submitted on 6 Nov 2025]\n", "Cite as: arXiv:2501.00001", "Abstract: ", "Title: ",
        "1. J Looms. 2025 Nov 6;3:1. doi: 10.1000/a.\n", "PMID: 39000001\n",
    ),
}  # fmt: skip
"""What only the fuzzer is given: how long each takes over and over is not looked at."""


def words(name: str) -> tuple[str, ...]:
    """Give what a target's inputs, or a format's files, are made of."""
    return (*_COMMON, *next((said for part, said in _BY_PART.items() if part in name), ()))


def every_word() -> tuple[str, ...]:
    """Give what any input is made of."""
    return tuple(dict.fromkeys((*_COMMON, *(word for said in _BY_PART.values() for word in said))))


def fuzzed_words(name: str) -> tuple[str, ...]:
    """Give what the fuzzer makes a target's inputs of."""
    return every_word() if name == "growth" else (*words(name), *_PHRASES.get(name, ()))


def dictionary(name: str) -> str:
    """Give a target's dictionary, in libFuzzer's form."""
    return "".join(f'"{_quoted(word)}"\n' for word in fuzzed_words(name))


def _quoted(word: str) -> str:
    return "".join(_signs(word))


def _signs(word: str) -> Iterator[str]:
    for byte in word.encode():
        plain = 0x20 <= byte < 0x7F and byte not in b'"\\'
        yield chr(byte) if plain else f"\\x{byte:02X}"
