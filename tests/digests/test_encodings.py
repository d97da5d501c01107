"""Files in any encoding, empty ones, ones that are all markup: the same titles, or a refusal."""

from __future__ import annotations

import html
import json

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError
from daybook.records import Entry

TITLES = ("Über die Größe der Schrödingerschen Katze", "多模态大模型的推理能力研究综述")
CHINESE = ("多模态大模型的推理能力研究综述", "图神经网络在推荐系统中的应用")
LATIN = ("Über die Größe der Schrödingerschen Katze", "Où vont les étés des très vieux pommiers?")


def bibliography(titles: tuple[str, ...]) -> str:
    return "".join(
        f"@article{{k{n},\n  title = {{{title}}},\n  author = {{Ada Lovelace}}\n}}\n"
        for n, title in enumerate(titles)
    )


def listing(titles: tuple[str, ...], charset: str) -> str:
    rows = "".join(
        f'<li><a href="https://arxiv.org/abs/2503.0000{n}">{title}</a></li>'
        for n, title in enumerate(titles, 1)
    )
    return f'<html><head><meta charset="{charset}"></head><body><ul>{rows}</ul></body></html>'


def entries(data: bytes) -> list[Entry]:
    return [entry for digest in read_digest("2025-03-10", data) for entry in digest.entries]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_text_file_says_the_same_in_any_encoding(encoding: str) -> None:
    found = entries(bibliography(TITLES).encode(encoding))
    assert tuple(entry.title for entry in found) == TITLES


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_text_file_in_a_western_encoding_keeps_its_accents(encoding: str) -> None:
    found = entries(bibliography(LATIN).encode(encoding))
    assert tuple(entry.title for entry in found) == LATIN


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "latin-1"])
def test_a_page_that_names_another_charset_than_its_own_is_read_as_it_is(charset: str) -> None:
    found = entries(listing(TITLES, charset).encode("utf-8"))
    assert tuple(entry.title for entry in found) == TITLES


@pytest.mark.parametrize("charset", ["gb18030", "gb2312", "utf-8", "latin-1"])
def test_a_chinese_page_is_read_whatever_charset_it_names(charset: str) -> None:
    found = entries(listing(CHINESE, charset).encode("gb18030"))
    assert tuple(entry.title for entry in found) == CHINESE
    found = entries(bibliography(CHINESE).encode("gb18030"))
    assert tuple(entry.title for entry in found) == CHINESE


@pytest.mark.parametrize("said", ["encoding=utf-16-le", "charset=koi8-r", "<meta charset=koi8-r>"])
def test_an_encoding_that_a_title_names_is_not_the_file_s(said: str) -> None:
    titles = (*LATIN, f"On {said} texts", f"On {said} texts, too")
    for end in ("", "\n"):
        found = entries((bibliography(titles) + end).encode("latin-1"))
        assert tuple(entry.title for entry in found) == titles


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0" * 100])
def test_a_file_of_nothing_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(DigestError) as refused:
        entries(data)
    assert refused.value.refusal.path == "2025-03-10"
    found = "binary data" if b"\0" in data else "an empty file"
    assert refused.value.refusal.message.endswith(f", found {found}.")
    assert refused.value.refusal.hint


LINK = '<a href="https://arxiv.org/abs/2503.00001">A Title of Its Own</a>'
DEEP = "its elements are more than 500 deep: only links, headings and paragraphs were read."


@pytest.mark.parametrize(
    "pieces",
    [
        ("<div>" * 5_000, "</div>" * 5_000),
        ("<table>" * 5_000, "</table>" * 5_000),
        ("<b>" * 5_000, "</i>" * 5_000),
        ('<a href="https://x.example/abc"><div>' * 500, "<h1>T</h1>" * 500),
    ],
    ids=["deep", "tables", "ends of nothing", "headings in links"],
)
def test_a_page_deeper_than_any_is_read_flat_and_that_is_told(pieces: tuple[str, str]) -> None:
    """What is quadratic in its depth took minutes and hours at full size."""
    (digest,) = read_digest(
        "2025-03-10", f"<html><body>{pieces[0]}{LINK}{pieces[1]}</body>".encode()
    )
    assert "2503.00001" in [entry.arxiv for entry in digest.entries]
    assert [refusal.message for refusal in digest.refusals] == [DEEP]


@pytest.mark.parametrize(
    ("begin", "what"),
    [("<!-- ", "a comment"), ("<SCRIPT>", "a script"), ("<style x='y'>", "a style")],
)
def test_what_a_beginning_without_end_takes_in_is_told(begin: str, what: str) -> None:
    page = f"<html><body><!--[if mso]>-->\n{LINK}\n<p>{begin}{LINK.replace('1', '2')}</html>"
    (digest,) = read_digest("2025-03-10", page.encode())
    link, told = digest.refusals
    assert (link.line, told.line, told.fatal) == (3, 3, True)
    assert link.message.startswith("a link to 2503.00002 stands in no part of the page")
    assert told.message == f"{what} begins that never ends; what follows it was left out."


def test_a_short_file_with_stray_controls_is_text() -> None:
    (entry,) = entries(b"@misc{k,\n title = {A \0Stray\x08 Title\x0b},\n author = {Ada}\n}\n")
    assert entry.title == "A Stray Title"


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<div>" * 20_000 + "Words" + "</div>" * 20_000,
        "<html><p " + " ".join(f'a{n}="{n}"' for n in range(200_000)) + ">Words</p>",
        "<html><!DOCTYPE" + "<![CDATA[" * 20_000,
        "<html>" + "<!--" * 100_000,
        "<html>" + "<table><tr><td>" * 20_000,
    ],
    ids=["deep", "attributes", "declarations", "comments", "tables"],
)
def test_a_page_that_is_all_markup_is_refused_at_once(page: str) -> None:
    """html5lib took minutes for some of these, which a whole run of the tests would show."""
    with pytest.raises(DigestError):
        entries(page.encode())


def test_letters_that_fold_to_markup_stay_text() -> None:
    wide = "On ＜script＞alert(1)＜/script＞ and other tags"
    (entry,) = entries(bibliography((wide,)).encode())
    assert entry.title in (wide, "On <script>alert(1)</script> and other tags")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("When p<q and r>s: a study", "When p<q and r>s: a study"),
        ("Why the `<pad>` token matters", "Why the <pad> token matters"),
        (r"Fast \<mask\> filling", "Fast <mask> filling"),
        ('The <b>bold</b> and the <span class="x">marked</span>', "The bold and the marked"),
        (r"The \<b\> and \<script\>alert(1)\</script\>", "The <b> and <script>alert(1)</script>"),
        ("The &lt;b&gt; of &amp;lt;i&amp;gt; &copy", "The <b> of &lt;i&gt; &copy"),
        ("The `<b>` in ``a `[x](https://x.org)` b``", "The <b> in a `[x](https://x.org)` b"),
        (r"A\*, \[x\](https://x.org) and `**` &#42;so&#42;", "A*, [x](https://x.org) and ** *so*"),
        ("On *in vitro* A* and B*", "On in vitro A* and B*"),
    ],
)
def test_what_only_looks_like_a_tag_stays_in_a_title(written: str, shown: str) -> None:
    link = f"[{written}](https://arxiv.org/abs/2503.00001)"
    listed = f"- {link}\n  - **Abstract:** {written}\n"
    row = f"|Title|Abstract|\n|---|---|\n|{link}|{written}|\n"
    titled = (
        f"## {written}\n\n**Abstract:** {written}\n\n[Paper](https://arxiv.org/abs/2503.00001)\n"
    )
    for text in (listed, row, titled):
        (entry,) = entries(f"# Papers, 10 March 2025\n\n{text}".encode())
        assert (entry.title, entry.abstract) == (shown, shown)


@pytest.mark.parametrize(
    "text",
    [
        "The <b> and <script>alert(1)</script> &lt;i&gt; &amp;lt;",
        "[x](javascript:alert(1)), ![y](//x.org/y.png) and [z](https://x.org/z)",
        "A *b*, **c**, _d_, `e`, \\f ~~g~~",
        "One [open bracket &copy=1",
    ],
)
def test_what_a_page_says_is_never_a_mark(text: str) -> None:
    said = html.escape(text)
    link = f"<a href='https://arxiv.org/abs/2503.00001'>{said}</a>"
    table = f"<tr><th>Title</th><th>Abstract</th></tr><tr><td>{link}</td><td>{said}</td></tr>"
    for page in (
        f"<h2>{link}</h2><p><b>Abstract:</b> {said}</p>",
        f"<h2>{said}</h2><p>Abstract: {said}</p>{link.replace(said, 'Paper')}",
        f"<ul><li>{link}<br><b>Abstract:</b> {said}</li></ul>",
        f"<table>{table}</table>",
    ):
        (entry,) = entries(f"<!doctype html><html><body>{page}".encode())
        assert (entry.title, entry.abstract) == (text, text), page


@pytest.mark.parametrize(
    ("written", "number", "version"),
    [
        ("2501.00001v9", "2501.00001", 9),
        ("arXiv:2501.00001", "2501.00001", None),
        ("math/0309136", "math/0309136", None),
        ("math.AG/0309136v2", "math/0309136", 2),
        ("2501.1", None, None),
        ("2501.00001;rm", None, None),
        ("2513.00001", None, None),
    ],
)
def test_an_arxiv_number_is_one_or_none(
    written: str, number: str | None, version: int | None
) -> None:
    data = (
        f"@misc{{k,\n  title = {{A title of its own}},\n  author = {{Ada Lovelace}},\n"
        f"  eprint = {{{written}}},\n  archiveprefix = {{arXiv}}\n}}\n"
    )
    (entry,) = entries(data.encode())
    assert (entry.arxiv, entry.arxiv_version) == (number, version)


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2503.00001v1</id>'
    "<title{0}>{1}</title><summary{0}>{1}</summary></entry></feed>"
)
RSS = (
    "<rss><channel><item><link>https://arxiv.org/abs/2503.00001</link>"
    "<title>{1}</title><description>{1}</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("form", "kind", "written", "title", "abstract"),
    [
        (ATOM, "", "If a<b and c>d, <i>x</i> &lt;b&gt;", None, None),
        (ATOM, ' type="html"', "<p>The &lt;pad&gt; <i>in</i> R&amp;D</p>", "The <pad> in R&D", ""),
        (RSS, "", "Looms <i>in vitro</i> and <pad>", "Looms in vitro and <pad>", ""),
        (RSS, "", "A title of &lt;pad&gt;", "A title of &lt;pad&gt;", "A title of <pad>"),
    ],
)
def test_a_feeds_texts_are_markup_where_it_says_so(
    form: str, kind: str, written: str, title: str | None, abstract: str | None
) -> None:
    feed = f'<?xml version="1.0"?>{form.format(kind, html.escape(written, quote=False))}'
    (entry,) = entries(feed.encode())
    shown = written if title is None else title
    assert (entry.title, entry.abstract) == (shown, abstract or shown)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("On <i>in vitro</i> looms and <pad>, <b> and &lt;i&gt;", None),
        ("<jats:p>On &lt;pad&gt; and R&amp;D</jats:p>", "On <pad> and R&D"),
    ],
)
def test_a_bibliographys_markup_is_read_once(written: str, shown: str | None) -> None:
    item = {"type": "article", "title": "One", "author": [{"family": "Ada"}], "abstract": written}
    (entry,) = entries(json.dumps([item]).encode())
    assert entry.abstract == (shown or "On in vitro looms and <pad>, <b> and &lt;i&gt;")


UNSAID = {
    "koi8_r": "Ткацкие станки и узоры долин",
    "cp1251": "Ткацкие станки и узоры долин",
    "shift_jis": "織機の静かな谷の研究についての論文",
    "euc_jp": "織機の静かな谷の研究についての論文",
    "iso2022_jp": "織機の静かな谷の研究についての論文",
    "gb18030": "安静山谷中的织机及其图案研究",
    "mac_roman": "Schrödinger’s Löwe – Étude naïve",
    "cp1252": "Schrödinger’s Löwe – Étude naïve",
}


@pytest.mark.parametrize("encoding", UNSAID)
def test_an_encoding_that_nothing_names_is_known_by_what_it_makes_of_the_text(
    encoding: str,
) -> None:
    text = f"- [{UNSAID[encoding]}](https://arxiv.org/abs/2501.00001) - told.\n" * 2
    (digest,) = read_digest("x", text.encode(encoding))
    assert digest.entries[0].title == UNSAID[encoding]
    assert any("it was read as" in told.message.lower() for told in digest.refusals)


def test_utf_8_with_halves_of_characters_is_read() -> None:
    text = "- [Looms \ud83d\ude00 and \ud83d](https://arxiv.org/abs/2501.00001)\n"
    (digest,) = read_digest("x", text.encode("utf-8", "surrogatepass"))
    assert digest.entries[0].title == "Looms \U0001f600 and \ufffd"
    assert any("halves of characters" in told.message for told in digest.refusals)
