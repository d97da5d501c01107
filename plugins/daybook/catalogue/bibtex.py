r"""BibTeX that parses back to what the archive knows, and that LaTeX sets as it is printed.

The key is the paper's slug: unique and permanent as the page's address is, whatever facts arrive
later. Values stand in braces that always balance: a brace of the text becomes ``\lbrace``, since
BibTeX counts escaped braces too. Mathematics between dollar signs stays mathematics. Letters
outside ASCII stay as they are (biber, and BibTeX with UTF-8 input, read them), or become TeX's
commands as far as it has some (`latex_letters`), for programs that know nothing else.
"""

from __future__ import annotations

import re
import unicodedata

from ..records import MONTHS, Paper, PartialDate
from .name_parts import is_plain, name_parts
from .outward import arxiv_page, doi_page

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\ensuremath{\lbrace}",
    "}": r"\ensuremath{\rbrace}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: "\\" + character for character in "%&#_$"},
    **{character: character + "{}" for character in "-`'"},
}
_MARKS = {
    **dict(zip("\u0300\u0301\u0302\u0303\u0304\u0307\u0308", "`'^~=.\"", strict=True)),
    **dict(zip("\u0306\u030a\u030b\u030c\u0323\u0327\u0328\u0331", "urHvdckb", strict=True)),
}
_COMMANDS = {
    **dict(zip("łŁøØıȷ", (f"{{\\{c}}}" for c in "lLoOij"), strict=True)),
    **dict(zip("æÆœŒåÅßðÐþÞđĐ", (
        f"{{\\{c}}}" for c in ("ae", "AE", "oe", "OE", "aa", "AA", "ss", "dh", "DH", "th", "TH",
                              "dj", "DJ")), strict=True)),
    "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": r"{\ldots}",
    "\xa0": "~",
}  # fmt: skip
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau"
    " upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
_COMMANDS |= {
    letter: f"{{\\ensuremath{{\\{name}}}}}"
    for letter, name in zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", _GREEK.split(), strict=True)
}
_SPECIAL = re.compile(r"[\\{}~^%&#_$]|([-`'])(?=\1)")
"""Also all but the last of a run of dashes or quotes, which TeX would draw together."""
_MAY_BE_SPECIAL = re.compile(r"[\\{}~^%&#_$`'-]")
_MATHS = re.compile(r"\$(?=\S)[^$%#&~]{1,200}(?<=\S)\$(?!\d)")
_SAYS_MATHS = re.compile(r"[\\^_{=<>]|^[\w+*/()]{1,3}$")
_AMBIGUOUS = re.compile(r"(?i),|\band\b|^others$")
_PROCEEDINGS = re.compile(r"(?:Proceedings of|Findings of) .|[A-Z](?=[a-z]*[A-Z])[A-Za-z]* \d{4}\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b", re.ASCII)
MOST_AUTHORS = 100
"""Authors of an entry, as `citing.js` has it; BibTeX writes 'and others' for the rest. Each of very
many authors has a file, and a feed, with the entry: all names in each would be the square of their
number."""
_JOURNALS = re.compile(r"TMLR|JMLR|TACL|PVLDB|TKDE|IEEE|.*\b(?:Transactions|Journal|Proc\.)")


def escape_latex(text: str) -> str:
    """Escape what LaTeX and BibTeX would act on, outside detected mathematics."""
    if _MAY_BE_SPECIAL.search(text) is None or _SPECIAL.search(text) is None:
        return text
    parts = []
    end = 0
    for match in _MATHS.finditer(text):
        if _is_maths(match.group()[1:-1]):
            parts += [_escaped(text[end : match.start()]), match.group()]
            end = match.end()
    parts.append(_escaped(text[end:]))
    return "".join(parts)


def latex_letters(text: str) -> str:
    r"""Write letters outside ASCII as TeX's commands, ``{\"o}``; those that have none stay."""
    if text.isascii():
        return text
    return "".join(
        c if c.isascii() else _COMMANDS.get(c) or _accented(c)
        for c in unicodedata.normalize("NFC", text)
    )


def _accented(letter: str) -> str:
    base, *marks = list(unicodedata.normalize("NFD", letter))
    found = [_MARKS.get(mark) for mark in marks]
    if not found or None in found or not ("a" <= base.lower() <= "z"):
        return letter
    for mark in found:
        base = f"\\{mark}{{{base}}}"
    return f"{{{base}}}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPES[match.group()], text)


def _is_maths(inner: str) -> bool:
    """Tell '$O(n^2)$' from 'cost is $5 and $6', and leave alone what would not balance."""
    depth = 0
    for character in re.sub(r"\\.", lambda m: "{}" if m.group() in {r"\{", r"\}"} else "", inner):
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    if depth or inner.count(r"\{") != inner.count(r"\}") or inner.endswith("\\"):
        return False
    return _SAYS_MATHS.search(inner) is not None


def bibtex(paper: Paper, page: str | None) -> str:
    """Write a paper's entry; `page` is the absolute address of its page, for want of a better."""
    kind, venue = _venue(paper.venue)
    fields = [("title", escape_latex(paper.title))]
    if paper.authors:
        names = [_author(name) for name in paper.authors[:MOST_AUTHORS]]
        names += ["others"] * (len(paper.authors) > MOST_AUTHORS)
        fields.append(("author", " and ".join(names)))
    if date := appeared(paper):
        fields.append(("year", f"{date.year:04d}"))
        if date.month:
            fields.append(("month", MONTHS[date.month - 1][:3].lower()))
    if paper.venue:
        fields.append((venue, escape_latex(paper.venue)))
    if paper.arxiv and arxiv_page(paper.arxiv):
        fields += [("eprint", paper.arxiv), ("archiveprefix", "arXiv")]
        if paper.categories:
            fields.append(("primaryclass", escape_latex(paper.categories[0])))
    if paper.doi:
        fields.append(("doi", re.sub(r"[\\{}%#\s]", lambda m: f"%{ord(m[0]):02X}", paper.doi)))
    if url := address_of(paper, page):
        fields.append(("url", url))
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields
    ]
    return f"@{kind}{{{paper.slug},\n{''.join(lines)}}}\n"


def _author(name: str) -> str:
    """Write one name; a name that BibTeX would take apart wrongly stands in braces."""
    is_whole = False
    if not is_plain(name):
        parts = name_parts(name)
        if parts.suffix and not _AMBIGUOUS.search(parts.printed):
            return escape_latex(f"{parts.family}, {parts.suffix}, {parts.given}")
        is_whole = " " in parts.family and not parts.given
    escaped = escape_latex(name)
    return f"{{{escaped}}}" if is_whole or _AMBIGUOUS.search(name) else escaped


def _venue(venue: str | None) -> tuple[str, str]:
    """Choose the type of the entry, and the field that names where the paper appeared."""
    if venue and is_proceedings(venue):
        return "inproceedings", "booktitle"
    return "misc", "howpublished"


def is_journal(venue: str) -> bool:
    """Tell whether a venue's name is certainly a journal's."""
    return _JOURNALS.match(venue) is not None


def is_proceedings(venue: str) -> bool:
    """Tell whether a venue's name is certainly that of proceedings."""
    return _PROCEEDINGS.match(venue) is not None and not is_journal(venue)


def appeared(paper: Paper) -> PartialDate | None:
    """Give when a paper appeared: its date, unless proceedings name another year.

    Then the date is the preprint's, or that of a copy of it.
    """
    if paper.venue and is_proceedings(paper.venue):
        years = {int(year) for year in _YEAR.findall(paper.venue)}
        if len(years) == 1 and (paper.published is None or paper.published.year not in years):
            return PartialDate(years.pop())
    return paper.published


def address_of(paper: Paper, page: str | None) -> str | None:
    """Give where a paper is for those who have no copy of the archive; else its `page`."""
    return (
        (arxiv_page(paper.arxiv) if paper.arxiv else None)
        or (doi_page(paper.doi) if paper.doi else None)
        or page
    )
