"""Markdown's marks in a line: links, emphasis, lists; and which links lead to papers.

Lines are read by functions that look for marks again and again. So what is text already (see
`shielding`) has its signs shielded from them, once, before any of them, until an entry is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .addresses import clean_address, with_scheme
from .identifiers import leads_to_paper, read_arxiv, read_doi, read_url
from .publishers import doi_of, is_paper, own_page
from .shielding import unshielded
from .venue_names import says_where

LINK = re.compile(
    r"(?<!!)\[((?:[^\[\]]++|\[[^\[\]]*+\]){0,400}+)\]"
    r"\(<?(https?://[^()\s<>]+(?:\([^()\s]*\)[^()\s<>]*)?)[^()]*\)"
)
"""An inline link: its words and its address."""
HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*)")
ITEM = r"(?:[-*+•●▪◦‣⁃]|\d{1,3}(?:\)\.|[.)]))"
"""The mark of a list's item: a sign, or a number as '1.', '1)' and '1).'."""
BULLET = re.compile(rf"(\s*)(?:{ITEM}(?:\s+|(?<=[.)])(?=[\[【<]))|\d{{1,3}}、\s*)(.*)")
DIVIDER = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*\|?|\|\s*:?-+")
"""The line below a table's first one, which may be cut."""
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{0,400}[^\s*])\*(?![\w*])")
_UNDERLINED = re.compile(
    r"(?<![^\s(\[“\"'—–])_(?=[^\s_])([^_$\n]{0,400}[^\s_$])_(?=[\s.,;:!?)\]”\"'—–]|\Z)"
)
"""Emphasis by '_', which in formulas and in names of code means something else."""
_STARS = re.compile(r"\A\*+|(?<![\w*])\*+\Z|(?<!\*)\*\*+\Z")
"""What began or ended something that stands elsewhere; 'Q*' ends in a star of its own."""
BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_RELATIVE = re.compile(
    r"(?<!!)\[((?:[^\[\]]++|\[[^\[\]]*+\]){0,400}+)\]"
    r"\((?![a-z]{2,10}:|//)[^()\s]*(?:\s+\"[^\"]*\")?\)"
)
"""A link within what the page was a part of: it leads nowhere from here."""
_OWN_CELL = re.compile(
    r"(?<=\| )\[((?:[^\[\]*|]++){1,400}+)\]\((?![a-z]{2,10}:|//)[^()\s|]*\)(?= \|)"
)
"""Such a link that is all of a table's cell, as the title of a page of one's own is."""
_TARGET = re.compile(r"\]\((?!https?://)([^()\s<>]{3,2000})")
_IN_ANGLES = re.compile(r"<(\[[^\[\]]{1,400}\]\([^\s()<>]{8,2000}\))>")
"""'<[A Title](...)>'."""
_SCHEME = r"(?!https?://)(?:[a-z][a-z0-9+.-]{1,30}:/|(?:file|mailto|zotero|obsidian):|[a-z]:[\\/])"
_ELSEWHERE = re.compile(
    r"(?<!!)\[((?:[^\[\]]++|\[[^\[\]]*+\]){0,400}+)\]\(\s*"
    rf"(?:<\s*{_SCHEME}[^<>]{{0,2000}}>|{_SCHEME}[^()]{{0,2000}}(?:\([^()]{{0,400}}\)[^()]{{0,400}}){{0,3}}"
    r"|(?!https?:)[a-z][a-z0-9+.-]{1,30}:[^()\s]{0,2000}(?:\([^()\s]{0,400}\)[^()\s]{0,400}){0,3})"
    rf"\)|<{_SCHEME}[^<>\s]{{0,2000}}>",
    re.IGNORECASE,
)
"""A link that leads to one machine, a mailbox or a program: nobody else can follow it."""
_LEADS = re.compile(rf"\s*(?:(?:{ITEM}|#{{1,6}}|\|)\s+)?\Z")
"""What stands before the first words of a line."""
_IMAGE = re.compile(
    r"!\[[^\[\]]{0,300}\]\((?:[^()\n]++|\([^()\n]*+\)){0,9}+\)|!\[[^\[\]]{0,300}\]\[[^\[\]]{0,60}\]"
    r"|<(?:img|video|source)\b[^<>]*>"
)
REFERENCE = re.compile(
    rf"\s{{0,3}}\[([^\[\]]{{1,60}})\]:\s*<?((?:https?://|{_SCHEME})[^\s<>]+)>?.*", re.IGNORECASE
)
_REFERRED = re.compile(r"(?<!!)\[([^\[\]]{1,400})\]\[([^\[\]]{0,60})\]")
_ANCHOR = re.compile(
    r"<a\b[^<>]{0,200}?href\s*=\s*[\"']?(https?://[^\s\"'<>]+)[\"']?[^<>]{0,200}>(.{0,4000}?)</a>",
    re.IGNORECASE,
)
_SCHEMELESS = re.compile(
    r"(?<![\w/.@:\[-])(?<!\]\()(?:www\.)?((?:arxiv\.org/(?:abs|pdf|html)|alphaxiv\.org/abs|doi\.org"
    r"|huggingface\.co/papers)/[^\s()<>\[\]|\"]*\d)"
)
"""A paper's address without its scheme, as slides and letters have them."""
_OWN_NUMBER = re.compile(
    r"\b(?:bio|med)Rxiv \d{4}\.\d{2}\.\d{2}\.\d{6,8}(?:v\d{1,2})?; (?:doi: ?)?(?=https?://)"
)
"""'bioRxiv 2026.06.01.123456; doi: https://...': the number that the address has."""
_BRACKETED = re.compile(r"(?<!\])\[(https?://[^\s\[\]]{3,2000})\](?![(\[:])")
_BARE = re.compile(
    r"<?(?<![(\[\"'=/\w])(https?://(?:[^\s()<>\[\]|\"'，。；、）】]++"
    r"|(?<=[\w.-])\((?=[^\s()]*\)[\w.-]*\d)[^\s()<>\[\]|\"']{1,40}+\))+)>?"
)
"""An address; brackets are in it where an identifier goes on behind them."""
_NUMBERED = re.compile(
    r"(?<![\w/.:(\[])arxiv(?::\s?| )(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d{1,2})?)(?![\w.]*\d)",
    re.IGNORECASE,
)
_DOI = re.compile(
    r"(?<![\w/.(\[])doi(?::\s?|\s)(10\.\d{4,9}/"
    r"(?:[^\s()<>\[\]|\"，。；、）】]++|\([^\s()<>\[\]|\"]{1,40}+\))+)",
    re.IGNORECASE,
)
"""'doi:10.1000/1': an identifier where other lists have a link."""
_BEHIND = re.compile(
    rf"(\s*{ITEM}\s++[^()\[\]\n]{{4,300}})"
    r"\(arxiv:\s?(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d{1,2})?)\)[.,;]?\s*",
    re.IGNORECASE,
)
"""'1. A Title (arXiv:2401.00001)': an identifier behind all that an item says."""
_ADDRESSED = re.compile(
    rf"(\s*{ITEM}\s++)([^()\[\]\n]{{4,300}})\((https?://|doi:\s?)"
    r"((?:[^\s()<>]++|\([^\s()<>]{1,40}+\)){1,40}+)\)[.,;]?(?P<rest>\s*|(?:\s+[-–—|·]|\s*:)\s.*)",
    re.IGNORECASE,
)
"""'1. A Title (https://arxiv.org/abs/2401.00001)': an address behind all that an item says."""
_IN_CELL = re.compile(
    r"(?<=\| )([^|()\[\]<>\n]{4,300}?) \((https?://[^\s()<>|]{8,400})\)(?= *\|)", re.IGNORECASE
)
"""'| A Title (https://arxiv.org/abs/2401.00001) |'."""
_MARKED = re.compile(rf"[\[*_<]|^\s*{ITEM}\s")
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|big|blockquote|body|br|button|caption|center|cite|code|dd"
    r"|del|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|html|i|iframe|img"
    r"|ins|kbd|label|li|main|mark|nav|nobr|ol|p|picture|pre|q|ruby|s|samp|section|small|source|span"
    r"|strike|strong|sub|summary|sup|svg|table|tbody|td|th|thead|time|tr|tt|u|ul|var|video|wbr)"
    r"(?:\s+[a-z][a-z0-9:-]*\s*=[^<>]*|\s*/?)>",
    re.IGNORECASE,
)
"""What marks text up: '<pad>' and the rest of 'p<q and r>s' are words, and stay."""
_INVITATION = re.compile(
    r"(?:view|read|see|open|full|download|click|go to|continue|check out|more|visit|get|access"
    r"|ver|leer|abrir|descargar|voir|lire|consulter|zum|zur|vedi|leggi|scarica|ler|читать)"
    r"(?:\W+(?:the|this|it|on|in|at|via|to|full|more|here|now|original|complete|online|free|en|la|le"
    r"|el|da|de|al|sur|em|no|paper|papers|arxiv|pdf|html|article|abstract|abs|details|summary|text"
    r"|preprint|publication|source|site|website|web|page|link|blog|version|post|thread|reading"
    r"|suite|más|mais|hugging ?face|hf|openreview|acl|anthology|doi|publisher|journal|github"
    r"|alphaxiv|copy|artículo|articulo|artikel|artigo|articolo|l['’]article|статью))*\W*"
    r"|(?:查看|点击|阅读|到 ?hugging).{0,24}"
    r"|(?:详情|全文|論文を読む|続きを読む|詳細|자세히|더 보기).{0,6}",
    re.IGNORECASE,
)
"""'View on arXiv', '查看详情': where a link leads, not what it is called."""
_AROUND = re.compile(r"^[\W_]+(?=\w)|(?<=\w)[\s\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]+$")
"""Pictures before words, and arrows after them."""
_SOURCES = re.compile(
    r"(?:(?:this|our) )?"
    r"(?:(?:arxiv|(?:bio|med)rxiv|biorxiv|papers?|pdf|abs|abstract|html|page|link|full|text|version"
    r"|official|project|openreview|nips|neurips|cvpr|icml|iclr|acl|preprint|doi|poster|code|the|on"
    r"|acm|ieee|xplore|springer|elsevier|wiley|mdpi|pmlr|jmlr|tmlr|aaai|usenix|cvf|ssrn"
    r"|sciencedirect|pubmed|pmc|dblp|semantic scholar|digital library"
    r"|article|original|home|homepage|webpage|website|site|supp|supplement|supplemental|appendix|proceedings|published|supplementary|conference|journal"
    r"|post|blog|tweet|twitter|thread|notes?|matlab|c|resources?)\b\W*)+",
    re.IGNORECASE,
)
"""'arXiv abstract page', 'NIPS paper': any of the words that say where a link leads."""
_CODE = re.compile(r"https?://(?:www\.)?(?:git(?:hub|lab|ee)\.com|bitbucket\.org)/")
_CITED = re.compile(
    r"[^\W\d_][\w'’-]+(?:(?: et al\.?| (?:and|&) [^\W\d_][\w'’-]+),? \(?|, \(?| \()"
    r"(?:19|20)\d{2}[a-z]?\)?"
)
"""'Lovelace et al., 2023'."""
_COUNT = re.compile(r"\d[\d.,]{0,9}[kKmM]?\+?")
"""How often a paper was cited, starred or read."""
_BUTTONS = frozenset(
    {
        "save",
        "save paper",
        "view all results",
        "see all results",
        "save to library",
        "save to list",
        "cite",
        "share",
        "bookmark",
        "add to library",
    }
    | {"export", "export citation", "alert", "create alert", "like", "follow", "discuss"}
    | {"comment", "comments", "expand", "show more", "show less", "cited by", "related articles"}
)
"""What a site has its readers press beside each paper."""
_MOST_OF_BADGE = 4
"""Words of a link in brackets of its own that is no title."""
_PLAIN_WORDS = frozenset(
    {"paper", "papers", "pdf", "link", "links", "arxiv", "abs", "abstract", "html", "code", "tweet"}
    | {"here", "read", "read more", "openreview", "doi", "project", "github", "hf", "alphaxiv"}
    | {"enlace", "lien", "artículo", "artikel", "arxiv pdf", "hf paper", "hf page", "preprint pdf"}
    | {"论文链接", "论文地址", "原文链接", "pdf下载", "arxiv链接", "译文", "解读", "中文解读"}
    | {"论文", "論文", "논문", "链接", "連結", "링크", "リンク", "原文", "代码", "코드", "コード"}
    | {
        "article",
        "url",
        "web",
        "website",
        "page",
        "project page",
        "acl",
        "acl anthology",
        "preprint",
    }
    | {
        "arxiv link",
        "arxiv page",
        "pdf link",
        "paper link",
        "hugging face",
        "huggingface",
        "full text",
    }
    | {"view", "view paper", "source", "original", "details", "more", "blog", "data", "dataset"}
    | {
        "read the paper",
        "read paper",
        "video",
        "slides",
        "poster",
        "demo",
        "model",
        "models",
        "bib",
    }
)


def read_references(lines: list[str]) -> dict[str, str]:
    """Read the definitions of reference links: ``[name]: address``."""
    found = (REFERENCE.fullmatch(line) for line in lines)
    return {match[1].lower(): match[2] for match in found if match}


BRACKETED = re.compile(r"(?<!\[)\[(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d{1,2})?)\](?![(\[\]])")
"""'[2604.02721]': an identifier of arXiv's where other lists have a link."""
NUMBER_ALONE = re.compile(r"\s*\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d{1,2})?\s*")
"""An identifier of arXiv's and nothing else."""


def normalize(line: str, references: Mapping[str, str]) -> str:
    """Write every kind of link as an inline link, and leave images out."""
    if "!" in line or "<" in line:
        line = _IMAGE.sub("", line)
    if "<a" in line or "<A" in line:
        line = _ANCHOR.sub(r"[\2](\1)", line)
    if "](" in line:
        line = line.replace("]( ", "](")
        line = _IN_ANGLES.sub(r"\1", line) if "<[" in line else line
        line = _TARGET.sub(lambda link: f"]({with_scheme(link[1])}", line)
        line = _OWN_CELL.sub(r"**\1**", line) if "|" in line else line
        line = _RELATIVE.sub(_words_within, line)
    line = _with_addresses(line)
    if references and "][" in line:
        line = _REFERRED.sub(lambda match: _referred(match, references), line)
    if ":" in line and ("](" in line or "<" in line):
        line = _ELSEWHERE.sub(_words_of, line)
    if "(ar" in line and (behind := _BEHIND.fullmatch(line)):
        line = f"{behind[1]}arXiv:{behind[2]}"
    if "(http" in line and "|" in line:
        line = _IN_CELL.sub(r"[\1](\2)", line)
    if ("(http" in line or "(doi" in line.lower()) and (behind := _ADDRESSED.fullmatch(line)):
        scheme = "https://doi.org/" if behind[3][0] in "dD" else behind[3]
        if paper_key(url := scheme + behind[4]):
            line = f"{behind[1]}[{behind[2].rstrip()}]({url}){behind['rest'].rstrip()}"
    if "." in line and "[" in line:
        line = BRACKETED.sub(r"[arXiv:\1](https://arxiv.org/abs/\1)", line)
    if ":" not in line and "rXiv" not in line and "rxiv" not in line and "10." not in line:
        return line
    parts, place = [], 0
    for link in LINK.finditer(line):
        parts += [_linked(line[place : link.start()]), _cleaned(link)]
        place = link.end()
    return "".join([*parts, _linked(line[place:])])


def _words_within(link: re.Match[str]) -> str:
    """Give the words of a link within what the page was a part of, where they say something."""
    return link[1] if is_worded(link[1]) or says_where(link[1]) else ""


def _with_addresses(line: str) -> str:
    """Write what leads to a paper, and is no link, as an address."""
    if ".org/" in line or ".co/" in line:
        line = _SCHEMELESS.sub(r"https://\1", line)
    if "Rxiv " in line:
        line = _OWN_NUMBER.sub("", line)
    if "[http" in line:
        line = _BRACKETED.sub(r"<\1>", line)
    return f"arXiv:{line.strip()}" if NUMBER_ALONE.fullmatch(line) else line


def _words_of(link: re.Match[str]) -> str:
    """Give the words of a link that nobody can follow; where a line begins with them, in bold.

    So a title that links to its file at home is a title as any other.
    """
    words = (link[1] or "").strip()
    leads = "*" not in words and _LEADS.match(link.string, 0, link.start()) is not None
    return f"**{words}**" if leads and is_worded(words) else words


def _cleaned(link: re.Match[str]) -> str:
    """Write a link without what follows its reader."""
    url = unshielded(link[2])
    if any(sign in url for sign in ("?", "@", "/aHR0c", "/eyJ", "%2F", "%2f")):
        url = clean_address(url)
    url = url.replace("<", "%3C").replace(">", "%3E")
    return link[0] if url == link[2] else f"[{link[1]}]({url})"


def _referred(match: re.Match[str], references: Mapping[str, str]) -> str:
    url = references.get((match[2] or match[1]).lower())
    return f"[{match[1]}]({url})" if url else match[0]


def _linked(text: str) -> str:
    if "://" in text:
        text = _BARE.sub(_inline, text)
    if "10." in text and "oi" in text.lower():
        text = _DOI.sub(_resolved, text)
    return _NUMBERED.sub(r"[arXiv:\1](https://arxiv.org/abs/\1)", text)


def _resolved(match: re.Match[str]) -> str:
    doi = match[1].rstrip(".,;:!*_`")
    return f"[doi:{doi}](https://doi.org/{doi}){match[1][len(doi) :]}"


def _inline(match: re.Match[str]) -> str:
    shown = match[1].rstrip(".,;:!?*_`~")
    url = clean_address(shown)
    return f"[{url}]({url}){match[1][len(shown) :]}"


def paper_key(url: str) -> str | None:
    """Give what tells the paper that an address leads to; ``None`` where it leads to none."""
    if arxiv := read_arxiv(url):
        return arxiv[0]
    if doi := read_doi(url) or doi_of(url):
        return doi
    return own_page(url) if is_paper(url) else url if leads_to_paper(url) else None


def papers_in(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Give the links of a line that lead to papers, each with its paper's key."""
    if "](" not in text:
        return
    for link in LINK.finditer(text):
        if key := paper_key(link[2]):
            yield key, link


def without_links(text: str, stand_in: str = " ") -> str:
    """Give a text with the words of its links that can be titles; the others' have a `stand_in`."""

    def words(link: re.Match[str]) -> str:
        code = _CODE.match(link[2]) is not None and is_badge(link)  # '[[pytorch](...)]'
        return link[1] if is_worded(link[1]) and not code else stand_in

    return LINK.sub(words, text)


def names_authors(words: str) -> bool:
    """Whether a link's words cite a paper by who wrote it: '[Lovelace et al., 2023]'."""
    return _CITED.fullmatch(plain(words).strip(" []()")) is not None


def is_worded(words: str) -> bool:
    """Whether a link's words can be a title: not 'Paper', an address or an identifier."""
    text = _AROUND.sub("", unshielded(plain(words)).strip(" .:[]()"))
    if text.lower() in _PLAIN_WORDS or read_arxiv(text) or read_doi(text) or read_url(text):
        return False
    if _SOURCES.fullmatch(text) or _CITED.fullmatch(text) or says_where(text):
        return False
    if _COUNT.fullmatch(text) or text.lower() in _BUTTONS:
        return False
    named = not text.isascii() or (text[:1].isupper() and text[1:].isdecimal())  # 'T5'.
    long_enough = len(text) > 2 or (len(text) == 2 and named)
    return long_enough and _INVITATION.fullmatch(text) is None


def is_badge(link: re.Match[str]) -> bool:
    """Whether a link of few words stands in brackets of its own: '[[TPAMI](...)]'."""
    around = link.string[link.start() - 1 : link.start()], link.string[link.end() : link.end() + 1]
    return around == ("[", "]") and len(plain(link[1]).split()) <= _MOST_OF_BADGE


def is_invitation(words: str) -> bool:
    """Whether words only ask to read on: 'Read more', 'View on arXiv'."""
    return _INVITATION.fullmatch(words) is not None


def plain(text: str) -> str:
    """Give Markdown's text without its marks; what is shielded stays so."""
    if _MARKED.search(text) is None:
        return text.strip()
    text = LINK.sub(r"\1", _IMAGE.sub("", text))
    text = BOLD.sub(lambda bold: bold[1] or bold[2], text)
    bullet = BULLET.fullmatch(text)
    text = _EMPHASIS.sub(r"\1", bullet[2] if bullet else text)
    text = _UNDERLINED.sub(r"\1", text) if "_" in text else text
    text = _TAG.sub("", text)
    return _STARS.sub("", text.strip()).strip()
